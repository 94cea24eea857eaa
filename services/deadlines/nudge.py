"""One press of staff writes once more to everybody who has not met a deadline: at most once an hour."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection

from domain.deadlines import DeadlineState
from domain.errors import DomainError
from domain.nudges import check_nudge
from domain.people import Person
from domain.times import epoch_seconds, instant_of
from services.attention.outlook import Addressee, Outlook, outlook
from services.audiences.here import here
from services.audiences.resolve import of_people
from services.audit import Entry, note, people_words
from services.deadlines.facts import of_staff
from services.deadlines.ladders import expiry
from services.deadlines.settling import Step, begin, to_nudge
from services.desk import Desk
from storage.program import deadline_people_queries, deadline_queries
from storage.program.deadline_people_queries import PersonState


class AllHaveMet(DomainError):
    """Everybody has met it. There is nobody left to nudge."""


class AllWrittenTo(DomainError):
    """Whoever has not met it was written to about it less than an hour ago. Please give them a little time."""


class NotOpen(DomainError):
    """This deadline is closed, so nobody is reminded of it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Nudged:
    """What becomes of the messages, as of the press; `spared` is how many were written to just before and are not."""

    people: int
    outlook: Outlook
    spared: int


def nudge(desk: Desk, staff: Person, deadline_id: str) -> Nudged:
    """Write to all who have not met it and are here, but to nobody who was written to about it within the hour.

    Raises `NudgedAlready`, `AllHaveMet`, `AllWrittenTo`, `NotOpen` or `NotFound`.
    """
    now = desk.clock.now()
    with desk.program.write() as connection:
        desk.program.lock(connection, f"deadline {deadline_id}")
        row = deadline_queries.one(connection, deadline_id)
        found = of_staff(row, staff)
        if row is None or found.state is not DeadlineState.OPEN:
            raise NotOpen
        check_nudge(None if row.nudged_at is None else instant_of(row.nudged_at), now)
        behind = deadline_people_queries.counts(
            connection, found.id, here=here(desk, connection, found.program_id)
        ).behind
        if not behind:
            raise AllHaveMet
        people = to_nudge(desk, connection, row, at=epoch_seconds(now))
        if not people:
            raise AllWrittenTo
        # Before they are written to: what is on its way would count as had.
        coming = outlook(connection, desk, found.program_id, _addressees(desk, connection, people, now))
        begin(desk, connection, row, Step.NUDGE, number=epoch_seconds(now))
        deadline_queries.mark(connection, found.id, {"nudged_at": epoch_seconds(now)})
        entry = Entry(object_id=found.id, by_id=staff.id, deed="nudged", detail=people_words(len(people)))
        note(connection, desk, staff.program_id, entry)
        return Nudged(people=len(people), outlook=coming, spared=behind - len(people))


def _addressees(desk: Desk, connection: Connection, people: Sequence[PersonState], now: datetime) -> list[Addressee]:
    ends = {each.person_id: expiry(instant_of(each.due_at), now) for each in people}
    program_id = people[0].program_id
    readers = of_people(desk, connection, program_id, sorted(ends)).readers
    return [Addressee(person_id=each.person_id, zone=each.zone, ends=ends[each.person_id]) for each in readers]
