"""The next times that are free, read from the store only as far ahead as it takes to find them."""

from collections.abc import Callable, Sequence

from domain.kinds import SessionKind
from domain.offsets import DAY_SECONDS
from domain.people import Person
from domain.slots import needed_busy, next_free
from domain.slots.offer import Offered, any_start
from services.desk import SupportDesk
from services.offers.availability import availability

FIRST_LOOK_SECONDS = 2 * DAY_SECONDS
"""Most often somebody is free within two days; the whole horizon of many staff is thousands of rows."""
FURTHER = 4


def next_times(
    desk: SupportDesk,
    *,
    kind: SessionKind,
    staff: Sequence[Person],
    scholar: Person,
    count: int,
    after: int | None = None,
    suits: Callable[[int], bool] = any_start,
    without: str | None = None,
    is_scholar: bool = True,
) -> Offered:
    """The first `count` starts that suit at which any of these staff is free, or fewer.

    From `after` (epoch seconds, inclusive) on; `without` leaves out a booking. Not `is_scholar` is somebody in support,
    whom fair shares do not bind.
    """
    now = desk.clock.now()
    first, last = needed_busy(kind, now=now)
    if after is not None:
        first = max(first, kind.busy(after)[0])
    look = FIRST_LOOK_SECONDS
    while True:
        until = min(first + look, last)
        with desk.store.read() as connection:
            found = availability(
                desk, connection, kind, staff=staff, scholar=scholar, first=first, last=until, without=without
            )
        free = next_free(
            found.staff,
            kind,
            now=now,
            count=count,
            after=after,
            suits=suits,
            scholar_busy=found.scholar_busy,
            withheld=found.withheld if is_scholar else (),
        )
        # Beyond what was read everything looks free.
        known = {start: who for start, who in free.items() if kind.busy(start)[1] <= until}
        if len(known) == count or until == last:
            return known
        look *= FURTHER
