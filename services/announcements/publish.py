"""The moment of sending: the audience is frozen, and every row that is due by now is written, all or nothing."""

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from functools import partial

from sqlalchemy import Connection

from domain.announcements import State, Timing
from domain.attention import next_morning
from domain.audience import Audience, NobodyFound
from domain.delivery import NewDelivery, Tier
from domain.errors import NotFound
from domain.times import epoch_seconds, zone
from services.announcements.alone import alone
from services.announcements.correct import apply_correction
from services.announcements.deliveries import AnnouncementMessage, Rung, Trouble, put, record, to_staff, told
from services.announcements.facts import Announcement, announcement_of
from services.announcements.notices import serve_notice
from services.announcements.staff import staff_of
from services.audiences.resolve import Reader, Resolved, resolved_in
from services.audit import Entry, note
from services.desk import Desk
from storage.program import announcement_queries, audience_queries

HEAD_START = timedelta(hours=2)
"""What is important and stands in a channel goes out once more so much later, to who has not read it there."""
PORTION = 500
"""So many readers at once: some tens of milliseconds, after which others may write."""


def publish_due(desk: Desk) -> int:
    """Send what is planned and whose time has come; return how many. Safe to repeat, and for several replicas."""
    with desk.program.ask() as connection:
        ripe = announcement_queries.ripe(connection, at=epoch_seconds(desk.clock.now()))
    return sum(alone(row.id, partial(_publish, desk, row.id)) for row in ripe)


def _publish(desk: Desk, announcement_id: str) -> bool:
    with desk.program.write() as connection:
        desk.program.lock(connection, f"announcement {announcement_id}")
        row = announcement_queries.one(connection, announcement_id)
        now = desk.clock.now()
        if row is None or row.state != State.PLANNED or (row.begins_at or 0) > epoch_seconds(now):
            return False
        found = announcement_of(row)
        if found.corrects:
            return apply_correction(desk, connection, found)
        if found.is_over(now):
            return _give_up(desk, connection, found, State.EXPIRED, Trouble.EXPIRED)
        try:
            meant = resolved_in(
                desk, connection, found.audience, program_id=found.program_id, author_id=found.author_id
            )
        except (NobodyFound, NotFound):  # nobody fits any more, or the private list is closed
            return _give_up(desk, connection, found, State.DRAFT, Trouble.NOBODY)
        _send(desk, connection, found, meant)
        return True


def _send(desk: Desk, connection: Connection, found: Announcement, meant: Resolved) -> None:
    now = desk.clock.now()
    values = {
        "state": State.SENT.value,
        "sent_at": epoch_seconds(now),
        "readers": len(meant.readers),
        "changed_at": epoch_seconds(now),
    }
    if is_of_roster(found.audience):
        version = audience_queries.roster_version(connection, found.program_id)
        values |= {"roster_version": version, "looked_at": epoch_seconds(now)}
    announcement_queries.change(connection, found.id, version=found.version, values=values)
    add_readers(desk, connection, found, meant.readers, base=now)
    if found.channel:
        put(desk, connection, [record(found, at=now)])
    numbers = f"readers {len(meant.readers)}, without account {len(meant.unreachable)}"
    note(
        connection,
        desk,
        found.program_id,
        Entry(object_id=found.id, by_id=found.author_id, deed="sent", detail=numbers),
    )


def is_of_roster(audience: Audience) -> bool:
    """Whether the roster alone says whom it is for, so that nobody is new while the roster has not changed."""
    return not (audience.list_id or audience.is_narrowed)


def add_readers(
    desk: Desk, connection: Connection, found: Announcement, readers: Sequence[Reader], *, base: datetime
) -> int:
    """Freeze these readers and write what tells them: messages of their own, or a line in their digest.

    `base` is when the announcement was sent. Who is a reader already is told nothing anew. Returns how many are new.
    """
    at = epoch_seconds(desk.clock.now())
    rows = [
        {
            "announcement_id": found.id,
            "person_id": reader.person_id,
            "program_id": found.program_id,
            "added_at": at,
        }
        for reader in readers
    ]
    added = announcement_queries.add_readers(connection, rows)
    if found.tier is Tier.NOTICE:
        serve_notice(desk, connection, found, readers, base=base)
    else:
        when = _when(desk, found)
        put(desk, connection, [_first(found, reader, when(reader), base) for reader in readers])
    return added


def _first(found: Announcement, reader: Reader, at: datetime, base: datetime) -> NewDelivery:
    return told(found, reader.person_id, rung=Rung.FIRST, send_at=at, base=base)


def _when(desk: Desk, found: Announcement) -> Callable[[Reader], datetime]:
    """When each reader is told; the rules are asked for once, however many they are."""
    now = desk.clock.now()

    def in_time(at: datetime) -> datetime:
        # What would be over by then goes at once: late is better than never only while it holds.
        return now if found.is_over(at) else at

    if found.plan.timing is Timing.MORNING:
        minute = desk.rules.now(found.program_id).attention.morning_time
        return lambda reader: in_time(next_morning(now, zone(reader.zone), minute, day=found.plan.on))
    # Whoever acknowledges it in the channel first need not be written to.
    is_read_there = found.channel and found.tier is Tier.IMPORTANT and found.needs_ack
    at = in_time(now + HEAD_START) if is_read_there else now
    return lambda _reader: at


def _give_up(desk: Desk, connection: Connection, found: Announcement, state: State, trouble: Trouble) -> bool:
    now = desk.clock.now()
    values = {"state": state.value, "changed_at": epoch_seconds(now), "ended_at": epoch_seconds(now)}
    announcement_queries.change(connection, found.id, version=found.version, values=values)
    put(desk, connection, to_staff(found, AnnouncementMessage.TROUBLE, staff_of(desk, found), rung=trouble, at=now))
    note(connection, desk, found.program_id, Entry(object_id=found.id, by_id="", deed=f"not sent: {trouble}"))
    return False
