"""Rivals in processes of their own: one time is one person's, one seat too, whoever asks at the same moment."""

from collections import Counter
from itertools import chain

import pytest

from domain.people import Role
from services.booking.book import book_session
from services.hours.own import save_hours
from tests.acting.children import all_said, children, go
from tests.acting.waiting_line import put_scholars
from tests.builders.bookings import TOMORROW_TEN, a_wish
from tests.builders.groups import a_group_wish, seated, set_up
from tests.builders.people import put_person
from tests.builders.scheduling import hours_in
from tests.fixtures.desks import LONDON, WEEKDAYS, House
from tests.looking.invariants import broken_invariants

RIVAL = "tests.children.rival"
HALF_PAST = "2027-01-12T10:30Z"
OPEN = [f"2027-01-{day}T{hour}:00Z" for day in (12, 13, 14, 15) for hour in (10, 14)]
COACH_CELLS, SCHOLAR_CELLS = 12, 9
"""Five-minute cells of a coaching session: 45 minutes, for the coach with the quarter of an hour after it."""


def race(house: House, *parts: tuple[str, ...]) -> list[list[str]]:
    """What each of these processes says, of parts that all begin together."""
    with children(house, RIVAL, *parts) as racing:
        for child in racing:
            go(child)
        return [all_said(child) for child in racing]


def sorts_of(heard: list[list[str]]) -> Counter[str]:
    """How many deeds came to what."""
    return Counter(map(outcome, chain.from_iterable(heard)))


def outcome(line: str) -> str:
    """The deed by its name, or the error with which it was refused."""
    deed, _who, *error = line.split()
    return error[0] if error else deed


@pytest.mark.parametrize("starts", [(TOMORROW_TEN, TOMORROW_TEN), (TOMORROW_TEN, HALF_PAST)], ids=["one", "two"])
def test_rivals_for_one_time_or_for_two_that_overlap_get_one_session(house: House, starts: tuple[str, str]) -> None:
    people = put_scholars(house, 24)
    parts = [("book", "cleo", starts[each % 2], *people[6 * each : 6 * each + 6]) for each in range(4)]

    heard = race(house, *parts)

    assert sorts_of(heard) == {"booked": 1, "TimeGone": 23}
    ((who, staff, _, status),) = house.bookings()
    assert (staff, status, house.cells()) == ("cleo", "booked", {"cleo": COACH_CELLS, who: SCHOLAR_CELLS})
    told = [(kind, person) for kind, person, *_ in house.messages() if kind == "session.booked"]
    assert sorted(told) == sorted([("session.booked", "cleo"), ("session.booked", who)])
    assert broken_invariants(house.stores.confidential) == []


def test_rivals_for_anyone_get_as_many_sessions_as_there_are_coaches(house: House) -> None:
    for number in range(2):
        coach = put_person(house.stores.program, f"coach-{number}", Role.COACH)
        save_hours(house.support, house.person(coach), hours_in(LONDON, WEEKDAYS))
    people = put_scholars(house, 16)

    heard = race(house, *(("book", "anyone", TOMORROW_TEN, *people[each::4]) for each in range(4)))

    assert sorts_of(heard) == {"booked": 4, "TimeGone": 12}
    assert sorted(staff for _, staff, *_ in house.bookings()) == ["cleo", "coach-0", "coach-1", "dev"]
    assert broken_invariants(house.stores.confidential) == []


def test_moves_against_cancellations_have_one_winner_each_and_the_right_cells(house: House) -> None:
    people = put_scholars(house, len(OPEN))
    sessions = [
        book_session(house.support, house.person(who), a_wish(start)).booked
        for who, start in zip(people, OPEN, strict=True)
    ]
    moves = [
        (each.scholar_id, start.replace(":00Z", ":30Z"), each.scholar_ref)
        for each, start in zip(sessions, OPEN, strict=True)
    ]
    cancellations = [("cleo", each.staff_ref) for each in sessions]

    moved, canceled = race(
        house, ("move", *chain.from_iterable(moves)), ("cancel", *chain.from_iterable(cancellations))
    )

    pairs = Counter((outcome(one), outcome(other)) for one, other in zip(moved, canceled, strict=True))
    assert pairs.keys() <= {("moved", "AlreadyChanged"), ("AlreadyCanceled", "canceled")}
    assert pairs.total() == len(OPEN)
    standing = house.statuses()["booked"]
    assert standing == pairs["moved", "AlreadyChanged"]
    assert house.cells().total() == standing * (COACH_CELLS + SCHOLAR_CELLS)
    assert broken_invariants(house.stores.confidential) == []


def test_seats_taken_and_given_back_at_once_are_one_scholars_each_and_nobody_is_lost(house: House) -> None:
    set_up(house, wish=a_group_wish(seats=4))
    seated(house, "ada", "bo")
    people = put_scholars(house, 18)

    heard = race(house, *(("sit", *people[each::3]) for each in range(3)), ("stand", "ada", "bo"))

    ((_, _, _, seats, line),) = house.groups()
    refused = {text.split()[1] for text in chain.from_iterable(heard) if text.startswith("refused")}
    assert (sorted(seats), heard[-1]) == ([1, 2, 3, 4], ["stood ada", "stood bo"])
    assert sorted([*seats.values(), *line, *refused]) == people
    assert broken_invariants(house.stores.confidential) == []
