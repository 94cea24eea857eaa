"""The scholar takes one of the times or none: an answer counts once, and books like any booking."""

from datetime import timedelta

import pytest

from domain.booking import TooManyOpen
from domain.delivery import Delivery, Suppressed
from domain.errors import NotFound
from domain.kinds import DEFAULT_KINDS
from domain.slots import NotOffered
from services.booking.book import book_session
from services.hours.own import save_hours
from services.proposals.answer import (
    AnsweredAlready,
    NotOfferedAnyMore,
    decline_times,
    declined_news,
    proposed_times,
    times_news,
)
from services.proposals.propose import (
    declined_times,
)
from services.session_news.deliveries import SessionMessage
from tests.acting.proposals import TOMORROW_TWO, accepted, proposed, refused
from tests.builders import leaving
from tests.builders.bookings import TOMORROW_TEN, a_wish, instant
from tests.builders.scheduling import hours_in
from tests.fixtures.desks import LONDON, WEEKDAYS, House, ledger_rows

COACHING, COMMUNITY, *_ = DEFAULT_KINDS


def test_accept_with_one_press_books_and_tells_both(house: House) -> None:
    proposal_id = proposed(house)

    details = accepted(house, proposal_id)

    assert (details.booked.kind, details.other_name, details.words) == ("coaching", "Cleo", "")
    assert house.bookings() == [("ada", "cleo", TOMORROW_TEN, "booked")]
    assert [row[:2] for row in house.messages() if row[0] == "session.booked"] == [
        ("session.booked", "ada"),
        ("session.booked", "cleo"),
    ]


def test_accept_a_second_time_says_it_was_answered(sqlite_house: House) -> None:
    proposal_id = proposed(sqlite_house)
    accepted(sqlite_house, proposal_id)

    for start in (TOMORROW_TEN, TOMORROW_TWO):
        assert refused(AnsweredAlready, sqlite_house, proposal_id, start) == str(AnsweredAlready())

    assert sqlite_house.bookings() == [("ada", "cleo", TOMORROW_TEN, "booked")]


def test_accept_of_a_time_that_another_took_leaves_the_others_open(sqlite_house: House) -> None:
    proposal_id = proposed(sqlite_house)
    book_session(sqlite_house.support, sqlite_house.person("bo"), a_wish(TOMORROW_TEN))

    message = refused(NotOffered, sqlite_house, proposal_id)
    accepted(sqlite_house, proposal_id, TOMORROW_TWO)

    assert message == "That time has just been taken. Please choose another one."
    assert sqlite_house.bookings() == [
        ("bo", "cleo", TOMORROW_TEN, "booked"),
        ("ada", "cleo", TOMORROW_TWO, "booked"),
    ]


def test_accept_inside_the_notice_holds_who_offered_it_to_their_word(sqlite_house: House) -> None:
    proposal_id = proposed(sqlite_house, TOMORROW_TEN)
    sqlite_house.clock.advance(timedelta(hours=21, minutes=59))

    assert accepted(sqlite_house, proposal_id).booked.starts == instant(TOMORROW_TEN)


def test_accept_of_a_listed_time_after_its_day_was_taken_off_is_refused(house: House) -> None:
    proposal_id = proposed(house, TOMORROW_TEN)
    save_hours(house.support, house.person("cleo"), hours_in(LONDON, WEEKDAYS, {"2027-01-12": "off"}))

    message = refused(NotOfferedAnyMore, house, proposal_id)

    assert message == "That time is no longer offered. Please choose another one, or none of these."
    assert house.bookings() == []


def test_accept_of_a_listed_time_that_lies_in_the_hours_still_heeds_no_grid(sqlite_house: House) -> None:
    proposal_id = proposed(sqlite_house, TOMORROW_TEN)
    save_hours(sqlite_house.support, sqlite_house.person("cleo"), hours_in(LONDON, {1: "8:45-17:00"}))

    assert accepted(sqlite_house, proposal_id).booked.starts == instant(TOMORROW_TEN)


def test_accept_after_the_time_has_passed_is_refused(sqlite_house: House) -> None:
    proposal_id = proposed(sqlite_house, TOMORROW_TEN)
    sqlite_house.clock.advance(timedelta(hours=22, seconds=1))

    assert refused(NotOffered, sqlite_house, proposal_id).startswith("That time has passed")


