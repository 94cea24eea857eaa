"""What people type, and the shortcuts they use."""

from enum import StrEnum


class Command(StrEnum):
    """Slash commands."""

    SUPPORT = "/support"
    HOURS = "/hours"
    PROGRAM = "/program"
    EVENTS = "/events"
    OFFICE_HOURS = "/officehours"
    ANNOUNCE = "/announce"
    DEADLINES = "/deadlines"
    CLOCK = "/clock"


class Shortcut(StrEnum):
    """Shortcuts: global ones, and those in the menu of a message."""

    BOOK = "shortcut.book"
    ANNOUNCE = "shortcut.announce"
