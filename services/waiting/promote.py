"""A time has come free: the first one for whom it fits is offered it, before anybody else can have it."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime, timedelta
from itertools import chain, islice

from sqlalchemy import Connection

from domain.booking import Booked, BookingStatus, TooManyOpen
from domain.daytime import off_hours
from domain.holds import hold_until
from domain.kinds import SessionKind
from domain.people import Person, Role
from domain.rules import ProgramRules
from domain.slots import NotOffered, why_not
from domain.times import epoch_seconds, instant_of, zone
from domain.waiting import Waiter
from services.booking.reserve import Keep, reserve
from services.desk import SupportDesk
from services.holds.deliveries import HoldMessage
from services.offers.alone import staff_alone
from services.sessions.own import SYSTEM
from services.sessions.topic import Topic
from storage.confidential import waiting_queries
from storage.confidential.cell_queries import CellTaken

_FIRST_PART, _MORE_EACH_TIME = 25, 4
"""How many of a line are read at first, and how many times as many after each part in which nobody could come."""
TRIES_MAX = 50
"""Whoever frees a time waits while it is offered, and on SQLite so does everybody else."""
_DATE_APART = timedelta(days=1)
"""The date on anybody's clock is at most so far from the one in UTC."""


def offer_freed(desk: SupportDesk, connection: Connection, freed: Booked) -> Booked | None:
    """Keep what `freed` was for whoever waits for exactly that, in the transaction that has freed it.

    Never waits for a scholar's lock, since cells are held here; where somebody first in line is busy it is left to
    `offer_to_waiting`. So it is when many at its head cannot come. One query when nobody waits; else the line is read
    from its head, as far as is needed.
    """
    parts = _parts(connection, freed)
    line = next(parts, [])
    staff = desk.people.person(freed.staff_id) if line else None
    kind = kind_waited_for(desk.rules.of(staff), freed.kind) if staff else None
    if staff is None or kind is None or not staff.has(kind.taken_by):
        return None
    if not _can_be_held(desk, connection, staff, kind, freed.starts_at):
        return None
    who_may = (_who_may(desk, connection, part, staff, freed.starts_at) for part in chain([line], parts))
    for waiter, scholar in islice(chain.from_iterable(who_may), TRIES_MAX):
        if not desk.store.try_lock(connection, scholar.id):
            return None  # somebody acts for them at this moment; nobody may pass them by
        try:
            with connection.begin_nested():
                kept = keep_for(desk, connection, waiter, scholar, [staff], kind, freed.starts_at)
        except CellTaken:
            return None
        if kept is not None:
            return kept
    return None


def _can_be_held(desk: SupportDesk, connection: Connection, staff: Person, kind: SessionKind, start: int) -> bool:
    """Whether anybody could have it at all: what lies with the staff member is not judged anew for each in line."""
    first, last = kind.busy(start)
    alone = staff_alone(desk, connection, kind, staff, first=first, last=last)
    return why_not(start, alone, kind, now=desk.clock.now()) is None


def keep_for(
    desk: SupportDesk,
    connection: Connection,
    waiter: Waiter,
    scholar: Person,
    staff: Iterable[Person],
    kind: SessionKind,
    start: int,
) -> Booked | None:
    """Keep a start (epoch seconds) for who waits, with one of these staff, if every rule of booking allows it.

    The caller holds the scholar's lock. None when it does not fit, or they have been offered something meanwhile.
    Raises `CellTaken` when a rival was quicker.
    """
    now = desk.clock.now()
    until = hold_until(start, kind, now=now, tz=zone(scholar.zone))
    current = waiting_queries.waiter_by_id(connection, waiter.id)
    if until is None or current is None or current.booking_id is not None or not fits(current, scholar, start):
        return None
    keep = Keep(status=BookingStatus.HELD, until=until, by_id=SYSTEM)
    try:
        kept = reserve(
            connection,
            desk,
            scholar=scholar,
            staff=list(staff),
            kind=kind,
            start=start,
            topic=Topic(),
            now=now,
            keep=keep,
        )
    except (NotOffered, TooManyOpen):
        return None
    waiting_queries.note_offer(connection, waiter.id, kept.id)
    return kept


def kind_waited_for(rules: ProgramRules, key: str) -> SessionKind | None:
    """The kind, if it can be booked just now; else whoever waits for it goes on waiting."""
    return next((kind for kind in rules.booked_by(Role.SCHOLAR) if kind.key == key), None)


def fits(waiter: Waiter, scholar: Person, start: int) -> bool:
    """Whether a start (epoch seconds) lies on a day that they wait for, and by day, on their own clock."""
    return waiter.wants_day(local_day(instant_of(start), scholar)) and is_by_day(scholar, start)


def is_by_day(scholar: Person, start: int) -> bool:
    """Whether a start (epoch seconds) is a time to meet for most: who waits is offered no other."""
    return off_hours(instant_of(start), zone(scholar.zone)) is None


def local_day(instant: datetime, person: Person) -> str:
    """The ISO date of an instant on somebody's own clock."""
    return instant.astimezone(zone(person.zone)).date().isoformat()


def _parts(connection: Connection, freed: Booked) -> Iterator[list[Waiter]]:
    """The line for what comes free, part by part. Each is longer than the one before: few are read, and few times."""
    start = instant_of(freed.starts_at)
    days = f"{start - _DATE_APART:%Y-%m-%d}", f"{start + _DATE_APART:%Y-%m-%d}"
    after, size = 0, _FIRST_PART
    while part := waiting_queries.next_in_line(connection, freed, days=days, after=after, limit=size):
        yield part
        if len(part) < size:
            return
        after, size = part[-1].place, size * _MORE_EACH_TIME


def _who_may(
    desk: SupportDesk, connection: Connection, line: Sequence[Waiter], staff: Person, start: int
) -> list[tuple[Waiter, Person]]:
    """Those in line, in order, who may meet the staff member and never had this very time."""
    ids = {each.scholar_id for each in line}
    within_reach = desk.people.scholars_for(staff, ids)
    people = {person.id: person for person in desk.people.people(within_reach) if person.has(Role.SCHOLAR)}
    now = epoch_seconds(desk.clock.now())
    had = waiting_queries.had_before(connection, ids, after=now, told_by=HoldMessage.OFFERED)
    return [
        (each, people[each.scholar_id])
        for each in line
        if each.scholar_id in people and (each.scholar_id, staff.id, start) not in had
    ]
