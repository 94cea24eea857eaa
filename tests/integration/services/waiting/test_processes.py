"""The line with real processes: one time goes to one scholar, nobody is lost, whoever is killed in the middle of it."""

from sqlalchemy import select

from services.booking.change import cancel_session
from services.waiting.match import keep_times
from storage.confidential import waiting_queries
from storage.confidential.booking_rows import booking
from tests.acting.children import all_said, children, go, said
from tests.acting.waiting_line import arrive, books, put_scholars, scarce, takes, the_kept, waits
from tests.builders.bookings import TOMORROW_TEN, a_cancellation
from tests.builders.people import put_person
from tests.fixtures.desks import House, ledger_rows, replica
from tests.looking.invariants import broken_invariants

WAITER = "tests.children.waiter"
DAYS = [f"2027-01-{day}" for day in (12, 13, 14, 15)]
AT_ITS_END, JUST_BEFORE = "7200", "7199"
"""Seconds from noon, when a time is kept for two hours: the clocks of two machines are a moment apart."""


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


def test_times_given_up_at_once_by_several_go_to_as_many_at_the_head_of_the_line_one_each(house: House) -> None:
    givers, line = (
        put_scholars(house, 4),
        ["ada", "bo", *(put_person(house.stores.program, f"late-{n}") for n in range(5))],
    )
    scarce(house, dates=dict.fromkeys(DAYS, "10:00-11:00"))
    given = [(who, books(house, who, f"{day}T10:00Z").ref) for who, day in zip(givers, DAYS, strict=True)]
    for scholar in line:
        waits(house, scholar)

    with children(
        house, WAITER, ("give", *given[0], *given[1]), ("give", *given[2], *given[3]), ("tend", "0"), ("tend", "0")
    ) as racing:
        for child in racing:
            go(child)
        heard = [text for child in racing for text in all_said(child)]
    keep_times(house.desk)

    held = {start[:10]: who for who, _, start, status in house.bookings() if status == "held"}
    assert sorted(heard) == [f"gave {who}" for who in givers]
    assert (sorted(held), sorted(held.values())) == (DAYS, sorted(line[:4]))
    assert sorted(each.person_id for each in ledger_rows(house, "hold.offered")) == sorted(line[:4])
    assert in_line(house) == line
    assert broken_invariants(house.stores.confidential) == []


def test_a_kept_time_that_is_taken_on_two_devices_refused_and_let_go_at_its_end_has_one_outcome(house: House) -> None:
    scholars = put_scholars(house, len(DAYS))
    scarce(house, dates={})
    for who, day in zip(scholars, DAYS, strict=True):
        waits(house, who, from_day=day, until_day=day)
    scarce(house, dates=dict.fromkeys(DAYS, "10:00-11:00"))
    assert keep_times(house.desk) == len(DAYS)
    arrive(house)

    with children(
        house,
        WAITER,
        ("take", JUST_BEFORE, *scholars),
        ("take", JUST_BEFORE, *reversed(scholars)),
        ("refuse", JUST_BEFORE, *scholars[1:], scholars[0]),
        ("tend", AT_ITS_END),
    ) as racing:
        for child in racing:
            go(child)
        heard = [text for child in racing for text in all_said(child)]

    became = {who: status for who, *_, status in house.bookings()}
    said_so = {"took": "booked", "declined": "declined"}
    told = [(who, said_so[deed]) for deed, who, *_ in map(str.split, heard) if deed in said_so]
    assert (len(house.bookings()), set(became.values()) <= {"booked", "declined", "lapsed"}) == (len(DAYS), True)
    assert dict(told).items() <= became.items()
    assert len([who for who, status in told if status == "booked"]) == house.statuses()["booked"]
    assert sorted(in_line(house)) == sorted(who for who, status in became.items() if status != "booked")
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
