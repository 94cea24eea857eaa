"""What a text that somebody typed becomes in Slack's markup, as far as its length, links, marks and direction go."""

import re

_LINK = re.compile(r"https?://[^\s<>|\"]+", re.ASCII | re.IGNORECASE)
_NOT_OF_A_LINK = ".,;:!?)'"
"""What ends a sentence that ends with a link."""

_MARKS = re.compile(r"[*~`]|(?<![^\W_])_|_(?![^\W_])")
"""What Slack may read as bold, struck, code or italic; an underscore within a word is none of these."""
_LIKE = {"*": "\u2217", "~": "\u223c", "`": "\u02cb", "_": "\u02cd"}
_POP, _POP_ISOLATE = "\u202c", "\u2069"
_CLOSED_BY = dict.fromkeys("\u202a\u202b\u202d\u202e", _POP) | dict.fromkeys("\u2066\u2067\u2068", _POP_ISOLATE)
_CLOSERS = (_POP, _POP_ISOLATE)


def is_link(text: str) -> bool:
    """Whether it is one whole web address and nothing else."""
    return _LINK.fullmatch(text) is not None


def links_in(text: str) -> list[str]:
    """The web addresses that somebody has typed into a text, as they stand there."""
    return [found.rstrip(_NOT_OF_A_LINK) for found in _LINK.findall(text)]


def sent_length(text: str) -> int:
    """How long a text is as it goes out: its three special signs escaped, and two signs around each link."""
    escaped = len(text) + 4 * text.count("&") + 3 * (text.count("<") + text.count(">"))
    return escaped + 2 * len(links_in(text))


def without_marks(text: str) -> str:
    """A title with look-alikes for the four signs that Slack reads as marks: it knows no way to escape them.

    So it can stand in bold, as long as it was and no sign of it lost. An underscore within a word stays as it is.
    """
    return _MARKS.sub(lambda mark: _LIKE[mark[0]], text)


def with_turns_closed(text: str) -> str:
    """A text in which every sign that turns its direction is closed, and none closes what it has not opened.

    So a typed text stays as it is where it is in order, and never turns what follows it in a message. Which sign closes
    which is Unicode's (UAX 9, explicit directional embeddings, overrides and isolates).
    """
    kept, open_ = list[str](), list[str]()
    for sign in text:
        if sign in _CLOSED_BY:
            open_.append(_CLOSED_BY[sign])
        elif sign in _CLOSERS:
            if sign not in open_:
                continue
            while open_ and open_.pop() != sign:
                pass
        kept.append(sign)
    return "".join([*kept, *reversed(open_)])
