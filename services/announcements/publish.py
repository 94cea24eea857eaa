"""The moment of sending: the audience is frozen, all or nothing, and what tells its readers is begun to be written."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime
from functools import partial

from sqlalchemy import Connection

from domain.announcements import InChannel, Rung, State, Timing
from domain.audience import Audience, NobodyFound
from domain.delivery import NewDelivery, Tier
from domain.errors import NotFound
from domain.times import epoch_seconds
from services.announcements.correct import apply_correction
from services.announcements.deliveries import AnnouncementMessage, Trouble, put, record, to_staff, told
from services.announcements.facts import Announcement, announcement_of
from services.announcements.notices import serve_notice
from services.announcements.staff import staff_of, stand_for, whole_staff
from services.announcements.steps import FROM_THE_BEGINNING, Step, begin
from services.announcements.telling import has_head_start, when_told
from services.apart import apart
from services.attention.waiting import Place, Waiter
from services.audiences.resolve import Reader, Resolved, of_people, resolved_in
from services.audit import Entry, note, people_words
from services.desk import Desk
from services.homes import Refresh, leave_homes
from services.portions import PORTION
from storage.program import announcement_queries, announcement_troubles, audience_queries
from storage.program.announcement_queries import AnnouncementRow
from storage.program.portion_queries import Work


def publish_due(desk: Desk, refresh_homes: Refresh = leave_homes) -> int:
    """Send what is planned and whose time has come; return how many. Safe to repeat, and for several replicas.

    What is over by now is given up and reported, whether it was planned or waited for a yes.
    Of many readers all are frozen here, and the first are told; `follow_up` goes on with the others.
    """
    with desk.program.ask() as connection:
        ripe = announcement_queries.ripe(connection, at=epoch_seconds(desk.clock.now()))
    return sum(apart("publish", row.id, partial(_publish, desk, row, refresh_homes)) or 0 for row in ripe)


def _publish(desk: Desk, ripe: AnnouncementRow, refresh_homes: Refresh) -> bool:
    found, now = announcement_of(ripe), desk.clock.now()
    roster, meant = (0, None) if found.corrects or found.is_over(now) else _meant(desk, found)
    with desk.program.write() as connection:
        desk.program.lock(connection, f"announcement {found.id}")
        row = announcement_queries.one(connection, found.id)
        if row is None or row.state not in (State.PLANNED, State.WAITING) or row.version != found.version:
            return False
        trouble = _in_the_way(desk, found, meant)
        if trouble is not None:
            return _give_up(desk, connection, found, *trouble)
        if meant is None:  # a correction: what else is for nobody was given up
            return apply_correction(desk, connection, found)
        if not _send(desk, connection, found, meant, roster_version=roster):
            return False
    refresh_homes(*(each.person_id for each in meant.readers))
    return True


def _in_the_way(desk: Desk, found: Announcement, meant: Resolved | None) -> tuple[State, Trouble] | None:
    """What becomes of one that cannot go out, and why; None where nothing is in its way."""
    is_over = found.is_over(desk.clock.now())
    if found.state is State.WAITING or (is_over and not found.corrects):  # what waits is here for being over
        return State.EXPIRED, Trouble.EXPIRED
    if found.tier is Tier.CRITICAL and not stand_for(desk, found):
        return State.DRAFT, Trouble.LEFT
    if meant is None and not found.corrects:
        return State.DRAFT, Trouble.NOBODY
    return None


def _meant(desk: Desk, found: Announcement) -> tuple[int, Resolved | None]:
    """Who is meant by which roster; looked up before anybody has to wait for it.

    None when nobody fits any more, or the private list is closed.
    """
    with desk.program.read() as connection:
        version = audience_queries.roster_version(connection, found.program_id)
        try:
            who = resolved_in(desk, connection, found.audience, program_id=found.program_id, author_id=found.author_id)
        except (NobodyFound, NotFound):
            return version, None
        return version, who


def _send(desk: Desk, connection: Connection, found: Announcement, meant: Resolved, *, roster_version: int) -> bool:
    """False when somebody has just done something else with it: then nobody becomes a reader."""
    now = desk.clock.now()
    values = {
        "state": State.SENT.value,
        "sent_at": epoch_seconds(now),
        "readers": len(meant.readers),
        "changed_at": epoch_seconds(now),
    }
    if is_of_roster(found.audience):
        values |= {"roster_version": roster_version, "looked_at": epoch_seconds(now)}
    if not announcement_queries.change(connection, found.id, version=found.version, values=values):
        return False
    announcement_queries.forget_audience(connection, found.id)  # of a try before that sent nothing
    _freeze(desk, connection, found, meant.readers)
    _note_unreached(connection, found, meant.unreachable)
    sent = replace(found, state=State.SENT, sent_at=now)
    begin(desk, connection, sent, Step.TELL, tell_some)
    if found.channel:
        put(desk, connection, [record(found, at=now)])
    numbers = _numbers(len(meant.readers), len(meant.unreachable))
    note(
        connection,
        desk,
        found.program_id,
        Entry(object_id=found.id, by_id=found.author_id, deed="sent", detail=numbers),
    )
    return True


def _numbers(readers: int, unreachable: int) -> str:
    said = f"to {people_words(readers)}"
    return f"{said}; {unreachable} more without a Slack account in use" if unreachable else said


def is_of_roster(audience: Audience) -> bool:
    """Whether nobody is new while the roster has not changed: the roster alone says whom it is for, or nobody comes."""
    return not audience.list_id


def add_readers(desk: Desk, connection: Connection, found: Announcement, readers: Sequence[Reader]) -> int:
    """Let these few be readers too, and write what tells them. Who is one already is told nothing anew.

    Returns how many are new.
    """
    added = _freeze(desk, connection, found, readers)
    _tell(desk, connection, found, readers)
    return added


def tell_some(desk: Desk, connection: Connection, found: Announcement, work: Work) -> str | None:
    """Write what tells the next readers; see `services.portions.Some`. Of one that was taken back nobody is told."""
    if found.state is not State.SENT:
        return None
    ids = announcement_queries.readers_after(connection, found.id, work.after, at_most=PORTION)
    if ids:
        _tell(desk, connection, found, _places(desk, connection, found, ids))
    return ids[-1] if len(ids) == PORTION else None


def _freeze(desk: Desk, connection: Connection, found: Announcement, readers: Iterable[Reader]) -> int:
    at = epoch_seconds(desk.clock.now())
    rows = [
        {
            "announcement_id": found.id,
            "person_id": reader.person_id,
            "program_id": found.program_id,
            "added_at": at,
            "needs_again": found.needs_ack and found.tier is not Tier.NOTICE,
        }
        for reader in readers
    ]
    return announcement_queries.add_readers(connection, rows)


def _note_unreached(connection: Connection, found: Announcement, people: Iterable[Reader]) -> None:
    """Who has no account in use is no reader: staff see their names instead of missing an answer for good."""
    rows = [
        {"announcement_id": found.id, "person_id": each.person_id, "program_id": found.program_id} for each in people
    ]
    announcement_queries.add_unreached(connection, rows)


def _places(desk: Desk, connection: Connection, found: Announcement, ids: Sequence[str]) -> list[Place]:
    """Where these readers are, as far as it matters. Who has left since stays a reader, and is told if they come back.

    The audience is frozen; only where somebody is may have changed.
    """
    zones: dict[str, str] = {}
    if found.tier is Tier.NOTICE or found.plan.timing is Timing.MORNING:
        now_here = of_people(desk, connection, found.program_id, ids)
        zones = {each.person_id: each.zone for each in (*now_here.readers, *now_here.unreachable)}
    return [Place(person_id=each, zone=zones.get(each, "UTC")) for each in ids]


def _tell(desk: Desk, connection: Connection, found: Announcement, readers: Sequence[Waiter]) -> None:
    """Messages of their own, or a line in their digest. The rungs are counted from when it was sent."""
    base = found.sent_at or desk.clock.now()
    if found.tier is Tier.NOTICE:
        serve_notice(desk, connection, found, readers, base=base)
        return
    now = desk.clock.now()
    at = epoch_seconds(now)
    is_in_channel = not has_head_start(found, now) or (
        announcement_troubles.channel_trouble(connection, found.id, now=at) in (None, InChannel.TWICE)
    )
    when = when_told(desk, found, now=now, is_in_channel=is_in_channel)
    put(desk, connection, [_first(found, reader, when(reader), base) for reader in readers])


def hurry_some(_desk: Desk, connection: Connection, found: Announcement, work: Work) -> str | None:
    """Let some go at once that were to go after the channel, which does not take it; see `services.portions.Some`."""
    if found.state is not State.SENT:
        return None
    number = announcement_troubles.bring_forward(connection, found.id, to=work.number, at_most=PORTION)
    return FROM_THE_BEGINNING if number == PORTION else None


def _first(found: Announcement, reader: Waiter, at: datetime, base: datetime) -> NewDelivery:
    return told(found, reader.person_id, rung=Rung.FIRST, send_at=at, base=base)


def _give_up(desk: Desk, connection: Connection, found: Announcement, state: State, trouble: Trouble) -> bool:
    now = desk.clock.now()
    values = {"state": state.value, "changed_at": epoch_seconds(now), "ended_at": epoch_seconds(now)}
    if state is State.DRAFT:
        values["approved_by"] = ""
    if not announcement_queries.change(connection, found.id, version=found.version, values=values):
        return False  # somebody has just done something else with it
    heard_by = whole_staff(desk, found) if trouble is Trouble.LEFT else staff_of(desk, found)
    put(desk, connection, to_staff(found, AnnouncementMessage.TROUBLE, heard_by, rung=trouble, at=now))
    note(connection, desk, found.program_id, Entry(object_id=found.id, by_id="", deed=f"not sent: {trouble}"))
    return False
