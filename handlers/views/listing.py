"""Long lists in a modal: as many as Slack takes, and how many more there are. Nothing is left out without a word."""

from collections.abc import Iterator, Sequence

from domain.ports import Block
from handlers import texts
from handlers.views.blocks import SECTION_MAX, clip_words, context, escape_title, section
from services.apart import Unread

ALL_MAX = 100_000
"""Characters in all: a view may have 250 KB, and each sign of a name may take several bytes."""
TITLE_SHOWN = 100
IN_A_ROW_MAX = 2_000
"""Characters of names within a paragraph that says other things too."""


def listed(items: Sequence[str], *, separator: str = ", ", at_most: int = 80, of: int = 0) -> Iterator[Block]:
    """The items, escaped already, in as few sections as hold them, `at_most` of these; `of` how many, if not all.

    One that is longer than a section goes on in the next.
    """
    items = [part for item in items for part in _parts(item)]
    shown, sections, length = 0, 0, 0
    while shown < len(items) and sections < at_most and length < ALL_MAX:
        number = _fitting(items[shown:], separator)
        text = separator.join(items[shown : shown + number])
        yield section(text)
        shown, sections, length = shown + number, sections + 1, length + len(text.encode())
    if shown < max(len(items), of):
        yield context(texts.forms.AND_MORE.format(number=max(len(items), of) - shown))


def unread_words(found: Sequence[Unread]) -> Iterator[Block]:
    """A line for each of what cannot be read, in one paragraph."""
    words = texts.trouble.CANNOT_READ
    lines = [words.format(title=escape_title(clip_words(each.title, TITLE_SHOWN)), id=each.id) for each in found]
    return listed(lines, separator="\n", at_most=1)


def first_of(items: Sequence[str], *, at_most: int, room: int = IN_A_ROW_MAX, separator: str = ", ") -> list[str]:
    """The first items, escaped already, `at_most` and so many characters of them; and how many more there are."""
    number = min(at_most, _fitting(items, separator, room))
    more = len(items) - number
    return [*items[:number], *([texts.forms.AND_MORE.format(number=more)] if more > 0 else [])]


def _parts(item: str) -> Iterator[str]:
    """What fits into a section each, cut between words."""
    while len(item) > SECTION_MAX:
        at = item.rfind(" ", 0, SECTION_MAX) + 1 or SECTION_MAX
        yield item[:at].rstrip()
        item = item[at:]
    yield item


def _fitting(items: Sequence[str], separator: str, room: int = SECTION_MAX) -> int:
    """How many of the items so many characters hold; one at least."""
    length = 0
    for number, item in enumerate(items):
        length += len(item) + len(separator)
        if length > room and number:
            return number
    return len(items)
