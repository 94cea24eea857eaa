"""Offering and booking with every rule in force, beside the same program with none; at nine sizes, and how it grows."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from itertools import product
from time import perf_counter

from benchmarks.areas.commits import Whole, caps_beside_none, whole_bookings
from benchmarks.areas.together import locked_together
from benchmarks.areas.waiting import freed_beside_waiting
from benchmarks.databases import opened, support_desk
from benchmarks.floors.slots_house import CaseClock
from benchmarks.forms import offered_form
from benchmarks.growth import exponent
from benchmarks.house import Resident
from benchmarks.lab import Lab
from benchmarks.names import TEAM
from benchmarks.program.stored import WITH, WITHOUT, both_programs, furnish
from benchmarks.queries import queries_of
from benchmarks.results import Result, at_most, exactly, percentile, ratio_at_most
from benchmarks.rounds import in_turn
from bot.stores import Stores
from domain.people import Person, Role
from services.desk import SupportDesk
from services.hours.week import week_glance
from services.offers.load import coaches_load
from services.offers.soonest import next_times

AREA = "scheduling"
STAFF, SCHOLARS = (6, 50, 200), (60, 1000, 10_000)
USUAL = ((6, 60), (50, 1000), (200, 10_000))
"""The sizes that programs have: staff and scholars."""
ROUNDS = 7
NEXT = 5
OFFER, SOONEST, WEEK, LOAD = "an offer", f"next {NEXT} free with anyone", "a coach's week", "the coaches' load"
PLAIN = "an offer without rules"
COMMIT = "a booking, committed"
BOOKINGS = 5
"""Rounds of whole bookings: each takes a time away from what the next one finds."""
LIMITS_MS: dict[str, dict[int, float]] = {
    OFFER: {6: 25, 50: 150, 200: 500},
    SOONEST: {200: 100},
    WEEK: {200: 10},
    LOAD: {200: 50},
}
"""What a person may have to wait for, by the number of staff."""
MOST_OF_PLAIN = 3.5
"""All the rules may cost so many times the offer without any."""
WITH_STAFF, WITH_SCHOLARS = 1.1, {OFFER: 0.2, SOONEST: 0.2, WEEK: 0.3, LOAD: 0.3, COMMIT: 0.2}
"""Greatest exponents: a little more than in proportion to staff, and hardly at all with scholars.

