"""Bookings at the same time on PostgreSQL: what the one lock costs that counts full days, when many want it."""

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from functools import partial
from statistics import median
from time import perf_counter

from sqlalchemy import delete

from benchmarks.areas.commits import a_wish, starts_of
from benchmarks.databases import opened, support_desk
from benchmarks.floors.slots_house import CaseClock
from benchmarks.house import Resident
from benchmarks.lab import Lab
from benchmarks.names import TEAM
from benchmarks.program.stored import WITH, WITHOUT, booking, both_programs, furnish
from benchmarks.results import Result, check_unlike, percentile, ratio_at_least, ratio_at_most
from benchmarks.rounds import ROUNDS, in_turn
from domain.booking import Booked
from domain.people import Person, Role
from services.booking.book import book_session
from services.booking.commands import BookSession
from services.desk import SupportDesk
from services.offers.offer import offer_times

STAFF, SCHOLARS = 12, 200
AT_ONCE = 8
EACH_WINDOW = 64
RATE_LEFT = 0.4
"""Of the bookings a second without caps so many must be left, though they wait for one another."""
MOST_OF_TAIL = 3.0
Press = Callable[[], Booked]


def locked_together(lab: Lab) -> Iterator[Result]:
    """As many a second as can be, with caps and so one lock for all, and without."""
    engine = lab.postgresql.engine
    lab.say(f"{AT_ONCE} bookings at once with caps and without on {engine.name}")
    urls = furnish(engine, both_programs(STAFF, SCHOLARS))
    with opened(urls) as stores, ThreadPoolExecutor(AT_ONCE) as threads:
        desk = replace(support_desk(stores), clock=CaseClock())
        _clear(desk)
        windows = {program: _windows(desk, program) for program in (WITH, WITHOUT)}
        things = {str(program): partial(_window, threads, windows[program]) for program in (WITH, WITHOUT)}
        found = in_turn(things)
    engine.drop(urls)
    rates = {name: [EACH_WINDOW / seconds for seconds, _ in runs] for name, runs in found.items()}
    tails = {name: [percentile(took, 95) for _, took in runs] for name, runs in found.items()}
    check_unlike(rates)
    yield Result(
        area="scheduling",
        name=f"bookings a second with caps and one lock beside none, {AT_ONCE} at once",
        engine=engine.name,
        value=median(rates[str(WITH)]),
        unit="1/s",
        floor=median(rates[str(WITHOUT)]),
        goal=ratio_at_least(RATE_LEFT),
        windows=rates[str(WITH)],
        floor_windows=rates[str(WITHOUT)],
    )
    yield Result(
        area="scheduling",
        name=f"a booking with caps and one lock beside none, {AT_ONCE} at once, p95",
        engine=engine.name,
        value=median(tails[str(WITH)]),
        unit="ms",
        floor=median(tails[str(WITHOUT)]),
        goal=ratio_at_most(MOST_OF_TAIL),
        rounds=ROUNDS,
    )


def _clear(desk: SupportDesk) -> None:
    """No session yet: nobody's day, week or share is full before the end, whoever comes first."""
    with desk.store.write() as connection:
        connection.execute(delete(booking))


def _windows(desk: SupportDesk, program: int) -> Iterator[Sequence[Press]]:
    """What is pressed in each round, made before the clock runs: each by another scholar, for another time."""
    people = [
        desk.people.who(Resident(program, number, Role.SCHOLAR).account, TEAM) for number in range(ROUNDS * EACH_WINDOW)
    ]
    wishes = [wish for at in range(0, len(people), STAFF) for wish in _of_coaches(desk, program, people, at)]
    presses = [partial(_press, desk, *each) for each in zip(people, wishes, strict=True)]
    return iter([presses[at : at + EACH_WINDOW] for at in range(0, len(presses), EACH_WINDOW)])


def _of_coaches(desk: SupportDesk, program: int, people: Sequence[Person], at: int) -> Iterator[BookSession]:
    """One wish with each coach, for a time that lies later the later its place in all."""
    for number, scholar in enumerate(people[at : at + STAFF]):
        coach = Resident(program, number, Role.COACH)
        starts = starts_of(offer_times(desk, scholar, staff_id=coach.id))
        yield a_wish(scholar, starts[len(starts) * at // len(people)], coach.id)


def _press(desk: SupportDesk, scholar: Person, wish: BookSession) -> Booked:
    return book_session(desk, scholar, wish).booked


def _window(threads: ThreadPoolExecutor, windows: Iterator[Sequence[Press]]) -> tuple[float, list[float]]:
    """Seconds that the round took, and the milliseconds of each booking. Whoever is refused ends the run."""
    presses = next(windows)
    began = perf_counter()
    took = list(threads.map(_timed, presses))
    return perf_counter() - began, took


def _timed(press: Press) -> float:
    began = perf_counter()
    press()
    return (perf_counter() - began) * 1000
