"""What is written of an announcement in portions: how each of these begins. `follow_up` goes on with the rest."""

from enum import StrEnum

from sqlalchemy import Connection

from domain.attention import Subject
from services import portions
from services.announcements.facts import Announcement
from services.desk import Desk

Some = portions.Some[Announcement]
FROM_THE_BEGINNING = ""
"""What was stopped, or brought forward, is not found again."""


class Step(StrEnum):
    """What is written in portions."""

    TELL = "tell"
    HURRY = "hurry"
    NUDGE = "nudge"
    CANCEL = "cancel"
    REWRITE = "rewrite"
    TAKE_BACK = "take_back"
    TELL_CHANGE = "tell_change"


def begin(desk: Desk, connection: Connection, found: Announcement, step: Step, some: Some, *, number: int = 0) -> None:
    """Write the first portion with the deed; see `services.portions.begin`."""
    portions.begin(desk, connection, Subject.ANNOUNCEMENT, found, step, some, number=number)
