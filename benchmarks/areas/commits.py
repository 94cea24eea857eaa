"""Whole bookings where days and weeks can be full, which takes a lock and counts, beside those where they cannot."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
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
from domain.people import Person, Role
from services.booking.book import book_session
from services.booking.commands import BookSession
from services.desk import SupportDesk
from services.offers.facts import Offer
from services.offers.offer import offer_times

STAFF, SCHOLARS = 12, 200
ROUNDS = 25
MOST_OF_PLAIN = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Whole:
    """Milliseconds that one booking took: to see what is on offer, and to commit."""

    offer: float
    commit: float

    @property
    def both(self) -> float:
        """Together."""
        return self.offer + self.commit


def caps_beside_none(lab: Lab) -> Iterator[Result]:
    """Both engines; one booking after the other, each a whole transaction, each by another scholar."""
    for each in lab.engines:
        lab.say(f"bookings with caps and without on {each.engine.name}")
        yield _measured(each)


def whole_bookings(desk: SupportDesk, *, rounds: int) -> tuple[Mapping[int, Sequence[Whole]], Callable[[], Whole]]:
    """So many bookings in the program with rules and in the one without, by program; and one more, on demand."""
    numbers = count(1)
    things = {str(program): partial(book, desk, program, numbers) for program in (WITH, WITHOUT)}
    in_turn(things, rounds=1)
    took = in_turn(things, rounds=rounds)
    return {program: took[str(program)] for program in (WITH, WITHOUT)}, things[str(WITH)]


def book(desk: SupportDesk, program: int, numbers: Iterator[int]) -> Whole:
    """A scholar looks what is on offer with anyone, and books a time in the middle of it."""
    number = next(numbers)
    scholar = desk.people.who(Resident(program, number, Role.SCHOLAR).account, TEAM)
    began = perf_counter()
    offer = offer_times(desk, scholar)
    offered = perf_counter()
    wish = a_wish(scholar, _middle(offer))
    ready = perf_counter()
    book_session(desk, scholar, wish)
    return Whole(offer=(offered - began) * 1000, commit=(perf_counter() - ready) * 1000)


def a_wish(scholar: Person, starts: datetime, staff_id: str | None = None) -> BookSession:
    """The one wish of a scholar, with anyone unless somebody is named."""
    return BookSession(
        request_key=f"booking of {scholar.id}",
        kind=COACHING,
        staff_id=staff_id,
        starts=starts,
        focus_areas=(),
        words="I would like to talk about how my project goes.",
    )


def starts_of(offer: Offer) -> list[datetime]:
    """All times on offer, the soonest first."""
    return [each.starts for day in offer.days.values() for each in day]


def _measured(furnished: Furnished) -> Result:
    engine = furnished.engine
    urls = furnish(engine, both_programs(STAFF, SCHOLARS))
    with opened(urls) as stores:
        found, _ = whole_bookings(replace(support_desk(stores), clock=CaseClock()), rounds=ROUNDS)
    engine.drop(urls)
    took = {str(program): [each.commit for each in wholes] for program, wholes in found.items()}
    check_unlike(took)
    return Result(
        area="scheduling",
        name="a booking with caps and all rules beside one with none, committed, p50",
        engine=engine.name,
        value=percentile(took[str(WITH)], 50),
        unit="ms",
        floor=percentile(took[str(WITHOUT)], 50),
        goal=ratio_at_most(MOST_OF_PLAIN),
        rounds=ROUNDS,
    )


def _middle(offer: Offer) -> datetime:
    starts = starts_of(offer)
    return starts[len(starts) // 2]
