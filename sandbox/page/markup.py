"""Slack's mrkdwn as a tree of marks; what is not a mark stays text, so that nothing of it can be HTML."""

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from rich.emoji import Emoji


class Kind(StrEnum):
    """What a mark does to what it holds."""

    BOLD = "bold"
    ITALIC = "italic"
    STRIKE = "strike"
    CODE = "code"
    BLOCK = "block"
    QUOTE = "quote"
    LINK = "link"
    USER = "user"
    CHANNEL = "channel"
    BROADCAST = "broadcast"
    DATE = "date"


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """A marked piece. `target` is a URL, an id, or the inside of a date token."""

    kind: Kind
    children: tuple["Node", ...] = ()
    target: str = ""


Node = Mark | str

_TOKEN = re.compile(
    r"```(?P<block>.+?)```"
    r"|`(?P<code>[^`\n]+)`"
    r"|<(?P<angle>[^<>\n]+)>"
    r"|(?P<url>https?://[^\s<>|*_~`]*[^\s<>|*_~`.,;:!?)])"
    r"|(?<![\w*])\*(?P<bold>[^\s*](?:[^*\n]*[^\s*])?)\*(?![\w*])"
    r"|(?<![\w_])_(?P<italic>[^\s_](?:[^_\n]*[^\s_])?)_(?![\w_])"
    r"|(?<![\w~])~(?P<strike>[^\s~](?:[^~\n]*[^\s~])?)~(?![\w~])",
    re.DOTALL,
)
_SHORTCODE = re.compile(r"(?<!\w):[a-z0-9_+'-]+:(?!\w)")
_AS_EMOJI = "\ufe0f"
"""Asks for the colored form of a sign that has a plain one too, such as that of a warning."""
_QUOTE = re.compile(r"^(?:&gt;|>) ?")
_SAFE_URL = re.compile(r"(?:https?://|mailto:)", re.IGNORECASE)


def parse(text: str, *, verbatim: bool = False) -> tuple[Node, ...]:
    """The nodes of a text as Slack stores it: with `<...>` tokens and the three entities.

    In a `verbatim` text no plain address becomes a link.
    """
    nodes: list[Node] = []
    quoted: list[str] = []
    plain: list[str] = []
    for line in [*text.split("\n"), None]:
        is_quote = line is not None and _QUOTE.match(line) is not None
        if quoted and not is_quote:
            nodes.append(Mark(kind=Kind.QUOTE, children=tuple(_inline("\n".join(quoted), verbatim=verbatim))))
            quoted = []
        if is_quote and line is not None:
            nodes += _paragraph(plain, verbatim=verbatim)
            plain = []
            quoted.append(_QUOTE.sub("", line))
        elif line is not None:
            plain.append(line)
    return (*nodes, *_paragraph(plain, verbatim=verbatim))


def with_emoji(text: str) -> str:
    """The text with an emoji for each `:name:` that is one; any other stays as it is written."""
    return _SHORTCODE.sub(_emoji, text)


def _emoji(match: re.Match[str]) -> str:
    found = Emoji.replace(match[0])
    return match[0] if found == match[0] else f"{found}{_AS_EMOJI}"


def unescape(text: str) -> str:
    """Slack's three entities back to characters, and no others."""
    return text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


def _paragraph(lines: list[str], *, verbatim: bool) -> Iterator[Node]:
    if lines:
        yield from _inline("\n".join(lines), verbatim=verbatim)


def _inline(text: str, *, verbatim: bool) -> Iterator[Node]:
    end = 0
    for match in _TOKEN.finditer(text):
        if match.start() > end:
            yield with_emoji(unescape(text[end : match.start()]))
        yield _node(match, verbatim=verbatim)
        end = match.end()
    if end < len(text):
        yield with_emoji(unescape(text[end:]))


def _node(match: re.Match[str], *, verbatim: bool) -> Node:
    name = str(match.lastgroup)
    inside = match[name]
    if name == "angle":
        return _angle(inside)
    if name == "url" and verbatim:
        return unescape(inside)
    if name == "url":
        return Mark(kind=Kind.LINK, children=(unescape(inside),), target=unescape(inside))
    if name in ("code", "block"):
        return Mark(kind=Kind(name), children=(unescape(inside),))
    return Mark(kind=Kind(name), children=tuple(_inline(inside, verbatim=verbatim)))


def _angle(inside: str) -> Node:
    head, _, label = inside.partition("|")
    shown = unescape(label)
    if head.startswith("@"):
        return Mark(kind=Kind.USER, target=head[1:], children=(shown,) if shown else ())
    if head.startswith("#"):
        return Mark(kind=Kind.CHANNEL, target=head[1:], children=(shown,) if shown else ())
    if head.startswith("!date^"):
        return Mark(kind=Kind.DATE, target=unescape(head[len("!date^") :]), children=(shown,))
    if head.startswith("!"):
        return Mark(kind=Kind.BROADCAST, target=head[1:], children=(shown,) if shown else ())
    if _SAFE_URL.match(head):
        return Mark(kind=Kind.LINK, target=html.unescape(head), children=(shown or unescape(head),))
    return unescape(f"<{inside}>")
