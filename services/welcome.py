"""One welcome for each person, once they are active and have an account."""

from datetime import datetime

from sqlalchemy import Connection

from domain.delivery import NewDelivery, Tier, news
from domain.people import Person
from domain.ports import IdSource
from domain.times import epoch_seconds
from services.people import people_of
from storage.delivery import enqueue
from storage.engine import table_of
from storage.program import account_queries
from storage.program.delivery import ProgramDelivery

WELCOME = "welcome"
"""Kind of the delivery."""


def welcome_newcomers(
    connection: Connection, *, ids: IdSource, now: datetime, team_id: str, slack_user_id: str | None = None
) -> int:
    """Write a welcome for everybody, or the owner of one account, who is active now and was never welcomed.

    Returns how many. Call it behind `ROSTER_LOCK`. Somebody whose first membership begins later, or who is a guest
    without a role that guests may have, is welcomed by the first call after that has changed.
    """
    rows = account_queries.unwelcomed(connection, team_id=team_id, slack_user_id=slack_user_id)
    newcomers = people_of(rows, now)
    if newcomers:
        account_queries.mark_welcomed(connection, [person.id for person in newcomers], at=epoch_seconds(now))
        welcomes = [_welcome(person, now) for person in newcomers]
        enqueue(connection, table_of(ProgramDelivery), welcomes, ids=ids, now=now)
    return len(newcomers)


def _welcome(person: Person, now: datetime) -> NewDelivery:
    return news(
        WELCOME,
        program_id=person.program_id,
        object_id=person.id,
        person_id=person.id,
        rung="once",
        tier=Tier.NOTICE,
        at=now,
    )
