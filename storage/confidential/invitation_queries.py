"""Statements about invitations to a first session."""

from collections.abc import Collection

from sqlalchemy import Connection, func, insert, select, union, update

from storage.confidential.booking_rows import booking
from storage.confidential.group_sessions import GroupPart, SeatWait
from storage.confidential.invitations import Invitation
from storage.confidential.waiting import Waiting
from storage.engine import table_of

_invitation = table_of(Invitation)
_CAME = (
    booking.c.scholar_id,
    table_of(Waiting).c.scholar_id,
    table_of(GroupPart).c.person_id,
    table_of(SeatWait).c.person_id,
)
"""Where a scholar stands who has found the way: with a session or a seat, once, or in line for one now."""


def never_came(connection: Connection, program_id: str, scholar_ids: Collection[str]) -> list[str]:
    """Those of these scholars who have neither come, ever, as `has_come` says, nor been invited. One query."""
    known = union(
        *(select(came).where(came.table.columns["program_id"] == program_id) for came in _CAME),
        select(_invitation.c.scholar_id).where(_invitation.c.program_id == program_id),
    )
    seen = set(connection.execute(known).scalars())
    return [each for each in scholar_ids if each not in seen]


def has_come(connection: Connection, scholar_id: str) -> bool:
    """Whether the scholar has ever booked anything or taken a seat, or waits for either. One query."""
    found = union(*(select(came).where(came == scholar_id) for came in _CAME))
    return connection.execute(found).first() is not None


def invited_since(connection: Connection, program_id: str, since: int) -> int:
    """How many people of a program were invited after an instant in epoch seconds."""
    asked = select(func.count()).where(_invitation.c.program_id == program_id, _invitation.c.invited_at > since)
    return int(connection.execute(asked).scalar_one())


def add(connection: Connection, scholar_ids: Collection[str], *, program_id: str, at: int) -> None:
    """Note that these scholars are invited."""
    rows = [{"scholar_id": each, "program_id": program_id, "invited_at": at} for each in scholar_ids]
    connection.execute(insert(_invitation), rows)


def decline(connection: Connection, scholar_id: str, *, at: int) -> bool:
    """Note that the scholar wants no further one; False for somebody who was never invited. Twice is once."""
    wanted = update(_invitation).where(_invitation.c.scholar_id == scholar_id)
    return connection.execute(wanted.values(declined_at=func.coalesce(_invitation.c.declined_at, at))).rowcount == 1


def has_declined(connection: Connection, scholar_id: str) -> bool:
    """Whether the scholar wants no further one."""
    asked = select(_invitation.c.declined_at).where(_invitation.c.scholar_id == scholar_id)
    return connection.execute(asked).scalar() is not None
