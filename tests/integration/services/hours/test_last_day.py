"""Nothing is offered or booked for after the last day of either of the two, whichever way one asks for it."""

from datetime import timedelta

import pytest
from sqlalchemy import update

from domain.kinds import COACHING, COMMUNITY
from domain.people import Role
from domain.slots import NotOffered
from services.booking.book import book_session
from services.booking.change import move_session
from services.hours.own import save_hours
from services.offers.explain import (
    ALL_TAKEN,
    ALL_TAKEN_UNTIL_END,
    CHOOSE_ANOTHER_OR_WRITE,
    CHOOSE_ANOTHER_SOON,
    LOOK_AGAIN,
    NONE_LEFT,
    WRITE,
)
from services.offers.gone import TimeGone
from services.offers.offer import offer_move, offer_times
from services.proposals.answer import accept_time
from services.proposals.propose import TimeNotFree, offer_to, propose_times
from storage.program.people_queries import membership
from tests.builders.bookings import TOMORROW_TEN, a_move, a_proposal, a_wish, instant, starts_in
from tests.builders.people import put_membership
from tests.builders.scheduling import hours_in
from tests.fixtures.desks import LONDON, House

LAST_DAY = "2027-01-13"
LAST_TIMES = ["2027-01-13T15:30Z", "2027-01-13T16:00Z"]
AFTER = "2027-01-14T10:00Z"
TOO_LATE = "The two of you can no longer meet by then. Please choose an earlier time."

either = pytest.mark.parametrize("who", ["ada", "cleo"])


def ends(house: House, who: str, last_day: str = LAST_DAY) -> None:
    """Their membership ends with this day."""
    with house.stores.program.write() as connection:
        connection.execute(update(membership).where(membership.c.person_id == who).values(ends_on=last_day))


@either
def test_offer_ends_with_the_last_day_of_either(house: House, who: str) -> None:
    ends(house, who)

    offer = offer_times(house.support, house.person("ada"), staff_id="cleo")

    assert starts_in(offer)[-2:] == LAST_TIMES


def test_offer_of_anyone_goes_on_with_those_who_stay(sqlite_house: House) -> None:
    ends(sqlite_house, "cleo")

    assert starts_in(offer_times(sqlite_house.support, sqlite_house.person("ada")))[-1] == "2027-02-08T12:00Z"


@pytest.mark.parametrize("role", [Role.COACH, Role.MENTOR])
def test_offer_goes_on_in_a_membership_that_follows_in_the_same_role(sqlite_house: House, role: Role) -> None:
    ends(sqlite_house, "cleo")
    put_membership(sqlite_house.stores.program, "cleo", role, first_day="2027-01-14", last_day="2027-01-15")

    offer = offer_times(sqlite_house.support, sqlite_house.person("ada"), staff_id="cleo")

    assert list(offer.days)[-1] == ("2027-01-15" if role is Role.COACH else LAST_DAY)


def test_offer_of_somebody_of_two_roles_ends_with_the_one_that_takes_the_session(sqlite_house: House) -> None:
    house = sqlite_house
    ends(house, "cleo")
    put_membership(house.stores.program, "cleo", Role.COMMUNITY_MANAGER)

    coaching, community = (
        starts_in(offer_times(house.support, house.person("ada"), kind=kind, staff_id="cleo"))[-1]
        for kind in (COACHING, COMMUNITY)
    )

    assert (coaching, community) == (LAST_TIMES[-1], "2027-02-08T12:00Z")


def test_offer_when_everything_until_the_last_day_is_taken_says_so(sqlite_house: House) -> None:
    ends(sqlite_house, "cleo", "2027-01-11")
    book_session(sqlite_house.support, sqlite_house.person("bo"), a_wish("2027-01-11T16:00Z"))

    offer = offer_times(sqlite_house.support, sqlite_house.person("ada"), staff_id="cleo")

    assert (offer.why_empty, offer.days) == (f"{ALL_TAKEN_UNTIL_END} {CHOOSE_ANOTHER_SOON}", {})


