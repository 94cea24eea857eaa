"""A cancellation while many wait for what it frees, beside one for which nobody waits; on both engines."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from itertools import count
from time import perf_counter

from sqlalchemy import delete, func, insert, select

from benchmarks.areas.commits import a_wish, starts_of
from benchmarks.databases import opened, support_desk
from benchmarks.floors.slots_house import CaseClock
from benchmarks.growth import exponent
from benchmarks.house import ZONE, Resident, Size
from benchmarks.lab import Furnished, Lab
from benchmarks.names import TEAM
from benchmarks.program.stored import furnish, waiting
from benchmarks.program.waiting import waiting_rows
from benchmarks.queries import queries_of
from benchmarks.results import Result, at_most, exactly, percentile, ratio_at_most
from benchmarks.rounds import in_turn
from bot.stores import Stores
from domain.daytime import off_hours
from domain.people import Person, Role
from domain.times import zone
from services.booking.book import book_session
from services.booking.change import cancel_session
from services.booking.commands import CancelSession
from services.desk import SupportDesk
from services.offers.offer import offer_times
from services.sessions.facts import SessionDetails

LINES = (0, 20, 200, 2000)
"""How many wait; each line is in a program of its own, so that one database holds them all."""
SIZE = Size(programs=len(LINES), coaches=6, scholars=2500)
COACH = 3
"""The one they wait for, who lives where they do, so that whoever is first in line can take what comes free."""
FIRST_WAITING, FIRST_BOOKING = 400, 2450
"""Scholars with these numbers have no session yet, so that nobody is passed over."""
ROUNDS = 7
MOST_OF_NONE = 6
"""To keep a time for somebody is to book it: rules, row, cells and messages."""
MOST_GROWTH = 0.15


class NobodyWasOffered(Exception):
    """A time came free and was kept for nobody, so that something else was measured."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """By the number who wait: milliseconds of each round, and queries of one more."""

    took: Mapping[int, Sequence[float]]
    queries: Mapping[int, int]


def freed_beside_waiting(lab: Lab) -> Iterator[Result]:
    """Each cancellation is by another scholar, and what is kept goes to the next in line."""
    for each in lab.engines:
        lab.say(f"cancellations while up to {LINES[-1]} wait on {each.engine.name}")
        yield from _results(each.engine.name, _found(each))


def _found(furnished: Furnished) -> Found:
    engine = furnished.engine
    urls = furnish(engine, SIZE, ruled=range(SIZE.programs))
    with opened(urls) as stores:
        desk = replace(support_desk(stores), clock=CaseClock())
        _line_up(desk)
        things = _things(desk)
        timed = {str(number): partial(_milliseconds, make) for number, make in things.items()}
        in_turn(timed, rounds=1)
        took = in_turn(timed, rounds=ROUNDS)
        queries = {number: _asked(stores, desk, make) for number, make in things.items()}
        _check_offered(desk)
    engine.drop(urls)
    return Found(took={number: took[str(number)] for number in LINES}, queries=queries)


def _line_up(desk: SupportDesk) -> None:
    with desk.store.write() as connection:
        connection.execute(delete(waiting))
        for program, number in enumerate(LINES):
            coach = Resident(program, COACH, Role.COACH)
            rows = list(waiting_rows(program, range(FIRST_WAITING, FIRST_WAITING + number), staff_id=coach.id))
            if rows:
                connection.execute(insert(waiting), rows)


def _things(desk: SupportDesk) -> dict[int, Callable[[], Callable[[], object]]]:
    """By the number who wait: books, and gives the cancellation that is to be measured."""
    return {number: partial(_booked, desk, program, count(FIRST_BOOKING)) for program, number in enumerate(LINES)}


def _booked(desk: SupportDesk, program: int, numbers: Iterator[int]) -> Callable[[], object]:
    number = next(numbers)
    scholar = desk.people.who(Resident(program, number, Role.SCHOLAR).account, TEAM)
    coach = Resident(program, COACH, Role.COACH)
    starts = starts_of(offer_times(desk, scholar, staff_id=coach.id))
    by_day = [each for each in starts if off_hours(each, zone(ZONE)) is None]
    details = book_session(desk, scholar, a_wish(scholar, by_day[len(by_day) // 2], coach.id))
    return partial(_cancel, desk, scholar, details)


def _cancel(desk: SupportDesk, scholar: Person, details: SessionDetails) -> None:
    command = CancelSession(request_key=f"cancel {details.ref}", ref=details.ref, version=1, reason="")
    cancel_session(desk, scholar, command)


def _milliseconds(make: Callable[[], Callable[[], object]]) -> float:
    cancel = make()
    began = perf_counter()
    cancel()
    return (perf_counter() - began) * 1000


def _asked(stores: Stores, desk: SupportDesk, make: Callable[[], Callable[[], object]]) -> int:
    cancel = make()
    with queries_of(stores.program, desk.store) as asked:
        cancel()
    return len(asked)


def _check_offered(desk: SupportDesk) -> None:
    kept = select(waiting.c.program_id, func.count(waiting.c.booking_id)).group_by(waiting.c.program_id)
    with desk.store.read() as connection:
        found = dict(tuple(row) for row in connection.execute(kept))
    expected = {f"program-{program}": ROUNDS + 2 for program, number in enumerate(LINES) if number}
    if found != expected:
        raise NobodyWasOffered(f"kept for {found}, where {expected} cancellations were")


def _results(engine: str, found: Found) -> Iterator[Result]:
    middles = {number: percentile(took, 50) for number, took in found.took.items()}
    for number in LINES[1:]:
        yield Result(
            area="scheduling",
            name=f"a cancellation while {number} wait for the time beside one with none, p50",
            engine=engine,
            value=middles[number],
            unit="ms",
            floor=middles[0],
            goal=ratio_at_most(MOST_OF_NONE),
            rounds=ROUNDS,
        )
    yield Result(
        area="scheduling",
        name="queries of a cancellation while 20 to 2000 wait, the most; the goal is the least",
        engine=engine,
        value=max(found.queries[number] for number in LINES[1:]),
        unit="queries",
        goal=exactly(min(found.queries[number] for number in LINES[1:])),
    )
    yield Result(
        area="scheduling",
        name="growth of a cancellation, 20 to 2000 waiting",
        engine=engine,
        value=exponent({number: min(found.took[number]) for number in LINES[1:]}),
        unit="as exponent",
        goal=at_most(MOST_GROWTH),
        rounds=ROUNDS,
    )
