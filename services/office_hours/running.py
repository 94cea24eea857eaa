"""A helper plans or opens office hours, joins those of a colleague, steps out, and closes the line."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import Connection

from domain.errors import DomainError
from domain.office_hours import (
    JUST_CALLED_SECONDS,
    Entry,
    EntryStatus,
    Helper,
    HelpTopic,
    InvalidOfficeHours,
    LineClosed,
    NotOfferedNow,
    OfficeHours,
    WithSomebody,
    check_times,
)
from domain.people import Person
from domain.places import Place
from domain.rules import OfficeHoursRules
from domain.times import epoch_seconds
from services.desk import SupportDesk
from services.groups.rules import supports_until
from services.office_hours.busy import in_own_time, take_time
from services.office_hours.commands import HoldOfficeHours
from services.office_hours.deliveries import OfficeMessage, about_beginning, about_entry, ledger
from services.office_hours.line import (
    Line,
    end,
    lock_own_line,
    may_take,
    office_known_as,
    own_helper,
    put_back,
    read_line,
    withdraw_transfers,
)
from storage.confidential import office_hours_queries as queries
from storage.confidential import office_time_queries
from storage.confidential.once import once
from storage.delivery import enqueue
from storage.once import recall, remember


class OnlyHelper(DomainError):
    """Nobody else helps in this line. Please close it instead, so that nobody waits in vain."""


def hold_office_hours(desk: SupportDesk, staff: Person, command: HoldOfficeHours) -> str:
    """Open office hours, or plan them; return by what their helper knows them. The same request again is once.

    Scholars are told nothing: they see it listed. Raises `NotOfferedNow`; or `InvalidOfficeHours`, `DayShut`,
    `HelpingAlready` or `TimeTaken` at its field.
    """
    now = desk.clock.now()
    starts = epoch_seconds(command.starts or now)

    def deed(connection: Connection) -> str:
        desk.store.lock(connection, staff.id)
        earlier = recall(connection, once, command.request_key)
        if earlier is not None:
            return str(earlier["ref"])
        rules = offered(desk, staff)
        office = _office(desk, staff, command, starts)
        longest = rules.longest_hours
        check_times(starts, office.ends_at, office.minutes, now=epoch_seconds(now), longest_hours=longest)
        if office.ends_at > supports_until(staff):
            raise InvalidOfficeHours("Your last day will be over by then. Please choose an earlier end.", field="end")
        _add(desk, connection, staff, office, now)
        field = "end" if command.starts is None else "start"
        return _help(desk, connection, staff, office, command.place, request_key=command.request_key, field=field)

    return in_own_time(desk, deed)


def offered(desk: SupportDesk, staff: Person) -> OfficeHoursRules:
    """What staff have decided about office hours. Raises `NotOfferedNow` where the program has none just now."""
    rules = desk.rules.of(staff).office_hours
    if not rules.is_offered:
        raise NotOfferedNow
    return rules


def help_in_line(desk: SupportDesk, staff: Person, office_ref: str, place: Place, *, request_key: str) -> str:
    """Help in a colleague's office hours too; return by what this helper knows them. The same request again is once.

    Raises `LineClosed`, `DayShut`, `NotOfferedNow` for what is only planned, `HelpingAlready`, or `TimeTaken` with what
    else they have until its end.
    """
    now = epoch_seconds(desk.clock.now())

    def deed(connection: Connection) -> str:
        desk.store.lock(connection, staff.id)
        earlier = recall(connection, once, request_key)
        if earlier is not None:
            return str(earlier["ref"])
        office = office_known_as(connection, staff, office_ref, now=now)
        desk.store.lock(connection, office.id)
        if read_line(desk, connection, office.id).office.is_over(now):
            raise LineClosed
        return _help(desk, connection, staff, office, place, request_key=request_key, field="place")

    return in_own_time(desk, deed)


def step_out(desk: SupportDesk, staff: Person, ref: str) -> None:
    """Help in this line no more; the others go on. Raises `NotHelping`, `WithSomebody` or `OnlyHelper`."""
    with desk.store.write() as connection:
        own, line = lock_own_line(desk, connection, staff, ref)
        if line.taken_by(staff.id) is not None:
            raise WithSomebody("You are with somebody still. Press Done first, then step out.")
        if all(each.person.id == staff.id for each in line.everybody):
            raise OnlyHelper
        stop_helping(desk, connection, own.office_id, [staff.id])


def close_line(desk: SupportDesk, staff: Person, ref: str) -> tuple[str, ...]:
    """Close the line, or call planned office hours off; return which scholars that concerned. Doing it twice is once.

    Whoever waits is told, and offered to book; so is whom this helper has only just called. Whom else they are with
    counts as done. Whoever a colleague or a peer is with may stay, since these go on. Raises `NotHelping`.
    """
    with desk.store.write() as connection:
        own, line = lock_own_line(desk, connection, staff, ref)
        served = line.taken_by(staff.id)
        if served is not None:
            _let_served_go(desk, connection, served)
            line = read_line(desk, connection, own.office_id)
        waiting = end_line(desk, connection, line)
    return waiting if served is None or served.scholar_id in waiting else (*waiting, served.scholar_id)


def _let_served_go(desk: SupportDesk, connection: Connection, served: Entry) -> None:
    now = desk.clock.now()
    if epoch_seconds(now) - (served.taken_at or 0) < JUST_CALLED_SECONDS:
        put_back(connection, served)  # their message may not even have gone, so that nobody would tell them anything
    else:
        end(connection, served, EntryStatus.DONE, now=now)


def how_many_wait(desk: SupportDesk, staff: Person, ref: str) -> int | None:
    """How many wait whom this helper may take; None before the line has begun, when nobody can.

    Closing tells the others too, but not the helper that they are there.

    Raises `NotHelping`.
    """
    with desk.store.read() as connection:
        own = own_helper(connection, staff, ref)
        line = read_line(desk, connection, own.office_id)
        reach = may_take(desk, staff, line)
    if line.office.starts_at > epoch_seconds(desk.clock.now()):
        return None
    return sum(each.scholar_id in reach for each in line.waiting)


def end_line(desk: SupportDesk, connection: Connection, line: Line) -> tuple[str, ...]:
    """Close a line behind its lock; return the scholars who were waiting."""
    now = desk.clock.now()
    queries.close_office(connection, line.office.id, at=epoch_seconds(now))
    office_time_queries.give_back(connection, line.office.id, at=epoch_seconds(now))
    waiting = [each for each in line.entries if each.is_waiting]
    for entry in waiting:
        end(connection, entry, EntryStatus.CLOSED, now=now)
    withdraw_transfers(connection, [each.id for each in line.entries])
    _tell_closed(desk, connection, line.office, waiting, now)
    return tuple(each.scholar_id for each in waiting)


def stop_helping(desk: SupportDesk, connection: Connection, office_id: str, helper_ids: Collection[str]) -> None:
    """Let these people help there no more and have their time back, behind the line's lock; without any it is off."""
    now = epoch_seconds(desk.clock.now())
    for helper_id in sorted(helper_ids):
        queries.end_helping(connection, office_id, helper_id, at=now)
    office_time_queries.give_back(connection, office_id, helper_ids, at=now)
    line = read_line(desk, connection, office_id)
    if not line.everybody and line.office.closed_at is None:
        end_line(desk, connection, line)


