"""Other words in the last reminder that somebody has: nobody is notified, and nobody reads an old time."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Connection

from domain.delivery import NewDelivery, Tier, Way
from domain.times import epoch_seconds, instant_of
from services.deadlines.ladders import DeadlineMessage
from services.desk import Desk
from storage.delivery import enqueue
from storage.program import deadline_ledger
from storage.program.deadline_ledger import Out
from storage.program.deadline_people_queries import PersonState
from storage.program.deadline_queries import DeadlineRow


def bring_up_to_date(
    desk: Desk, connection: Connection, row: DeadlineRow, states: Sequence[PersonState], now: datetime
) -> int:
    """Let the last reminder of each of these people who have not met it say what holds now; returns how many those are.

    What has not gone yet finds the words by itself. Older messages stay: whoever looks, looks at the last one.
    """
    if not states:
        return 0
    ids = [state.person_id for state in states]
    out = deadline_ledger.last_out(connection, row.id, DeadlineMessage.REMINDER, ids)
    rows = [
        _rewrite(row, state, out[state.person_id], now, tag=f"v{row.version}")
        for state in states
        if state.done_at is None and state.person_id in out
    ]
    return enqueue(connection, deadline_ledger.ledger, rows, ids=desk.ids, now=now)


def say_met(
    desk: Desk, connection: Connection, row: DeadlineRow, state: PersonState, now: datetime, *, but_not: str
) -> None:
    """Let every message of a deadline that this person has say that they have met it, so that none goes on asking.

    But the one with the Slack timestamp `but_not`, if any: it was pressed, and says so at once.
    """
    out = deadline_ledger.all_out(connection, row.id, DeadlineMessage.REMINDER, state.person_id, but_not=but_not)
    rows = [_rewrite(row, state, each, now, tag=f"met{epoch_seconds(now)}") for each in out]
    enqueue(connection, deadline_ledger.ledger, rows, ids=desk.ids, now=now)


def say_open(desk: Desk, connection: Connection, row: DeadlineRow, state: PersonState, now: datetime) -> None:
    """Let the last message of this person ask again, since they have not met it after all."""
    out = deadline_ledger.all_out(connection, row.id, DeadlineMessage.REMINDER, state.person_id)
    rows = [_rewrite(row, state, each, now, tag=f"open{epoch_seconds(now)}") for each in out[-1:]]
    enqueue(connection, deadline_ledger.ledger, rows, ids=desk.ids, now=now)


def rung_of(rewrite: str) -> str:
    """The rung whose message a row of this name changes."""
    return rewrite.rpartition(" ")[0]


def _rewrite(row: DeadlineRow, state: PersonState, said: Out, now: datetime, *, tag: str) -> NewDelivery:
    """`tag` tells it from other new words of the same message; what these are is found at the moment of sending."""
    return NewDelivery(
        kind=DeadlineMessage.REWRITE,
        program_id=row.program_id,
        object_id=row.id,
        object_version=row.version,
        person_id=state.person_id,
        rung=f"{said.rung} {tag}",
        tier=Tier.NOTICE,
        due=instant_of(state.due_at),
        send_at=now,
        after=said.key,
        way=Way.UPDATE,
    )
