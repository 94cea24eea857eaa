"""Statements about office hours. Who may see or change what they find is decided by the services."""

from collections.abc import Collection, Iterable, Mapping
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, and_, bindparam, delete, func, insert, or_, select, update

from domain.office_hours import (
    OPEN_TRANSFERS,
    TAKEN,
    Entry,
    EntryStatus,
    Helper,
    OfficeHours,
    Transfer,
    TransferStatus,
    known_topics,
)
from domain.places import Place
from storage.confidential.office_hours import OfficeEntry, OfficeHelper, OfficeHoursRow, OfficeTransfer, PeerOffer
from storage.engine import table_of
from storage.prepared import Prepared
from storage.upsert import insert_into

_office, _helper, _entry = table_of(OfficeHoursRow), table_of(OfficeHelper), table_of(OfficeEntry)
_transfer, _offer = table_of(OfficeTransfer), table_of(PeerOffer)
_entries = select(*(_entry.c[name] for name in Entry.__dataclass_fields__))
_transfers = select(*(_transfer.c[name] for name in Transfer.__dataclass_fields__))
_OPEN = (EntryStatus.WAITING.value, *(status.value for status in TAKEN))
_ASKING = tuple(status.value for status in OPEN_TRANSFERS)
_helps_now = Prepared(
    select(_helper.c.ref)
    .join_from(_helper, _office, _office.c.id == _helper.c.office_id)
    .where(
        _helper.c.helper_id == bindparam("helper_id"),
        _helper.c.left_at.is_(None),
        _office.c.closed_at.is_(None),
        _office.c.starts_at <= bindparam("now"),
        _office.c.ends_at > bindparam("now"),
    )
    .order_by(_office.c.starts_at)
)


def add_office(connection: Connection, values: Mapping[str, Any]) -> None:
    """Store a sitting."""
    connection.execute(insert(_office), values)


def office_by_id(connection: Connection, office_id: str) -> OfficeHours | None:
    """A sitting, for the system's own messages and for what is found by a reference."""
    return next(iter(_offices(connection, _office.c.id == office_id)), None)


def offices_of_program(connection: Connection, program_id: str, *, ends_after: int) -> list[OfficeHours]:
    """A program's sittings that nobody has closed and that end later than an instant, soonest first."""
    return _offices(
        connection,
        _office.c.program_id == program_id,
        _office.c.closed_at.is_(None),
        _office.c.ends_at > ends_after,
    )


def unsettled(connection: Connection, *, begun_by: int) -> list[OfficeHours]:
    """Every program's sittings that have begun and about which something may be left to do."""
    return _offices(connection, _office.c.is_settled.is_(False), _office.c.starts_at <= begun_by)


def close_office(connection: Connection, office_id: str, *, at: int) -> bool:
    """Close a sitting; False when it was closed before."""
    closed = update(_office).where(_office.c.id == office_id, _office.c.closed_at.is_(None)).values(closed_at=at)
    return connection.execute(closed).rowcount == 1


def begin_office(connection: Connection, office_id: str) -> None:
    """Note that a sitting has been found open at its time."""
    connection.execute(update(_office).where(_office.c.id == office_id).values(is_begun=True))


def settle_office(connection: Connection, office_id: str) -> None:
    """Note that nothing is left to do about a sitting."""
    connection.execute(update(_office).where(_office.c.id == office_id).values(is_settled=True))


def put_helper(connection: Connection, values: Mapping[str, Any]) -> None:
    """Let somebody help in a sitting, or help again, perhaps elsewhere; their reference stays the first one.

    Their cells are taken by `office_time_queries`, before this.
    """
    statement = insert_into(connection, _helper).values(**values)
    connection.execute(
        statement.on_conflict_do_update(
            index_elements=[_helper.c.office_id, _helper.c.helper_id],
            set_={"left_at": None}
            | {name: statement.excluded[name] for name in ("place_kind", "place_detail", "busy_from", "busy_to")},
        )
    )


def end_helping(connection: Connection, office_id: str, helper_id: str, *, at: int) -> None:
    """Somebody does not help there any more."""
    statement = update(_helper).where(_helper.c.office_id == office_id, _helper.c.helper_id == helper_id)
    connection.execute(statement.values(left_at=at))


