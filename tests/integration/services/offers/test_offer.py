"""What is offered: complete, quick to ask for, the same whoever looks, and with a reason when it is empty."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy import update

from domain.days import DateSpan
from domain.hours import Absence
from domain.kinds import DEFAULT_KINDS
from domain.people import Role
from services.booking.book import book_session
from services.booking.change import cancel_session
from services.hours.own import own_hours, save_hours
from services.offers.explain import (
    ALL_OFF,
    ALL_TAKEN,
    CHOOSE_ANOTHER,
    LOOK_AGAIN,
    NO_HOURS,
    NO_ROOM,
    NOBODY,
)
from services.offers.facts import Offer
from services.offers.offer import offer_move, offer_times
from services.offers.own_times import OWN_NO_HOURS, explain_own
from storage.program.people_queries import member
from tests.builders.bookings import TOMORROW_TEN, a_cancellation, a_wish, instant, starts_in
from tests.builders.people import account_of, put_membership, put_person, put_recusal
from tests.builders.rules import set_rules, with_kind
from tests.builders.scheduling import LOS_ANGELES, hours_in
from tests.fixtures.desks import LONDON, WEEKDAYS, House
from tests.looking.queries import queries_of

COACHING, COMMUNITY, *_ = DEFAULT_KINDS
KOLKATA = "Asia/Kolkata"


def move_to(house: House, person_id: str, zone: str) -> None:
    """The person's device is in another zone now."""
    with house.stores.program.write() as connection:
        connection.execute(update(member).where(member.c.slack_user_id == account_of(person_id)).values(zone=zone))


def coaches(house: House, how_many: int) -> None:
    for number in range(how_many):
        coach = put_person(house.stores.program, f"coach-{number}", Role.COACH)
        save_hours(house.support, house.person(coach), hours_in(LONDON, WEEKDAYS, {"2027-01-20": "off"}))


@pytest.mark.parametrize("size", [0, 30])
def test_offer_asks_three_questions_however_many_there_are(house: House, size: int) -> None:
    coaches(house, size)
    ada = house.person("ada")
    book_session(house.support, ada, a_wish())

    with queries_of(house.stores.program) as of_program, queries_of(house.stores.confidential) as of_support:
        offer = offer_times(house.support, ada)

    assert (len(of_program), len(of_support), len(offer.staff)) == (1, 2, size + 2)


def test_offer_of_anyone_has_every_time_at_which_somebody_is_free(sqlite_house: House) -> None:
    support, ada, bo = sqlite_house.support, sqlite_house.person("ada"), sqlite_house.person("bo")
    everything = starts_in(offer_times(support, ada))
    book_session(support, bo, a_wish(TOMORROW_TEN, staff="cleo"))
    one_is_taken = starts_in(offer_times(support, ada))
    other = book_session(
        support, sqlite_house.person(put_person(sqlite_house.stores.program, "zoe")), a_wish(staff="dev")
    )

    both_are_taken = starts_in(offer_times(support, ada))

    hit = {"2027-01-12T09:30Z", "2027-01-12T10:00Z", "2027-01-12T10:30Z"}
    assert other.booked.staff_id == "dev"
    assert one_is_taken == everything
    assert set(everything) - set(both_are_taken) == hit


def test_offer_leaves_out_what_is_taken_of_the_scholar(sqlite_house: House) -> None:
    ada = sqlite_house.person("ada")
    free = starts_in(offer_times(sqlite_house.support, ada, staff_id="cleo"))
    book_session(sqlite_house.support, ada, a_wish("2027-01-12T10:00Z", kind="community", staff="eli"))

    left = starts_in(offer_times(sqlite_house.support, ada, staff_id="cleo"))

    assert set(free) - set(left) == {"2027-01-12T09:30Z", "2027-01-12T10:00Z", "2027-01-12T10:30Z"}


def test_offer_is_the_same_in_every_zone_and_only_its_days_differ(house: House) -> None:
    save_hours(house.support, house.person("cleo"), hours_in(LOS_ANGELES, {4: "22:00-24:00"}))
    at_home = offer_times(house.support, house.person("ada"), staff_id="cleo")
    move_to(house, "ada", KOLKATA)

    abroad = offer_times(house.support, house.person("ada"), staff_id="cleo")

    assert starts_in(abroad) == starts_in(at_home)
    assert (abroad.zone, next(iter(abroad.days)), next(iter(at_home.days))) == (KOLKATA, "2027-01-16", "2027-01-16")
    assert {each.staff_zone for day in abroad.days.values() for each in day} == {LOS_ANGELES}


