"""Staff give more time: to one, to many or to all; it arms the ladders of those people anew, and of nobody else."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Connection

from domain.deadlines import DeadlineState, InvalidDeadline, PastDue
from domain.errors import NotFound
from domain.people import Person
from domain.times import epoch_seconds
from services.audit import Entry, note, people_words
from services.deadlines.facts import PEOPLE, OwnMatter, of_staff
from services.deadlines.ladders import News
from services.deadlines.settling import Step, begin
from services.deadlines.write import ChangedMeanwhile
from services.desk import Desk
from storage.once import recall, remember
from storage.program import deadline_change_queries, deadline_people_queries, deadline_queries, extension_queries
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
        chosen = _chosen(connection, row.id, command)
        number = give_time(desk, connection, row, command.until, by_id=staff.id, to=chosen, news=News.EXTENDED)
        outcome = {"number": number}
        remember(connection, once, command.request_key, program_id=staff.program_id, outcome=outcome, at=now)
        return number


def give_time(
    desk: Desk,
    connection: Connection,
    row: DeadlineRow,
    until: datetime,
    *,
    by_id: str,
    to: Sequence[str] | None,
    news: News | None,
) -> int:
    """Let it be due later for these people, or for all who have not met it; returns for how many.

    Who granted it is in the audit trail: for each who was chosen, else once. Who asked for more still waits.
    """
    now = epoch_seconds(desk.clock.now())
    number = deadline_change_queries.give_time(
        connection, row.id, until=epoch_seconds(until), person_ids=to, news=news.value if news else "", at=now
    )
    if not number:
        return 0
    begin(desk, connection, row, Step.SETTLE)
    extension_queries.end_satisfied(connection, row.id, at=now)
    detail = f"until {until:%Y-%m-%dT%H:%MZ}"
    told = [("", f"{people_words(number)}, {detail}")] if to is None else [(each, detail) for each in to]
    entries = [
        Entry(object_id=row.id, by_id=by_id, deed="extended", about_id=about, detail=said) for about, said in told
    ]
    note(connection, desk, row.program_id, *entries)
    return number


def check_until(until: datetime, now: datetime) -> None:
    """Raises `PastDue` or `InvalidDeadline` at field "due" for what is no time to extend to."""
    if until <= now:
        raise PastDue("That time has passed. Please choose a later one.", field="due")
    if until - now > LONGEST:
        raise InvalidDeadline("Please choose a time within a year from now.", field="due")


def _chosen(connection: Connection, deadline_id: str, command: Extend) -> list[str] | None:
    """Those of who was chosen that have less; None for everybody. Raises `NotFound` for somebody it is not for."""
    if not command.person_ids:
        return None
    states = deadline_people_queries.these(connection, deadline_id, command.person_ids)
    if len(states) < len(set(command.person_ids)):
        raise NotFound
    until = epoch_seconds(command.until)
    return [state.person_id for state in states if state.done_at is None and state.due_at < until]
