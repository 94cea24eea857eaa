"""Whether a message about a line is still true when it is sent, and the reader's own reference for its button."""

from collections.abc import Callable, Mapping

from sqlalchemy import Connection

from domain.delivery import Delivery, Suppressed
from domain.office_hours import Entry, EntryStatus, TransferStatus
from domain.people import SUPPORT_ROLES, Person, Role
from domain.times import epoch_seconds
from services.desk import SupportDesk
from services.office_hours.deliveries import OfficeMessage
from services.office_hours.line import Line, may_take, read_line
from storage.confidential import office_hours_queries as queries

GONE, OVER = Suppressed("gone"), Suppressed("line has moved")
_Judge = Callable[[SupportDesk, Connection, Delivery, Person], str | Suppressed]


def line_news(desk: SupportDesk, delivery: Delivery) -> str | Suppressed:
    """The reference that the message's button carries, or why it need not be sent any more."""
    kind = OfficeMessage(delivery.kind)
    reader = desk.people.person(delivery.person_id)
    if reader is None or not (reader.has(*SUPPORT_ROLES) if kind in _FOR_HELPERS else reader.has(Role.SCHOLAR)):
        return GONE
    with desk.store.read() as connection:
        return _JUDGES[kind](desk, connection, delivery, reader)


def _next(desk: SupportDesk, connection: Connection, delivery: Delivery, _reader: Person) -> str | Suppressed:
    entry = _as_told(connection, delivery)
    if entry is None or not entry.is_waiting:
        return OVER
    first = next(iter(read_line(desk, connection, entry.office_id).waiting), None)
    return entry.scholar_ref if first is not None and first.id == entry.id else OVER


def _turn(_desk: SupportDesk, connection: Connection, delivery: Delivery, _reader: Person) -> str | Suppressed:
    entry = _as_told(connection, delivery)
    return entry.scholar_ref if entry is not None and entry.is_taken else OVER


def _back(_desk: SupportDesk, connection: Connection, delivery: Delivery, _reader: Person) -> str | Suppressed:
    entry = _as_told(connection, delivery)
    return entry.scholar_ref if entry is not None and entry.is_waiting else OVER


def _out(_desk: SupportDesk, connection: Connection, delivery: Delivery, reader: Person) -> str | Suppressed:
    entry = _as_told(connection, delivery)
    is_in_line = queries.open_entry_of(connection, reader.id) is not None
    return OVER if entry is None or entry.status != EntryStatus.MISSED or is_in_line else entry.scholar_ref


def _closed(_desk: SupportDesk, connection: Connection, delivery: Delivery, _reader: Person) -> str | Suppressed:
    entry = queries.entry_by_id(connection, delivery.object_id)
    return OVER if entry is None or entry.status != EntryStatus.CLOSED else entry.scholar_ref


def _choice(desk: SupportDesk, connection: Connection, delivery: Delivery, _reader: Person) -> str | Suppressed:
    transfer = queries.transfer_by_id(connection, delivery.object_id)
    now = epoch_seconds(desk.clock.now())
    if transfer is None or transfer.status != TransferStatus.ASKING_SCHOLAR or transfer.expires_at <= now:
        return OVER
    entry = queries.entry_by_id(connection, transfer.entry_id)
    return entry.scholar_ref if entry is not None and entry.is_open else OVER


def _favor(desk: SupportDesk, connection: Connection, delivery: Delivery, _reader: Person) -> str | Suppressed:
    transfer = queries.transfer_by_id(connection, delivery.object_id)
    now = epoch_seconds(desk.clock.now())
    if transfer is None or transfer.status != TransferStatus.ASKING_PEER or transfer.expires_at <= now:
        return OVER
    return transfer.peer_ref


def _time(desk: SupportDesk, connection: Connection, delivery: Delivery, reader: Person) -> str | Suppressed:
    entry = _as_told(connection, delivery)
    if entry is None or entry.taken_by != reader.id:
        return OVER
    line = read_line(desk, connection, entry.office_id)
    own = _own_ref(line, reader)
    return own if own and wait_for(desk, reader, line) else OVER


def _begun(desk: SupportDesk, connection: Connection, delivery: Delivery, reader: Person) -> str | Suppressed:
    line = read_line(desk, connection, delivery.object_id)
    own = _own_ref(line, reader)
    return own if own and line.office.is_open(epoch_seconds(desk.clock.now())) else OVER


def wait_for(desk: SupportDesk, staff: Person, line: Line) -> bool:
    """Whether anybody waits whom this helper may take."""
    waiting = {each.scholar_id for each in line.waiting}
    return bool(waiting and waiting & may_take(desk, staff, line))


def _as_told(connection: Connection, delivery: Delivery) -> Entry | None:
    """The entry, if it was called as often as when the message was written."""
    entry = queries.entry_by_id(connection, delivery.object_id)
    return entry if entry is not None and entry.calls == delivery.object_version else None


def _own_ref(line: Line, reader: Person) -> str:
    return next((each.row.ref for each in line.helpers if each.person.id == reader.id), "")


_FOR_HELPERS = (OfficeMessage.TIME, OfficeMessage.BEGUN)
_JUDGES: Mapping[OfficeMessage, _Judge] = {
    OfficeMessage.BEGUN: _begun,
    OfficeMessage.NEXT: _next,
    OfficeMessage.TURN: _turn,
    OfficeMessage.BACK: _back,
    OfficeMessage.OUT: _out,
    OfficeMessage.CLOSED: _closed,
    OfficeMessage.CHOICE: _choice,
    OfficeMessage.FAVOR: _favor,
    OfficeMessage.TIME: _time,
}
