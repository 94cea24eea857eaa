"""A time comes free: the first one for whom it fits is offered it, in the transaction that has freed it."""

from datetime import timedelta

import pytest

from services.booking.book import book_session
from services.booking.change import move_session
from services.feeds.own import remove_feed
from services.offers.gone import TimeGone
from services.waiting import promote
from services.waiting.match import keep_times
from tests.acting.calendars import feed_id_of, with_calendar
from tests.acting.waiting_line import (
    booked_out,
    books,
    cancels,
    kept_for,
    put_scholars,
    scarce,
    the_kept,
    told,
    until,
    waits,
)
from tests.builders.bookings import TOMORROW_TEN, a_move, a_wish, instant
from tests.builders.people import put_recusal, travel
from tests.builders.scheduling import LOS_ANGELES
from tests.fixtures.desks import House, replica
from tests.looking.invariants import broken_invariants
from tests.looking.queries import queries_of, questions_of


def test_cancel_keeps_the_time_for_the_first_in_line_and_tells_them_alone(house: House) -> None:
    ref = booked_out(house, "bo", *put_scholars(house, 2))

    cancels(house, ref)

    assert house.bookings() == [
        ("ada", "cleo", TOMORROW_TEN, "canceled"),
        ("bo", "cleo", TOMORROW_TEN, "held"),
    ]
    assert (told(house, "hold.offered"), until(the_kept(house, "bo"))) == (["bo"], "2027-01-11T14:00Z")
    assert broken_invariants(house.stores.confidential) == []


def test_what_is_kept_is_taken_for_everybody_else(house: House) -> None:
    cancels(house, booked_out(house, "bo"))
    (rival,) = put_scholars(house, 1)

    with pytest.raises(TimeGone) as refused:
        books(house, rival)

    assert refused.value.message == "That time has just been taken. Please choose another one."


def test_the_staff_member_hears_nothing_of_what_is_kept(house: House) -> None:
    cancels(house, booked_out(house, "bo"))

    of_cleo = {kind for kind, person, *_ in house.messages() if person == "cleo"}

    assert (of_cleo, kept_for(house, "cleo")) == (
        {"session.booked", "session.canceled", "session.file"},
        [],
    )


def test_nobody_waits_and_the_time_is_free_for_all(house: House) -> None:
    cancels(house, booked_out(house))

    assert books(house, "bo").booked.is_open


def test_who_freed_it_is_not_offered_it_back(house: House) -> None:
    ref = booked_out(house, "ada")

    cancels(house, ref)
    keep_times(house.desk)

    assert [status for *_, status in house.bookings()] == ["canceled"]


@pytest.mark.parametrize("who", ["cleo", "ada"])
def test_what_its_staff_member_gave_up_is_offered_to_nobody(house: House, who: str) -> None:
    scarce(house)
    booked = books(house, "ada").booked
    waits(house, "bo")

    cancels(house, booked.ref_of(who), who)
    keep_times(house.desk)

    assert [status for *_, status in house.bookings()] == (["canceled"] if who == "cleo" else ["canceled", "held"])


@pytest.mark.parametrize("who", ["cleo", "ada"])
def test_moving_away_frees_the_old_time_unless_the_staff_member_does_it(house: House, who: str) -> None:
    scarce(house, dates={"2027-01-12": "10:00-11:00", "2027-01-13": "10:00-11:00"})
    booked = books(house, "ada").booked
    waits(house, "bo", from_day="2027-01-12", until_day="2027-01-12")

    move_session(house.support, house.person(who), a_move(booked.ref_of(who), "2027-01-13T10:00Z"))
    keep_times(house.desk)

    held = [("bo", "cleo", TOMORROW_TEN, "held")] if who == "ada" else []
    assert house.bookings() == [*held, ("ada", "cleo", "2027-01-13T10:00Z", "booked")]


def test_days_that_are_not_wanted_are_passed_over(house: House) -> None:
    (third,) = put_scholars(house, 1)
    ref = booked_out(house)
    waits(house, "bo", from_day="2027-01-13")
    waits(house, third, until_day="2027-01-12")

    cancels(house, ref)

    assert [who for who, *_, status in house.bookings() if status == "held"] == [third]


def test_days_are_those_of_the_scholars_clock(house: House) -> None:
    travel(house.stores.program, "bo", LOS_ANGELES)
    scarce(house, dates={"2027-01-14": "4:00-5:00"})
    ref = books(house, "ada", "2027-01-14T04:00Z").ref
    waits(house, "bo", until_day="2027-01-13")

    cancels(house, ref)

    assert [who for who, *_, status in house.bookings() if status == "held"] == ["bo"]


def test_days_are_those_of_a_clock_that_is_a_date_ahead(house: House) -> None:
    travel(house.stores.program, "bo", "Pacific/Kiritimati")
    scarce(house, dates={"2027-01-12": "20:00-21:00"})
    ref = books(house, "ada", "2027-01-12T20:00Z").ref
    waits(house, "bo", from_day="2027-01-13")

    cancels(house, ref)

    assert [who for who, *_, status in house.bookings() if status == "held"] == ["bo"]