def test_offer_groups_times_by_the_scholars_own_day(house: House) -> None:
    """Case 18: nine on Friday in Kolkata is Thursday evening in Los Angeles."""
    save_hours(house.support, house.person("cleo"), hours_in(KOLKATA, {4: "9:00-9:45"}))
    move_to(house, "ada", LOS_ANGELES)

    offer = offer_times(house.support, house.person("ada"), staff_id="cleo")

    assert list(offer.days) == ["2027-01-14", "2027-01-21", "2027-01-28", "2027-02-04"]
    assert starts_in(offer)[0] == "2027-01-15T03:30Z"


def test_offer_never_shows_a_scholars_mentor_or_who_is_recused(sqlite_house: House) -> None:
    put_membership(sqlite_house.stores.program, "ada", Role.SCHOLAR, mentor="cleo", first_day="2027-01-02")
    put_recusal(sqlite_house.stores.program, "dev", "bo")

    shown = {
        id_: [card.id for card in offer_times(sqlite_house.support, sqlite_house.person(id_)).staff]
        for id_ in ("ada", "bo")
    }

    assert shown == {"ada": ["dev"], "bo": ["cleo"]}


def test_offer_with_somebody_whom_one_may_not_meet_is_as_if_nobody_was_chosen(sqlite_house: House) -> None:
    put_recusal(sqlite_house.stores.program, "cleo", "ada")
    ada = sqlite_house.person("ada")

    chosen = offer_times(sqlite_house.support, ada, staff_id="cleo")

    assert chosen == offer_times(sqlite_house.support, ada)


def test_offer_of_a_kind_shows_who_takes_it(sqlite_house: House) -> None:
    offer = offer_times(sqlite_house.support, sqlite_house.person("ada"), kind="community")

    assert (offer.kinds, offer.kind, [card.id for card in offer.staff]) == ((COACHING, COMMUNITY), COMMUNITY, ["eli"])
    assert starts_in(offer)[0] == "2027-01-11T13:00Z"


def test_offer_when_nobody_takes_the_kind_says_so(sqlite_house: House) -> None:
    put_recusal(sqlite_house.stores.program, "eli", "ada")

    offer = offer_times(sqlite_house.support, sqlite_house.person("ada"), kind="community")

    assert (offer.staff, offer.days, offer.why_empty) == ((), {}, NOBODY)


def test_offer_before_any_hours_are_set_says_so(sqlite_house: House) -> None:
    save_hours(sqlite_house.support, sqlite_house.person("eli"), hours_in(LONDON))

    offer = offer_times(sqlite_house.support, sqlite_house.person("ada"), kind="community")

    assert (offer.days, offer.why_empty) == ({}, f"{NO_HOURS} {LOOK_AGAIN}")


@pytest.mark.parametrize(
    ("weekly", "dates", "reason"),
    [
        (dict.fromkeys(range(5), "9:00-9:30"), {}, NO_ROOM),
        ({}, {"2027-01-20": "9:00-9:30"}, NO_ROOM),
        ({0: "9:00-17:00"}, dict.fromkeys(("2027-01-18", "2027-01-25", "2027-02-01", "2027-02-08"), "off"), ALL_OFF),
        ({}, {"2027-01-20": "off"}, NO_HOURS),
    ],
)
def test_offer_from_hours_in_which_no_session_fits_says_so(
    sqlite_house: House, weekly: dict[int, str], dates: dict[str, str], reason: str
) -> None:
    sqlite_house.clock.advance(timedelta(hours=6))
    save_hours(sqlite_house.support, sqlite_house.person("cleo"), hours_in(LONDON, weekly, dates))

    offer = offer_times(sqlite_house.support, sqlite_house.person("ada"), staff_id="cleo")

    assert (offer.days, offer.why_empty) == ({}, f"{reason.format(minutes=45, days='28 days')} {CHOOSE_ANOTHER}")


def test_offer_when_every_time_is_taken_says_so(sqlite_house: House) -> None:
    eli = sqlite_house.person("eli")
    save_hours(sqlite_house.support, eli, hours_in(LONDON, {}, {"2027-01-12": "9:00-9:45"}))
    book_session(
        sqlite_house.support, sqlite_house.person("bo"), a_wish("2027-01-12T09:00Z", kind="community", staff="eli")
    )

    offer = offer_times(sqlite_house.support, sqlite_house.person("ada"), kind="community")

    assert (offer.days, offer.why_empty) == ({}, f"{ALL_TAKEN.format(days='28 days')} {LOOK_AGAIN}")


def test_offer_of_somebody_who_has_no_hours_advises_another_where_there_is_one(sqlite_house: House) -> None:
    save_hours(sqlite_house.support, sqlite_house.person("cleo"), hours_in(LONDON))

    offer = offer_times(sqlite_house.support, sqlite_house.person("ada"), staff_id="cleo")

    assert (offer.days, offer.why_empty) == ({}, f"{NO_HOURS} {CHOOSE_ANOTHER}")