def test_offer_when_one_stays_whose_every_time_is_taken_does_not_speak_of_a_last_day(sqlite_house: House) -> None:
    house = sqlite_house
    ends(house, "cleo")
    for id_, day in (("cleo", "2027-01-12"), ("dev", "2027-01-13")):
        save_hours(house.support, house.person(id_), hours_in(LONDON, {}, {day: "10:00-10:45"}))
        book_session(house.support, house.person("bo"), a_wish(f"{day}T10:00Z", staff=id_))

    offer = offer_times(house.support, house.person("ada"))

    assert (offer.why_empty, offer.days) == (f"{ALL_TAKEN.format(days='28 days')} {LOOK_AGAIN}", {})


@either
@pytest.mark.parametrize(("chosen", "advice"), [("cleo", CHOOSE_ANOTHER_OR_WRITE), (None, WRITE)])
def test_offer_when_no_time_is_left_says_so_though_nothing_was_ever_booked(
    sqlite_house: House, who: str, chosen: str | None, advice: str
) -> None:
    house = sqlite_house
    for id_ in (who, "dev"):
        ends(house, id_, "2027-01-11")
    house.clock.advance(timedelta(hours=1))

    offer = offer_times(house.support, house.person("ada"), staff_id=chosen)

    assert (offer.why_empty, offer.days) == (f"{NONE_LEFT} {advice}", {})


@either
def test_book_after_the_last_day_of_either_is_refused_and_says_what_is_free(house: House, who: str) -> None:
    ends(house, who)

    with pytest.raises(TimeGone) as refused:
        book_session(house.support, house.person("ada"), a_wish(AFTER))

    assert refused.value.message.startswith(TOO_LATE)
    assert (house.bookings(), house.keys()) == ([], [])


@either
@pytest.mark.parametrize("by", ["ada", "cleo"])
def test_move_after_the_last_day_of_either_is_neither_offered_nor_done(sqlite_house: House, who: str, by: str) -> None:
    support = sqlite_house.support
    booked = book_session(support, sqlite_house.person("ada"), a_wish()).booked
    ends(sqlite_house, who)
    person = sqlite_house.person(by)

    offer = offer_move(support, person, booked)
    with pytest.raises(TimeGone) as refused:
        move_session(support, person, a_move(booked.ref_of(by), AFTER))

    assert starts_in(offer)[-2:] == LAST_TIMES
    assert refused.value.message.startswith(TOO_LATE)
    assert sqlite_house.bookings() == [("ada", "cleo", TOMORROW_TEN, "booked")]


@either
def test_propose_after_the_last_day_of_either_is_neither_listed_nor_sent(sqlite_house: House, who: str) -> None:
    ends(sqlite_house, who)
    cleo, ada = sqlite_house.person("cleo"), sqlite_house.person("ada")

    listed = starts_in(offer_to(sqlite_house.support, cleo, ada))
    with pytest.raises(TimeNotFree) as refused:
        propose_times(sqlite_house.support, cleo, ada, a_proposal(own=[AFTER]))

    assert listed[-2:] == LAST_TIMES
    assert refused.value.message == f"Thu 14 Jan 2027, 10:00: {TOO_LATE}"


@either
def test_accept_after_a_last_day_that_came_nearer_is_refused(sqlite_house: House, who: str) -> None:
    support = sqlite_house.support
    proposal_id = propose_times(support, sqlite_house.person("cleo"), sqlite_house.person("ada"), a_proposal(AFTER)).id
    ends(sqlite_house, who)

    with pytest.raises(NotOffered) as refused:
        accept_time(support, sqlite_house.person("ada"), proposal_id, instant(AFTER), request_key="a")

    assert (refused.value.message, sqlite_house.bookings()) == (TOO_LATE, [])
