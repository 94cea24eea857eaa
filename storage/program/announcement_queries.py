"""Statements about announcements and their readers; each answers in one query, however many readers there are."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Connection, Select, and_, delete, func, insert, or_, select, tuple_, update

from domain.announcements import State
from storage.batches import in_batches
from storage.engine import table_of
from storage.prepared import Prepared
from storage.program.announcements import Announcement, AnnouncementReader, AnnouncementUnreached
from storage.program.audit_queries import Deeds, has_done
from storage.program.people_queries import program
from storage.upsert import insert_into

announcement = table_of(Announcement)
reader = table_of(AnnouncementReader)
unreached = table_of(AnnouncementUnreached)
_other = reader.alias("other")


class AnnouncementRow(NamedTuple):
    """One as stored; see `storage.program.announcements.Announcement`."""

    id: str
    program_id: str
    author_id: str
    written_by: str
    state: str
    version: int
    text_version: int
    tier: str
    title: str
    body: str
    link: str
    audience: str
    channel: str
    timing: str
    begins_at: int | None
    morning_on: str
    expires_at: int | None
    needs_ack: bool
    takes_newcomers: bool
    corrects: str
    refusal: str
    approver_id: str
    approved_by: str
    asked_at: int | None
    all_asked_at: int | None
    created_at: int
    changed_at: int
    sent_at: int | None
    listed_at: int | None
    listed_until: int
    ended_at: int | None
    readers: int


class Whose(NamedTuple):
    """Only those that somebody sent off or is tied to by `deeds` of the trail; or, where not `is_own`, all others."""

    person_id: str
    is_own: bool
    deeds: Deeds


_add_readers = Prepared(lambda connection: insert_into(connection, reader).on_conflict_do_nothing())
_add_unreached = Prepared(lambda connection: insert_into(connection, unreached).on_conflict_do_nothing())
_columns = select(*(announcement.c[name] for name in AnnouncementRow._fields))


def one(connection: Connection, announcement_id: str) -> AnnouncementRow | None:
    """One of them, of whatever program."""
    row = connection.execute(_columns.where(announcement.c.id == announcement_id)).first()
    return None if row is None else AnnouncementRow._make(row)


def of_program(
    connection: Connection,
    program_id: str,
    states: Iterable[State],
    *,
    at_most: int,
    but_first: int = 0,
    whose: Whose | None = None,
) -> list[AnnouncementRow]:
    """Those of a program in these states, the latest changed first, without the first ones."""
    asked = (
        _columns.where(
            announcement.c.program_id == program_id, announcement.c.state.in_([each.value for each in states])
        )
        .order_by(announcement.c.changed_at.desc(), announcement.c.id)
        .limit(at_most)
        .offset(but_first)
    )
    if whose is not None:
        own = or_(
            announcement.c.author_id == whose.person_id,
            announcement.c.written_by == whose.person_id,
            has_done(announcement.c.id, whose.person_id, whose.deeds),
        )
        asked = asked.where(own if whose.is_own else ~own)
    return [AnnouncementRow._make(row) for row in connection.execute(asked)]


def ripe(connection: Connection, *, at: int) -> list[AnnouncementRow]:
    """Planned ones whose time has come, the first first, and those that wait for a yes and are over."""
    is_due = and_(announcement.c.state == State.PLANNED.value, announcement.c.begins_at <= at)
    is_over = and_(announcement.c.state == State.WAITING.value, announcement.c.expires_at <= at)
    asked = _columns.where(or_(is_due, is_over))
    return [AnnouncementRow._make(row) for row in connection.execute(asked.order_by(announcement.c.begins_at))]


def corrections_ahead(connection: Connection, announcement_id: str, *, program_id: str) -> list[AnnouncementRow]:
    """Other texts for one of them that wait for a yes, or have it and are not made yet."""
    asked = _columns.where(
        announcement.c.program_id == program_id,
        announcement.c.state.in_((State.WAITING.value, State.PLANNED.value)),
        announcement.c.corrects == announcement_id,
    )
    return [AnnouncementRow._make(row) for row in connection.execute(asked)]


def add(connection: Connection, values: Mapping[str, Any]) -> None:
    """Write a new one."""
    connection.execute(insert(announcement), dict(values))


def change(connection: Connection, announcement_id: str, *, version: int, values: Mapping[str, Any]) -> bool:
    """Change one that is still at this version, which rises; False when it is not."""
    is_it = and_(announcement.c.id == announcement_id, announcement.c.version == version)
    statement = update(announcement).where(is_it).values(version=version + 1, **values)
    return connection.execute(statement).rowcount == 1


def add_readers(connection: Connection, rows: Sequence[Mapping[str, Any]]) -> int:
    """Freeze these people as readers; who is one already stays as they are. Returns how many are new."""
    return sum(_add_readers.run_each(connection, [dict(row) for row in some]) for some in in_batches(rows))


def add_unreached(connection: Connection, rows: Sequence[Mapping[str, Any]]) -> None:
    """Note who was meant and could not be told."""
    for some in in_batches(rows):
        _add_unreached.run_each(connection, [dict(row) for row in some])


def forget_audience(connection: Connection, announcement_id: str) -> None:
    """Forget whom one was meant for that nobody has had yet."""
    for table in (reader, unreached):
        connection.execute(delete(table).where(table.c.announcement_id == announcement_id))


def unreached_by(announcement_id: str) -> Select[Any]:
    """The ids of those who could not be told when it was sent and are no readers since, for a larger question."""
    readers = select(reader.c.person_id).where(reader.c.announcement_id == announcement_id)
    return select(unreached.c.person_id).where(
        unreached.c.announcement_id == announcement_id, unreached.c.person_id.not_in(readers)
    )


def reader_ids(announcement_id: str) -> Select[Any]:
    """The ids of everybody it is for, to be asked within a larger question."""
    return select(reader.c.person_id).where(reader.c.announcement_id == announcement_id)


def readers_after(connection: Connection, announcement_id: str, after: str, *, at_most: int) -> list[str]:
    """The next of its readers, in the order of their ids."""
    asked = reader_ids(announcement_id).where(reader.c.person_id > after).order_by(reader.c.person_id).limit(at_most)
    return [str(found) for found in connection.execute(asked).scalars()]


def need_no_second(connection: Connection, announcement_id: str, person_ids: Sequence[str]) -> None:
    """Note that these readers have had another message than the first, or will."""
    is_theirs = and_(reader.c.announcement_id == announcement_id, reader.c.person_id.in_(person_ids))
    connection.execute(update(reader).where(is_theirs).values(needs_again=False))


def acknowledged_at(connection: Connection, announcement_id: str, person_id: str) -> tuple[bool, int | None]:
    """Whether somebody is among its readers, and when they acknowledged it."""
    asked = select(reader.c.acknowledged_at).where(
        reader.c.announcement_id == announcement_id, reader.c.person_id == person_id
    )
    row = connection.execute(asked).first()
    return (False, None) if row is None else (True, row[0])


def acknowledge(connection: Connection, announcement_id: str, person_id: str, *, at: int) -> bool:
    """Note that somebody has acknowledged it; False when they had, or are no reader."""
    is_open = and_(
        reader.c.announcement_id == announcement_id,
        reader.c.person_id == person_id,
        reader.c.acknowledged_at.is_(None),
    )
    return connection.execute(update(reader).where(is_open).values(acknowledged_at=at)).rowcount == 1


def unacknowledged(connection: Connection, announcement_id: str, *, program_id: str) -> list[str]:
    """The ids of its readers who have not acknowledged it."""
    asked = ids_unacknowledged(announcement_id, program_id=program_id)
    return [str(found) for found in connection.execute(asked).scalars()]


def ids_unacknowledged(announcement_id: str, *, program_id: str) -> Select[Any]:
    """The same, to be asked alone or within a larger question, which may be one about readers."""
    return select(_other.c.person_id).where(
        _other.c.announcement_id == announcement_id,
        _other.c.program_id == program_id,
        _other.c.acknowledged_at.is_(None),
    )


def acknowledged(connection: Connection, announcement_ids: Iterable[str]) -> dict[str, int]:
    """How many have acknowledged each of these; those that nobody has are left out. From an index alone."""
    asked = (
        select(reader.c.announcement_id, func.count())
        .where(reader.c.announcement_id.in_(list(announcement_ids)), reader.c.acknowledged_at.is_not(None))
        .group_by(reader.c.announcement_id)
    )
    return {str(id_): int(done) for id_, done in connection.execute(asked)}


def ranked(
    connection: Connection, wanted: Sequence[tuple[str, int]], of_reader: ColumnElement[Any]
) -> dict[tuple[str, int], int]:
    """What stands at these ranks of those who have acknowledged each of these, in the order of something of theirs.

    The database counts them off: of ten thousand readers three are wanted.
    """
    if not wanted:
        return {}
    rank = func.row_number().over(partition_by=reader.c.announcement_id, order_by=of_reader)
    ids = sorted({announcement_id for announcement_id, _ in wanted})
    places = (
        select(reader.c.announcement_id, rank.label("rank"), of_reader.label("it"))
        .where(reader.c.announcement_id.in_(ids), reader.c.acknowledged_at.is_not(None))
        .subquery()
    )
    asked = select(places).where(tuple_(places.c.announcement_id, places.c.rank).in_(wanted))
    return {(str(id_), int(place)): int(it) for id_, place, it in connection.execute(asked)}


def open_for_acknowledgement(connection: Connection, program_id: str, *, at_most: int = 20) -> list[AnnouncementRow]:
    """The newest that were sent and ask for an acknowledgement."""
    asked = (
        _columns.where(
            announcement.c.program_id == program_id,
            announcement.c.state == State.SENT.value,
            announcement.c.needs_ack.is_(True),
        )
        .order_by(announcement.c.sent_at.desc(), announcement.c.id)
        .limit(at_most)
    )
    return [AnnouncementRow._make(row) for row in connection.execute(asked)]


def note_all_asked(connection: Connection, announcement_id: str, *, at: int) -> None:
    """Note that everybody who could say yes was asked; the version stays."""
    is_it = announcement.c.id == announcement_id
    connection.execute(update(announcement).where(is_it).values(all_asked_at=at))


def oldest_unlisted(connection: Connection, announcement_id: str, *, after: int) -> int | None:
    """When the first of those readers were added who came after an instant and have not acknowledged it."""
    asked = select(func.min(reader.c.added_at)).where(
        reader.c.announcement_id == announcement_id, reader.c.acknowledged_at.is_(None), reader.c.added_at > after
    )
    found: int | None = connection.execute(asked).scalar()
    return found


def note_listed(connection: Connection, announcement_id: str, *, at: int, until: int) -> None:
    """Note that staff have had a list of who has not acknowledged it, of those who were added until then."""
    is_rest = oldest_unlisted(connection, announcement_id, after=until) is not None
    values = {"listed_at": None if is_rest else at, "listed_until": until}
    connection.execute(update(announcement).where(announcement.c.id == announcement_id).values(values))


def waiting_for_a_yes(connection: Connection) -> list[AnnouncementRow]:
    """Those whose one approver is still alone asked."""
    waits = and_(announcement.c.state == State.WAITING.value, announcement.c.all_asked_at.is_(None))
    return [AnnouncementRow._make(row) for row in connection.execute(_columns.where(waits))]


def followed(connection: Connection, *, now: int, since: int, over_since: int) -> list[AnnouncementRow]:
    """Sent ones that ask for an acknowledgement and were sent since an instant.

    Without those that are over, but for such as were not over at the instant `over_since` and have no list yet.
    """
    is_unlisted = and_(announcement.c.expires_at > over_since, announcement.c.listed_at.is_(None))
    asked = _columns.where(
        announcement.c.state == State.SENT.value,
        announcement.c.needs_ack.is_(True),
        announcement.c.sent_at >= since,
        or_(announcement.c.expires_at.is_(None), announcement.c.expires_at > now, is_unlisted),
    )
    return [AnnouncementRow._make(row) for row in connection.execute(asked)]


def for_newcomers(connection: Connection, *, now: int, since: int, stale_at: int) -> list[AnnouncementRow]:
    """Sent ones that whoever comes later is to have too: until they expire, or else for those sent since then.

    Of these the ones whose roster is newer than they know, or that were looked at last by `stale_at`.
    """
    holds = or_(
        announcement.c.expires_at > now, and_(announcement.c.expires_at.is_(None), announcement.c.sent_at >= since)
    )
    is_stale = or_(announcement.c.roster_version < program.c.roster_version, announcement.c.looked_at <= stale_at)
    asked = (
        _columns.select_from(announcement.join(program, program.c.id == announcement.c.program_id))
        .where(announcement.c.state == State.SENT.value, announcement.c.takes_newcomers.is_(True), holds, is_stale)
        .order_by(announcement.c.sent_at, announcement.c.id)
    )
    return [AnnouncementRow._make(row) for row in connection.execute(asked)]


def note_looked(connection: Connection, announcement_id: str, *, roster_version: int, at: int) -> None:
    """Note which roster it was searched for late joiners, and when; the version stays."""
    statement = update(announcement).where(announcement.c.id == announcement_id)
    connection.execute(statement.values(roster_version=roster_version, looked_at=at))


def note_readers(connection: Connection, announcement_id: str, *, more: int) -> None:
    """Count further readers, who are on no list yet; the version stays."""
    statement = update(announcement).where(announcement.c.id == announcement_id)
    connection.execute(statement.values(readers=announcement.c.readers + more, listed_at=None))


def of_digest(
    connection: Connection, announcement_ids: Iterable[str], person_id: str, *, changed: Iterable[str]
) -> list[AnnouncementRow]:
    """Those of these that somebody is a reader of and has not acknowledged.

    What was retracted, or has changed since they had it, all the same: it was the old words that they acknowledged.
    """
    is_open = reader.c.acknowledged_at.is_(None)
    is_news = or_(announcement.c.state == State.RETRACTED.value, announcement.c.id.in_(list(changed)))
    asked = _columns.join_from(reader, announcement, announcement.c.id == reader.c.announcement_id).where(
        reader.c.person_id == person_id,
        or_(is_open, is_news),
        announcement.c.id.in_(list(announcement_ids)),
    )
    return [AnnouncementRow._make(row) for row in connection.execute(asked)]