def helpers_of(connection: Connection, office_ids: Collection[str]) -> list[Helper]:
    """Who helps in these sittings and has not left, in the order in which they came."""
    return _helpers(connection, _helper.c.office_id.in_(office_ids), _helper.c.left_at.is_(None))


def helper_by_ref(connection: Connection, ref: str, helper_id: str) -> Helper | None:
    """The row of somebody who helps, by their own reference; None once they have left the line."""
    own = (_helper.c.ref == ref, _helper.c.helper_id == helper_id, _helper.c.left_at.is_(None))
    return next(iter(_helpers(connection, *own)), None)


def open_line_of(connection: Connection, helper_id: str, *, now: int) -> str | None:
    """The reference by which somebody knows the line in which they help at this instant."""
    found = _helps_now.first(connection, {"helper_id": helper_id, "now": now})
    return None if found is None else str(found[0])


def add_entry(connection: Connection, values: Mapping[str, Any]) -> None:
    """Store a place in a line."""
    connection.execute(insert(_entry), values)


def last_number(connection: Connection, office_id: str) -> int:
    """The highest number given in a line so far, 0 for none."""
    highest = select(func.max(_entry.c.number)).where(_entry.c.office_id == office_id)
    return int(connection.execute(highest).scalar() or 0)


def was_helped(connection: Connection, office_id: str, scholar_id: str) -> bool:
    """Whether somebody was helped in a sitting before."""
    done = select(_entry.c.id).where(
        _entry.c.office_id == office_id, _entry.c.scholar_id == scholar_id, _entry.c.status == EntryStatus.DONE.value
    )
    return connection.execute(done.limit(1)).first() is not None


def open_entries(connection: Connection, office_ids: Collection[str]) -> list[Entry]:
    """Everybody who waits in these sittings or is with somebody."""
    return _found(connection, _entry.c.office_id.in_(office_ids), _entry.c.status.in_(_OPEN))


def open_entry_of(connection: Connection, scholar_id: str) -> Entry | None:
    """The one place that a scholar holds."""
    return next(iter(_found(connection, _entry.c.in_line == scholar_id)), None)


def entry_taken_by(connection: Connection, person_id: str) -> Entry | None:
    """Whoever this person, helper or peer, is with."""
    return next(iter(_found(connection, _entry.c.taken_by == person_id)), None)


def entry_by_ref(connection: Connection, scholar_ref: str, scholar_id: str) -> Entry | None:
    """A scholar's own entry, by the reference that their messages carry."""
    return next(iter(_found(connection, _entry.c.scholar_ref == scholar_ref, _entry.c.scholar_id == scholar_id)), None)


def entry_by_id(connection: Connection, entry_id: str) -> Entry | None:
    """An entry, for the system's own messages; never on behalf of a person."""
    return next(iter(_found(connection, _entry.c.id == entry_id)), None)


def change_entry(connection: Connection, entry: Entry, **values: Any) -> bool:
    """Change an entry that is still as it was read; False when somebody was quicker."""
    as_read = and_(_entry.c.id == entry.id, _entry.c.version == entry.version)
    changed = update(_entry).where(as_read).values(version=entry.version + 1, **values)
    return connection.execute(changed).rowcount == 1


def add_transfer(connection: Connection, values: Mapping[str, Any]) -> None:
    """Store a suggestion that a peer helps."""
    connection.execute(insert(_transfer), values)


def transfers_of(connection: Connection, entry_ids: Collection[str]) -> list[Transfer]:
    """Every suggestion about these entries, the oldest first."""
    return _suggestions(connection, _transfer.c.entry_id.in_(entry_ids))


def transfer_by_ref(connection: Connection, peer_ref: str, peer_id: str) -> Transfer | None:
    """A peer's own, by the reference that their messages carry."""
    return next(iter(_suggestions(connection, _transfer.c.peer_ref == peer_ref, _transfer.c.peer_id == peer_id)), None)