def test_accept_beyond_what_may_be_open_is_refused(sqlite_house: House) -> None:
    for day in (13, 14, 15):
        book_session(sqlite_house.support, sqlite_house.person("ada"), a_wish(f"2027-01-{day}T10:00Z"))
    proposal_id = proposed(sqlite_house)

    refused(TooManyOpen, sqlite_house, proposal_id)

    assert len(sqlite_house.bookings()) == 3


@pytest.mark.parametrize("somebody", ["bo", "cleo", "max"])
def test_answer_by_somebody_else_reads_like_times_that_are_missing(sqlite_house: House, somebody: str) -> None:
    proposal_id = proposed(sqlite_house)
    person = sqlite_house.person(somebody)

    answers = {refused(NotFound, sqlite_house, each, by=somebody) for each in (proposal_id, "no-such-times")}
    for each in (proposal_id, "no-such-times"):
        with pytest.raises(NotFound):
            decline_times(sqlite_house.support, person, each)
        with pytest.raises(NotFound):
            proposed_times(sqlite_house.support, person, each)

    assert answers == {str(NotFound())}
    assert accepted(sqlite_house, proposal_id).booked.is_open


def test_accept_of_a_time_that_was_not_offered_finds_nothing(sqlite_house: House) -> None:
    proposal_id = proposed(sqlite_house)

    assert refused(NotFound, sqlite_house, proposal_id, "2027-01-12T11:00Z") == str(NotFound())


def test_decline_closes_the_times_and_twice_is_once(house: House) -> None:
    proposal_id = proposed(house)

    for _ in range(2):
        decline_times(house.support, house.person("ada"), proposal_id)

    refused(AnsweredAlready, house, proposal_id)
    assert house.bookings() == []
    assert [message for message in house.messages() if message[0] == SessionMessage.DECLINED] == [
        ("session.declined", "cleo", "answer", "2027-01-11T12:00Z")
    ]


def test_who_offered_the_times_learns_whom_they_did_not_suit(sqlite_house: House) -> None:
    decline_times(sqlite_house.support, sqlite_house.person("ada"), proposed(sqlite_house))
    (row,) = ledger_rows(sqlite_house, SessionMessage.DECLINED)

    staff_ref = declined_news(sqlite_house.support, row)

    assert isinstance(staff_ref, str)
    assert staff_ref != row.object_id
    scholar, kind = declined_times(sqlite_house.support, sqlite_house.person("cleo"), staff_ref)
    assert (scholar.id, kind) == ("ada", COACHING)
    with pytest.raises(NotFound):
        declined_times(sqlite_house.support, sqlite_house.person("dev"), staff_ref)


@leaving.apart
def test_who_may_not_meet_the_scholar_any_more_hears_nothing_of_an_answer(
    sqlite_house: House, apart: leaving.Change
) -> None:
    decline_times(sqlite_house.support, sqlite_house.person("ada"), proposed(sqlite_house))
    (row,) = ledger_rows(sqlite_house, SessionMessage.DECLINED)

    apart(sqlite_house.stores.program)

    assert declined_news(sqlite_house.support, row) == Suppressed("gone")


def test_decline_after_accepting_keeps_the_session(sqlite_house: House) -> None:
    proposal_id = proposed(sqlite_house)
    accepted(sqlite_house, proposal_id)

    with pytest.raises(AnsweredAlready):
        decline_times(sqlite_house.support, sqlite_house.person("ada"), proposal_id)

    assert sqlite_house.bookings() == [("ada", "cleo", TOMORROW_TEN, "booked")]


@leaving.apart
def test_times_of_somebody_the_scholar_may_not_meet_any_more_are_gone(
    sqlite_house: House, apart: leaving.Change
) -> None:
    proposal_id = proposed(sqlite_house)
    row = proposal_row(sqlite_house)
    apart(sqlite_house.stores.program)

    refused(NotFound, sqlite_house, proposal_id)

    with pytest.raises(NotFound):
        proposed_times(sqlite_house.support, sqlite_house.person("ada"), proposal_id)
    assert times_news(sqlite_house.support, row) == Suppressed("answered")


def proposal_row(house: House) -> Delivery:
    (row,) = ledger_rows(house, "session.proposed")
    return row