def _tell_closed(
    desk: SupportDesk, connection: Connection, office: OfficeHours, entries: list[Entry], now: datetime
) -> None:
    rows = [about_entry(OfficeMessage.CLOSED, each, office, now=now) for each in entries]
    if rows:
        enqueue(connection, ledger, rows, ids=desk.ids, now=now)


def _office(desk: SupportDesk, staff: Person, command: HoldOfficeHours, starts: int) -> OfficeHours:
    return OfficeHours(
        id=desk.ids.new(),
        program_id=staff.program_id,
        starts_at=starts,
        ends_at=epoch_seconds(command.ends),
        minutes=command.minutes,
        topics=command.topics or tuple(HelpTopic),
        closed_at=None,
        is_begun=command.starts is None,
    )


def _is(helper: Helper, staff: Person) -> bool:
    return helper.helper_id == staff.id


def _add(desk: SupportDesk, connection: Connection, staff: Person, office: OfficeHours, now: datetime) -> None:
    queries.add_office(
        connection,
        {
            "id": office.id,
            "program_id": office.program_id,
            "starts_at": office.starts_at,
            "ends_at": office.ends_at,
            "minutes": office.minutes,
            "topics": ",".join(office.topics),
            "created_by": staff.id,
            "created_at": epoch_seconds(now),
            "closed_at": None,
            "is_begun": office.is_begun,
            "is_settled": False,
        },
    )
    if office.starts_at > epoch_seconds(now):
        enqueue(connection, ledger, [about_beginning(office, staff.id)], ids=desk.ids, now=now)


def _help(
    desk: SupportDesk,
    connection: Connection,
    staff: Person,
    office: OfficeHours,
    place: Place,
    *,
    request_key: str,
    field: str,
) -> str:
    """Let somebody help there from now on, in time of theirs; return by what they know it."""
    now = desk.clock.now()
    busy_from, busy_to = take_time(desk, connection, staff, office, field=field)
    values = {
        "office_id": office.id,
        "helper_id": staff.id,
        "program_id": office.program_id,
        "ref": desk.ids.new(),
        "place_kind": place.kind,
        "place_detail": place.detail,
        "busy_from": busy_from,
        "busy_to": busy_to,
        "joined_at": epoch_seconds(now),
    }
    queries.put_helper(connection, values)
    ref = next(each.ref for each in queries.helpers_of(connection, [office.id]) if _is(each, staff))
    remember(connection, once, request_key, program_id=staff.program_id, outcome={"ref": ref}, at=now)
    return ref
