"""Staff give more time: to one, to many or to all; it arms the ladders of those people anew, and of nobody else."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Connection

from domain.deadlines import DeadlineState, InvalidDeadline, PastDue
from domain.errors import NotFound
from domain.people import Person
from domain.times import epoch_seconds, instant_of
from services.audit import Entry, note
from services.deadlines.arming import arm
from services.deadlines.deciders import end_satisfied
from services.deadlines.facts import PEOPLE, OwnMatter, of_staff
from services.deadlines.ladders import News
from services.deadlines.rewriting import bring_up_to_date
from services.deadlines.write import ChangedMeanwhile
from services.desk import Desk
from storage.once import recall, remember
from storage.program import deadline_people_queries, deadline_queries
from storage.program.deadline_people_queries import PersonState
from storage.program.deadline_queries import DeadlineRow
from storage.program.once import once

LONGEST = timedelta(days=366)


@dataclass(frozen=True, slots=True, kw_only=True)
class Extend:
    """More time until an instant, for these people, or with none for everybody who has not met it."""

    request_key: str
    id: str
    until: datetime
    person_ids: tuple[str, ...] = ()


def extend(desk: Desk, staff: Person, command: Extend) -> int:
    """Give these people more time and return how many got it; who has met it, or has as much already, is left out.

    The same request is once. Raises `NotFound` for somebody it is not for, `OwnMatter` for who names themselves, and
    `PastDue` or `InvalidDeadline` at "due".
    """
    now = desk.clock.now()
    if staff.id in command.person_ids:
        raise OwnMatter(field=PEOPLE)
    check_until(command.until, now)
    with desk.program.write() as connection:
        desk.program.lock(connection, f"deadline {command.id}")
        found = of_staff(deadline_queries.one(connection, command.id), staff)
        known = recall(connection, once, command.request_key)
        if known is not None:
            return int(known["number"])
        row = deadline_queries.one(connection, found.id)
        if row is None or found.state is not DeadlineState.OPEN:
            raise ChangedMeanwhile
        states = _chosen(connection, found.id, command)
        give_time(desk, connection, row, states, command.until, by_id=staff.id, news=News.EXTENDED)
        outcome = {"number": len(states)}
        remember(connection, once, command.request_key, program_id=staff.program_id, outcome=outcome, at=now)
        return len(states)


def give_time(
    desk: Desk,
    connection: Connection,
    row: DeadlineRow,
    states: Sequence[PersonState],
    until: datetime,
    *,
    by_id: str,
    news: News | None,
) -> None:
    """Let it be due later for these people; who granted it is in the audit trail. Who asked for more still waits."""
    now, due_at = desk.clock.now(), epoch_seconds(until)
    later = [state._replace(due_at=due_at, is_extended=True) for state in states]
    if not later:
        return
    arm(connection, row, later, now, news=news)
    entries = [
        Entry(
            object_id=row.id,
            by_id=by_id,
            deed="extended",
            about_id=state.person_id,
            detail=f"until {until:%Y-%m-%dT%H:%MZ}",
        )
        for state in later
    ]
    note(connection, desk, row.program_id, *entries)
    bring_up_to_date(desk, connection, row, later, now)
    end_satisfied(connection, row.id, later, now)


def check_until(until: datetime, now: datetime) -> None:
    """Raises `PastDue` or `InvalidDeadline` at field "due" for what is no time to extend to."""
    if until <= now:
        raise PastDue("That time has passed. Please choose a later one.", field="due")
    if until - now > LONGEST:
        raise InvalidDeadline("Please choose a time within a year from now.", field="due")


def _chosen(connection: Connection, deadline_id: str, command: Extend) -> list[PersonState]:
    everybody = {state.person_id: state for state in deadline_people_queries.all_of(connection, deadline_id)}
    if not set(command.person_ids) <= set(everybody):
        raise NotFound
    chosen = [everybody[each] for each in command.person_ids] if command.person_ids else list(everybody.values())
    return [state for state in chosen if state.done_at is None and instant_of(state.due_at) < command.until]
