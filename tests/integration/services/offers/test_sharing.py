"""What is first for others is said to the scholar whom it holds back, and to nobody else."""

from dataclasses import replace
from datetime import timedelta

import pytest

from domain.kinds import COACHING, DEFAULT_KINDS
from services.booking.book import book_session
from services.hours.own import save_hours
from services.offers.offer import offer_move, offer_times
from services.offers.own_times import explain_own
from tests.builders.bookings import a_wish
from tests.builders.rules import set_rules, with_kind
from tests.builders.scheduling import hours_in
from tests.fixtures.desks import LONDON, House, share_out

FIRST = "Times more than 21 days ahead are first for those who have had no session yet. They open to you day by day."
WEEK = (
    "In a week with 2 sessions of yours, further times can be booked from 2 days before they begin, if they are still "
    "free then."
)
TUESDAY, THURSDAY = "2027-01-12T10:00Z", "2027-01-14T10:00Z"
COACHING_KIND = DEFAULT_KINDS[0]


def book(house: House, *starts: str, scholar: str = "ada") -> None:
    for start in starts:
        book_session(house.support, house.person(scholar), a_wish(start))


def notes(house: House, scholar: str = "ada", **wanted: str) -> tuple[str, ...]:
    return offer_times(house.support, house.person(scholar), **wanted).sharing  # type: ignore[arg-type]  # names alone


def test_form_says_what_is_first_for_others_once_something_is(house: House) -> None:
    share_out(house)
    before = notes(house)
    book(house, TUESDAY)
    after_one = notes(house)
    book(house, THURSDAY)

    assert (before, after_one, notes(house)) == ((), (FIRST,), (FIRST, WEEK))
    assert notes(house, "bo") == ()


def test_form_says_nothing_where_nothing_is_withheld_in_fact(sqlite_house: House) -> None:
    share_out(sqlite_house)
    book(sqlite_house, TUESDAY, THURSDAY)
    for coach in ("cleo", "dev"):
        save_hours(sqlite_house.support, sqlite_house.person(coach), hours_in(LONDON, {}, {"2027-01-19": "9-12"}))

    assert notes(sqlite_house) == ()


def test_form_says_nothing_of_a_kind_or_a_rule_that_does_not_hold(sqlite_house: House) -> None:
    share_out(sqlite_house, first_days=0)
    book(sqlite_house, TUESDAY, THURSDAY)

    assert (notes(sqlite_house), notes(sqlite_house, kind="community")) == ((WEEK,), ())


def test_form_says_nothing_of_a_week_whose_times_are_open_by_now(sqlite_house: House) -> None:
    share_out(sqlite_house, first_days=0)
    book(sqlite_house, TUESDAY, THURSDAY)
    sqlite_house.clock.advance(timedelta(days=4))  # Friday noon: what is left of the week begins within two days

    assert notes(sqlite_house) == ()


def test_whoever_takes_the_session_reads_nothing_of_the_scholars_share(house: House) -> None:
    share_out(house)
    book(house, TUESDAY, THURSDAY)
    ada, cleo = house.person("ada"), house.person("cleo")
    booked = book_session(house.support, ada, a_wish("2027-01-20T10:00Z")).booked

    assert offer_move(house.support, cleo, booked).sharing == ()
    assert offer_move(house.support, ada, booked).sharing == (FIRST, WEEK)


def test_own_times_say_what_the_rules_keep_and_never_for_whom(house: House) -> None:
    share_out(house)
    cleo = house.person("cleo")
    before = explain_own(house.support, cleo, COACHING_KIND)
    book(house, TUESDAY, THURSDAY)

    after = explain_own(house.support, cleo, COACHING_KIND)

    rules = (
        "Of these, times more than 21 days ahead are for those who have had no session yet. Whoever has 2 sessions in "
        "a week is offered more of them only 2 days ahead."
    )
    assert [each.sentence.partition("28 days. ")[2] for each in (before, after)] == [rules, rules]


@pytest.mark.parametrize(
    ("dates", "sentence"),
    [
        (
            {"2027-02-03": "9-12"},
            (
                "What is left is more than 21 days ahead, and first for those who have had no session yet. It opens to "
                "you day by day."
            ),
        ),
        (
            {"2027-01-15": "9-12"},
            (
                "What is left is in a week with 2 sessions of yours. It can be booked from 2 days before it begins, if "
                "it is still free then."
            ),
        ),
        (
            {"2027-01-15": "9-9:45", "2027-02-03": "9-10:15"},
            (
                "None of the 3 times in the next 28 days can be booked: 2 are more than 21 days ahead and first for "
                "those who have had no session yet and 1 is in weeks with 2 sessions of yours and opens 2 days before."
            ),
        ),
    ],
)
def test_nothing_offered_says_for_whom_it_is_first_and_when_it_opens(
    sqlite_house: House, dates: dict[str, str], sentence: str
) -> None:
    share_out(sqlite_house)
    book(sqlite_house, TUESDAY, THURSDAY)
    save_hours(sqlite_house.support, sqlite_house.person("cleo"), hours_in(LONDON, {}, dates))

    offer = offer_times(sqlite_house.support, sqlite_house.person("ada"), staff_id="cleo")

    assert (offer.days, offer.why_empty) == ({}, f"{sentence} Please choose somebody else, or look again tomorrow.")


def test_times_that_others_have_taken_are_not_called_first_for_others(sqlite_house: House) -> None:
    share_out(sqlite_house)
    save_hours(sqlite_house.support, sqlite_house.person("dev"), hours_in(LONDON, {}, {"2027-02-03": "9-9:45"}))
    book_session(sqlite_house.support, sqlite_house.person("bo"), a_wish("2027-02-03T09:00Z", staff="dev"))
    book(sqlite_house, TUESDAY)

    offer = offer_times(sqlite_house.support, sqlite_house.person("ada"), staff_id="dev")

    assert offer.why_empty.startswith("Every time in the next 28 days is taken;")


def test_own_times_of_a_kind_that_is_switched_off_say_so(sqlite_house: House) -> None:
    set_rules(sqlite_house.stores.program, lambda rules: with_kind(rules, COACHING, is_offered=False))
    off = replace(COACHING_KIND, is_offered=False)

    own = explain_own(sqlite_house.support, sqlite_house.person("cleo"), off)

    assert (own.sentence, own.shares, own.free) == (
        "Nothing is offered: this kind cannot be booked in your program now.",
        (),
        0,
    )
