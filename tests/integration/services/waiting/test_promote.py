"""A time comes free: the first one for whom it fits is offered it, in the transaction that has freed it."""

from datetime import timedelta

import pytest
from sqlalchemy import update

from domain.holds import NotKeptAnyMore, RefusedAlready, TakenAlready
from domain.people import Role
from services.booking.book import book_session
from services.booking.change import cancel_session, move_session
from services.booking.sweep import sweep_changed_programs
from services.holds.lapse import let_go
from services.holds.take import refuse_time, take_time
from services.hours.own import save_hours
from services.offers.gone import TimeGone
from services.waiting.join import stop_waiting, waits_of
from services.waiting.match import keep_times, offer_to_waiting
from storage.confidential import waiting_queries
from storage.program.people_queries import membership
from tests.acting.waiting_line import (
    arrive,
    books,
    kept_for,
    key,
    put_scholars,
    refuses,
    scarce,
    takes,
    the_kept,
    until,
    waits,
)
from tests.builders import leaving
from tests.builders.bookings import TOMORROW_TEN, a_cancellation, a_move, a_wish
from tests.builders.people import put_person, put_recusal, travel
from tests.builders.scheduling import LOS_ANGELES, hours_in
from tests.fixtures.desks import LONDON, House, replica
from tests.looking.queries import queries_of
from tests.looking.time_taken import contradictions


def booked_out(house: House, *waiting: str) -> str:
    """Cleo's only hour is Ada's, and these wait for it; returns Ada's reference."""
    scarce(house)
    ref = books(house, "ada").ref
    for scholar in waiting:
        waits(house, scholar)
    return ref


def cancels(house: House, ref: str, who: str = "ada", version: int = 1) -> None:
    cancel_session(house.support, house.person(who), a_cancellation(ref, version=version))


def told(house: House, kind: str) -> list[str]:
    return [person for what, person, *_ in house.messages() if what == kind]


def test_cancel_keeps_the_time_for_the_first_in_line_and_tells_them_alone(house: House) -> None:
    ref = booked_out(house, "bo", *put_scholars(house, 2))

    cancels(house, ref)

    assert house.bookings() == [
        ("ada", "cleo", TOMORROW_TEN, "canceled"),
        ("bo", "cleo", TOMORROW_TEN, "held"),
    ]
    assert (told(house, "hold.offered"), until(the_kept(house, "bo"))) == (["bo"], "2027-01-11T14:00Z")
    assert contradictions(house.stores.confidential) == []


def test_what_is_kept_is_taken_for_everybody_else(house: House) -> None:
    cancels(house, booked_out(house, "bo"))
    (rival,) = put_scholars(house, 1)

    with pytest.raises(TimeGone) as refused:
        books(house, rival)

    assert refused.value.message == "That time has just been taken. Please choose another one."


def test_taking_it_makes_a_session_of_it_and_tells_both(house: House) -> None:
    cancels(house, booked_out(house, "bo"))

    details = takes(house, "bo")

    assert (details.booked.status, details.booked.version, details.booked.sequence) == ("booked", 2, 0)
    assert told(house, "session.booked").count("bo") == told(house, "session.booked").count("cleo") - 1 == 1
    assert (told(house, "hold.offered"), waits_of(house.support, house.person("bo"))) == ([], ())
    assert contradictions(house.stores.confidential) == []


def test_the_staff_member_hears_nothing_of_what_is_kept(house: House) -> None:
    cancels(house, booked_out(house, "bo"))

    of_cleo = {kind for kind, person, *_ in house.messages() if person == "cleo"}

    assert (of_cleo, kept_for(house, "cleo")) == (
        {"session.booked", "session.canceled", "session.file"},
        [],
    )


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
    assert contradictions(house.stores.confidential) == []


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
    assert contradictions(house.stores.confidential) == []


def test_who_was_never_sent_the_offer_keeps_their_place_and_is_offered_the_next_at_once(house: House) -> None:
    (third,) = put_scholars(house, 1)
    cancels(house, booked_out(house, "bo", third))
    scarce(house, dates={"2027-01-14": "10:00-11:00"})
    house.clock.advance(timedelta(hours=2))

    gone = let_go(house.support)
    offer_to_waiting(house.desk)

    with house.stores.confidential.read() as connection:
        line = [each.scholar_id for each in waiting_queries.line(connection, "program-1", "coaching")]
    held = [(who, start) for who, _, start, status in house.bookings() if status == "held"]
    assert (gone, line, held) == (1, ["bo", third], [("bo", "2027-01-14T10:00Z")])
    assert told(house, "hold.run_out") == []
    assert contradictions(house.stores.confidential) == []


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


def test_of_new_hours_one_is_offered_a_day_and_what_others_give_up_at_once(house: House) -> None:
    scarce(house, dates={"2027-01-20": "10:00-11:00"})
    ref = books(house, "ada", "2027-01-20T10:00Z").ref
    waits(house, "bo")
    scarce(house, dates={"2027-01-20": "10:00-11:00", "2027-01-21": "9:00-17:00"})
    offered = [offer_to_waiting(house.desk)]
    refuses(house, "bo")
    offered.append(offer_to_waiting(house.desk))

    cancels(house, ref)
    given_up = the_kept(house, "bo").starts
    refuses(house, "bo")
    house.clock.advance(timedelta(hours=24))
    offered.append(offer_to_waiting(house.desk))

    assert (offered, f"{given_up:%d %H:%M}", f"{the_kept(house, 'bo').starts:%d %H:%M}") == (
        [1, 0, 1],
        "20 10:00",
        "21 09:30",
    )


