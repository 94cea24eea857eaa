"""The next times that are free, read from the store only as far ahead as it takes to find them."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime
from itertools import islice

from domain.kinds import SessionKind
from domain.offsets import DAY_SECONDS
from domain.people import Person
from domain.slots import StaffTime, needed_busy, next_free
from domain.slots.offer import Offered, any_start
from services.desk import SupportDesk
from services.hours.away import times_meanwhile
from services.offers.availability import Availability, availability

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
    stand_ins: Sequence[Person] = (),
) -> Offered:
    """The first `count` starts that suit at which any of these staff is free, or fewer.

    From `after` (epoch seconds, inclusive) on; `without` leaves out a booking. Not `is_scholar` is somebody in support,
    whom fair shares do not bind. `stand_ins` are those who may take somebody's place on the dates of an absence that
    names them, as in the form.
    """
    now = desk.clock.now()
    first, last = needed_busy(kind, now=now)
    if after is not None:
        first = max(first, kind.busy(after)[0])
    asked = list({person.id: person for person in (*staff, *stand_ins)}.values())
    look = FIRST_LOOK_SECONDS
    while True:
        until = min(first + look, last)
        with desk.store.read() as connection:
            found = availability(
                desk, connection, kind, staff=asked, scholar=scholar, first=first, last=until, without=without
            )
        if not is_scholar:
            found = replace(found, withheld=())
        named = [one for one in found.staff if one.id in {person.id for person in staff}]
        free = _next_free(named, found, kind, now=now, count=count, after=after, suits=suits)
        # Beyond what was read everything looks free.
        known = {start: who for start, who in free.items() if kind.busy(start)[1] <= until}
        if len(known) == count or until == last:
            return known
        look *= FURTHER


def _next_free(
    named: Sequence[StaffTime],
    found: Availability,
    kind: SessionKind,
    *,
    now: datetime,
    count: int,
    after: int | None,
    suits: Callable[[int], bool],
) -> Offered:
    """Of those who are asked for, and of colleagues meanwhile while they are away, if these were read too."""
    free = next_free(
        named,
        kind,
        now=now,
        count=count,
        after=after,
        suits=suits,
        scholar_busy=found.scholar_busy,
        withheld=found.withheld,
    )
    meanwhile: Offered = {}
    if len(found.staff) > len(named):
        for one in named:
            meanwhile |= times_meanwhile(one, found, kind, now=now)
    suiting = {start: who for start, who in meanwhile.items() if start >= (after or 0) and suits(start)}
    return dict(islice(sorted((suiting | free).items()), count))
