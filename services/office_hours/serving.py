"""A helper takes the next one in line, is done with them, or does not find them."""

from sqlalchemy import Connection

from domain.office_hours import (
    MISSES_MAX,
    Entry,
    EntryStatus,
    LineClosed,
    LineMoved,
    NobodyWaits,
    NotOpenYet,
    OfficeHours,
    WithSomebody,
    own_ref,
)
from domain.people import Person
from domain.times import epoch_seconds
from services.desk import SupportDesk
from services.office_hours.deliveries import OfficeMessage, about_entry, ledger
from services.office_hours.joining import swap
from services.office_hours.line import (
    change,
    end,
    is_repeated,
    lock_own_line,
    may_take,
    put_back,
    read_line,
    tell_next,
    withdraw_transfers,
)
from storage.confidential import office_hours_queries as queries
from storage.delivery import enqueue


def take_next(desk: SupportDesk, staff: Person, ref: str, *, request_key: str) -> str:
    """Call the first in line whom this helper may meet; return their id. The same request again is once.

    Raises `NotHelping`, `NotOpenYet`, `LineClosed`, `WithSomebody` or `NobodyWaits`.
    """
    now = desk.clock.now()
    with desk.store.write() as connection:
        _, line = lock_own_line(desk, connection, staff, ref)
        current = queries.entry_taken_by(connection, staff.id)
        if is_repeated(desk, connection, staff, request_key):
            return current.scholar_id if current else ""
        if current is not None:
            raise WithSomebody
        _check_open(line.office, epoch_seconds(now))
        reach = may_take(desk, staff, line)
        entry = next((each for each in line.waiting if each.scholar_id in reach), None)
        if entry is None:
            raise NobodyWaits
        withdraw_transfers(connection, [entry.id])
        call(desk, connection, entry, line.office, by=staff.id, status=EntryStatus.HELPED)
        return entry.scholar_id


def call(
    desk: SupportDesk, connection: Connection, entry: Entry, office: OfficeHours, *, by: str, status: EntryStatus
) -> None:
    """Bring somebody and whoever helps them together, and tell them that it is their turn."""
    now = desk.clock.now()
    change(
        connection,
        entry,
        status=status.value,
        taken_by=by,
        served_by=by,
        taken_at=epoch_seconds(now),
        calls=entry.calls + 1,
    )
    called = queries.entry_by_id(connection, entry.id) or entry
    enqueue(connection, ledger, [about_entry(OfficeMessage.TURN, called, office, now=now)], ids=desk.ids, now=now)
    tell_next(desk, connection, office.id, now=now)


def finish_with(desk: SupportDesk, staff: Person, ref: str, entry_ref: str) -> str:
    """Be done with whom the helper is with; return their id. Raises `NotHelping`, or `LineMoved` for anybody else."""
    with desk.store.write() as connection:
        _, line = lock_own_line(desk, connection, staff, ref)
        entry = _current(line.taken_by(staff.id), staff, entry_ref)
        end(connection, entry, EntryStatus.DONE, now=desk.clock.now())
        return entry.scholar_id


def not_there(desk: SupportDesk, staff: Person, ref: str, entry_ref: str, *, request_key: str) -> str:
    """The one called has not come: behind the next one, and the second time out; they are told. Return their id.

    The same request again is once. Raises `NotHelping`, or `LineMoved` when the helper is not with them any more.
    """
    now = desk.clock.now()
    with desk.store.write() as connection:
        _, line = lock_own_line(desk, connection, staff, ref)
        if is_repeated(desk, connection, staff, request_key):
            return ""
        entry = _current(line.taken_by(staff.id), staff, entry_ref)
        misses = entry.misses + 1
        if misses >= MISSES_MAX or line.office.is_over(epoch_seconds(now)):
            end(connection, entry, EntryStatus.MISSED, now=now)
            kind = OfficeMessage.OUT
        else:
            put_back(connection, entry, misses=misses, is_told_next=True)
            _behind_the_next(desk, connection, entry)
            kind = OfficeMessage.BACK
        enqueue(connection, ledger, [about_entry(kind, entry, line.office, now=now)], ids=desk.ids, now=now)
        tell_next(desk, connection, line.office.id, now=now)
        return entry.scholar_id


def _check_open(office: OfficeHours, now: int) -> None:
    if office.is_over(now):
        raise LineClosed
    if not office.is_open(now):
        raise NotOpenYet


def _behind_the_next(desk: SupportDesk, connection: Connection, entry: Entry) -> None:
    """The line as it is with them in it again: who stands first lets the second go."""
    waiting = read_line(desk, connection, entry.office_id).waiting
    if len(waiting) > 1 and waiting[0].id == entry.id:
        swap(connection, waiting[0], waiting[1])


def _current(entry: Entry | None, staff: Person, entry_ref: str) -> Entry:
    if entry is None or own_ref(entry.id, staff.id) != entry_ref:
        raise LineMoved
    return entry