@pytest.mark.parametrize("who", ["ada", "cleo"])
def test_offer_of_a_move_to_nowhere_does_not_advise_another_person(sqlite_house: House, who: str) -> None:
    booked = book_session(sqlite_house.support, sqlite_house.person("ada"), a_wish()).booked
    save_hours(sqlite_house.support, sqlite_house.person("cleo"), hours_in(LONDON, {}, {"2027-01-12": "10:00-10:45"}))

    offer = offer_move(sqlite_house.support, sqlite_house.person(who), booked)

    assert (offer.days, offer.why_empty) == ({}, f"{ALL_TAKEN.format(days='28 days')} {LOOK_AGAIN}")


def test_offer_of_a_move_has_the_sessions_own_surroundings_but_not_its_time(house: House) -> None:
    ada, cleo = house.person("ada"), house.person("cleo")
    before = starts_in(offer_times(house.support, ada, staff_id="cleo"))
    booked = book_session(house.support, ada, a_wish()).booked

    by_scholar, by_staff = (starts_in(offer_move(house.support, viewer, booked)) for viewer in (ada, cleo))

    assert by_scholar == by_staff == [start for start in before if start != TOMORROW_TEN]


def test_offer_of_a_move_shows_the_zone_of_the_other_side(sqlite_house: House) -> None:
    move_to(sqlite_house, "ada", KOLKATA)
    ada = sqlite_house.person("ada")
    save_hours(sqlite_house.support, sqlite_house.person("cleo"), hours_in(LOS_ANGELES, WEEKDAYS))
    booked = book_session(sqlite_house.support, ada, a_wish("2027-01-12T17:00Z")).booked

    offers = [offer_move(sqlite_house.support, viewer, booked) for viewer in (ada, sqlite_house.person("cleo"))]

    assert [(offer.zone, {each.staff_zone for day in offer.days.values() for each in day}) for offer in offers] == [
        (KOLKATA, {LOS_ANGELES}),
        (LONDON, {KOLKATA}),
    ]


def test_offer_between_two_knows_the_scholars_zone_whoever_looks(sqlite_house: House) -> None:
    move_to(sqlite_house, "ada", KOLKATA)
    ada, cleo = sqlite_house.person("ada"), sqlite_house.person("cleo")
    booked = book_session(sqlite_house.support, ada, a_wish()).booked

    offers = [offer_move(sqlite_house.support, viewer, booked) for viewer in (ada, cleo)]

    assert [(offer.zone, offer.scholar_zone) for offer in offers] == [(KOLKATA, KOLKATA), (LONDON, KOLKATA)]


def test_offer_of_anyone_has_a_second_clock_only_where_those_who_are_free_agree(sqlite_house: House) -> None:
    move_to(sqlite_house, "ada", LOS_ANGELES)
    save_hours(sqlite_house.support, sqlite_house.person("cleo"), hours_in("Europe/Lisbon", {1: "9:00-12:00"}))
    save_hours(sqlite_house.support, sqlite_house.person("dev"), hours_in(LONDON, {1: "11:00-12:00", 2: "9:00-10:00"}))
    ada = sqlite_house.person("ada")
    agreed = clocks_of(offer_times(sqlite_house.support, ada))
    save_hours(sqlite_house.support, sqlite_house.person("cleo"), hours_in("Europe/Berlin", {1: "10:00-13:00"}))

    disagreed = clocks_of(offer_times(sqlite_house.support, ada))

    lisbon, berlin, london = "Europe/Lisbon", "Europe/Berlin", LONDON
    assert agreed == {"Tue 09:00": lisbon, "Tue 11:00": lisbon, "Wed 09:00": london}
    assert disagreed == {"Tue 09:00": berlin, "Tue 11:00": LOS_ANGELES, "Wed 09:00": london}


def clocks_of(offer: Offer) -> dict[str, str]:
    """The second clock of some times of the first days."""
    each = [one for day in offer.days.values() for one in day if one.starts < instant("2027-01-14T00:00Z")]
    shown = {f"{one.starts:%a %H:%M}": one.staff_zone for one in each}
    return {label: shown[label] for label in ("Tue 09:00", "Tue 11:00", "Wed 09:00")}


def test_offer_after_a_cancellation_is_what_it_was_before(house: House) -> None:
    ada, bo = house.person("ada"), house.person("bo")
    before = offer_times(house.support, bo, staff_id="cleo")
    booked = book_session(house.support, ada, a_wish()).booked
    during = offer_times(house.support, bo, staff_id="cleo")

    cancel_session(house.support, ada, a_cancellation(booked.scholar_ref))

    assert (offer_times(house.support, bo, staff_id="cleo"), during == before) == (before, False)


