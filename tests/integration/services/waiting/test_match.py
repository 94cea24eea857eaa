"""Whatever lies free is offered to who waits for it, by the tick and in the order of the line."""

from datetime import timedelta

from domain.people import Role
from services.holds.lapse import let_go
from services.hours.own import save_hours
from services.waiting.match import keep_times, offer_to_waiting
from storage.confidential import waiting_queries
from tests.acting.waiting_line import (
    arrive,
    booked_out,
    books,
    cancels,
    put_scholars,
    refuses,
    scarce,
    takes,
    the_kept,
    told,
    waits,
    with_approval,
)
from tests.builders.bookings import TOMORROW_TEN
from tests.builders.people import put_person
from tests.builders.scheduling import hours_in
from tests.fixtures.desks import LONDON, House
from tests.looking.invariants import broken_invariants
from tests.looking.queries import queries_of


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
    assert broken_invariants(house.stores.confidential) == []


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
    assert broken_invariants(house.stores.confidential) == []


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


def test_who_was_never_sent_the_offer_is_offered_the_same_time_again(house: House) -> None:
    (third,) = put_scholars(house, 1)
    cancels(house, booked_out(house, "bo", third))
    house.clock.advance(timedelta(hours=2))

    gone = let_go(house.support)
    again = [(who, start, status) for who, _, start, status in house.bookings() if who != "ada"]
    arrive(house)
    house.clock.advance(timedelta(hours=2))
    let_go(house.support)

    held = [(who, start) for who, _, start, status in house.bookings() if status == "held"]
    assert (gone, sorted(again)) == (1, [("bo", TOMORROW_TEN, "held"), ("bo", TOMORROW_TEN, "lapsed")])
    assert held == [(third, TOMORROW_TEN)]
    assert broken_invariants(house.stores.confidential) == []


def test_the_tick_offers_a_time_again_whose_offer_was_never_sent(house: House) -> None:
    cancels(house, booked_out(house, "bo"))
    scarce(house, dates={})
    house.clock.advance(timedelta(hours=2))
    let_go(house.support)
    scarce(house)

    offered = offer_to_waiting(house.desk)

    assert offered == 1
    assert sorted(status for who, _, _, status in house.bookings() if who == "bo") == ["held", "lapsed"]


def test_what_was_asked_for_from_the_list_and_not_answered_was_had_though_its_offer_was_never_sent(
    house: House,
) -> None:
    scarce(house, dates={"2027-01-20": "10:00-11:00"})
    ref = books(house, "ada", "2027-01-20T10:00Z").ref
    waits(house, "bo")
    cancels(with_approval(house), ref)
    takes(house, "bo")
    house.clock.advance(timedelta(days=2))
    let_go(house.support)

    keep_times(house.desk)

    assert [status for who, _, _, status in house.bookings() if who == "bo"] == ["lapsed"]
