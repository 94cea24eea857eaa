"""A booking where days and weeks can be full, which takes a lock and counts, beside one where they cannot."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from functools import partial
from itertools import count
from time import perf_counter

from benchmarks.databases import opened, support_desk
from benchmarks.floors.slots_house import CaseClock
from benchmarks.house import Resident
from benchmarks.lab import Furnished, Lab
from benchmarks.names import TEAM
from benchmarks.program.stored import WITH, WITHOUT, both_programs, furnish
from benchmarks.results import Result, check_unlike, percentile, ratio_at_most
from benchmarks.rounds import in_turn
from domain.kinds import COACHING
from domain.people import Role
from services.booking.book import book_session
from services.booking.commands import BookSession
from services.desk import SupportDesk
from services.offers.facts import Offer
from services.offers.offer import offer_times

STAFF, SCHOLARS = 12, 200
ROUNDS = 25
MOST_OF_PLAIN = 2


def caps_beside_none(lab: Lab) -> Iterator[Result]:
    """Both engines; one booking after the other, each a whole transaction, each by another scholar."""
    for each in lab.engines:
        lab.say(f"bookings with caps and without on {each.engine.name}")
        yield _measured(each)


def _measured(furnished: Furnished) -> Result:
    engine = furnished.engine
    urls = furnish(engine, both_programs(STAFF, SCHOLARS))
    with opened(urls) as stores:
        desk = replace(support_desk(stores), clock=CaseClock())
        numbers = count(1)
        things = {str(program): partial(_book, desk, program, numbers) for program in (WITH, WITHOUT)}
        in_turn(things, rounds=1)
        took = in_turn(things, rounds=ROUNDS)
    engine.drop(urls)
    check_unlike(took)
    return Result(
        area="scheduling",
        name="a booking with caps and all rules beside one with none, committed, p50",
        engine=engine.name,
        value=percentile(took[str(WITH)], 50),
        unit="ms",
        floor=percentile(took[str(WITHOUT)], 50),
        goal=ratio_at_most(MOST_OF_PLAIN),
    )


def _book(desk: SupportDesk, program: int, numbers: Iterator[int]) -> float:
    """Milliseconds of a booking with anyone, at a time that was on offer a moment ago."""
    number = next(numbers)
    scholar = desk.people.who(Resident(program, number, Role.SCHOLAR).account, TEAM)
    command = BookSession(
        request_key=f"booking {number}",
        kind=COACHING,
        staff_id=None,
        starts=_middle(offer_times(desk, scholar)),
        focus_areas=(),
        words="I would like to talk about how my project goes.",
    )
    began = perf_counter()
    book_session(desk, scholar, command)
    return (perf_counter() - began) * 1000


def _middle(offer: Offer) -> datetime:
    """A time in the middle of what is offered."""
    starts = [each.starts for day in offer.days.values() for each in day]
    return starts[len(starts) // 2]
