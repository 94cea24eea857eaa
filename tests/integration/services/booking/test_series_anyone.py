"""A series with anyone who is free: one person takes all of it, and it is somebody who can each time."""

from dataclasses import replace

import pytest

from domain.series import Repeat
from services.booking.book import book_session
from services.booking.commands import BookSession
from services.offers.gone import TimeGone
from tests.builders.bookings import a_wish, instant
from tests.builders.rules import closed_days, set_rules
from tests.fixtures.desks import House

TUESDAY = "2027-01-12T10:00Z"


def with_anyone(start: str = TUESDAY, times: int = 3) -> BookSession:
    return replace(a_wish(start, staff=None), repeat=Repeat(times=times))


def takers(house: House, who: str = "ada") -> list[str]:
    return [staff for scholar, staff, *_ in house.bookings() if scholar == who]


def test_all_of_a_series_is_with_one_person_who_is_ahead_of_the_others_by_it(house: House) -> None:
    set_rules(house.stores.program, lambda rules: replace(rules, lead_limit=1))

    book_session(house.support, house.person("ada"), with_anyone())

    assert len(set(takers(house))) == 1
    assert len(takers(house)) == 3


def test_last_session_after_clocks_go_back_is_looked_at_to_its_end_before_somebody_is_chosen(house: House) -> None:
    house.clock.advance(instant("2027-10-18T12:00Z") - house.clock.now())
    # Ten in the morning in London: 9:00 in UTC before 31 October, 10:00 after it. Dev has more to do than Cleo.
    book_session(house.support, house.person("bo"), a_wish("2027-11-02T10:00Z", staff="cleo"))
    for day in (20, 21):
        book_session(house.support, house.person("bo"), a_wish(f"2027-10-{day}T13:00Z", staff="dev"))

    book_session(house.support, house.person("ada"), with_anyone("2027-10-19T09:00Z"))

    assert takers(house) == ["dev"] * 3


def test_first_session_past_the_horizon_is_refused_as_such_whatever_the_others_are(house: House) -> None:
    closed = (closed_days("2027-02-16"),)
    set_rules(house.stores.program, lambda rules: replace(rules, closed=closed))

    with pytest.raises(TimeGone) as refused:
        book_session(house.support, house.person("ada"), with_anyone("2027-02-09T10:00Z"))

    assert (refused.value.field, house.bookings()) == ("start", [])
