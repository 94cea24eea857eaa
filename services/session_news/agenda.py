"""Who asked for it is sent their day in the morning: planned when it has come, found when it is sent, once a day."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from sqlalchemy import Connection

from domain.delivery import Delivery, NewDelivery, Suppressed, Tier
from domain.hours import zone_at
from domain.offsets import DAY_SECONDS
from domain.people import SUPPORT_ROLES, Person
from domain.times import day_bounds, day_number, epoch_seconds, instant_of, zone
from services.desk import Desk, SupportDesk
from services.hours.value import hours_value
from services.offers.availability import read_since
from services.session_news.deliveries import ledger
from services.session_news.news import GONE
from services.sessions.facts import SessionLine
from services.sessions.own import sessions_before
from storage.confidential import ahead_queries, group_queries, hours_queries
from storage.confidential.delivery import ConfidentialWatermark
from storage.confidential.hours_queries import HoursRecord
from storage.delivery import advance_watermark, enqueue, watermark
from storage.engine import table_of

AGENDA = "day.agenda"
"""Kind of the delivery."""
SOURCE = "agendas"
MORNING = time(8)
"""Local time, in the zone in which somebody works that day."""
HELPS_FOR = timedelta(hours=4)
"""After that most of the day is over, and what is left of it stands on the Home tab."""

_planned = table_of(ConfidentialWatermark)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Morning:
    """Somebody's day: its local date, when their morning is, and its first instant and the first after it."""

    staff_id: str
    day: date
    at: datetime
    begin: int
    end: int


def plan_agendas(desk: Desk) -> int:
    """Plan the days of those whose morning has come since the last time, and return how many rows are new.

    Of those only who has a session then. Any number of replicas may do so: the ledger's key is one for person and date.
    """
    return _plan(desk.support_desk) if desk.support_desk is not None else 0


def agenda(desk: SupportDesk, delivery: Delivery) -> tuple[SessionLine, ...] | Suppressed:
    """What is left of the day, times only, as it stands when it is sent; or why it is not sent."""
    reader = desk.people.person(delivery.person_id)
    if reader is None or not reader.has(*SUPPORT_ROLES):
        return GONE
    now = desk.clock.now()
    with desk.store.read() as connection:
        records = _records(connection, [reader.id], now)
    record = records.get(reader.id)
    if record is None or not record.has_agenda:
        return Suppressed("not wanted")
    morning = _morning(record, now)
    if morning.day.isoformat() != delivery.rung:
        return Suppressed("over")
    return sessions_before(desk, reader, before=morning.end) or Suppressed("nothing left")


def _plan(desk: SupportDesk) -> int:
    now = desk.clock.now()
    with desk.store.read() as connection:
        since = max(watermark(connection, _planned, SOURCE), epoch_seconds(now - HELPS_FOR))
        asked = hours_queries.agenda_wanted(connection)
        records = _records(connection, asked, now) if asked else {}
        mornings = [_morning(record, now) for record in records.values()]
        begun = [each for each in mornings if since < epoch_seconds(each.at) <= epoch_seconds(now)]
        busy = list(_with_sessions(connection, begun, now)) if begun else []
    people = {person.id: person for person in desk.people.people(each.staff_id for each in busy)} if busy else {}
    rows = [_row(each, people[each.staff_id]) for each in busy if _is_in_support(people.get(each.staff_id))]
    with desk.store.write() as connection:
        added = enqueue(connection, ledger, rows, ids=desk.ids, now=now) if rows else 0
        advance_watermark(connection, _planned, SOURCE, epoch_seconds(now))
    return added


def _is_in_support(person: Person | None) -> bool:
    return person is not None and person.has(*SUPPORT_ROLES)


def _records(connection: Connection, staff_ids: Sequence[str], now: datetime) -> Mapping[str, HoursRecord]:
    return hours_queries.hours_of(connection, staff_ids, since=read_since(epoch_seconds(now)))


def _morning(record: HoursRecord, now: datetime) -> _Morning:
    hours = hours_value(record, "UTC")
    tz = zone(zone_at(hours, epoch_seconds(now)))
    day = now.astimezone(tz).date()
    begin, end = day_bounds(day, tz)
    return _Morning(
        staff_id=record.staff_id, day=day, at=datetime.combine(day, MORNING, tzinfo=tz), begin=begin, end=end
    )


def _with_sessions(connection: Connection, mornings: Sequence[_Morning], now: datetime) -> Iterator[_Morning]:
    """Those with something left of the day. Two queries, for however many people."""
    first, last = min(each.begin for each in mornings) - 1, max(each.end for each in mornings) - 1
    booked = ahead_queries.starting_between(connection, first, last)
    parts = group_queries.parts_starting_between(connection, first, last)
    taken = [
        *((person, each.starts_at, each.ends_at) for each in booked for person in (each.staff_id, each.scholar_id)),
        *((each.person_id, each.starts_at, each.ends_at) for each in parts),
    ]
    current = epoch_seconds(now)
    for one in mornings:
        if any(who == one.staff_id and one.begin <= start < one.end and end > current for who, start, end in taken):
            yield one


def _row(morning: _Morning, person: Person) -> NewDelivery:
    return NewDelivery(
        kind=AGENDA,
        program_id=person.program_id,
        object_id=person.id,
        object_version=1,
        person_id=person.id,
        rung=morning.day.isoformat(),
        tier=Tier.NOTICE,
        # Of the date alone: who changes their zone in the morning does not get the same day twice.
        due=instant_of(day_number(morning.day) * DAY_SECONDS),
        send_at=morning.at,
        expires_at=morning.at + HELPS_FOR,
    )
