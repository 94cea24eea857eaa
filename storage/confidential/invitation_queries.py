"""Statements about invitations to a first session."""

from collections.abc import Collection

from sqlalchemy import Connection, func, insert, select, union, update

from storage.confidential.booking_rows import booking
from storage.confidential.invitations import Invitation
from storage.engine import table_of

_invitation = table_of(Invitation)


def never_came(connection: Connection, program_id: str, scholar_ids: Collection[str]) -> list[str]:
    """Those of these scholars who have neither booked anything, ever, nor been invited. One query."""
    known = union(
        select(booking.c.scholar_id).where(booking.c.program_id == program_id),
        select(_invitation.c.scholar_id).where(_invitation.c.program_id == program_id),
    )
    seen = set(connection.execute(known).scalars())
    return [each for each in scholar_ids if each not in seen]


def has_booked(connection: Connection, scholar_id: str) -> bool:
    """Whether the scholar has ever booked anything."""
    return (
        connection.execute(select(booking.c.id).where(booking.c.scholar_id == scholar_id).limit(1)).first() is not None
    )


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
