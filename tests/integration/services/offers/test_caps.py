"""Days, weeks and months that are full: by kind and staff member, whoever books, and at the same moment too."""

from functools import partial

import pytest

from domain.kinds import COACHING
from services.booking.book import book_session
from services.booking.change import cancel_session, move_session
from services.offers.gone import TimeGone
from services.offers.offer import offer_times
from services.offers.own_times import explain_own
from services.proposals.answer import accept_time
from services.proposals.propose import propose_times
from tests.acting.rivals import PATIENCE_SECONDS, at_once, failures, results
from tests.builders.bookings import a_cancellation, a_move, a_proposal, a_wish, instant, starts_in
from tests.builders.people import put_person
from tests.builders.rules import set_rules, with_kind
from tests.fixtures.desks import House, replica

TUESDAY, WEDNESDAY = "2027-01-12", "2027-01-13"


def cap(house: House, **caps: int) -> None:
    """From now on a coach takes only so many."""
    set_rules(house.stores.program, lambda rules: with_kind(rules, COACHING, **caps))


def offered_days(house: House, scholar: str = "bo", staff: str | None = "cleo") -> set[str]:
    offer = offer_times(house.support, house.person(scholar), staff_id=staff)
    return {start[:10] for start in starts_in(offer)}


def test_full_day_is_not_offered_and_not_booked_with_that_coach(house: House) -> None:
    cap(house, per_day=1)
    book_session(house.support, house.person("ada"), a_wish(f"{TUESDAY}T10:00Z"))

    with pytest.raises(TimeGone) as refused:
        book_session(house.support, house.person("bo"), a_wish(f"{TUESDAY}T15:00Z"))

    assert refused.value.message.startswith("That day is full for whoever takes these sessions.")
    assert "Next free: Wed 13 Jan, 09:00" in refused.value.message
    assert TUESDAY not in offered_days(house)
    assert {TUESDAY, WEDNESDAY} <= offered_days(house, staff="dev")


def test_full_week_is_offered_from_the_next_monday_on(house: House) -> None:
    cap(house, per_week=2)
    for scholar, day in (("ada", TUESDAY), ("bo", WEDNESDAY)):
        book_session(house.support, house.person(scholar), a_wish(f"{day}T10:00Z"))

    assert min(offered_days(house)) == "2027-01-18"


def test_sessions_earlier_in_the_week_count(house: House) -> None:
    cap(house, per_week=1)
    book_session(house.support, house.person("ada"), a_wish(f"{TUESDAY}T10:00Z"))
    house.clock.advance(instant(f"{WEDNESDAY}T12:00Z") - house.clock.now())

    with pytest.raises(TimeGone):
        book_session(house.support, house.person("bo"), a_wish("2027-01-15T10:00Z"))

    assert min(offered_days(house)) == "2027-01-18"


def test_full_month_is_offered_from_the_first_of_the_next_on_and_says_so(house: House) -> None:
    cap(house, per_month=2)
    for scholar, day in (("ada", TUESDAY), ("bo", WEDNESDAY)):
        book_session(house.support, house.person(scholar), a_wish(f"{day}T10:00Z"))

    with pytest.raises(TimeGone) as refused:
        book_session(house.support, house.person("bo"), a_wish("2027-01-29T10:00Z"))
    own = explain_own(house.support, house.person("cleo"), house.support.kind(COACHING, house.person("cleo")))

    assert refused.value.message.startswith("That month is full for whoever takes these sessions.")
    assert "Next free: Mon 1 Feb, 09:00" in refused.value.message
    assert min(offered_days(house)) == "2027-02-01"
    assert any("in months that are full" in share for share in own.shares)


def test_sessions_weeks_earlier_in_the_month_count_and_those_of_the_month_before_do_not(house: House) -> None:
    cap(house, per_month=2)
    for scholar, day in (("ada", "2027-01-29"), ("bo", "2027-02-01")):
        book_session(house.support, house.person(scholar), a_wish(f"{day}T10:00Z"))
    house.clock.advance(instant("2027-02-25T12:00Z") - house.clock.now())
    before = offered_days(house)
    book_session(house.support, house.person("bo"), a_wish("2027-02-26T10:00Z"))

    assert (min(before), min(offered_days(house))) == ("2027-02-25", "2027-03-01")