def test_who_loses_what_was_kept_because_its_staff_member_left_keeps_their_place(house: House) -> None:
    (third,) = put_scholars(house, 1)
    scarce(house, dates={"2027-01-13": "10:00-11:00"})
    scarce(house, "dev", {})
    ref = books(house, "ada", "2027-01-13T10:00Z").ref
    for scholar in ("bo", third):
        waits(house, scholar, staff=None)
    cancels(house, ref)
    put_recusal(house.stores.program, "cleo", "bo")
    leaving.touch(house.stores.program)

    sweep_changed_programs(house.desk)

    with house.stores.confidential.read() as connection:
        line = [each.scholar_id for each in waiting_queries.line(connection, "program-1", "coaching")]
    assert (line, [who for who, *_, status in house.bookings() if status == "held"]) == (["bo", third], [third])
    assert contradictions(house.stores.confidential) == []


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


def test_new_hours_are_offered_by_the_tick(house: House) -> None:
    booked_out(house, "bo")
    scarce(house, dates={"2027-01-12": "10:00-11:00", "2027-01-14": "22:00-23:00, 14:00-15:00"})

    offered = [offer_to_waiting(house.desk) for _ in range(2)]

    assert offered == [1, 0]
    assert [(who, start) for who, _, start, status in house.bookings() if status == "held"] == [
        ("bo", "2027-01-14T14:00Z")
    ]


def test_somebody_new_is_offered_to_who_waits_for_anyone_in_the_order_of_the_line(house: House) -> None:
    for staff in ("cleo", "dev"):
        scarce(house, staff, {})
    (third,) = put_scholars(house, 1)
    waits(house, "bo", staff=None)
    waits(house, third, staff=None)
    waits(house, third, staff="dev")
    fay = house.person(put_person(house.stores.program, "fay", Role.COACH))
    save_hours(house.support, fay, hours_in(LONDON, {}, {"2027-01-14": "10:00-11:00", "2027-01-15": "10:00-11:00"}))

    offered = offer_to_waiting(house.desk)

    assert (offered, house.bookings()) == (
        2,
        [("bo", "fay", "2027-01-14T10:00Z", "held"), (third, "fay", "2027-01-15T10:00Z", "held")],
    )
    assert contradictions(house.stores.confidential) == []


def test_booking_what_one_waits_for_ends_the_waiting_and_another_does_not(house: House) -> None:
    booked_out(house, "bo")
    books(house, "bo", "2027-01-13T10:00Z", staff="dev")
    still = len(waits_of(house.support, house.person("bo")))
    scarce(house, dates={"2027-01-12": "10:00-11:00", "2027-01-14": "10:00-11:00"})
    books(house, "bo", "2027-01-14T10:00Z")

    assert (still, waits_of(house.support, house.person("bo"))) == (1, ())


@leaving.apart
def test_who_waits_for_somebody_they_cannot_meet_any_more_is_told_once(house: House, apart: leaving.Change) -> None:
    scarce(house)
    books(house, "bo")
    waits(house, "ada")
    apart(house.stores.program)

    for _ in range(2):
        keep_times(house.desk)

    assert (waits_of(house.support, house.person("ada")), told(house, "waiting.over")) == ((), ["ada"])


def test_who_waits_until_a_day_that_is_over_is_told_once(house: House) -> None:
    ref = booked_out(house)
    waits(house, "bo", until_day="2027-01-11")
    house.clock.advance(timedelta(days=1))

    for _ in range(2):
        keep_times(house.desk)

    assert (waits_of(house.support, house.person("bo")), told(house, "waiting.over"), bool(ref)) == ((), ["bo"], True)


def test_a_scholar_who_has_left_waits_no_more(house: House) -> None:
    booked_out(house, "bo")
    with house.stores.program.write() as connection:
        connection.execute(update(membership).where(membership.c.person_id == "bo").values(removed_at=1))

    keep_times(house.desk)

    assert contradictions(house.stores.confidential) == []
    assert offer_to_waiting(house.desk) == 0


def test_leaving_the_line_keeps_what_is_kept_already(house: House) -> None:
    cancels(house, booked_out(house, "bo"))
    bo = house.person("bo")
    (waiting,) = waits_of(house.support, bo)

    for _ in range(2):
        stop_waiting(house.support, bo, waiting.id)

    assert takes(house, "bo").booked.is_open


def test_nobody_leaves_the_line_for_somebody_else(house: House) -> None:
    booked_out(house, "bo")
    (waiting,) = waits_of(house.support, house.person("bo"))

    stop_waiting(house.support, house.person("ada"), waiting.id)

    assert len(waits_of(house.support, house.person("bo"))) == 1


def test_offering_asks_no_more_for_a_long_line_than_for_a_short_one(house: House) -> None:
    scarce(house, dates={})
    scarce(house, "dev", {})
    counts = []
    for scholar in ("bo", *put_scholars(house, 9)):
        waits(house, scholar, staff=None)
        with queries_of(house.stores.program) as of_program, queries_of(house.stores.confidential) as of_support:
            offer_to_waiting(house.desk)
        counts.append((len(of_program), len(of_support)))

    assert set(counts) == {(4, 6)}


def test_cancel_asks_one_question_more_when_nobody_waits(house: House) -> None:
    ref = booked_out(house)
    with queries_of(house.stores.confidential) as asked:
        cancels(house, ref)

    assert len([statement for statement in asked if "waiting" in statement]) == 1


def test_a_rival_replica_sees_the_same(house: House) -> None:
    cancels(house, booked_out(house, "bo"))

    with pytest.raises(TimeGone):
        book_session(replica(house).support, house.person("ada"), a_wish())
