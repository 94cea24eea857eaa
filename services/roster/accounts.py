"""Matches people of the roster to Slack accounts, and welcomes those who have become active."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Connection

from domain.delivery import NewDelivery, Tier
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
ROSTER_LOCK = "roster"
"""Everything that writes people or accounts takes it first, so that what it has read stays true until its commit."""


def settle_accounts(
    connection: Connection, *, ids: IdSource, now: datetime, team_id: str, slack_user_id: str | None = None
) -> None:
    """Match whom the member table can tell, all or by one account; then welcome, once each, whoever is active now.

    Somebody whose first membership begins later is welcomed by the first call after it has begun.
    """
    account_queries.match_accounts(connection, team_id=team_id, slack_user_id=slack_user_id)
    rows = account_queries.unwelcomed(connection, team_id=team_id, slack_user_id=slack_user_id)
    _welcome(connection, people_of(rows, now), ids=ids, now=now)


def _welcome(connection: Connection, people: Sequence[Person], *, ids: IdSource, now: datetime) -> None:
    if not people:
        return
    account_queries.mark_welcomed(connection, [person.id for person in people], at=epoch_seconds(now))
    rows = [
        NewDelivery(
            kind=WELCOME,
            program_id=person.program_id,
            object_id=person.id,
            object_version=1,
            person_id=person.id,
            rung="once",
            tier=Tier.NOTICE,
            due=now,
            send_at=now,
        )
        for person in people
    ]
    enqueue(connection, table_of(ProgramDelivery), rows, ids=ids, now=now)