def test_who_may_not_meet_them_or_has_something_else_then_or_enough_ahead_is_passed_over(house: House) -> None:
    recused, busy, full, last = put_scholars(house, 4)
    ref = booked_out(house, recused, busy, full, last)
    put_recusal(house.stores.program, "cleo", recused)
    books(house, busy, "2027-01-12T10:30Z", staff="dev")
    for day in (18, 19, 20):
        books(house, full, f"2027-01-{day}T10:00Z", staff="dev")

    cancels(house, ref)

    assert [who for who, *_, status in house.bookings() if status == "held"] == [last]


def test_a_time_at_night_on_the_scholars_clock_is_not_offered_and_does_not_keep_from_waiting(house: House) -> None:
    scarce(house, dates={"2027-01-13": "5:00-6:00, 10:00-11:00"})
    night = books(house, "ada", "2027-01-13T05:00Z").ref
    (other,) = put_scholars(house, 1)
    books(house, other, "2027-01-13T10:00Z")
    waits(house, "bo")

    cancels(house, night)
    keep_times(house.desk)
    waits(house, "bo")

    assert [status for *_, status in house.bookings()] == ["canceled", "booked"]


def test_too_little_time_to_answer_leaves_it_free_for_all(house: House) -> None:
    ref = booked_out(house, "bo")
    house.clock.advance(timedelta(hours=17))  # 5:00: before the notice at 6:00 there is no hour of the day

    cancels(house, ref)
    keep_times(house.desk)

    assert [status for *_, status in house.bookings()] == ["canceled"]
    assert books(house, "bo").booked.is_open


def test_at_night_it_is_kept_until_two_hours_after_the_morning(house: House) -> None:
    scarce(house, dates={"2027-01-13": "10:00-11:00"})
    ref = books(house, "ada", "2027-01-13T10:00Z").ref
    waits(house, "bo")
    house.clock.advance(timedelta(hours=11))

    cancels(house, ref)

    assert until(the_kept(house, "bo")) == "2027-01-12T09:00Z"


def test_cancel_asks_one_question_more_when_nobody_waits(house: House) -> None:
    ref = booked_out(house)
    with queries_of(house.stores.confidential) as asked:
        cancels(house, ref)

    assert len([statement for statement in asked if "waiting" in statement]) == 1


def test_cancel_reads_the_head_of_a_long_line_and_asks_about_nobody_behind_it(house: House) -> None:
    line = put_scholars(house, 60)
    ref = booked_out(house, *line)
    with questions_of(house.stores.program) as of_program, questions_of(house.stores.confidential) as of_support:
        cancels(house, ref)

    named = {name for name in line for _, values in (*of_program, *of_support) if f"'{name}'" in str(values)}
    assert (the_kept(house, line[0]).starts, named) == (instant(TOMORROW_TEN), set(line[:25]))


def test_line_is_read_on_where_nobody_at_its_head_can_come(house: House) -> None:
    *recused, last = put_scholars(house, 31)
    ref = booked_out(house, *recused, last)
    for scholar in recused:
        put_recusal(house.stores.program, "cleo", scholar)

    cancels(house, ref)

    assert [who for who, *_, status in house.bookings() if status == "held"] == [last]


def test_what_nobody_could_have_is_judged_once_and_not_for_each_in_line(house: House) -> None:
    """A session that stands may meet its coach's own calendar: what comes free there is offered to nobody."""
    first, *others = put_scholars(house, 12)
    one_waits, _ = booked_out(house, first), with_calendar(house)
    with queries_of(house.stores.confidential) as asked_for_one:
        cancels(house, one_waits)
    remove_feed(house.support, house.person("cleo"), feed_id_of(house))
    all_wait, _ = booked_out(house, *others), with_calendar(house, request="again")
    with queries_of(house.stores.confidential) as asked_for_all:
        cancels(house, all_wait)

    assert [status for *_, status in house.bookings()] == ["canceled", "canceled"]
    assert len(asked_for_one) == len(asked_for_all)


def test_where_many_cannot_come_who_cancels_does_not_wait_for_the_rest_of_the_line(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(promote, "TRIES_MAX", 2)
    *busy, last = put_scholars(house, 3)
    ref = booked_out(house, *busy, last)
    for scholar, kind, staff in zip(busy, ("coaching", "community"), ("dev", "eli"), strict=True):
        book_session(house.support, house.person(scholar), a_wish("2027-01-12T10:30Z", kind=kind, staff=staff))

    cancels(house, ref)
    at_once = [who for who, *_, status in house.bookings() if status == "held"]
    keep_times(house.desk)

    assert (at_once, [who for who, *_, status in house.bookings() if status == "held"]) == ([], [last])


def test_a_rival_replica_sees_the_same(house: House) -> None:
    cancels(house, booked_out(house, "bo"))

    with pytest.raises(TimeGone):
        book_session(replica(house).support, house.person("ada"), a_wish())
