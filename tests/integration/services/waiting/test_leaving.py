"""Who waits no more: the wish has come true, cannot come any more, or is taken back."""

from datetime import timedelta

from sqlalchemy import update

from services.booking.sweep import sweep_changed_programs
from services.waiting.join import stop_waiting, waits_of
from services.waiting.match import keep_times, offer_to_waiting
from storage.confidential import waiting_queries
from storage.program.people_queries import membership
from tests.acting.waiting_line import (
    booked_out,
    books,
    cancels,
    put_scholars,
    scarce,
    takes,
    told,
    waits,
)
from tests.builders import leaving
from tests.builders.people import put_recusal
from tests.fixtures.desks import House
from tests.looking.invariants import broken_invariants


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
    assert broken_invariants(house.stores.confidential) == []


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

    assert broken_invariants(house.stores.confidential) == []
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
