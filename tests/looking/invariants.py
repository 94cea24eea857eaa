"""What must be true of the whole confidential store, whoever did what at once."""

from collections import Counter

from sqlalchemy import select

from domain.booking import BookingStatus
from domain.cells import cells
from storage.confidential.bookings import Booking, OccupiedCell
from storage.confidential.group_sessions import GroupPart, GroupSession, Seat, SeatWait
from storage.engine import Store, table_of

_booking, _cell = table_of(Booking), table_of(OccupiedCell)
_group, _part, _seat, _wait = table_of(GroupSession), table_of(GroupPart), table_of(Seat), table_of(SeatWait)
_OPEN = BookingStatus.BOOKED.value


def broken_invariants(store: Store) -> list[str]:
    """What is not as it should be: nothing."""
    return [*_wrong_cells(store), *_wrong_seats(store)]


def _wrong_cells(store: Store) -> list[str]:
    """Cells are taken of exactly the people of open sessions, once each, and by exactly those sessions."""
    expected: Counter[tuple[str, int, str]] = Counter()
    with store.read() as connection:
        for one in connection.execute(select(_booking).where(_booking.c.status == _OPEN)):
            expected.update((one.staff_id, cell, one.id) for cell in cells(one.busy_from, one.busy_to))
            expected.update((one.scholar_id, cell, one.id) for cell in cells(one.starts_at, one.ends_at))
        for one in connection.execute(select(_part).where(_part.c.status == _OPEN)):
            expected.update((one.person_id, cell, one.id) for cell in cells(one.busy_from, one.busy_to))
        found = Counter((row.resource_id, row.cell, row.booking_id) for row in connection.execute(select(_cell)))
    return [f"cell {each}" for each in [*(expected - found), *(found - expected)]]


def _wrong_seats(store: Store) -> list[str]:
    """Each open part of a scholar has one seat of an open session, at its time, and nobody sits and waits."""
    wrong = []
    with store.read() as connection:
        groups = {row.id: row for row in connection.execute(select(_group))}
        seats = [(row.group_id, row.person_id, row.seat_no) for row in connection.execute(select(_seat))]
        waits = {(row.group_id, row.person_id) for row in connection.execute(select(_wait))}
        parts = list(connection.execute(select(_part).where(_part.c.status == _OPEN)))
    sitting = {(group_id, person_id) for group_id, person_id, _ in seats}
    attending = {(part.group_id, part.person_id) for part in parts if not part.is_host}
    hosting = {(part.group_id, part.person_id) for part in parts if part.is_host}
    held = {
        (group.id, host_id)
        for group in groups.values()
        if group.status == _OPEN
        for host_id in (group.host_id, group.cohost_id)
        if host_id
    }
    if sitting != attending:
        wrong.append(f"seats {sorted(sitting ^ attending)} without a part, or parts without a seat")
    if hosting != held:
        wrong.append(f"hosts {sorted(hosting ^ held)} without a part, or parts of no host")
    wrong += [f"{each} sits and waits" for each in sorted(sitting & waits)]
    wrong += [f"seat {seat_no} of {groups[id_].seats}" for id_, _, seat_no in seats if seat_no > groups[id_].seats]
    wrong += [f"{each} waits for what is off" for each in sorted(waits) if groups[each[0]].status != _OPEN]
    wrong += [
        f"part {part.id} is at another time"
        for part in parts
        if (part.starts_at, part.ends_at) != (groups[part.group_id].starts_at, groups[part.group_id].ends_at)
    ]
    return wrong
