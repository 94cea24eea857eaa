"""What people ask of events, as values."""

from dataclasses import dataclass

from domain.event_answers import Said
from domain.events import Attending, EventPlan


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanEvent:
    """Plan a new event."""

    request_key: str
    plan: EventPlan


@dataclass(frozen=True, slots=True, kw_only=True)
class EditEvent:
    """Change an event, of which the person saw this version."""

    request_key: str
    event_id: str
    version: int
    plan: EventPlan


@dataclass(frozen=True, slots=True, kw_only=True)
class CallOff:
    """Call an event off, for a reason that is told or none."""

    request_key: str
    event_id: str
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SayToEvent:
    """Answer an event: yes with the way of attending, maybe, or no."""

    request_key: str
    event_id: str
    said: Said
    way: Attending | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteAttendance:
    """A host's list: of those people who were listed, who was there, and who was ticked when the list was opened.

    Only what the host has changed counts: who has pressed meanwhile is not meant by a box that is still empty.
    """

    request_key: str
    event_id: str
    listed: tuple[str, ...]
    shown: frozenset[str]
    came: frozenset[str]
