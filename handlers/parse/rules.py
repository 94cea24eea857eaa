"""What forms about the rules of a program carry through Slack."""

import re

from domain.errors import NotFound

_VERSION = re.compile(r"[0-9]{1,9}", re.ASCII)


def version_seen(state: str) -> int:
    """The version of the rules that somebody was looking at. Raises `NotFound` for what we cannot have written."""
    if not _VERSION.fullmatch(state):
        raise NotFound
    return int(state)
