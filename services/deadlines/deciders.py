"""Who may decide on a request for more time, and what becomes of one on which nobody can decide any more."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from functools import partial

from sqlalchemy import Connection

from domain.deadlines import RequestState
from domain.delivery import NewDelivery, Tier, news
from domain.errors import DomainError
from domain.people import Person, Role
from domain.times import epoch_seconds
from services.apart import apart
from services.audit import Entry, note
from services.deadlines.facts import Deadline, OfAList, deadline_of, of_staff
from services.deadlines.ladders import DeadlineMessage
from services.desk import Desk
from storage.delivery import enqueue
from storage.program import deadline_ledger, extension_queries
from storage.program.deadline_queries import DeadlineRow
from storage.program.extension_queries import Asked, RequestRow

NEWS_LIFE = timedelta(days=7)
ANSWERED, WAS_CLOSED = "answered", "closed"
"""Rungs of what becomes of a request: somebody or something has settled it, or its deadline was closed."""


class NobodyDecides(DomainError):
    """Nobody who could decide on this is in the program, so I would ask in vain. Please talk to somebody on staff."""


def deciders(desk: Desk, row: DeadlineRow, *, asked_by: str) -> Sequence[Person]:
    """All staff of the program but who asks; of a deadline for a private list its author alone. Perhaps nobody."""
    is_private = bool(deadline_of(row).audience.secret_list)
    staff = [each for each in desk.people.holders(Role.STAFF) if each.program_id == row.program_id]
    return [each for each in staff if each.id != asked_by and (not is_private or each.id == row.author_id)]


def of_closing(desk: Desk, row: DeadlineRow | None, staff: Person) -> Deadline:
    """The deadline, for who may close it: whoever may look at it.

    One for a private list whose author has left, or is on staff no more, any of the staff may close; who is on the list
    stays unknown to them. Raises `NotFound`, and `OfAList` while there is its author to do it.
    """
    try:
        return of_staff(row, staff)
    except OfAList:
        if row is None or deciders(desk, row, asked_by=""):
            raise
        return deadline_of(row)


def end_undecidable(desk: Desk) -> None:
    """End the requests about private lists whose authors have left, and tell who has asked.

    Nobody else may learn who is on a list, so nobody else can be asked. Safe to repeat, and for several replicas.
    """
    with desk.program.ask() as connection:
        waiting = extension_queries.waiting_of_lists(connection)
    for each in waiting:
        apart("end requests of deadline", each.deadline.id, partial(_end_lost, desk, each))


def end_closed(desk: Desk, connection: Connection, deadline_id: str, now: datetime, *, by_id: str) -> None:
    """A deadline is closed: who still waits for an answer hears that it needs none, but not who has closed it."""
    waiting = extension_queries.waiting_for(connection, deadline_id)
    extension_queries.end_waiting(connection, deadline_id, at=epoch_seconds(now))
    rows = [_answer(each, now, rung=WAS_CLOSED) for each in waiting if each.person_id != by_id]
    enqueue(connection, deadline_ledger.ledger, rows, ids=desk.ids, now=now)


def tell(desk: Desk, connection: Connection, found: RequestRow, now: datetime) -> None:
    """Let who has asked hear what became of it."""
    enqueue(connection, deadline_ledger.ledger, [_answer(found, now, rung=ANSWERED)], ids=desk.ids, now=now)


def _answer(found: RequestRow, now: datetime, *, rung: str) -> NewDelivery:
    return news(
        DeadlineMessage.ANSWERED,
        program_id=found.program_id,
        object_id=found.id,
        person_id=found.person_id,
        rung=rung,
        at=now,
        tier=Tier.IMPORTANT,
        expires_at=now + NEWS_LIFE,
    )


def _end_lost(desk: Desk, asked: Asked) -> None:
    found, now = asked.row, desk.clock.now()
    if deciders(desk, asked.deadline, asked_by=found.person_id):
        return
    with desk.program.write() as connection:
        desk.program.lock(connection, f"deadline {found.deadline_id}")
        values = {"state": RequestState.OVER.value, "decided_at": epoch_seconds(now)}
        if extension_queries.decide(connection, found.id, values):
            entry = Entry(object_id=found.deadline_id, by_id="", deed="nobody left to decide", about_id=found.person_id)
            note(connection, desk, found.program_id, entry)
            tell(desk, connection, found, now)
