"""The program's own e-mail address, which calendar files name as their organizer."""

import re

from bot.settings import Settings
from domain.sealing import StartRefused

_ADDRESS = re.compile(r"[^@\s<>,;:\"]+@[^@\s<>,;:\"]+\.[^@\s<>,;:\"]+")


def organizer_of(settings: Settings) -> str:
    """The address. Raises `StartRefused` for one that is missing or none: a calendar would not take the file."""
    address = settings.scholarbot_program_email.strip()
    if not address:
        raise StartRefused("SCHOLARBOT_PROGRAM_EMAIL must be set: calendar files name it as their organizer.")
    if not _ADDRESS.fullmatch(address) or not address.isprintable():
        raise StartRefused(
            "SCHOLARBOT_PROGRAM_EMAIL is not an email address, and calendar files name it as their organizer. Give the "
            "address alone, like support@example.org."
        )
    return address