def test_session_may_move_within_its_own_full_month_but_not_into_another_one(house: House) -> None:
    cap(house, per_month=1)
    ada = house.person("ada")
    january = book_session(house.support, ada, a_wish(f"{TUESDAY}T10:00Z"))
    book_session(house.support, house.person("bo"), a_wish("2027-02-02T10:00Z"))

    with pytest.raises(TimeGone):
        move_session(house.support, ada, a_move(january.ref, "2027-02-03T10:00Z"))
    moved = move_session(house.support, ada, a_move(january.ref, "2027-01-29T10:00Z"))

    assert moved.booked.starts == instant("2027-01-29T10:00Z")


def test_two_who_book_the_last_of_a_month_at_once_do_not_overfill_it(house: House) -> None:
    cap(house, per_month=1)
    houses = [house, replica(house, lock_wait_seconds=PATIENCE_SECONDS)]
    deeds = [
        partial(book_session, each.support, house.person(scholar), a_wish(f"{day}T10:00Z"))
        for each, scholar, day in zip(houses, ("ada", "bo"), (TUESDAY, "2027-01-29"), strict=True)
    ]

    outcomes = at_once(deeds)

    assert [type(each) for each in failures(outcomes)] == [TimeGone]
    assert len(results(outcomes)) == len(house.bookings()) == 1


def test_session_of_another_kind_does_not_count(house: House) -> None:
    cap(house, per_day=1)
    book_session(house.support, house.person("ada"), a_wish(f"{TUESDAY}T10:00Z", kind="community", staff="eli"))

    assert book_session(house.support, house.person("bo"), a_wish(f"{TUESDAY}T12:00Z")).booked.is_open


def test_canceled_session_frees_its_day(house: House) -> None:
    cap(house, per_day=1)
    ada = house.person("ada")
    booked = book_session(house.support, ada, a_wish(f"{TUESDAY}T10:00Z"))

    cancel_session(house.support, ada, a_cancellation(booked.ref))

    assert TUESDAY in offered_days(house)


def test_session_may_move_within_its_own_full_day_but_not_into_another_one(house: House) -> None:
    cap(house, per_day=1)
    ada = house.person("ada")
    tuesday = book_session(house.support, ada, a_wish(f"{TUESDAY}T10:00Z"))
    book_session(house.support, house.person("bo"), a_wish(f"{WEDNESDAY}T10:00Z"))

    with pytest.raises(TimeGone):
        move_session(house.support, ada, a_move(tuesday.ref, f"{WEDNESDAY}T15:00Z"))
    moved = move_session(house.support, ada, a_move(tuesday.ref, f"{TUESDAY}T15:00Z"))

    assert moved.booked.starts == instant(f"{TUESDAY}T15:00Z")


def test_anyone_means_a_coach_whose_day_is_not_full(house: House) -> None:
    cap(house, per_day=1)
    book_session(house.support, house.person("ada"), a_wish(f"{TUESDAY}T10:00Z", staff="cleo"))

    booked = book_session(house.support, house.person("bo"), a_wish(f"{TUESDAY}T15:00Z", staff=None)).booked

    assert booked.staff_id == "dev"


def test_coach_who_offered_a_time_takes_one_more(house: House) -> None:
    cap(house, per_day=1)
    refs = propose_times(house.support, house.person("cleo"), house.person("bo"), a_proposal(f"{TUESDAY}T15:00Z"))
    book_session(house.support, house.person("ada"), a_wish(f"{TUESDAY}T10:00Z"))

    details = accept_time(
        house.support, house.person("bo"), refs.id, instant(f"{TUESDAY}T15:00Z"), request_key="press-1"
    )

    assert details.booked.is_open


def test_many_who_book_a_day_at_once_do_not_overfill_it(house: House) -> None:
    cap(house, per_day=3)
    scholars = [put_person(house.stores.program, f"scholar-{number}") for number in range(12)]
    houses = [replica(house, lock_wait_seconds=PATIENCE_SECONDS) for _ in range(2)]
    wishes = [a_wish(f"{TUESDAY}T{9 + number % 8:02}:00Z") for number in range(len(scholars))]
    deeds = [
        partial(book_session, houses[number % 2].support, house.person(scholar), wishes[number])
        for number, scholar in enumerate(scholars)
    ]

    outcomes = at_once(deeds)

    assert {type(each) for each in failures(outcomes)} == {TimeGone}
    assert len(results(outcomes)) == len(house.bookings()) == 3
