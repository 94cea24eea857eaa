"""What cannot stay is offered elsewhere, and nothing is orphaned."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select, update

from domain.people import Role
from domain.series import Repeat
from services.booking.book import book_session
from services.booking.sweep import sweep_changed_programs
from services.holds.take import take_time
from services.hours.own import save_hours
from services.waiting.match import keep_times
from storage.confidential.bookings import OccupiedCell
from storage.engine import table_of
from storage.program.people_queries import membership
from tests.acting.waiting_line import books, kept_for, key, put_scholars, scarce, takes, the_kept, until, waits
from tests.builders import leaving
from tests.builders.bookings import TOMORROW_TEN, a_wish
from tests.builders.people import put_person
from tests.builders.scheduling import hours_in
from tests.fixtures.desks import LONDON, WEEKDAYS, House
from tests.looking.invariants import broken_invariants

EVERY_WAY = pytest.mark.parametrize(
    "apart",
    [
        leaving.membership_over,
        leaving.off_the_roster,
        leaving.deactivated,
        leaving.became_mentor,
        leaving.recused,
        leaving.became_staff,
        leaving.became_community_manager,
    ],
)


@EVERY_WAY
def test_the_same_time_with_another_is_kept_for_the_scholar(house: House, apart: leaving.Change) -> None:
    book_session(house.support, house.person("ada"), a_wish(words="Only for Cleo."))
    apart(house.stores.program)

    sweep_changed_programs(house.desk)

    assert sorted(house.bookings()) == [
        ("ada", "cleo", TOMORROW_TEN, "canceled"),
        ("ada", "dev", TOMORROW_TEN, "held"),
    ]
    assert ("hold.offered", "ada") not in [row[:2] for row in house.messages()]
    assert until(the_kept(house, "ada")) == "2027-01-11T14:00Z"
    taken = takes(house, "ada")
    assert (taken.booked.status, taken.other_name, taken.words) == ("booked", "Dev", "")
    assert broken_invariants(house.stores.confidential) == []


def test_a_series_is_kept_elsewhere_beyond_the_horizon_too(house: House) -> None:
    starts = [TOMORROW_TEN, "2027-01-26T10:00Z", "2027-02-09T10:00Z"]
    book_session(house.support, house.person("ada"), replace(a_wish(), repeat=Repeat(every_weeks=2, times=3)))
    leaving.off_the_roster(house.stores.program)

    sweep_changed_programs(house.desk)

    held = [(staff, start) for _, staff, start, status in house.bookings() if status == "held"]
    assert sorted(held) == [("dev", start) for start in starts]
    assert broken_invariants(house.stores.confidential) == []


def test_nothing_is_kept_when_nobody_else_is_free_then(house: House) -> None:
    books(house, "ada")
    books(house, "bo", staff="dev")
    leaving.off_the_roster(house.stores.program)

    sweep_changed_programs(house.desk)

    assert house.statuses() == {"canceled": 1, "booked": 1}


def test_nothing_is_kept_for_a_scholar_who_has_left(house: House) -> None:
    books(house, "ada")
    with house.stores.program.write() as connection:
        connection.execute(update(membership).where(membership.c.person_id == "ada").values(removed_at=1))
    leaving.touch(house.stores.program)

    sweep_changed_programs(house.desk)

    assert house.statuses() == {"canceled": 1}


def test_nothing_is_kept_when_it_is_too_late_to_answer(house: House) -> None:
    books(house, "ada", "2027-01-11T16:00Z")
    leaving.off_the_roster(house.stores.program)

    sweep_changed_programs(house.desk)

    assert house.statuses() == {"canceled": 1}


def test_who_only_came_apart_frees_the_time_for_who_waits(house: House) -> None:
    scarce(house)
    books(house, "ada")
    waits(house, "bo")
    leaving.recused(house.stores.program)

    sweep_changed_programs(house.desk)

    held = sorted((who, staff) for who, staff, _, status in house.bookings() if status == "held")
    assert held == [("ada", "dev"), ("bo", "cleo")]
    assert broken_invariants(house.stores.confidential) == []


def test_what_was_kept_with_somebody_who_leaves_is_kept_no_more(house: House) -> None:
    books(house, "ada")
    leaving.recused(house.stores.program)
    sweep_changed_programs(house.desk)
    with house.stores.program.write() as connection:
        connection.execute(update(membership).where(membership.c.person_id == "dev").values(removed_at=1))
    leaving.touch(house.stores.program)

    sweep_changed_programs(house.desk)

    assert (house.statuses(), kept_for(house, "ada")) == ({"canceled": 1, "lapsed": 1}, [])
    assert broken_invariants(house.stores.confidential) == []


def test_not_taken_it_is_free_again(house: House) -> None:
    books(house, "ada")
    leaving.recused(house.stores.program)
    sweep_changed_programs(house.desk)
    house.clock.advance(timedelta(hours=2))

    keep_times(house.desk)

    assert books(house, "bo", staff="dev").booked.is_open


def test_a_coach_with_twenty_sessions_leaves_and_nothing_is_orphaned(house: House) -> None:
    scholars = put_scholars(house, 20)
    put_person(house.stores.program, "fay", Role.COACH)
    save_hours(house.support, house.person("fay"), hours_in(LONDON, dict.fromkeys(range(5), "9:00-12:00")))
    starts = [f"2027-01-{day}T{hour:02}:00Z" for day in (12, 13, 14, 15) for hour in (9, 10, 11, 14, 15)]
    for scholar, start in zip(scholars, starts, strict=True):
        books(house, scholar, start)
    books(house, "bo", "2027-01-12T14:00Z", staff="dev")
    save_hours(house.support, house.person("dev"), hours_in(LONDON, WEEKDAYS))
    leaving.off_the_roster(house.stores.program)

    swept = sweep_changed_programs(house.desk)

    with house.stores.confidential.read() as connection:
        cells = table_of(OccupiedCell)
        left = list(connection.execute(select(cells.c.cell).where(cells.c.resource_id == "cleo")))
    assert (swept, left) == (20, [])
    assert house.statuses() == {"canceled": 20, "held": 19, "booked": 1}
    told = [row[1] for row in house.messages() if row[0] == "session.canceled"]
    assert sorted(told) == sorted([*scholars, *["cleo"] * 20])
    assert {len(kept_for(house, each)) for each in scholars if each != scholars[3]} == {1}
    for scholar in scholars:
        for kept in kept_for(house, scholar):
            take_time(house.support, house.person(scholar), kept.ref, request_key=key())
    assert house.statuses() == {"canceled": 20, "booked": 20}
    assert broken_invariants(house.stores.confidential) == []
