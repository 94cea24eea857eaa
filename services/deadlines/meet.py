"""Somebody has met a deadline: they say so, or staff say it for them; it can be taken back.

Whoever acts on a deadline, for themselves or for others, takes turns under the deadline's own name: there is no other
lock, so nobody undoes what somebody else has just done, and no two wait for each other.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection

from domain.deadlines import check_proof
from domain.errors import NotFound
from domain.people import Person
from domain.times import epoch_seconds, instant_of
from services.audit import Entry, note
from services.deadlines.facts import PEOPLE, OwnDeadline, OwnMatter, of_staff, own_of, theirs
from services.deadlines.ladders import after
from services.deadlines.rewriting import say_met, say_open
from services.desk import Desk
from storage.program import deadline_people_queries, deadline_queries, extension_queries
from storage.program.deadline_people_queries import PersonState
from storage.program.deadline_queries import DeadlineRow

MET, NOT_MET = "met", "not met after all"
"""In the trail: by each person, or by staff for them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Met:
    """When somebody met it, and whether that was noted before this press."""

    deadline: OwnDeadline
    at: datetime
    was_before: bool


def mark_done(desk: Desk, person: Person, deadline_id: str, *, proof: str = "", pressed_in: str = "") -> Met:
    """Note that this person has met it, which stops their reminders and nobody else's. Once more is the same.

    Every message of it that they have says so, but the one in which it was pressed, by its Slack timestamp: that one
    is changed with the answer.

    Raises `InvalidDeadline` at field "proof" where a link is asked for or is none, `NotFound` for whom it is not for.
    """
    now = desk.clock.now()
    with desk.program.write() as connection:
        desk.program.lock(connection, f"deadline {deadline_id}")
        own = theirs(deadline_people_queries.own(connection, person.id, deadline_id), person)
        if own.state.done_at is not None:
            return Met(deadline=own_of(own), at=instant_of(own.state.done_at), was_before=True)
        link = check_proof(proof, is_needed=own.row.needs_proof)
        _note_done(desk, connection, deadline_id, person.id, by_id=person.id, proof=link, now=now)
        say_met(desk, connection, own.row, own.state, now, but_not=pressed_in)
        own = theirs(deadline_people_queries.own(connection, person.id, deadline_id), person)
        return Met(deadline=own_of(own), at=instant_of(own.state.done_at or epoch_seconds(now)), was_before=False)


def mark_not_done(desk: Desk, person: Person, deadline_id: str) -> OwnDeadline:
    """Take it back: the reminders that are still ahead come again. Twice is once. Raises `NotFound`."""
    with desk.program.write() as connection:
        desk.program.lock(connection, f"deadline {deadline_id}")
        own = theirs(deadline_people_queries.own(connection, person.id, deadline_id), person)
        if own.state.done_at is not None:
            _take_back(desk, connection, deadline_id, person.id, by_id=person.id, program_id=own.row.program_id)
        return own_of(theirs(deadline_people_queries.own(connection, person.id, deadline_id), person))


def mark_done_for(desk: Desk, staff: Person, deadline_id: str, person_ids: Sequence[str]) -> None:
    """Staff note it for these people, without a link. Twice is once, and it is for all of them or for none.

    Raises `OwnMatter` for who names themselves: with *Done* they give the link that is asked for. Raises `NotFound`.
    """
    now = desk.clock.now()
    if staff.id in person_ids:
        raise OwnMatter("Please mark your own one with Done, on your Home tab.", field=PEOPLE)
    with desk.program.write() as connection:
        row, states = _theirs(desk, connection, staff, deadline_id, person_ids)
        for state in states:
            if _note_done(desk, connection, deadline_id, state.person_id, by_id=staff.id, proof="", now=now):
                say_met(desk, connection, row, state, now, but_not="")


def mark_not_done_for(desk: Desk, staff: Person, deadline_id: str, person_ids: Sequence[str]) -> None:
    """Staff take it back for these people, for all or for none. Twice is once. Raises `NotFound`."""
    with desk.program.write() as connection:
        _, states = _theirs(desk, connection, staff, deadline_id, person_ids)
        for state in states:
            if state.done_at is not None:
                _take_back(desk, connection, deadline_id, state.person_id, by_id=staff.id, program_id=state.program_id)


def _theirs(
    desk: Desk, connection: Connection, staff: Person, deadline_id: str, person_ids: Sequence[str]
) -> tuple[DeadlineRow, list[PersonState]]:
    """How these people stand, each of whom it must be for; nobody else acts on it meanwhile."""
    desk.program.lock(connection, f"deadline {deadline_id}")
    row = deadline_queries.one(connection, deadline_id)
    found = of_staff(row, staff)
    states = deadline_people_queries.these(connection, found.id, person_ids)
    if row is None or len(states) < len(set(person_ids)):
        raise NotFound(field=PEOPLE)
    return row, states


def _note_done(
    desk: Desk, connection: Connection, deadline_id: str, person_id: str, *, by_id: str, proof: str, now: datetime
) -> bool:
    at = epoch_seconds(now)
    is_new = deadline_people_queries.mark_done(connection, deadline_id, person_id, at=at, by_id=by_id, proof=proof)
    row = deadline_queries.one(connection, deadline_id)
    if is_new and row is not None:
        extension_queries.end_waiting(connection, deadline_id, at=at, person_ids=[person_id])
        note(
            connection,
            desk,
            row.program_id,
            Entry(object_id=deadline_id, by_id=by_id, deed=MET, about_id=person_id),
        )
    return is_new


def _take_back(
    desk: Desk, connection: Connection, deadline_id: str, person_id: str, *, by_id: str, program_id: str
) -> None:
    now = desk.clock.now()
    row = deadline_queries.one(connection, deadline_id)
    state = deadline_people_queries.one(connection, deadline_id, person_id)
    if row is None or state is None:
        raise NotFound
    values = {"done_at": None, "done_by": "", "proof": "", "next_at": after(row, state, now=now), "news": ""}
    deadline_people_queries.change(connection, deadline_id, person_id, values)
    say_open(desk, connection, row, state, now)
    entry = Entry(object_id=deadline_id, by_id=by_id, deed=NOT_MET, about_id=person_id)
    note(connection, desk, program_id, entry)
