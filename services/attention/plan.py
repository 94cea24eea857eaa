"""Looks after digests: those of the week ahead, those whose reader is elsewhere now, and what has none on its way."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime, timedelta
from functools import cache

from sqlalchemy import Connection

from domain.attention import DigestTime, Preferences, Rhythm, digest_from, may_be_told, next_digest
from domain.audience import Audience
from domain.delivery import NewDelivery
from domain.people import Person
from domain.times import epoch_seconds, instant_of, zone
from services.attention.standing import standing_of
from services.attention.waiting import digest_row, plan_next, rhythms
from services.audiences.resolve import Reader, found
from services.desk import Desk
from storage.batches import in_batches
from storage.delivery import advance_watermark, enqueue, watermark
from storage.engine import table_of
from storage.program import attention_queries, roster_queries
from storage.program.attention_queries import DigestRow, ledger
from storage.program.delivery import ProgramWatermark

SOURCE = "digests"
EVERY = timedelta(hours=1)
AHEAD = timedelta(hours=26)
"""Longer than a day and an hour, so that no digest of the week is missed between two looks."""
BEHIND = timedelta(hours=12)
"""A digest of the week that nobody planned in time is still worth sending so much later."""

_planned = table_of(ProgramWatermark)


def plan_digests(desk: Desk) -> int:
    """Plan what is missing, and return how many rows are new. Any number of replicas may do so.

    What waits without a digest is looked for each time: it was put there while the last one was just going, or what
    was to tell it came to nothing. Everybody is looked at once an hour.
    """
    now = desk.clock.now()
    added = _rescue(desk, now)
    with desk.program.read() as connection:
        since = instant_of(watermark(connection, _planned, SOURCE))
    if now - since < EVERY:
        return added
    _follow(desk, now)
    added += _plan_week(desk, after=max(since, now - BEHIND), until=now + AHEAD)
    with desk.program.write() as connection:
        advance_watermark(connection, _planned, SOURCE, epoch_seconds(now))
    return added


def move_ahead(
    connection: Connection, desk: Desk, rows: Iterable[DigestRow], people: Mapping[str, Person], *, now: datetime
) -> None:
    """Let these digests go at their readers' own times as they are now. In the caller's transaction."""
    standing = standing_of(connection, desk, sorted(people))
    wanted = rhythms(connection, {each: has for each, (_, has) in standing.items()})
    moved: dict[str, int] = {}
    for row in rows:
        if row.person_id in standing and row.person_id in people:
            at = _goes_at(row.day, people[row.person_id].zone, wanted[row.person_id], now)
            if epoch_seconds(at) != row.send_at:
                moved[row.key] = epoch_seconds(at)
    attention_queries.move_digests(connection, moved)


def _goes_at(day: str, zone_name: str, preferences: Preferences, now: datetime) -> datetime:
    tz = zone(zone_name)
    at = digest_from(date.fromisoformat(day), tz, preferences).at
    return at if at > now else may_be_told(now, tz, preferences.quiet)


def _rescue(desk: Desk, now: datetime) -> int:
    with desk.program.read() as connection:
        ids = attention_queries.stranded(connection)
    places = {person.id: person.zone for person in desk.people.people(ids)} if ids else {}
    if not places:
        return 0
    with desk.program.write() as connection:
        return plan_next(connection, desk, places, standing_of(connection, desk, sorted(places)), now=now)


def _follow(desk: Desk, now: datetime) -> None:
    """Who has moved to another zone gets what waits at their time there."""
    with desk.program.read() as connection:
        rows = [row for row in attention_queries.digests_ahead(connection) if row.send_at > epoch_seconds(now)]
    people = {person.id: person for person in desk.people.people({row.person_id for row in rows})} if rows else {}
    if people:
        with desk.program.write() as connection:
            move_ahead(connection, desk, rows, people, now=now)


def _plan_week(desk: Desk, *, after: datetime, until: datetime) -> int:
    """The digests of the week ahead, for everybody: whether there is anything to tell is found when they are sent."""
    added = 0
    with desk.program.read() as connection:
        programs = sorted(roster_queries.program_ids(connection).values())
    for program_id in programs:
        weekday = desk.rules.now(program_id).attention.weekday
        with desk.program.read() as connection:
            readers = found(desk, connection, program_id, Audience(everyone=True)).readers
            standing = standing_of(connection, desk, [each.person_id for each in readers])
        rows = list(_of_week(readers, standing, weekday, after=after, until=until))
        for some in in_batches(rows):  # each by itself, so that nobody else waits for all of them to be written
            with desk.program.write() as connection:
                added += enqueue(connection, ledger, some, ids=desk.ids, now=desk.clock.now())
    return added


def _of_week(
    readers: Iterable[Reader],
    standing: Mapping[str, tuple[str, Preferences]],
    weekday: int,
    *,
    after: datetime,
    until: datetime,
) -> Iterator[NewDelivery]:
    @cache
    def times(zone_name: str, preferences: Preferences) -> tuple[DigestTime, ...]:
        tz, wanted, moment = zone(zone_name), [], after
        while (time := next_digest(moment, tz, preferences)).at <= until:
            if preferences.rhythm is Rhythm.WEEKLY or time.day.weekday() == weekday:
                wanted.append(time)
            moment = time.at
        return tuple(wanted)

    for reader in sorted(readers, key=lambda each: each.person_id):
        program_id, preferences = standing[reader.person_id]
        for time in times(reader.zone, preferences):
            yield digest_row(reader.person_id, program_id, time)
