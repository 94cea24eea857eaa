"""What is kept is taken, refused or left until it runs out; the line goes on in its order."""

from datetime import timedelta

import pytest

from domain.holds import NotKeptAnyMore, RefusedAlready, TakenAlready
from services.holds.lapse import let_go
from services.holds.take import refuse_time, take_time
from services.waiting.join import waits_of
from services.waiting.match import keep_times
from tests.acting.waiting_line import (
    arrive,
    booked_out,
    books,
    cancels,
    kept_for,
    key,
    put_scholars,
    refuses,
    scarce,
    takes,
    the_kept,
    told,
    waits,
)
from tests.builders import leaving
from tests.builders.bookings import TOMORROW_TEN
from tests.fixtures.desks import House
from tests.looking.invariants import broken_invariants


def test_taking_it_makes_a_session_of_it_and_tells_both(house: House) -> None:
    cancels(house, booked_out(house, "bo"))

    details = takes(house, "bo")

    assert (details.booked.status, details.booked.version, details.booked.sequence) == ("booked", 2, 0)
    assert told(house, "session.booked").count("bo") == told(house, "session.booked").count("cleo") - 1 == 1
    assert (told(house, "hold.offered"), waits_of(house.support, house.person("bo"))) == ([], ())
    assert broken_invariants(house.stores.confidential) == []


def test_no_thanks_gives_it_to_the_next_and_keeps_ones_place(house: House) -> None:
    (third,) = put_scholars(house, 1)
    cancels(house, booked_out(house, "bo", third))

    refuses(house, "bo")
    after = [(who, staff, status) for who, staff, _, status in house.bookings()]
    refuses(house, third)
    keep_times(house.desk)

    assert after == [("ada", "cleo", "canceled"), ("bo", "cleo", "declined"), (third, "cleo", "held")]
    assert [status for *_, status in house.bookings()] == ["canceled", "declined", "declined"]
    assert len(waits_of(house.support, house.person("bo"))) == 1
    assert broken_invariants(house.stores.confidential) == []


def test_a_hold_that_runs_out_goes_to_the_next_and_its_scholar_goes_behind(house: House) -> None:
    (third,) = put_scholars(house, 1)
    scarce(house, dates={"2027-01-12": "10:00-11:00", "2027-01-13": "10:00-11:00"})
    tuesday, wednesday = books(house, "ada").ref, books(house, "ada", "2027-01-13T10:00Z").ref
    for scholar in ("bo", third):
        waits(house, scholar)
    cancels(house, tuesday)
    arrive(house)
    house.clock.advance(timedelta(hours=2))

    gone = let_go(house.support)
    cancels(house, wednesday)

    held = [(who, start) for who, _, start, status in house.bookings() if status == "held"]
    assert (gone, held) == (1, [(third, TOMORROW_TEN), ("bo", "2027-01-13T10:00Z")])
    assert told(house, "hold.run_out") == ["bo"]
    assert broken_invariants(house.stores.confidential) == []


def test_one_who_does_not_answer_comes_after_who_waits_longer(house: House) -> None:
    (third,) = put_scholars(house, 1)
    scarce(house, dates={"2027-01-12": "10:00-11:00", "2027-01-13": "10:00-11:00"})
    tuesday, wednesday = books(house, "ada").ref, books(house, "ada", "2027-01-13T10:00Z").ref
    waits(house, "bo")
    cancels(house, tuesday)
    waits(house, third, from_day="2027-01-13")
    arrive(house)
    house.clock.advance(timedelta(hours=2))
    let_go(house.support)

    cancels(house, wednesday)

    assert [who for who, *_, status in house.bookings() if status == "held"] == [third]


def test_press_that_comes_too_late_or_twice_is_told_what_happened(house: House) -> None:
    cancels(house, booked_out(house, "bo"))
    bo, ref = house.person("bo"), the_kept(house, "bo").ref
    press = key()

    first = take_time(house.support, bo, ref, request_key=press)
    again = take_time(house.support, bo, ref, request_key=press)
    with pytest.raises(TakenAlready):
        take_time(house.support, bo, ref, request_key=key())
    with pytest.raises(TakenAlready):
        refuse_time(house.support, bo, ref)

    assert first.booked == again.booked


def test_press_after_it_ran_out_is_told_so_before_anybody_has_let_it_go(house: House) -> None:
    cancels(house, booked_out(house, "bo"))
    bo, ref = house.person("bo"), the_kept(house, "bo").ref
    house.clock.advance(timedelta(hours=2))

    with pytest.raises(NotKeptAnyMore):
        take_time(house.support, bo, ref, request_key=key())

    assert kept_for(house, "bo") == []


def test_no_thanks_twice_is_once_and_taking_it_then_says_so(house: House) -> None:
    cancels(house, booked_out(house, "bo"))
    bo, ref = house.person("bo"), the_kept(house, "bo").ref

    for _ in range(2):
        refuse_time(house.support, bo, ref)
    with pytest.raises(RefusedAlready):
        take_time(house.support, bo, ref, request_key=key())

    assert [status for *_, status in house.bookings()] == ["canceled", "declined"]


def test_taking_from_somebody_who_has_left_is_refused_without_saying_who(house: House) -> None:
    cancels(house, booked_out(house, "bo"))
    bo, ref = house.person("bo"), the_kept(house, "bo").ref
    leaving.off_the_roster(house.stores.program)

    with pytest.raises(NotKeptAnyMore):
        take_time(house.support, bo, ref, request_key=key())