With scholars only coaches' own calendars fill, from one session to 150 each, which is all that a week and the load are.
"""

Size = tuple[int, int]
Call = Callable[[], object]


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """What one size measured: milliseconds of each round and queries of each thing, with all rules; the plain offer.

    `whole` are bookings from the offer to the commit, in the program with rules and in the one without.
    """

    took: Mapping[str, Sequence[float]]
    plain: Sequence[float]
    queries: Mapping[str, int]
    whole: Mapping[int, Sequence[Whole]]


def measure(lab: Lab) -> list[Result]:
    """Every size on SQLite; commits, cancellations and many at once on the engines that they concern."""
    found = {size: _at(lab, *size) for size in product(STAFF, SCHOLARS)}
    of_sizes = (*_usual(found), *_whole(found), *_queries(found), *_growth(found))
    return [*of_sizes, *caps_beside_none(lab), *freed_beside_waiting(lab), *locked_together(lab)]


def _at(lab: Lab, staff: int, scholars: int) -> Found:
    lab.say(f"scheduling with {staff} staff and {scholars} scholars")
    engine = lab.sqlite.engine
    urls = furnish(engine, both_programs(staff, scholars))
    try:
        with opened(urls) as stores:
            return _measured(stores)
    finally:
        engine.drop(urls)


def _measured(stores: Stores) -> Found:
    desk = replace(support_desk(stores), clock=CaseClock())
    calls = _calls(desk)
    plain: Call = partial(offered_form, desk, _who(desk, WITHOUT, Role.SCHOLAR))
    everything: list[Call] = [*calls.values(), plain]
    for call in everything:
        call()
    timed: dict[str, Callable[[], float]] = {name: partial(_milliseconds, call) for name, call in calls.items()}
    took = in_turn(timed | {PLAIN: partial(_milliseconds, plain)}, rounds=ROUNDS)
    queries = {name: _asked(stores, desk, call) for name, call in calls.items()}
    whole, once_more = whole_bookings(desk, rounds=BOOKINGS)
    took[COMMIT] = [each.commit for each in whole[WITH]]
    queries[COMMIT] = _asked(stores, desk, once_more) - queries[OFFER]
    return Found(took=took, plain=took.pop(PLAIN), queries=queries, whole=whole)


def _calls(desk: SupportDesk) -> dict[str, Call]:
    """All that is measured, by name, in the program with rules."""
    scholar, coach = _who(desk, WITH, Role.SCHOLAR), _who(desk, WITH, Role.COACH)
    return {
        OFFER: partial(offered_form, desk, scholar),
        SOONEST: partial(_next_free, desk, scholar),
        WEEK: partial(week_glance, desk, coach),
        LOAD: partial(coaches_load, desk, coach),
    }


def _who(desk: SupportDesk, program: int, role: Role) -> Person:
    return desk.people.who(Resident(program, 0, role).account, TEAM)


def _next_free(desk: SupportDesk, scholar: Person) -> None:
    _, kind = desk.bookable(scholar, None)
    next_times(desk, kind=kind, staff=desk.takers(scholar, kind), scholar=scholar, count=NEXT)


def _asked(stores: Stores, desk: SupportDesk, call: Call) -> int:
    with queries_of(stores.program, desk.store) as asked:
        call()
    return len(asked)


def _usual(found: Mapping[Size, Found]) -> Iterator[Result]:
    for staff, scholars in USUAL:
        at, words = found[staff, scholars], f"{staff} staff, {scholars} scholars"
        yield Result(
            area=AREA,
            name=f"{OFFER} with every rule beside one with none, {words}, p50",
            engine="sqlite",
            value=percentile(at.took[OFFER], 50),
            unit="ms",
            floor=percentile(at.plain, 50),
            goal=ratio_at_most(MOST_OF_PLAIN),
            rounds=ROUNDS,
        )
        for name, limits in LIMITS_MS.items():
            yield Result(
                area=AREA,
                name=f"{name}, {words}, p95",
                engine="sqlite",
                value=percentile(at.took[name], 95),
                unit="ms",
                goal=at_most(limits[staff]) if staff in limits else None,
                rounds=ROUNDS,
            )


def _whole(found: Mapping[Size, Found]) -> Iterator[Result]:
    """From the offer to the commit at every size: caps, buffers, weights, shares, and a line of those who wait."""
    for (staff, scholars), at in found.items():
        took = {program: percentile((each.both for each in wholes), 50) for program, wholes in at.whole.items()}
        yield Result(
            area=AREA,
            name=f"offer and booking with every rule and a waitlist, {staff} staff, {scholars} scholars, p50",
            engine="sqlite",
            value=took[WITH],
            unit="ms",
            floor=took[WITHOUT],
            goal=ratio_at_most(MOST_OF_PLAIN),
            rounds=BOOKINGS,
        )


def _queries(found: Mapping[Size, Found]) -> Iterator[Result]:
    """The most at any size; it must be the least, too."""
    for name in (*LIMITS_MS, COMMIT):
        counts = [at.queries[name] for at in found.values()]
        yield Result(
            area=AREA,
            name=f"queries of {name}, the most at {len(found)} sizes; the goal is the least",
            engine="sqlite",
            value=max(counts),
            unit="queries",
            goal=exactly(min(counts)),
        )


def _growth(found: Mapping[Size, Found]) -> Iterator[Result]:
    """Along either side, at the largest of the other; by the quickest rounds, since what else runs only ever adds."""
    for name in (*LIMITS_MS, COMMIT):
        least = {size: min(at.took[name]) for size, at in found.items()}
        by_staff = exponent({staff: least[staff, SCHOLARS[-1]] for staff in STAFF})
        by_scholars = exponent({scholars: least[STAFF[-1], scholars] for scholars in SCHOLARS})
        rounds = BOOKINGS if name == COMMIT else ROUNDS
        yield _exponent(f"{name}, 6 to 200 staff with 10,000 scholars", by_staff, WITH_STAFF, rounds)
        yield _exponent(f"{name}, 60 to 10,000 scholars with 200 staff", by_scholars, WITH_SCHOLARS[name], rounds)


def _exponent(name: str, value: float, limit: float, rounds: int) -> Result:
    return Result(
        area=AREA,
        name=f"growth of {name}",
        engine="sqlite",
        value=value,
        unit="as exponent",
        goal=at_most(limit),
        rounds=rounds,
    )


def _milliseconds(call: Call) -> float:
    began = perf_counter()
    call()
    return (perf_counter() - began) * 1000
