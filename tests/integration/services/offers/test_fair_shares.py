"""Fair shares: whoever has had many waits for what is left, and the furthest days are first for those who had none."""

from datetime import timedelta

import pytest

from services.booking.book import book_session
from services.booking.change import move_session
from services.offers.gone import TimeGone
from services.offers.offer import offer_move, offer_times
from services.proposals.answer import accept_time
from services.proposals.propose import propose_times
from tests.builders.bookings import a_move, a_proposal, a_wish, instant, starts_in
from tests.fixtures.desks import House, share_out

TUESDAY, WEDNESDAY, THURSDAY, FRIDAY = (f"2027-01-{day}T10:00Z" for day in (12, 13, 14, 15))
NEXT_TUESDAY, LAST_WEEK = "2027-01-19T10:00Z", "2027-02-03T10:00Z"


def booked(house: House, scholar: str, *starts: str) -> list[str]:
    """The references by which the scholar knows these sessions."""
    person = house.person(scholar)
    return [book_session(house.support, person, a_wish(start)).ref for start in starts]


def test_third_session_of_a_week_waits_until_it_is_left(house: House) -> None:
    share_out(house)
    booked(house, "ada", TUESDAY, THURSDAY)

    with pytest.raises(TimeGone) as refused:
        booked(house, "ada", FRIDAY)
    house.clock.advance(timedelta(days=2))  # Wednesday noon: less than 48 hours ahead

    assert refused.value.message.startswith("You have as many sessions that week as can be booked well ahead;")
    assert "Next free: Mon 18 Jan" in refused.value.message
    assert booked(house, "ada", FRIDAY) != []


def test_other_weeks_are_open_meanwhile(house: House) -> None:
    share_out(house)
    booked(house, "ada", TUESDAY, THURSDAY)

    offered = starts_in(offer_times(house.support, house.person("ada"), staff_id="cleo"))

    assert (FRIDAY in offered, NEXT_TUESDAY in offered) == (False, True)
    assert FRIDAY in starts_in(offer_times(house.support, house.person("bo"), staff_id="cleo"))


def test_last_days_of_the_horizon_open_to_others_a_week_later(house: House) -> None:
    share_out(house)
    booked(house, "ada", TUESDAY)

    newcomer, ada = house.person("bo"), house.person("ada")
    assert LAST_WEEK in starts_in(offer_times(house.support, newcomer, staff_id="cleo"))
    assert LAST_WEEK not in starts_in(offer_times(house.support, ada, staff_id="cleo"))
    with pytest.raises(TimeGone) as refused:
        booked(house, "ada", LAST_WEEK)
    house.clock.advance(timedelta(days=7))
    assert booked(house, "ada", LAST_WEEK) != []
    assert refused.value.message.startswith("Times that far ahead are first for those who have had no session yet.")


def test_session_with_the_community_manager_is_neither_counted_nor_held_back(house: House) -> None:
    share_out(house, sessions_a_week=1)
    ada = house.person("ada")
    for start in (TUESDAY, WEDNESDAY, THURSDAY):
        book_session(house.support, ada, a_wish(start, kind="community", staff="eli"))

    offered = starts_in(offer_times(house.support, ada, staff_id="cleo"))

    assert {FRIDAY, LAST_WEEK} <= set(offered)


def test_scholar_moves_within_the_week_but_not_into_one_that_is_used_up(house: House) -> None:
    share_out(house, sessions_a_week=1)
    this_week, next_week = booked(house, "ada", TUESDAY, NEXT_TUESDAY)
    ada = house.person("ada")

    moved = move_session(house.support, ada, a_move(this_week, FRIDAY))
    with pytest.raises(TimeGone):
        move_session(house.support, ada, a_move(next_week, THURSDAY))

    assert moved.booked.starts == instant(FRIDAY)


def test_coach_may_move_a_session_into_a_week_that_is_used_up(house: House) -> None:
    share_out(house, sessions_a_week=1)
    booked(house, "ada", TUESDAY)
    details = book_session(house.support, house.person("ada"), a_wish(NEXT_TUESDAY))
    cleo = house.person("cleo")
    shown = offer_move(house.support, cleo, details.booked)

    moved = move_session(house.support, cleo, a_move(details.booked.staff_ref, FRIDAY))

    assert FRIDAY in starts_in(shown)
    assert moved.booked.starts == instant(FRIDAY)


def test_coach_may_offer_what_the_scholar_could_not_book(house: House) -> None:
    share_out(house, sessions_a_week=1)
    booked(house, "ada", TUESDAY)
    refs = propose_times(house.support, house.person("cleo"), house.person("ada"), a_proposal(FRIDAY))

    details = accept_time(house.support, house.person("ada"), refs.id, instant(FRIDAY), request_key="press-1")

    assert details.booked.is_open
