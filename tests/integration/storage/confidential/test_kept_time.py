"""A time that is kept for somebody, or asked for, is taken for all others and a session for nobody yet."""

from dataclasses import asdict, replace
from functools import partial
from typing import Any

import pytest
from sqlalchemy import insert
from sqlalchemy.exc import IntegrityError

from domain.booking import OCCUPYING, Booked, BookingStatus
from storage.confidential import ahead_queries, booking_queries, taken_queries
from storage.confidential.bookings import Booking
from storage.engine import Store, table_of
from tests.builders.bookings import a_booking
from tests.builders.scheduling import at
from tests.fixtures.engines import Stores

DAY = "2027-01-12"
BEFORE, AFTER = at(f"{DAY}T00:00Z"), at("2027-01-13T00:00Z")
TAKEN = sorted(status.value for status in OCCUPYING)


def put(store: Store, *bookings: Booked) -> None:
    with store.write() as connection:
        connection.execute(insert(table_of(Booking)), [asdict(booked) for booked in bookings])


def a_booked(status: BookingStatus, *, starts: str, **changes: Any) -> Booked:
    booked = a_booking(starts=starts, status=status)
    return replace(
        booked, id=status, scholar_ref=f"scholar {status}", staff_ref=f"staff {status}", roster_version=7, **changes
    )


def one_of_each() -> list[Booked]:
    return [
        a_booked(status, starts=f"{DAY}T{hour:02}:00Z", program_id=f"of {status}")
        for hour, status in enumerate(BookingStatus, 8)
    ]


@pytest.fixture
def store(stores: Stores) -> Store:
    put(stores.confidential, *one_of_each())
    return stores.confidential


def test_what_is_taken_carried_and_had_is_whatever_has_its_time(store: Store) -> None:
    with store.read() as connection:
        ask = partial(taken_queries.taken, connection, first=BEFORE, last=AFTER, since=BEFORE)
        of_staff, of_scholar = ask(staff_ids=["cleo"], scholar_id="bo"), ask(staff_ids=["dev"], scholar_id="ada")

    assert sorted(each.booking_id for each in of_staff.busy) == TAKEN
    assert sorted(each.booking_id for each in of_scholar.busy) == TAKEN
    assert (of_staff.load, of_scholar.load) == ({"cleo": 3 * 45 * 60}, {})
    assert (of_staff.own, sorted(each.booking_id for each in of_scholar.own)) == ([], TAKEN)
    assert sorted(each.status for each in of_scholar.own) == TAKEN


def test_only_sessions_are_listed_and_reminded_of(store: Store) -> None:
    with store.read() as connection:
        listed = booking_queries.upcoming_of(connection, "ada", after=BEFORE, at_most=20)
        of_staff = booking_queries.upcoming_of(connection, "cleo", after=BEFORE, at_most=20)
        reminded = ahead_queries.starting_between(connection, BEFORE, AFTER)

    assert [[booked.id for booked in found] for found in (listed, of_staff, reminded)] == [["booked"]] * 3


def test_sweep_looks_at_whatever_has_its_time(store: Store) -> None:
    with store.read() as connection:
        ahead = [
            booked.id
            for status in BookingStatus
            for booked in ahead_queries.future_of_program(connection, f"of {status}", after=BEFORE)
        ]
        oldest = ahead_queries.oldest_rosters(connection, after=BEFORE)

    assert (sorted(ahead), oldest) == (TAKEN, {f"of {status}": 7 for status in TAKEN})


def test_change_is_refused_once_the_status_is_another(store: Store) -> None:
    held = one_of_each()[1]
    with store.write() as connection:
        lost = booking_queries.change_booking(connection, replace(held, status=BookingStatus.REQUESTED), {"kind": "x"})
        won = booking_queries.change_booking(connection, held, {"status": "lapsed", "version": 2})
        late = booking_queries.change_booking(connection, held, {"status": "booked", "version": 2})

    assert (held.status, lost, won, late) == ("held", False, True, False)


@pytest.mark.parametrize("status", sorted(set(BookingStatus) - {BookingStatus.BOOKED}))
def test_on_postgresql_the_table_itself_refuses_to_give_a_kept_time_twice(
    postgresql_stores: Stores, status: BookingStatus
) -> None:
    store = postgresql_stores.confidential
    put(store, a_booked(status, starts=f"{DAY}T10:00Z"))
    rival = a_booked(BookingStatus.BOOKED, starts=f"{DAY}T10:30Z", scholar_id="bo")
    of_scholar = replace(rival, scholar_id="ada", staff_id="dev")

    refused = 0
    for each in (rival, of_scholar):
        try:
            with store.write() as connection:
                connection.execute(insert(table_of(Booking)), asdict(each))
                connection.rollback()
        except IntegrityError:
            refused += 1

    assert refused == (2 if status in OCCUPYING else 0)