def test_offer_forgets_times_that_came_inside_the_notice(sqlite_house: House) -> None:
    ada = sqlite_house.person("ada")
    at_noon = starts_in(offer_times(sqlite_house.support, ada))
    sqlite_house.clock.advance(timedelta(seconds=1))

    assert (at_noon[0], starts_in(offer_times(sqlite_house.support, ada))[0]) == (
        "2027-01-11T16:00Z",
        "2027-01-12T09:00Z",
    )


def test_offer_leaves_out_what_somebody_of_both_roles_has_in_the_other(house: House) -> None:
    put_membership(house.stores.program, "dev", Role.SCHOLAR)
    ada, bo, dev = (house.person(each) for each in ("ada", "bo", "dev"))
    at_twelve = TOMORROW_TEN.replace("T10", "T12")
    book_session(house.support, dev, a_wish(TOMORROW_TEN, staff="cleo"))
    book_session(house.support, bo, a_wish(at_twelve, staff="dev"))

    with_dev = starts_in(offer_times(house.support, ada, staff_id="dev"))
    for_dev = starts_in(offer_times(house.support, dev, staff_id="cleo"))

    assert TOMORROW_TEN not in with_dev
    assert at_twelve not in for_dev
    assert {at_twelve} <= set(starts_in(offer_times(house.support, ada, staff_id="cleo")))


def test_offer_that_is_empty_for_several_reasons_says_how_much_each_takes(sqlite_house: House) -> None:
    eli, bo = sqlite_house.person("eli"), sqlite_house.person("bo")
    dates = {"2027-01-11": "12:30-13:15", "2027-01-12": "9:00-9:45, 11-11:30", "2027-01-13": "off"}
    save_hours(sqlite_house.support, eli, hours_in(LONDON, {2: "9-9:45"}, dates))
    save_hours(
        sqlite_house.support,
        eli,
        replace(
            own_hours(sqlite_house.support, eli),
            absences=(Absence(days=DateSpan(first=date(2027, 1, 14), last=date(2027, 2, 28))),),
        ),
    )
    book_session(sqlite_house.support, bo, a_wish("2027-01-12T09:00Z", kind="community", staff="eli"))

    offer = offer_times(sqlite_house.support, sqlite_house.person("ada"), kind="community")

    assert offer.why_empty == (
        "None of the 7 times in the next 28 days can be booked: 4 are on days or in hours without sessions, "
        f"1 begins less than 1 hour from now, 1 is taken and 1 is in hours too short for 45 minutes. {LOOK_AGAIN}"
    )


def test_horizon_of_one_day_is_said_in_hours_to_scholar_and_staff(sqlite_house: House) -> None:
    eli = sqlite_house.person("eli")
    set_rules(sqlite_house.stores.program, lambda rules: with_kind(rules, "community", horizon_days=1))
    save_hours(sqlite_house.support, eli, hours_in(LONDON, {}, {"2027-01-14": "9-9:45"}))

    offer = offer_times(sqlite_house.support, sqlite_house.person("ada"), kind="community")
    own = explain_own(sqlite_house.support, eli, replace(COMMUNITY, horizon_days=1))

    assert offer.why_empty == f"The next times are more than 24 hours ahead, and open day by day. {LOOK_AGAIN}"
    assert (own.sentence, own.shares) == (
        "Nothing is offered in the next 24 hours. To change that, look at what takes most of the time:",
        ("1 opens later: it is more than 24 hours ahead",),
    )


def test_own_times_are_explained_to_whose_they_are_kind_by_kind(sqlite_house: House) -> None:
    eli, bo = sqlite_house.person("eli"), sqlite_house.person("bo")
    save_hours(
        sqlite_house.support, eli, hours_in(LONDON, {1: "9-9:45, 12-13:15"}, {"2027-01-19": "off", "2027-01-26": "8-9"})
    )
    book_session(sqlite_house.support, bo, a_wish("2027-01-12T09:00Z", kind="community", staff="eli"))

    own = explain_own(sqlite_house.support, eli, COMMUNITY)

    assert (own.free, own.sentence) == (6, "Scholars are offered 6 of your times in the next 28 days.")
    assert own.shares == (
        "6 are free",
        "6 open later: they are more than 28 days ahead",
        "3 are on your days off",
        "3 are on dates for which you have set other hours",
        "1 is taken by sessions with their buffers, or by office hours",
    )


def test_own_times_without_hours_say_that_there_are_none(sqlite_house: House) -> None:
    save_hours(sqlite_house.support, sqlite_house.person("eli"), hours_in(LONDON))

    own = explain_own(sqlite_house.support, sqlite_house.person("eli"), COMMUNITY)

    assert (own.free, own.sentence, own.shares) == (0, OWN_NO_HOURS, ())
