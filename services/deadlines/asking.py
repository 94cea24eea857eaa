"""Somebody asks for more time; any member of staff decides, once, and whoever comes second hears what was decided."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection

from domain.deadlines import SENTENCE_MAX, InvalidDeadline, RequestState
from domain.delivery import NewDelivery, Tier, news
from domain.errors import DomainError, NotFound
from domain.people import Person
from domain.times import epoch_seconds, instant_of
from services.audit import Entry, note
from services.deadlines.deciders import NEWS_LIFE, NobodyDecides, deciders, tell
from services.deadlines.extend import check_until, give_time
from services.deadlines.facts import Deadline, OwnDeadline, OwnMatter, deadline_of, of_staff, own_of, theirs
from services.deadlines.ladders import DeadlineMessage
from services.deadlines.reasons import can_give_reasons, seal_reason
from services.deadlines.snooze import MetAlready
from services.desk import Desk
from storage.delivery import enqueue
from storage.once import recall, remember
from storage.program import (
    deadline_ledger,
    deadline_people_queries,
    deadline_queries,
    extension_queries,
    people_queries,
)
from storage.program.extension_queries import RequestRow
from storage.program.once import once


class AskedAlready(DomainError):
    """You have asked for more time already. I tell you as soon as it is decided."""


class NoReasonsNow(DomainError):
    """Reasons cannot be given just now: I cannot keep them safely. Please clear this field; you can ask without one."""


class Decided(DomainError):
    """This has been decided already."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ask:
    """Somebody wishes more time, until an instant, with a reason or without."""

    request_key: str
    deadline_id: str
    until: datetime
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """A request, for staff and for who has asked. `by` is the name of who decided, "" while nobody has."""

    id: str
    deadline: Deadline
    person_id: str
    name: str
    asked_at: datetime
    until: datetime
    due_at: datetime
    has_reason: bool
    state: RequestState
    by: str
    decided_at: datetime | None
    granted_at: datetime | None
    answer: str


def ask(desk: Desk, person: Person, command: Ask) -> OwnDeadline:
    """Ask for more time, and tell all staff of the program that somebody does. The same request is once.

    Raises `AskedAlready`, `MetAlready`, `NobodyDecides`, `NotFound`; `PastDue` or `InvalidDeadline` at "due";
    `NoReasonsNow` at "reason".
    """
    now = desk.clock.now()
    before = _may_ask(desk, person, command, now)
    staff = _whom_to_ask(desk, person, command.deadline_id)
    if command.reason and not can_give_reasons(desk):
        raise NoReasonsNow(field="reason")
    id_ = (
        seal_reason(desk, person, command.deadline_id, command.reason, request_key=command.request_key)
        if command.reason
        else desk.ids.new()
    )
    with desk.program.write() as connection:
        desk.program.lock(connection, f"deadline {command.deadline_id}")
        if recall(connection, once, command.request_key) is not None:
            return before
        if extension_queries.one(connection, id_) is None:
            _check_open(connection, person, command.deadline_id)
            extension_queries.add(connection, _values(person, command, id_, now))
            rows = [_asked_row(each, id_, now) for each in staff]
            enqueue(connection, deadline_ledger.ledger, rows, ids=desk.ids, now=now)
            entry = Entry(
                object_id=command.deadline_id, by_id=person.id, deed="asked for more time", about_id=person.id
            )
            note(connection, desk, person.program_id, entry)
        remember(connection, once, command.request_key, program_id=person.program_id, outcome={"id": id_}, at=now)
    return before


def withdraw(desk: Desk, person: Person, deadline_id: str) -> None:
    """Take one's request back. Twice is once; raises `NotFound` where there is none, `Decided` for one too late."""
    now = desk.clock.now()
    with desk.program.write() as connection:
        desk.program.lock(connection, f"deadline {deadline_id}")
        latest = extension_queries.latest(connection, deadline_id, person.id)
        if latest is None:
            raise NotFound
        if latest.state == RequestState.WITHDRAWN:
            return
        values = {"state": RequestState.WITHDRAWN.value, "decided_at": epoch_seconds(now), "decided_by": person.id}
        if not extension_queries.decide(connection, latest.id, values):
            raise Decided


def request_for_staff(desk: Desk, staff: Person, request_id: str) -> Request:
    """A request as it stands. Raises `NotFound` for another program's. Three queries at most."""
    with desk.program.read() as connection:
        return _request(connection, _row_for(connection, staff, request_id))


def grant(desk: Desk, staff: Person, request_id: str, *, until: datetime | None = None) -> tuple[Request, bool]:
    """Grant what was asked for, or another time, and say whether this press decided it.

    It is due later for that person alone, whose ladder begins anew. Raises `PastDue` or `InvalidDeadline` at "due".
    """
    now = desk.clock.now()
    with desk.program.write() as connection:
        found = _row_for(connection, staff, request_id)
        if found.person_id == staff.id:
            raise OwnMatter
        desk.program.lock(connection, f"deadline {found.deadline_id}")
        to = until or instant_of(found.until_at)
        if extension_queries.one(connection, found.id) == found and found.state == RequestState.WAITING:
            check_until(to, now)
        values = _decision(staff, RequestState.GRANTED, now) | {"granted_at": epoch_seconds(to)}
        is_ours = extension_queries.decide(connection, found.id, values)
        if is_ours:
            own = deadline_people_queries.own(connection, found.person_id, found.deadline_id)
            if own is None or not own.is_open:
                raise NotFound
            if to <= instant_of(own.state.due_at):
                raise InvalidDeadline(
                    "That is not later than it is due already. Please choose a later time.", field="due"
                )
            give_time(desk, connection, own.row, to, by_id=staff.id, to=[found.person_id], news=None)
            tell(desk, connection, found, now)
        return _request(connection, _row_for(connection, staff, request_id)), is_ours


