"""The line with real processes: one time goes to one scholar, nobody is lost, whoever is killed in the middle of it."""

from sqlalchemy import select

from services.booking.change import cancel_session
from services.waiting.match import keep_times
from storage.confidential import waiting_queries
from storage.confidential.booking_rows import booking
from tests.acting.children import all_said, children, go, said
from tests.acting.waiting_line import books, put_scholars, scarce, takes, the_kept, waits
from tests.builders.bookings import TOMORROW_TEN, a_cancellation
from tests.fixtures.desks import House, ledger_rows, replica
from tests.looking.invariants import broken_invariants

WAITER = "tests.children.waiter"


def in_line(house: House) -> list[str]:
    with house.stores.confidential.read() as connection:
        return [each.scholar_id for each in waiting_queries.line(connection, "program-1", "coaching")]


def booked_out(house: House, *waiting: str) -> str:
    scarce(house)
    ref = books(house, "ada").ref
    for scholar in waiting:
        waits(house, scholar)
    return ref


def test_a_time_that_comes_free_while_many_join_leave_take_and_book_is_one_scholars(house: House) -> None:
    scholars = put_scholars(house, 14)
    ref = booked_out(house, "bo")

    with children(
        house, WAITER, ("cancel", ref), ("line", *scholars[:4]), ("line", *scholars[4:8]), ("book", *scholars[8:])
    ) as racing:
        for child in racing:
            go(child)
        heard = [line for child in racing for line in all_said(child)]

    (mine,) = [(who, status) for who, *_, status in house.bookings() if status != "canceled"]
    joined, left = ({line.split()[1] for line in heard if line.startswith(word)} for word in ("joined", "left"))
    assert mine == ("bo", "held")
    assert sorted(in_line(house)) == sorted({"bo"} | (joined - left))
    assert (joined, [line for line in heard if line.startswith(("took", "booked"))]) == ({*scholars[:8]}, [])
    assert [each.person_id for each in ledger_rows(house, "hold.offered")] == ["bo"]
    assert broken_invariants(house.stores.confidential) == []


def test_a_free_hour_with_nobody_in_line_yet_is_taken_by_exactly_one_of_those_who_join_take_and_book(
    house: House,
) -> None:
    scholars = put_scholars(house, 12)
    ref = booked_out(house)

    with children(
        house, WAITER, ("cancel", ref), ("line", *scholars[:4]), ("line", *scholars[4:8]), ("book", *scholars[8:])
    ) as racing:
        for child in racing[1:]:
            go(child)
        go(racing[0])
        heard = [line for child in racing for line in all_said(child)]

    taken = [(who, status) for who, *_, status in house.bookings() if status in ("held", "booked")]
    joined, left, took = (
        {line.split()[1] for line in heard if line.startswith(word)} for word in ("joined", "left", "took")
    )
    assert len(taken) <= 1
    assert {who for who, status in taken if status == "booked"} >= took
    assert sorted(in_line(house)) == sorted(joined - left - took)
    keep_times(house.desk)
    assert len([1 for *_, status in house.bookings() if status in ("held", "booked")]) == 1
    assert broken_invariants(house.stores.confidential) == []


def test_killed_between_keeping_and_the_message_leaves_all_as_it_was_and_the_next_press_does_both(house: House) -> None:
    ref = booked_out(house, "bo")
    with children(house, WAITER, ("half", ref)) as (child,):
        go(child)
        half = said(child)
        child.kill()
        child.wait()

    assert (half, house.bookings()) == ("half", [("ada", "cleo", TOMORROW_TEN, "booked")])
    assert (in_line(house), ledger_rows(house, "hold.offered")) == (["bo"], [])
    assert broken_invariants(house.stores.confidential) == []
    patient = replica(house, lock_wait_seconds=60)
    cancel_session(patient.support, house.person("ada"), a_cancellation(ref))
    assert [each.object_id for each in ledger_rows(house, "hold.offered")] == [held_id(house)]
    assert takes(house, "bo").booked.is_open


def test_killed_right_after_keeping_loses_no_message(house: House) -> None:
    ref = booked_out(house, "bo", *put_scholars(house, 1))
    with children(house, WAITER, ("cancel", ref)) as (child,):
        go(child)
        canceled = said(child)
        child.kill()
        child.wait()

    keep_times(house.desk)

    offered = [row[1] for row in house.messages() if row[0] == "hold.offered"]
    assert (canceled, offered) == ("canceled", ["bo"])
    assert the_kept(house, "bo").is_for_scholar
    assert broken_invariants(house.stores.confidential) == []


def held_id(house: House) -> str:
    with house.stores.confidential.read() as connection:
        return str(connection.execute(select(booking.c.id).where(booking.c.status == "held")).scalar_one())
