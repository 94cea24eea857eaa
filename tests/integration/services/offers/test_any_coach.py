"""Any coach: load is spread by share, nobody runs far ahead, and whoever comes back meets whom they know."""

from collections import Counter
from dataclasses import replace

from services.booking.book import book_session
from services.booking.change import move_session
from services.hours.own import save_hours
from services.offers.offer import offer_times
from tests.builders import leaving
from tests.builders.bookings import a_move, a_wish, instant, starts_in
from tests.builders.people import put_person
from tests.builders.rules import set_rules
from tests.builders.scheduling import hours_in
from tests.fixtures.desks import LONDON, UNSHARED, WEEKDAYS, House

DAYS = [f"2027-01-{day}" for day in (12, 13, 14, 15, 18, 19, 20, 21, 22, 25, 26, 27)]


def set_shares(house: House, *, lead_limit: int = 0, **weights: int) -> None:
    set_rules(
        house.stores.program,
        lambda rules: replace(rules, fair=UNSHARED, lead_limit=lead_limit, weights=weights),
    )


def booked_with(house: House, days: list[str], *, staff: str | None = None) -> Counter[str]:
    """A newcomer books anybody each day at ten; who took how many."""
    taken = []
    for day in days:
        scholar = house.person(put_person(house.stores.program, f"newcomer-{day}"))
        taken.append(book_session(house.support, scholar, a_wish(f"{day}T10:00Z", staff=staff)).booked.staff_id)
    return Counter(taken)


def test_half_a_share_takes_half_as_many(house: House) -> None:
    set_shares(house, cleo=50)

    assert booked_with(house, DAYS) == {"cleo": 4, "dev": 8}


def test_equal_shares_take_equally_many(house: House) -> None:
    set_shares(house)

    assert booked_with(house, DAYS) == {"cleo": 6, "dev": 6}


def test_coach_who_is_ahead_is_left_out_of_what_anyone_offers(house: House) -> None:
    set_shares(house, lead_limit=2)
    booked_with(house, DAYS[:3], staff="cleo")
    save_hours(house.support, house.person("dev"), hours_in(LONDON, {4: "9:00-12:00"}))

    anyone = starts_in(offer_times(house.support, house.person("ada")))
    cleo = starts_in(offer_times(house.support, house.person("ada"), staff_id="cleo"))

    assert {start[:10] for start in anyone} == {"2027-01-15", "2027-01-22", "2027-01-29", "2027-02-05"}
    assert len(cleo) > len(anyone)


def test_coach_within_the_limit_is_offered(house: House) -> None:
    set_shares(house, lead_limit=3)
    booked_with(house, DAYS[:3], staff="cleo")
    save_hours(house.support, house.person("dev"), hours_in(LONDON, {4: "9:00-12:00"}))

    assert len({start[:10] for start in starts_in(offer_times(house.support, house.person("ada")))}) > 4


def test_coach_who_is_ahead_is_better_than_nobody(house: House) -> None:
    set_shares(house, lead_limit=1)
    booked_with(house, DAYS[:3], staff="cleo")
    save_hours(house.support, house.person("dev"), hours_in(LONDON))

    assert starts_in(offer_times(house.support, house.person("ada"))) != []
    assert booked_with(house, DAYS[3:4]) == {"cleo": 1}


def test_whoever_comes_back_meets_whom_they_know_though_another_has_less_to_do(house: House) -> None:
    set_shares(house)
    ada = house.person("ada")
    book_session(house.support, ada, a_wish(f"{DAYS[0]}T10:00Z", staff="cleo"))
    booked_with(house, DAYS[1:3], staff="cleo")

    again = book_session(house.support, ada, a_wish(f"{DAYS[3]}T10:00Z", staff=None)).booked

    assert again.staff_id == "cleo"


def test_form_begins_with_whom_they_know_and_a_choice_of_anyone_stays_one(house: House) -> None:
    ada = house.person("ada")
    first = offer_times(house.support, ada, is_first=True)
    book_session(house.support, ada, a_wish(f"{DAYS[0]}T10:00Z", staff="cleo"))

    begun, chosen = offer_times(house.support, ada, is_first=True), offer_times(house.support, ada)

    assert (first.staff_id, begun.staff_id, chosen.staff_id) == (None, "cleo", None)


def test_form_begins_with_anyone_when_whom_they_know_has_no_time(house: House) -> None:
    ada = house.person("ada")
    book_session(house.support, ada, a_wish(f"{DAYS[0]}T10:00Z", staff="cleo"))
    save_hours(house.support, house.person("cleo"), hours_in(LONDON))

    begun = offer_times(house.support, ada, is_first=True)

    assert (begun.staff_id, begun.why_empty) == (None, "")


def test_form_begins_with_anyone_when_they_may_not_meet_whom_they_know_any_more(house: House) -> None:
    ada = house.person("ada")
    book_session(house.support, ada, a_wish(f"{DAYS[0]}T10:00Z", staff="cleo"))
    leaving.recused(house.stores.program)

    assert offer_times(house.support, house.person("ada"), is_first=True).staff_id is None


def test_move_keeps_the_coach_whoever_has_less_to_do(house: House) -> None:
    set_shares(house)
    ada = house.person("ada")
    booked = book_session(house.support, ada, a_wish(f"{DAYS[0]}T10:00Z", staff="cleo"))
    booked_with(house, DAYS[1:4], staff="cleo")

    moved = move_session(house.support, ada, a_move(booked.ref, f"{DAYS[5]}T10:00Z"))

    assert (moved.booked.staff_id, moved.booked.starts) == ("cleo", instant(f"{DAYS[5]}T10:00Z"))


def test_anyone_never_is_the_scholars_own_mentor(house: House) -> None:
    set_shares(house)
    scholar = house.person(put_person(house.stores.program, "eve", mentor="cleo"))
    save_hours(house.support, house.person("dev"), hours_in(LONDON, WEEKDAYS))

    taken = [
        book_session(house.support, scholar, a_wish(f"{day}T10:00Z", staff=None)).booked.staff_id for day in DAYS[:3]
    ]

    assert taken == ["dev"] * 3