def transfer_by_id(connection: Connection, transfer_id: str) -> Transfer | None:
    """A suggestion, for the system's own messages; never on behalf of a person."""
    return next(iter(_suggestions(connection, _transfer.c.id == transfer_id)), None)


def open_transfers_in(connection: Connection, office_id: str) -> list[Transfer]:
    """Suggestions in a sitting that somebody has yet to answer."""
    return _suggestions(connection, _transfer.c.office_id == office_id, _transfer.c.status.in_(_ASKING))


def open_transfers_to(connection: Connection, peer_id: str) -> list[Transfer]:
    """Suggestions of a peer that somebody has yet to answer."""
    return _suggestions(connection, _transfer.c.peer_id == peer_id, _transfer.c.status.in_(_ASKING))


def change_transfer(connection: Connection, transfer: Transfer, status: TransferStatus, **values: Any) -> bool:
    """Move a suggestion on from where it was read; False when somebody was quicker."""
    as_read = and_(_transfer.c.id == transfer.id, _transfer.c.status == transfer.status)
    changed = update(_transfer).where(as_read).values(status=status.value, **values)
    return connection.execute(changed).rowcount == 1


def topics_offered(connection: Connection, person_id: str) -> str:
    """The topics on which somebody offers help, as stored; "" for none."""
    return str(connection.execute(select(_offer.c.topics).where(_offer.c.person_id == person_id)).scalar() or "")


def offers_in(connection: Connection, program_id: str) -> list[tuple[str, str]]:
    """Everybody of a program who offers help, with their topics as stored."""
    found = connection.execute(select(_offer.c.person_id, _offer.c.topics).where(_offer.c.program_id == program_id))
    return [(str(person_id), str(topics)) for person_id, topics in found]


def put_offer(connection: Connection, values: Mapping[str, Any]) -> None:
    """Store what somebody offers help on, in place of what they did before."""
    statement = insert_into(connection, _offer).values(**values)
    news = {name: statement.excluded[name] for name in ("topics", "updated_at", "program_id")}
    connection.execute(statement.on_conflict_do_update(index_elements=[_offer.c.person_id], set_=news))


def delete_offer(connection: Connection, person_id: str) -> None:
    """Somebody offers no help any more."""
    connection.execute(delete(_offer).where(_offer.c.person_id == person_id))


def busy_people(connection: Connection, person_ids: Iterable[str]) -> set[str]:
    """Those of these people who are in a line, or with somebody."""
    ids = list(person_ids)
    found = connection.execute(
        select(_entry.c.in_line, _entry.c.taken_by).where(or_(_entry.c.in_line.in_(ids), _entry.c.taken_by.in_(ids)))
    )
    return {str(each) for pair in found for each in pair if each is not None}


def _offices(connection: Connection, *which: ColumnElement[bool]) -> list[OfficeHours]:
    found = connection.execute(select(_office).where(*which).order_by(_office.c.starts_at, _office.c.id))
    return [
        OfficeHours(
            id=row.id,
            program_id=row.program_id,
            starts_at=row.starts_at,
            ends_at=row.ends_at,
            minutes=row.minutes,
            topics=known_topics(row.topics.split(",")),
            closed_at=row.closed_at,
            is_begun=bool(row.is_begun),
        )
        for row in found
    ]


def _helpers(connection: Connection, *which: ColumnElement[bool]) -> list[Helper]:
    in_turn = select(_helper).where(*which).order_by(_helper.c.joined_at, _helper.c.helper_id)
    return [_helper_of(row) for row in connection.execute(in_turn)]


def _helper_of(row: Row[Any]) -> Helper:
    place = Place(kind=row.place_kind, detail=row.place_detail)
    return Helper(office_id=row.office_id, helper_id=row.helper_id, ref=row.ref, place=place)


def _found(connection: Connection, *which: ColumnElement[bool]) -> list[Entry]:
    return [Entry(**row._asdict()) for row in connection.execute(_entries.where(*which))]


def _suggestions(connection: Connection, *which: ColumnElement[bool]) -> list[Transfer]:
    by_age = _transfers.where(*which).order_by(_transfer.c.asked_at, _transfer.c.id)
    return [Transfer(**row._asdict()) for row in connection.execute(by_age)]
