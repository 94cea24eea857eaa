"""Somebody puts their reminders off: twice at most for a deadline, a day each, and never past the last rung.

Who asks for one that comes before the next puts nothing off, and may do so as often as they like.
"""

from datetime import datetime, timedelta

from domain.deadlines import SNOOZES_MAX
from domain.deadlines.ladder import last_step
from domain.deadlines.values import SNOOZE_MAX
from domain.errors import DomainError
from domain.people import Person
from domain.times import epoch_seconds
from services.deadlines.facts import ladder_of, theirs
from services.deadlines.ladders import DeadlineMessage
from services.deadlines.settling import settled
from services.desk import Desk
from storage.once import recall, remember
from storage.program import deadline_ledger, deadline_people_queries
from storage.program.once import once


class NoLaterReminder(DomainError):
    """No later reminder would come in time, so this one stays. If you need more time, please ask for it."""


class SnoozedEnough(DomainError):
    """You have put these reminders off twice, which is as often as can be. If you need more time, please ask for it."""


class MetAlready(DomainError):
    """You have met this one already: no reminder comes any more."""


def snooze(desk: Desk, person: Person, deadline_id: str, *, by: timedelta, request_key: str) -> datetime:
    """Let somebody's reminders rest, and return when the next one comes. The same request is once.

    That is the last rung where it lies nearer: nothing puts it off. Raises `NoLaterReminder`, `SnoozedEnough`,
    `MetAlready` or `NotFound`.
    """
    now = desk.clock.now()
    with desk.program.write() as connection:
        desk.program.lock(connection, f"deadline {deadline_id}")
        row, state = theirs(deadline_people_queries.own(connection, person.id, deadline_id), person)
        known = recall(connection, once, request_key)
        if known is not None:
            return datetime.fromisoformat(known["until"])
        if state.done_at is not None:
            raise MetAlready
        state = settled(desk, connection, row, state)
        last = last_step(ladder_of(row, state))
        if last is None or last.at <= now:
            raise NoLaterReminder
        until = min(now + min(by, SNOOZE_MAX), last.at)
        is_planned = deadline_ledger.has_planned(
            connection, row.id, DeadlineMessage.REMINDER, person.id, after=epoch_seconds(now)
        )
        puts_off = is_planned or (state.next_at is not None and epoch_seconds(until) > state.next_at)
        if puts_off and state.snoozes >= SNOOZES_MAX:
            raise SnoozedEnough
        deadline_ledger.supersede(connection, row.id, DeadlineMessage.REMINDER, [person.id])
        values = {
            "snoozed_until": epoch_seconds(until),
            "snoozes": state.snoozes + puts_off,
            "next_at": epoch_seconds(until),
            "news": "",
        }
        deadline_people_queries.change(connection, row.id, person.id, values)
        outcome = {"until": until.isoformat()}
        remember(connection, once, request_key, program_id=row.program_id, outcome=outcome, at=now)
        return until
