"""Every id that Slack sends back to us: commands, modals, buttons and fields. Each is written once, here."""

from handlers.ids.actions import Action
from handlers.ids.commands import Command, Shortcut
from handlers.ids.fields import Field
from handlers.ids.modals import Modal

__all__ = [
    "AND_FOLLOWING",
    "ANYONE",
    "EVERYBODY",
    "ONLY_THIS",
    "Action",
    "Command",
    "Field",
    "Modal",
    "Shortcut",
    "base_id",
]

ANYONE = "anyone"
"""The menu value for "whoever is free"."""
AND_FOLLOWING = "following"
"""The value for "this session and all of its series that follow"."""
ONLY_THIS = "this"
EVERYBODY = "everybody"
"""The menu value for "everyone in the program"."""


def base_id(id_: str) -> str:
    """The id without what stands behind its colon: a number (Slack wants buttons of a row distinct) or a state."""
    return id_.partition(":")[0]
