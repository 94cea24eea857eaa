"""Whoever took a session says what became of it, and can put that right for a while; the last version counts."""

from sqlalchemy import Connection

from domain.booking import Booked
from domain.focus import focus_areas_of
from domain.kinds import kind_of
from domain.people import SUPPORT_ROLES, Person
from domain.session_log import CORRECTABLE, Actual, LoggedForGood, OddTimes, check_actual, check_over, closes_at
from domain.times import epoch_seconds, instant_of
from services.desk import SupportDesk
from services.session_log.commands import LogSession
from services.session_log.ended import lock_session, now_of, remember_request, since, taken_session
from services.session_log.facts import LogSheet, ToLog
from services.session_log.record import read_log, write_log
from services.sessions.facts import NamedSession, SessionLine
from services.sessions.own import WHO_LEFT, details_in
from services.sessions.sight import seen_by
from storage.confidential import session_log_queries
from storage.confidential.once import once
from storage.once import recall

LISTED = 20
LOGGED_LISTED = 10
COUNTED = 99
"""How many are looked at to say how many wait."""


def log_sheet(desk: SupportDesk, staff: Person, ref: str) -> LogSheet:
    """What the form begins with. Raises `NotFound`, `AlreadyCanceled`, `NotOverYet` or `LoggedForGood`."""
    with desk.store.read() as connection:
        booked = taken_session(desk, connection, staff, ref)
        check_over(booked, now=now_of(desk), closed=LoggedForGood)
        return _sheet(desk, connection, staff, booked)


def log_session(desk: SupportDesk, staff: Person, command: LogSession) -> LogSheet:
    """Append a version of the log. A repeated delivery changes nothing.

    Raises as `log_sheet` does, or `OddTimes` at "began" or "ended".
    """
    with desk.store.write() as connection:
        lock_session(desk, connection, staff, command.ref)
        booked = taken_session(desk, connection, staff, command.ref)
        if recall(connection, once, command.request_key) is None:
            _log(desk, connection, booked, command)
        return _sheet(desk, connection, staff, booked)


def sessions_to_log(desk: SupportDesk, staff: Person) -> ToLog:
    """What this person took within the last 14 days: what waits for a log, and the latest that can be corrected."""
    asked = {"after": since(desk, CORRECTABLE), "until": now_of(desk)}
    with desk.store.read() as connection:
        waiting = session_log_queries.unlogged(connection, staff.id, **asked, at_most=COUNTED)
        logged = session_log_queries.logged(connection, staff.id, **asked, at_most=COUNTED)
    still = {booked.id for booked in waiting}
    # One that was logged between the two questions is in both lists, and is to be shown once.
    seen = seen_by(desk, staff, [*waiting, *(booked for booked in logged if booked.id not in still)])
    names = {each.id: each.name for each in desk.people.people({booked.scholar_id for booked in seen})} if seen else {}
    to_log = [_named(desk, staff, booked, names) for booked in seen if booked.id in still]
    done = [_named(desk, staff, booked, names) for booked in seen if booked.id not in still]
    return ToLog(waiting=tuple(to_log[:LISTED]), logged=tuple(done[:LOGGED_LISTED]), has_more=len(to_log) > LISTED)


def waiting_for_log(desk: SupportDesk, staff: Person) -> int:
    """How many of this person's sessions wait for a log, up to `COUNTED`. Three queries at most."""
    if not staff.has(*SUPPORT_ROLES):
        return 0
    with desk.store.ask() as connection:
        found = session_log_queries.unlogged(
            connection, staff.id, after=since(desk, CORRECTABLE), until=now_of(desk), at_most=COUNTED
        )
    return len(seen_by(desk, staff, found))


def _log(desk: SupportDesk, connection: Connection, booked: Booked, command: LogSession) -> None:
    check_over(booked, now=now_of(desk), closed=LoggedForGood)
    areas = focus_areas_of(kind_of(booked.kind).taken_by)
    has_happened = command.outcome.has_happened
    write_log(
        desk,
        connection,
        booked,
        outcome=command.outcome,
        actual=_actual(desk, booked, command) if has_happened else None,
        focus_areas=tuple(area for area in areas if area in command.focus_areas) if has_happened else (),
        next_step=command.next_step,
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
        details=details_in(desk, connection, staff, booked),
        log=read_log(desk, connection, booked),
        closes=instant_of(closes_at(booked)),
    )


def _named(desk: SupportDesk, staff: Person, booked: Booked, names: dict[str, str]) -> NamedSession:
    line = SessionLine(
        ref=booked.staff_ref, starts=booked.starts, ends=booked.ends, zone=staff.zone, version=booked.version
    )
    other_name = names.get(booked.scholar_id, WHO_LEFT)
    return NamedSession(line=line, kind=desk.kind(booked.kind, staff), other_name=other_name)
