"""The sessions of a program: three for each scholar, from three weeks ago to eight weeks ahead, in coaches' hours."""

from collections.abc import Iterator
from datetime import datetime, time, timedelta
from itertools import count, cycle, islice
from random import Random

from benchmarks.floors.slots_case import NOW
from benchmarks.house import Resident, Size
from benchmarks.program.hours import WORKDAYS, plain_hours
from benchmarks.program.rules import FULL, WEEKS, takes_half
from domain.booking import BookingStatus
from domain.people import Role
from domain.times import zone

EACH = 3
PAST_WEEKS = 3
"""All within what counts as load, so that everybody carries their share and nobody is left out for being ahead."""
MOST_OF_COACH = 150
"""On average, of the 385 hours that a coach has in these eleven weeks: more would be no program that can still book."""
APART_SECONDS = 3600
"""From one start of a scholar to the next, at least: nobody is in two sessions at once."""
SOON_SECONDS = 4 * 86_400
_HOURS = (9, 10, 11, 13, 14, 15, 16)


def number_of_sessions(size: Size) -> int:
    """How many there are in each program: what scholars want, as far as coaches can take it."""
    return min(EACH * size.scholars, MOST_OF_COACH * size.coaches)


def session_rows(size: Size, program: int) -> Iterator[dict[str, object]]:
    """The rows of one program. By shares of the load, and the first scholar, who asks, always has three."""
    random = Random(program)
    coaches = [Resident(program, number, Role.COACH) for number in range(size.coaches)]
    starts = {each.number: _starts(each, random) for each in coaches}
    turns = cycle([*(each for each in coaches), *(each for each in coaches if not takes_half(each))])
    for number, coach in zip(count(), islice(turns, number_of_sessions(size)), strict=False):
        if number % EACH == 0:
            of_scholar: list[int] = []
        free = starts[coach.number]
        start = next(each for each in free if all(abs(each - other) >= APART_SECONDS for other in of_scholar))
        free.remove(start)
        of_scholar.append(start)
        yield _row(number, coach, Resident(program, number // EACH, Role.SCHOLAR), start)


def _starts(coach: Resident, random: Random) -> list[int]:
    """Every full hour of theirs in these months, in no order but for the first."""
    tz, monday = zone(plain_hours(coach).zone), NOW.date() - timedelta(weeks=PAST_WEEKS)
    days = [monday + timedelta(weeks=week, days=day) for week in range(PAST_WEEKS + WEEKS) for day in WORKDAYS]
    starts = [int(datetime.combine(day, time(hour), tz).timestamp()) for day in days for hour in _HOURS]
    random.shuffle(starts)
    # One in the week ahead comes first: whoever looks at that week finds something, however few sessions there are.
    now = int(NOW.timestamp())
    soon = next(at for at, start in enumerate(starts) if now < start < now + SOON_SECONDS)
    return [starts.pop(soon), *starts]


def _row(number: int, coach: Resident, scholar: Resident, start: int) -> dict[str, object]:
    id_ = f"session-{coach.program}-{number}"
    begin, end = FULL.session(start)
    busy_from, busy_to = FULL.busy(start)
    return {
        "id": id_,
        "program_id": coach.program_id,
        "scholar_ref": f"scholar's {id_}",
        "staff_ref": f"staff's {id_}",
        "scholar_id": scholar.id,
        "staff_id": coach.id,
        "kind": FULL.key,
        "status": BookingStatus.BOOKED.value,
        "starts_at": begin,
        "ends_at": end,
        "busy_from": busy_from,
        "busy_to": busy_to,
        "version": 1,
        "sequence": 0,
        "topic": b"",
        "created_at": begin,
        "changed_at": begin,
        "roster_version": 0,
    }
