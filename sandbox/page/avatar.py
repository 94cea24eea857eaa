"""A face for a name: initials on a color that stays the same for that name."""

import zlib

from nicegui.element import Element

from sandbox.page.html import icon, tag

COLORS = 8


def avatar(name: str, *, is_app: bool = False, classes: str = "") -> Element:
    """Decoration only: the name always stands beside it."""
    if is_app:
        face = tag("span", classes=f"avatar app {classes}", aria_hidden="true")
        with face:
            icon("support")
        return face
    return tag("span", initials(name), classes=f"avatar c{color(name)} {classes}", aria_hidden="true")


def initials(name: str) -> str:
    """Of the first and the last word."""
    words = [word for word in name.split() if word[:1].isalnum()]
    ends = [words[0], words[-1]] if len(words) > 1 else words
    return "".join(word[0] for word in ends).upper() or "?"


def color(name: str) -> int:
    """The number of a color."""
    return zlib.crc32(name.encode()) % COLORS
