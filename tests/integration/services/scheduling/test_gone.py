"""What is free instead of a time that has gone: from the wanted time on, and earlier only where nothing follows."""

from collections.abc import Callable

import pytest

from domain.booking import SlotTaken
from services.scheduling.book import book_session
from services.scheduling.change import move_session
from services.scheduling.gone import EARLIER, NEXT, TimeGone
from services.scheduling.hours import save_hours
from tests.builders.bookings import a_move, a_wish
from tests.builders.scheduling import hours_in
from tests.fixtures.desks import LONDON, House

DATES = {"2027-01-13": "9:00-10:00", "2027-01-18": "9:00-11:00", "2027-01-20": "9:00-10:00"}
"""Cleo's whole offer; it is the 11th."""


def refused_booking(house: House, start: str) -> str:
    with pytest.raises(TimeGone) as refused:
        book_session(house.support, house.person("ada"), a_wish(start))
    return refused.value.message


def refused_move(house: House, start: str) -> str:
    booked = book_session(house.support, house.person("ada"), a_wish("2027-01-18T10:00Z")).booked
    with pytest.raises(TimeGone) as refused:
        move_session(house.support, house.person("ada"), a_move(booked.scholar_ref, start))
    return refused.value.message


@pytest.mark.parametrize(
    ("start", "refuse", "instead"),
    [
        ("2027-01-13T09:00Z", refused_booking, f"{NEXT}: Mon 18 Jan, 09:00, 09:30, 10:00 GMT."),
        ("2027-01-18T09:30Z", refused_booking, f"{NEXT}: Wed 20 Jan, 09:00 GMT."),
        ("2027-01-20T09:00Z", refused_booking, f"{EARLIER}: Wed 13 Jan, 09:00 GMT; Mon 18 Jan, 09:00, 09:30 GMT."),
        # 10:00 is free then, being the session's own time, and no news.
        ("2027-01-18T09:00Z", refused_move, f"{NEXT}: Wed 20 Jan, 09:00 GMT."),
        ("2027-01-20T09:00Z", refused_move, f"{EARLIER}: Wed 13 Jan, 09:00 GMT; Mon 18 Jan, 09:00, 09:30 GMT."),
    ],
)
def test_a_time_that_is_taken_is_told_with_those_that_follow_it(
    house: House, start: str, refuse: Callable[[House, str], str], instead: str
) -> None:
    save_hours(house.support, house.person("cleo"), hours_in(LONDON, dates=DATES))
    book_session(house.support, house.person("bo"), a_wish(start))

    assert refuse(house, start) == f"{SlotTaken()} {instead}"
