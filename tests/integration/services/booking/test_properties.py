"""What must hold whatever is booked, moved and canceled in whatever order, against the real service."""

from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from functools import partial
from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.booking import Booked
from domain.cells import cells
from domain.days import DateSpan
from domain.errors import DomainError
from domain.hours import Absence, Travel
from services.booking.book import book_session
from services.booking.change import cancel_session, move_session
from services.hours.own import save_hours
from services.offers.offer import offer_times
from services.sessions.facts import SessionDetails
from tests.builders.bookings import a_cancellation, a_move, a_wish, starts_in
from tests.builders.scheduling import LOS_ANGELES, at, hours_in
from tests.fixtures.desks import LONDON, House, label

QUICK = settings(max_examples=12, deadline=None, database=None, derandomize=True)
THOROUGH = settings(max_examples=200, deadline=None, database=None, print_blob=True)
how_thoroughly = pytest.mark.parametrize(
    "thoroughly", [QUICK, pytest.param(THOROUGH, marks=pytest.mark.soak)], ids=["quick", "soak"]
)
"""A few examples, always the same ones, or many, each time others."""
SCHOLARS, COACHES = ("ada", "bo"), ("cleo", "dev")
SHORT_WEEKS = {
    "cleo": replace(
        hours_in(LONDON, {1: "9:00-12:00", 3: "13:00-17:00"}, {"2027-01-19": "10:00-11:00"}),
        travels=(Travel(days=DateSpan(first=date(2027, 1, 20), last=date(2027, 1, 26)), zone=LOS_ANGELES),),
        absences=(Absence(days=DateSpan(first=date(2027, 1, 28), last=date(2027, 1, 28)), colleague="eli"),),
    ),
    "dev": hours_in(LOS_ANGELES, {0: "22:00-24:00", 1: "0:00-2:00", 2: "7:00-8:30"}),
}
ROOM_BEFORE, ROOM_AFTER = 60 * 60, 60 * 60
"""A coach's session takes an hour with its buffer, and so does the one that would follow or come before it."""


def short_weeks(house: House) -> None:
    for coach, hours in SHORT_WEEKS.items():
        save_hours(house.support, house.person(coach), hours)


def free_with(house: House, scholar: str, coach: str) -> list[str]:
    return starts_in(offer_times(house.support, house.person(scholar), staff_id=coach))


@how_thoroughly
def test_book_of_any_offered_start_removes_exactly_what_it_hits_and_canceling_restores_it(
    house: House, thoroughly: settings
) -> None:
    short_weeks(house)
    support, ada = house.support, house.person("ada")

    @thoroughly
    @given(st.sampled_from(COACHES), st.data())
    def check(coach: str, data: st.DataObject) -> None:
        other = next(each for each in COACHES if each != coach)
        before = {each: free_with(house, "bo", each) for each in COACHES}
        start = data.draw(st.sampled_from(free_with(house, "ada", coach)))

        booked = book_session(support, ada, a_wish(start, staff=coach)).booked
        during = {each: free_with(house, "bo", each) for each in COACHES}
        cancel_session(support, ada, a_cancellation(booked.scholar_ref))

        hit = [each for each in before[coach] if at(start) - ROOM_BEFORE < at(each) < at(start) + ROOM_AFTER]
        assert during == {coach: [each for each in before[coach] if each not in hit], other: before[other]}
        assert {each: free_with(house, "bo", each) for each in COACHES} == before

    check()


class World:
    """The service, and beside it a plain account of what stands."""

    def __init__(self, house: House) -> None:
        self.house = house
        self.open: dict[str, Booked] = {}

    def book(self, scholar: str, number: int) -> None:
        wish = a_wish(half_hour(number), staff=COACHES[number % len(COACHES)])
        self._note(partial(book_session, self.house.support, self.house.person(scholar), wish))

    def move(self, scholar: str, number: int) -> None:
        for booked in self._one_of(scholar, number):
            wish = a_move(booked.scholar_ref, half_hour(number), version=booked.version)
            self._note(partial(move_session, self.house.support, self.house.person(scholar), wish))

    def cancel(self, scholar: str, number: int) -> None:
        for booked in self._one_of(scholar, number):
            wish = a_cancellation(booked.scholar_ref, version=booked.version)
            cancel_session(self.house.support, self.house.person(scholar), wish)
            del self.open[booked.id]

    def cells(self) -> Counter[str]:
        """What the sessions that stand should occupy."""
        taken: Counter[str] = Counter()
        for booked in self.open.values():
            taken[booked.staff_id] += len(cells(booked.busy_from, booked.busy_to))
            taken[booked.scholar_id] += len(cells(booked.starts_at, booked.ends_at))
        return taken

    def overlaps(self) -> list[tuple[str, str]]:
        """Sessions of one coach with less than their buffers between them, and of one scholar at one time."""
        return [
            (one.id, other.id)
            for one, other in combinations(self.open.values(), 2)
            if (one.staff_id == other.staff_id and one.busy_from < other.busy_to and other.busy_from < one.busy_to)
            or (one.scholar_id == other.scholar_id and one.starts_at < other.ends_at and other.starts_at < one.ends_at)
        ]

    def clear(self) -> None:
        for scholar in SCHOLARS:
            while self._one_of(scholar, 0):
                self.cancel(scholar, 0)

    def _one_of(self, scholar: str, number: int) -> list[Booked]:
        own = [booked for booked in self.open.values() if booked.scholar_id == scholar]
        return [own[number % len(own)]] if own else []

    def _note(self, deed: Callable[[], SessionDetails]) -> None:
        """A refusal must change nothing, which is what the next look at the cells shows."""
        try:
            booked = deed().booked
        except DomainError:
            return
        self.open[booked.id] = booked


def half_hour(number: int) -> str:
    """One of a few starts close to each other, all within the hours, so that sessions often meet."""
    return label(at("2027-01-12T10:00Z") + number * 30 * 60)


deeds = st.lists(
    st.tuples(
        st.sampled_from((World.book, World.book, World.move, World.move, World.cancel)),
        st.sampled_from(SCHOLARS),
        st.integers(0, 7),
    ),
    min_size=10,
    max_size=20,
)


@how_thoroughly
def test_sessions_never_overlap_and_cells_are_theirs_whatever_is_done_in_whatever_order(
    house: House, thoroughly: settings
) -> None:
    @thoroughly
    @given(deeds)
    def check(told: list[tuple[Callable[[World, str, int], None], str, int]]) -> None:
        world = World(house)
        for deed, scholar, number in told:
            deed(world, scholar, number)
            assert (house.cells(), world.overlaps()) == (world.cells(), [])
        world.clear()
        assert house.cells() == {}

    check()
