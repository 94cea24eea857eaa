"""What can be booked: the computation against NumPy, and the whole answer with its queries (P9)."""

from collections.abc import Callable, Iterator
from functools import partial
from time import perf_counter

from benchmarks.databases import Urls, opened, support_desk
from benchmarks.floors.slots_case import SlotsCase, slots_case
from benchmarks.floors.slots_house import furnish, whole_desk
from benchmarks.floors.slots_numpy import free_starts_numpy
from benchmarks.forms import offered_form
from benchmarks.lab import Lab
from benchmarks.queries import queries_of
from benchmarks.results import Goal, Result, at_most, check_unlike, percentile, ratio_at_most
from benchmarks.rounds import in_turn
from domain.people import Person
from domain.slots import free_starts
from services.desk import SupportDesk
from services.offers.soonest import next_times

AREA = "offering times"
ROUNDS = 21
MOST_QUERIES = 3
NEXT = 5


def measure(lab: Lab) -> list[Result]:
    """A usual program, and two hundred coaches for twelve weeks."""
    lab.say("offering times")
    small, large = slots_case(staff=6, weeks=8, busy=200), slots_case(staff=200, weeks=12, busy=10_000)
    return [
        _computed("6 coaches x 8 weeks", small, ratio_at_most(2)),
        _computed("200 coaches x 12 weeks", large, ratio_at_most(14)),
        *_offered(lab, "6 coaches x 8 weeks", small, 25),
        *_offered(lab, "200 coaches x 12 weeks", large, 500, next_goal=at_most(50)),
    ]


def _computed(name: str, case: SlotsCase, goal: Goal) -> Result:
    things = {"numpy": partial(_milliseconds, partial(free_starts_numpy, case)), "product": partial(_own, case)}
    in_turn(things, rounds=1)
    found = in_turn(things, rounds=ROUNDS)
    check_unlike(found)
    return Result(
        area=AREA,
        name=f"{name}, computed, p50 (P9)",
        value=percentile(found["product"], 50),
        unit="ms",
        floor=percentile(found["numpy"], 50),
        goal=goal,
        rounds=ROUNDS,
    )


def _own(case: SlotsCase) -> float:
    def run() -> None:
        for one in case.staff:
            free_starts(one, case.kind, first=case.first, last=case.last)

    return _milliseconds(run)


def _offered(
    lab: Lab, name: str, case: SlotsCase, limit_ms: float, *, next_goal: Goal | None = None
) -> Iterator[Result]:
    engine = lab.sqlite.engine
    urls: Urls = furnish(engine, case)
    with opened(urls) as stores:
        desk, scholar = whole_desk(support_desk(stores), case)
        run = partial(offered_form, desk, scholar)
        run()  # once the rules are known
        with queries_of(stores.program, desk.store) as asked:
            run()
        yield _timed(engine.name, f"{name}, with its queries, p95 (P9)", run, at_most(limit_ms))
        yield Result(
            area=AREA,
            name=f"{name}, queries (P9)",
            engine=engine.name,
            value=len(asked),
            unit="queries",
            goal=at_most(MOST_QUERIES),
        )
        if next_goal is not None:
            soon = partial(_next_free, desk, scholar)
            yield _timed(engine.name, f"{name}, next {NEXT} free with anyone, p95 (P9)", soon, next_goal)
    engine.drop(urls)


def _next_free(desk: SupportDesk, scholar: Person) -> None:
    _, kind = desk.bookable(scholar, None)
    staff = desk.people.supporters_for(scholar.id, kind.taken_by)
    next_times(desk, kind=kind, staff=staff, scholar=scholar, count=NEXT)


def _timed(engine: str, name: str, run: Callable[[], object], goal: Goal) -> Result:
    run()
    took = [_milliseconds(run) for _ in range(ROUNDS)]
    return Result(area=AREA, name=name, engine=engine, value=percentile(took, 95), unit="ms", goal=goal, rounds=ROUNDS)


def _milliseconds(run: Callable[[], object]) -> float:
    began = perf_counter()
    run()
    return (perf_counter() - began) * 1000
