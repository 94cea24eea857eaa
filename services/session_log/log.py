"""Whoever took a session says what became of it, and can put that right for a while; the last version counts."""

from sqlalchemy import Connection

from domain.booking import Booked
from domain.kinds import kind_of
from domain.people import Person
from domain.session_log import (
    Actual,
    LoggedByOther,
    LoggedForGood,
    OddTimes,
    areas_to_log,
    check_actual,
    check_over,
    closes_at,
)
from domain.times import epoch_seconds, instant_of
from services.desk import SupportDesk
from services.session_log.commands import LogSession
from services.session_log.ended import details_after, lock_session, now_of, remember_request, taken_session
from services.session_log.facts import LogSheet
from services.session_log.record import read_log, write_log
from services.session_log.several import persons_in
from storage.confidential import session_log_queries
from storage.confidential.once import once
from storage.once import recall


def log_sheet(desk: SupportDesk, staff: Person, ref: str) -> LogSheet:
    """What the form begins with.

    Raises `NotFound`, `AlreadyCanceled`, `NotOverYet`, `LoggedForGood` or `LoggedByOther`.
    """
    with desk.store.read() as connection:
        booked = taken_session(desk, connection, staff, ref)
        _check_open(desk, connection, staff, booked)
        return _sheet(desk, connection, staff, booked)


def log_session(desk: SupportDesk, staff: Person, command: LogSession) -> LogSheet:
    """Append a version of the log. A repeated delivery changes nothing.

    Raises as `log_sheet` does, or `OddTimes` at "began" or "ended".
    """
    with desk.store.write() as connection:
        lock_session(desk, connection, staff, command.ref)
        booked = taken_session(desk, connection, staff, command.ref)
        if recall(connection, once, command.request_key) is None:
            _log(desk, connection, staff, booked, command)
        return _sheet(desk, connection, staff, booked)


def _check_open(desk: SupportDesk, connection: Connection, staff: Person, booked: Booked) -> None:
    """Of two who hold a session the first says how it went, and puts that right."""
    check_over(booked, now=now_of(desk), closed=LoggedForGood)
    if any(each.author_id != staff.id for each in session_log_queries.last_logs(connection, booked.id)):
        raise LoggedByOther


def _log(desk: SupportDesk, connection: Connection, staff: Person, booked: Booked, command: LogSession) -> None:
    _check_open(desk, connection, staff, booked)
    kind = kind_of(booked.kind)
    has_happened = command.outcome.has_happened
    write_log(
        desk,
        connection,
        booked,
        author_id=staff.id,
        outcome=command.outcome,
        actual=_actual(desk, booked, command) if has_happened else None,
        focus_areas=tuple(area for area in areas_to_log(kind) if area in command.focus_areas) if has_happened else (),
        next_step="" if kind.has_seats else command.next_step,
    )
    remember_request(desk, connection, command.request_key, booked)


def _actual(desk: SupportDesk, booked: Booked, command: LogSession) -> Actual:
    if command.started is None or command.ended is None:
        raise OddTimes("Please write when the session really began and ended.", field="began")
    actual = Actual(started_at=epoch_seconds(command.started), ended_at=epoch_seconds(command.ended))
    check_actual(actual, (booked.starts_at, booked.ends_at), now=now_of(desk))
    return actual


def _sheet(desk: SupportDesk, connection: Connection, staff: Person, booked: Booked) -> LogSheet:
    return LogSheet(
        details=details_after(desk, connection, staff, booked),
        log=read_log(desk, connection, booked),
        closes=instant_of(closes_at(booked)),
        person_ids=_concerned(connection, booked),
    )


def _concerned(connection: Connection, booked: Booked) -> tuple[str, ...]:
    of_several = kind_of(booked.kind).has_seats
    return persons_in(connection, booked.id) if of_several else (booked.staff_id, booked.scholar_id)
