"""What must be true of the whole confidential store, whoever did what at once."""

from collections import Counter

from sqlalchemy import select

from domain.booking import BookingStatus
from domain.cells import cells
from domain.handover import CONSENT_STEPS, Consent, Step
from storage.confidential.bookings import Booking, OccupiedCell
from storage.confidential.group_sessions import GroupPart, GroupSession, Seat, SeatWait
from storage.confidential.handovers import Handover, HandoverStep
from storage.confidential.office_hours import OfficeHelper, OfficeHoursRow
from storage.engine import Store, table_of

_booking, _cell = table_of(Booking), table_of(OccupiedCell)
_group, _part, _seat, _wait = table_of(GroupSession), table_of(GroupPart), table_of(Seat), table_of(SeatWait)
_office, _helper = table_of(OfficeHoursRow), table_of(OfficeHelper)
_handover, _step = table_of(Handover), table_of(HandoverStep)
_OPEN = BookingStatus.BOOKED.value
_TAKING = [_OPEN, BookingStatus.HELD.value, BookingStatus.REQUESTED.value]


def broken_invariants(store: Store) -> list[str]:
    """What is not as it should be: nothing."""
    return [*_wrong_cells(store), *_wrong_seats(store), *_wrong_handovers(store), *_wrong_office_hours(store)]


def _wrong_cells(store: Store) -> list[str]:
    """Cells are taken of exactly the people of sessions that are open, kept or asked for, once each, and by these.

    And of those who help in office hours, as long as these take their time.
    """
    expected: Counter[tuple[str, int, str]] = Counter()
    with store.read() as connection:
        for one in connection.execute(select(_booking).where(_booking.c.status.in_(_TAKING))):
            expected.update((one.staff_id, cell, one.id) for cell in cells(one.busy_from, one.busy_to))
            expected.update((one.scholar_id, cell, one.id) for cell in cells(one.starts_at, one.ends_at))
        for one in connection.execute(select(_part).where(_part.c.status == _OPEN)):
            expected.update((one.person_id, cell, one.id) for cell in cells(one.busy_from, one.busy_to))
        for one in connection.execute(select(_helper)):
            expected.update((one.helper_id, cell, one.office_id) for cell in cells(one.busy_from, one.busy_to))
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


def _wrong_handovers(store: Store) -> list[str]:
    """Each is what its steps say, and a session that went on is off for who gave it and is one of who took it."""
    wrong = []
    with store.read() as connection:
        sessions = {row.id: row for row in connection.execute(select(_booking))}
        handovers = list(connection.execute(select(_handover)))
        steps = list(connection.execute(select(_step).order_by(_step.c.handover_id, _step.c.number)))
    for one in handovers:
        own = [step for step in steps if step.handover_id == one.id]
        said = [step.what for step in own if step.what in CONSENT_STEPS.values()]
        wrong += [f"handover {one.id} has a gap"] * ([step.number for step in own] != list(range(1, len(own) + 1)))
        wrong += [f"consent to {one.id} is not what was said"] * (
            CONSENT_STEPS[Consent(one.consent)] != (said or [Step.CONSENT_UNKNOWN])[-1]
        )
        wrong += [f"handover {one.id} is over and counts"] * (one.status != "open" and one.current is not None)
        for gone in (sessions[step.booking_id] for step in own if step.what == Step.MOVED):
            taken = [row for row in sessions.values() if (row.staff_id, row.scholar_id) == (one.to_id, one.scholar_id)]
            wrong += [f"session {gone.id} stands still"] * (gone.status == _OPEN)
            wrong += [f"session {gone.id} went nowhere"] * (not taken)
    return wrong


def _wrong_office_hours(store: Store) -> list[str]:
    """Who helps has the time until the end; what has been closed, or left, takes nobody's any more from then on."""
    wrong = []
    with store.read() as connection:
        offices = {row.id: row for row in connection.execute(select(_office))}
        helpers = list(connection.execute(select(_helper)))
    for one in helpers:
        office = offices[one.office_id]
        ended = [at for at in (office.closed_at, one.left_at) if at is not None]
        if not ended:
            whole = cells(one.busy_from, office.ends_at).stop == cells(one.busy_from, one.busy_to).stop
            wrong += [f"{one.helper_id} helps in {office.id} without the time"] * (not whole)
        elif one.busy_from < one.busy_to:
            wrong += [f"{one.helper_id} is busy in {office.id} after it ended"] * (one.busy_to > min(ended))
    return wrong
