"""What must be true of all bookings together, whatever has happened: the house's own accounts, checked row by row."""

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise

from sqlalchemy import select

from domain.booking import OCCUPYING, Booked, BookingStatus
from domain.cells import cells
from domain.waiting import Waiter
from storage.confidential import waiting_queries
from storage.confidential.booking_rows import booked_of, booking, columns
from storage.confidential.bookings import BookingChange, OccupiedCell
from storage.engine import Store, table_of

_cell, _change = table_of(OccupiedCell), table_of(BookingChange)


def contradictions(store: Store) -> list[str]:
    """Everything in a confidential store that cannot be; empty when all is well."""
    with store.read() as connection:
        bookings = [booked_of(row) for row in connection.execute(select(*columns).order_by(booking.c.id))]
        taken = {tuple(row) for row in connection.execute(select(_cell))}
        steps = list(connection.execute(select(_change).order_by(_change.c.booking_id, _change.c.version)))
        waiting = waiting_queries.everybody(connection)
    found = [
        *_cells(bookings, taken),
        *_overlaps(bookings),
        *_steps(bookings, steps),
        *_kept(bookings),
        *_line(bookings, waiting),
    ]
    return sorted(found)


def _cells(bookings: Sequence[Booked], taken: set[tuple[object, ...]]) -> Iterator[str]:
    wanted = {
        (resource_id, cell, booked.id)
        for booked in bookings
        if booked.status in OCCUPYING
        for resource_id, (first, last) in (
            (booked.staff_id, (booked.busy_from, booked.busy_to)),
            (booked.scholar_id, (booked.starts_at, booked.ends_at)),
        )
        for cell in cells(first, last)
    }
    yield from (f"a cell too many: {each}" for each in taken - wanted)
    yield from (f"a cell is missing: {each}" for each in wanted - taken)


def _overlaps(bookings: Sequence[Booked]) -> Iterator[str]:
    stretches = sorted(
        stretch
        for booked in bookings
        if booked.status in OCCUPYING
        for stretch in (
            (booked.staff_id, booked.busy_from, booked.busy_to),
            (booked.scholar_id, booked.starts_at, booked.ends_at),
        )
    )
    for (who, _, until), (other, since, _) in pairwise(stretches):
        if who == other and since < until:
            yield f"{who} is in two places at once"


def _steps(bookings: Sequence[Booked], steps: Sequence[object]) -> Iterator[str]:
    by_id = Counter(step.booking_id for step in steps)  # type: ignore[attr-defined]  # a row of the table
    last = {step.booking_id: step for step in steps}  # type: ignore[attr-defined]
    for booked in bookings:
        step = last.get(booked.id)
        if step is None or (step.version, by_id[booked.id]) != (booked.version, booked.version):  # type: ignore[attr-defined]
            yield f"{booked.id} has a life with gaps"
        elif step.what not in (booked.status, "moved"):  # type: ignore[attr-defined]
            yield f"{booked.id} is not what it last became"


def _kept(bookings: Sequence[Booked]) -> Iterator[str]:
    for booked in bookings:
        if (booked.held_until is not None) != booked.is_kept:
            yield f"{booked.id} waits for nobody, or for ever"
        if booked.held_until is not None and booked.held_until > booked.starts_at:
            yield f"{booked.id} is kept past its start"


def _line(bookings: Sequence[Booked], waiting: Sequence[Waiter]) -> Iterator[str]:
    held = {booked.id: booked for booked in bookings if booked.is_kept}
    offered = Counter(each.booking_id for each in waiting if each.booking_id)
    for waiter in waiting:
        if waiter.booking_id and waiter.booking_id not in held:
            yield f"{waiter.id} is offered what is not kept"
    yield from (f"{booking_id} is offered to {number}" for booking_id, number in offered.items() if number > 1)
    places = Counter((each.program_id, each.place) for each in waiting)
    yield from (f"place {place} of the line is taken {number} times" for place, number in places.items() if number > 1)


def statuses(bookings: Sequence[tuple[str, str, str, str]]) -> Counter[str]:
    """How many of `House.bookings` are of which status."""
    return Counter(str(BookingStatus(status)) for *_, status in bookings)
