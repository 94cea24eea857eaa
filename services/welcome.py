"""One welcome for each person, once they are on the roster and have an account."""

from datetime import datetime

from sqlalchemy import Connection, exists, select, update

from domain.delivery import NewDelivery, Tier
from domain.ports import IdSource
from domain.times import epoch_seconds
from storage.delivery import enqueue
from storage.engine import table_of
from storage.program.delivery import ProgramDelivery
from storage.program.people_queries import membership, person

WELCOME = "welcome"
"""Kind of the delivery."""


def welcome_newcomers(connection: Connection, *, ids: IdSource, now: datetime) -> int:
    """Write a welcome for everybody who has an account and a membership and was never welcomed; return how many."""
    is_here = exists().where(membership.c.person_id == person.c.id, membership.c.removed_at.is_(None))
    unwelcomed = select(person.c.id, person.c.program_id).where(
        person.c.slack_user_id.is_not(None), person.c.welcomed_at.is_(None), is_here
    )
    newcomers = list(connection.execute(unwelcomed))
    rows = [_row(person_id, program_id, now) for person_id, program_id in newcomers]
    if rows:
        enqueue(connection, table_of(ProgramDelivery), rows, ids=ids, now=now)
        welcomed = [person_id for person_id, _ in newcomers]
        connection.execute(update(person).where(person.c.id.in_(welcomed)).values(welcomed_at=epoch_seconds(now)))
    return len(rows)


def _row(person_id: str, program_id: str, now: datetime) -> NewDelivery:
    return NewDelivery(
        kind=WELCOME,
        program_id=program_id,
        object_id=person_id,
        object_version=1,
        person_id=person_id,
        rung="once",
        tier=Tier.NOTICE,
        due=now,
        send_at=now,
    )
