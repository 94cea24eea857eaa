"""What several staff members together can offer."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime
from itertools import islice
from zoneinfo import ZoneInfo

from domain.intervals import Interval
from domain.kinds import SessionKind
from domain.offsets import DAY_SECONDS, offset_at
from domain.slots.grid import StaffTime, free_starts
from domain.slots.withheld import Withheld
from domain.times import day_of_number, epoch_seconds_up

Offered = dict[int, list[str]]
"""Free starts in epoch seconds, ascending, each with the ids of those who are free then, in the order given."""


def offer(
    staff: Iterable[StaffTime],
    kind: SessionKind,
    *,
    now: datetime,
    first: int | None = None,
    last: int | None = None,
    scholar_busy: Sequence[Interval] = (),
    withheld: Sequence[Withheld] = (),
) -> Offered:
    """Who is free when, for starts that keep the kind's notice and horizon and lie in [first, last) when given."""
    earliest, beyond = _narrow(kind.bookable(epoch_seconds_up(now)), first, last)
    free: defaultdict[int, list[str]] = defaultdict(list)
    for one in staff:
        for start in free_starts(one, kind, first=earliest, last=beyond, scholar_busy=scholar_busy, withheld=withheld):
            free[start].append(one.id)
    return {start: free[start] for start in sorted(free)}


def any_start(_start: int) -> bool:
    """Every start suits."""
    return True


def next_free(
    staff: Sequence[StaffTime],
    kind: SessionKind,
    *,
    now: datetime,
    count: int,
    after: int | None = None,
    suits: Callable[[int], bool] = any_start,
    scholar_busy: Sequence[Interval] = (),
    withheld: Sequence[Withheld] = (),
) -> Offered:
    """The first `count` starts that suit at which anyone is free, or fewer, from `after` (inclusive) on.

    In epoch seconds. Looks one day ahead, then two more, then four, so it stops soon unless everybody is booked out.
    """
    begin, beyond = _narrow(kind.bookable(epoch_seconds_up(now)), after, None)
    stretch = DAY_SECONDS
    found: Offered = {}
    while begin < beyond and len(found) < count:
        end = begin + stretch
        free = offer(staff, kind, now=now, first=begin, last=end, scholar_busy=scholar_busy, withheld=withheld)
        found |= {start: who for start, who in free.items() if suits(start)}
        begin = end
        stretch *= 2
    return dict(islice(found.items(), count))


def needed_busy(kind: SessionKind, *, now: datetime) -> Interval:
    """The stretch of epoch seconds in which busy time can matter to an offer: what to ask the store for."""
    earliest, beyond = kind.bookable(epoch_seconds_up(now))
    return kind.busy(earliest)[0], kind.busy(beyond)[1]


def group_by_day(starts: Iterable[int], tz: ZoneInfo) -> dict[date, tuple[int, ...]]:
    """Ascending starts by the local date on which somebody in this zone sees them."""
    days: defaultdict[date, list[int]] = defaultdict(list)
    for start in starts:
        days[day_of_number((start + offset_at(tz, start)) // DAY_SECONDS)].append(start)
    return {day: tuple(on_day) for day, on_day in days.items()}


def _narrow(bookable: Interval, first: int | None, last: int | None) -> Interval:
    earliest, beyond = bookable
    return max(earliest, earliest if first is None else first), min(beyond, beyond if last is None else last)
