"""What is free instead of a time that has gone: from the wanted time on, and earlier only where nothing follows."""

from collections.abc import Callable

import pytest
from sqlalchemy import update

from domain.booking import SlotTaken
from services.booking.book import book_session
from services.booking.change import move_session
from services.hours.own import save_hours
from services.offers.gone import EARLIER, NEXT, TimeGone
from storage.program.people_queries import member
from tests.builders.bookings import a_move, a_wish
from tests.builders.people import account_of
from tests.builders.scheduling import LOS_ANGELES, hours_in
from tests.fixtures.desks import LONDON, House

DATES = {"2027-01-13": "9:00-10:00", "2027-01-18": "9:00-11:00", "2027-01-20": "9:00-10:00"}
"""Cleo's whole offer; it is the 11th."""


def refused_booking(house: House, start: str) -> str:
    with pytest.raises(TimeGone) as refused:
        book_session(house.support, house.person("ada"), a_wish(start))
    return refused.value.message


def refused_move(house: House, start: str) -> str:
    booked = book_session(house.support, house.person("ada"), a_wish("2027-01-18T10:00Z")).booked
    return refused_move_by(house, "ada", booked.scholar_ref, start)


def refused_move_by(house: House, who: str, ref: str, start: str) -> str:
    with pytest.raises(TimeGone) as refused:
        move_session(house.support, house.person(who), a_move(ref, start))
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


@pytest.mark.parametrize(
    ("start", "instead"),
    [
        ("2027-01-13T16:00Z", f"{NEXT}: Wed 20 Jan, 07:00, 07:30, 08:00 PST."),
        ("2027-01-13T14:30Z", f"{NEXT}: Wed 13 Jan, 07:30, 08:00 PST; Wed 20 Jan, 01:00 PST."),
        ("2027-01-20T16:00Z", f"{NEXT}: Thu 21 Jan, 01:00, 01:30, 02:00 PST."),
    ],
)
def test_whoever_wanted_to_meet_by_day_is_offered_times_by_day_where_there_are_any(
    sqlite_house: House, start: str, instead: str
) -> None:
    dates = {"2027-01-13": "14:30-17:00", "2027-01-20": "9:00-17:00", "2027-01-21": "9:00-12:00"}
    save_hours(sqlite_house.support, sqlite_house.person("cleo"), hours_in(LONDON, dates=dates))
    with sqlite_house.stores.program.write() as connection:
        connection.execute(update(member).where(member.c.slack_user_id == account_of("ada")).values(zone=LOS_ANGELES))
    book_session(sqlite_house.support, sqlite_house.person("bo"), a_wish(start))

    assert refused_booking(sqlite_house, start) == f"{SlotTaken()} {instead}"


def test_a_coach_never_hears_that_it_is_the_scholar_who_has_another_session_then(house: House) -> None:
    ada = house.person("ada")
    booked = book_session(house.support, ada, a_wish("2027-01-12T10:00Z")).booked
    book_session(house.support, ada, a_wish("2027-01-13T10:00Z", staff="dev"))

    refused = {
        who: refused_move_by(house, who, booked.ref_of(who), "2027-01-13T10:00Z").partition(f" {NEXT}")[0]
        for who in ("ada", "cleo")
    }

    busy = "You have another session then. Please choose another time, or move that one first."
    assert refused == {"ada": busy, "cleo": str(SlotTaken())}


def test_a_coach_is_told_what_follows_by_day_or_not(sqlite_house: House) -> None:
    house = sqlite_house
    dates = {"2027-01-13": "10:00-11:00, 22:00-24:00", "2027-01-14": "9:00-11:00"}
    save_hours(house.support, house.person("cleo"), hours_in(LONDON, dates=dates))
    booked = book_session(house.support, house.person("ada"), a_wish("2027-01-14T10:00Z")).booked
    book_session(house.support, house.person("bo"), a_wish("2027-01-13T10:00Z"))

    told = refused_move_by(house, "cleo", booked.staff_ref, "2027-01-13T10:00Z")

    assert told == f"{SlotTaken()} {NEXT}: Wed 13 Jan, 22:00, 22:30, 23:00 GMT."
