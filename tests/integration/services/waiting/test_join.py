"""Joining the line: who could have a time without it, or never can, is told so; asking twice is asking once."""

from dataclasses import replace
from datetime import timedelta

import pytest

from domain.errors import DomainError, NotFound
from domain.waiting import DayOver, TimesAreFree, WrongDays
from services.waiting.join import WaitFor, wait_for, waits_of
from services.waiting.match import keep_times
from tests.acting.waiting_line import arrive, booked_out, cancels, key, put_scholars, scarce, waits
from tests.builders.people import put_recusal, travel
from tests.builders.scheduling import LOS_ANGELES
from tests.fixtures.desks import House


def refused(error: type[DomainError], house: House, *, staff: str | None = "cleo", **wishes: str) -> DomainError:
    wish = replace(WaitFor(request_key=key(), kind="coaching", staff_id=staff), **wishes)
    with pytest.raises(error) as refusal:
        wait_for(house.support, house.person("bo"), wish)
    assert waits_of(house.support, house.person("bo")) == ()
    return refusal.value


def test_join_where_times_are_free_names_the_next_ones(house: House) -> None:
    refusal = refused(TimesAreFree, house)

    assert refusal.field == "from_day"
    assert refusal.message.startswith("There are free times on these days: Mon 11 Jan, 16:00 GMT; Tue 12 Jan, 09:00")


def test_join_looks_only_at_the_days_that_are_wanted(house: House) -> None:
    scarce(house, dates={"2027-01-13": "10:00-11:00"})

    assert isinstance(refused(TimesAreFree, house, until_day="2027-01-13"), TimesAreFree)
    waits(house, "bo", from_day="2027-01-14")

    assert [each.from_day for each in waits_of(house.support, house.person("bo"))] == ["2027-01-14"]


def test_join_with_days_the_wrong_way_round_or_over_is_refused_at_the_last_one(house: House) -> None:
    booked_out(house)

    wrong = refused(WrongDays, house, from_day="2027-01-14", until_day="2027-01-13")
    over = refused(DayOver, house, until_day="2027-01-10")
    waits(house, "bo", from_day="2027-01-12", until_day="2027-01-12")

    assert [wrong.field, over.field] == ["until_day", "until_day"]


def test_join_until_today_is_judged_on_the_scholars_own_clock(house: House) -> None:
    booked_out(house)
    house.clock.advance(timedelta(hours=15))  # three in the morning of the 12th in London
    travel(house.stores.program, "bo", LOS_ANGELES)

    waits(house, "bo", until_day="2027-01-11")

    assert len(waits_of(house.support, house.person("bo"))) == 1


def test_join_for_somebody_whom_one_may_not_meet_is_refused_as_if_they_took_no_sessions(house: House) -> None:
    booked_out(house)
    put_recusal(house.stores.program, "cleo", "bo")

    refusal = refused(NotFound, house)

    assert (refusal.field, refusal.message) == (
        "staff", "They do not take sessions just now. Please choose somebody else.",
    )  # fmt: skip


def test_join_twice_changes_the_days_and_keeps_the_place(house: House) -> None:
    booked_out(house, "bo")

    waits(house, "bo", until_day="2027-01-20")

    assert [each.until_day for each in waits_of(house.support, house.person("bo"))] == ["2027-01-20"]


def test_join_delivered_again_after_a_time_came_free_is_as_it_was(house: House) -> None:
    ref = booked_out(house)
    wish = WaitFor(request_key="one press", kind="coaching", staff_id="cleo", from_day="2027-01-13")
    wait_for(house.support, house.person("bo"), wish)
    cancels(house, ref)
    scarce(house, dates={"2027-01-14": "10:00-11:00"})

    wait_for(house.support, house.person("bo"), wish)

    assert len(waits_of(house.support, house.person("bo"))) == 1


def test_tick_counts_what_it_let_go_and_what_it_kept(house: House) -> None:
    (third,) = put_scholars(house, 1)
    scarce(house, "dev", {})
    cancels(house, booked_out(house, "bo"))
    waits(house, third, staff="dev")
    arrive(house)
    house.clock.advance(timedelta(hours=2))
    scarce(house, "dev", {"2027-01-14": "14:00-15:00"})

    assert [keep_times(house.desk) for _ in range(2)] == [2, 0]