def refuse(desk: Desk, staff: Person, request_id: str, *, answer: str) -> tuple[Request, bool]:
    """Refuse with a sentence, which only who has asked reads. Says whether this press decided it.

    Raises `InvalidDeadline` at field "answer" for none or one that is too long, and `OwnMatter`.
    """
    sentence = answer.strip()
    if not sentence:
        raise InvalidDeadline("Please write a sentence, so that they know why.", field="answer")
    if len(sentence) > SENTENCE_MAX:
        excess = len(sentence) - SENTENCE_MAX
        raise InvalidDeadline(f"Please shorten this by {excess} characters: {SENTENCE_MAX} fit here.", field="answer")
    now = desk.clock.now()
    with desk.program.write() as connection:
        found = _row_for(connection, staff, request_id)
        if found.person_id == staff.id:
            raise OwnMatter
        desk.program.lock(connection, f"deadline {found.deadline_id}")
        values = _decision(staff, RequestState.REFUSED, now) | {"answer": sentence}
        is_ours = extension_queries.decide(connection, found.id, values)
        if is_ours:
            entry = Entry(
                object_id=found.deadline_id, by_id=staff.id, deed="refused more time", about_id=found.person_id
            )
            note(connection, desk, found.program_id, entry)
            tell(desk, connection, found, now)
        return _request(connection, _row_for(connection, staff, request_id)), is_ours


def _may_ask(desk: Desk, person: Person, command: Ask, now: datetime) -> OwnDeadline:
    """Before anything is written: what the other store cannot take back."""
    with desk.program.read() as connection:
        own = theirs(deadline_people_queries.own(connection, person.id, command.deadline_id), person)
        if recall(connection, once, command.request_key) is not None:
            return own_of(own)
        _check_open(connection, person, command.deadline_id)
    check_until(command.until, now)
    if command.until <= instant_of(own.state.due_at):
        raise InvalidDeadline("That is no later than it is due now. Please choose a later time.", field="due")
    return own_of(own)


def _whom_to_ask(desk: Desk, person: Person, deadline_id: str) -> Sequence[Person]:
    with desk.program.ask() as connection:
        row = deadline_queries.one(connection, deadline_id)
    found = [] if row is None else deciders(desk, row, asked_by=person.id)
    if not found:
        raise NobodyDecides
    return found


def _check_open(connection: Connection, person: Person, deadline_id: str) -> None:
    own = theirs(deadline_people_queries.own(connection, person.id, deadline_id), person)
    if own.state.done_at is not None:
        raise MetAlready
    latest = extension_queries.latest(connection, deadline_id, person.id)
    if latest is not None and latest.state == RequestState.WAITING:
        raise AskedAlready


def _values(person: Person, command: Ask, id_: str, now: datetime) -> dict[str, object]:
    return {
        "id": id_,
        "program_id": person.program_id,
        "deadline_id": command.deadline_id,
        "person_id": person.id,
        "asked_at": epoch_seconds(now),
        "until_at": epoch_seconds(command.until),
        "has_reason": bool(command.reason),
        "state": RequestState.WAITING.value,
        "decided_by": "",
        "decided_at": None,
        "granted_at": None,
        "answer": "",
        "current": f"{command.deadline_id} {person.id}",
    }


def _decision(staff: Person, state: RequestState, now: datetime) -> dict[str, object]:
    return {"state": state.value, "decided_by": staff.id, "decided_at": epoch_seconds(now)}


def _asked_row(staff: Person, request_id: str, now: datetime) -> NewDelivery:
    return news(
        DeadlineMessage.ASKED,
        program_id=staff.program_id,
        object_id=request_id,
        person_id=staff.id,
        rung="asked",
        at=now,
        tier=Tier.IMPORTANT,
        expires_at=now + NEWS_LIFE,
    )


def _row_for(connection: Connection, staff: Person, request_id: str) -> RequestRow:
    """Also who may decide on a request: whoever may look at the deadline."""
    row = extension_queries.one(connection, request_id)
    if row is None or row.program_id != staff.program_id:
        raise NotFound
    of_staff(deadline_queries.one(connection, row.deadline_id), staff)
    return row


def _request(connection: Connection, row: RequestRow) -> Request:
    deadline = deadline_queries.one(connection, row.deadline_id)
    if deadline is None:
        raise NotFound
    ids = {row.person_id, row.decided_by} - {""}
    names = people_queries.names_of(connection, ids, program_id=row.program_id)
    state = deadline_people_queries.one(connection, row.deadline_id, row.person_id)
    return Request(
        id=row.id,
        deadline=deadline_of(deadline),
        person_id=row.person_id,
        name=names.get(row.person_id, ""),
        asked_at=instant_of(row.asked_at),
        until=instant_of(row.until_at),
        due_at=instant_of(deadline.due_at if state is None else state.due_at),
        has_reason=row.has_reason,
        state=RequestState(row.state),
        by=names.get(row.decided_by, ""),
        decided_at=None if row.decided_at is None else instant_of(row.decided_at),
        granted_at=None if row.granted_at is None else instant_of(row.granted_at),
        answer=row.answer,
    )
