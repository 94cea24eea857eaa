"""One person's side of a session of whatever kind: all that messages, reminders and calendar files go by."""

from dataclasses import dataclass
from datetime import datetime

from domain.booking import Booked
from domain.groups import GroupPart
from domain.times import instant_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    """`id` is what the ledger knows it by and never leaves the house; `ref` is the person's own reference.

    Nothing here tells of which kind the session is, so that nothing made of it can.
    """

    id: str
    program_id: str
    person_id: str
    ref: str
    is_scholar: bool
    starts_at: int
    ends_at: int
    version: int
    sequence: int
    changed_at: int
    is_open: bool

    @property
    def starts(self) -> datetime:
        """The start as an aware UTC instant."""
        return instant_of(self.starts_at)

    @property
    def ends(self) -> datetime:
        """The end as an aware UTC instant."""
        return instant_of(self.ends_at)


def sides_of(booked: Booked) -> tuple[Side, Side]:
    """The scholar's and the staff member's side of a session of two."""
    return side_of(booked, booked.scholar_id), side_of(booked, booked.staff_id)


def side_of(booked: Booked, person_id: str) -> Side:
    """One of the two's side."""
    return Side(
        id=booked.id,
        program_id=booked.program_id,
        person_id=person_id,
        ref=booked.ref_of(person_id),
        is_scholar=person_id == booked.scholar_id,
        starts_at=booked.starts_at,
        ends_at=booked.ends_at,
        version=booked.version,
        sequence=booked.sequence,
        changed_at=booked.changed_at,
        is_open=booked.is_open,
    )


def side_of_part(part: GroupPart) -> Side:
    """Somebody's side of a session of several."""
    return Side(
        id=part.id,
        program_id=part.program_id,
        person_id=part.person_id,
        ref=part.ref,
        is_scholar=not part.is_host,
        starts_at=part.starts_at,
        ends_at=part.ends_at,
        version=part.version,
        sequence=part.sequence,
        changed_at=part.changed_at,
        is_open=part.is_open,
    )
