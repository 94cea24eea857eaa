"""What a text that somebody typed becomes in Slack's markup, as far as its length and its links go."""

import re

_LINK = re.compile(r"https?://[^\s<>|\"]+", re.ASCII | re.IGNORECASE)
_NOT_OF_A_LINK = ".,;:!?)'"
"""What ends a sentence that ends with a link."""


def is_link(text: str) -> bool:
    """Whether it is one whole web address and nothing else."""
    return _LINK.fullmatch(text) is not None


def links_in(text: str) -> list[str]:
    """The web addresses that somebody has typed into a text, as they stand there."""
    return [found.rstrip(_NOT_OF_A_LINK) for found in _LINK.findall(text)]


def escaped_length(text: str) -> int:
    """How many characters a text has once its three special signs are written as Slack wants them."""
    return len(text) + 4 * text.count("&") + 3 * (text.count("<") + text.count(">"))
