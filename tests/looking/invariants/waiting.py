"""The line for a time: everybody has a place of their own, and what is kept is kept for one of them."""

from collections import Counter
from collections.abc import Iterator

from domain.booking import KEPT
from domain.waiting import ANYONE
from tests.looking.invariants.rows import Everything


def _wrong_line(rows: Everything) -> Iterator[str]:
    kept = {one.id: one for one in rows.bookings if one.status in KEPT}
    offered = Counter(each.booking_id for each in rows.waiting if each.booking_id)
    yield from (f"{id_} is offered to {count}" for id_, count in offered.items() if count > 1)
    places = Counter((each.program_id, each.place) for each in rows.waiting)
    yield from (f"place {place} of the line is taken {count} times" for place, count in places.items() if count > 1)
    for waiter in rows.waiting:
        one = kept.get(waiter.booking_id)
        if waiter.booking_id and one is None:
            yield f"{waiter.id} is offered what is not kept"
        elif one and (one.scholar_id, one.kind) != (waiter.scholar_id, waiter.kind):
            yield f"{waiter.id} is offered what is kept for somebody else"
        elif one and waiter.staff_id not in (ANYONE, one.staff_id):
            yield f"{waiter.id} is offered whom they do not wait for"


CHECKS = (_wrong_line,)
