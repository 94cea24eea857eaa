"""One press of staff writes once more to everybody who has not met a deadline: at most once an hour."""

from domain.deadlines import DeadlineState
from domain.errors import DomainError
from domain.nudges import check_nudge
from domain.people import Person
from domain.times import epoch_seconds, instant_of
from services.audiences.here import here
from services.audit import Entry, note, people_words
from services.deadlines.facts import of_staff
from services.deadlines.settling import Step, begin
from services.desk import Desk
from storage.program import deadline_people_queries, deadline_queries


class AllHaveMet(DomainError):
    """Everybody has met it. There is nobody left to nudge."""


class NotOpen(DomainError):
    """This deadline is closed, so nobody is reminded of it."""


def nudge(desk: Desk, staff: Person, deadline_id: str) -> int:
    """Write to all who have not met it and are here, and return how many that are.

    Raises `NudgedAlready`, `AllHaveMet`, `NotOpen` or `NotFound`.
    """
    now = desk.clock.now()
    with desk.program.write() as connection:
        desk.program.lock(connection, f"deadline {deadline_id}")
        row = deadline_queries.one(connection, deadline_id)
        found = of_staff(row, staff)
        if row is None or found.state is not DeadlineState.OPEN:
            raise NotOpen
        check_nudge(None if row.nudged_at is None else instant_of(row.nudged_at), now)
        number = deadline_people_queries.counts(
            connection, found.id, here=here(desk, connection, found.program_id)
        ).behind
        if not number:
            raise AllHaveMet
        begin(desk, connection, row, Step.NUDGE, number=epoch_seconds(now))
        deadline_queries.mark(connection, found.id, {"nudged_at": epoch_seconds(now)})
        entry = Entry(object_id=found.id, by_id=staff.id, deed="nudged", detail=people_words(number))
        note(connection, desk, staff.program_id, entry)
        return number
