"""Hours of several people are held in one order, whoever does what at once: nobody waits for somebody who waits."""

from collections import defaultdict
from collections.abc import Callable
from functools import partial
from threading import Barrier, BrokenBarrierError, get_ident

import pytest
from sqlalchemy import Connection

from domain.groups import HostsBusy
from domain.people import Role
from services.booking.book import book_session
from services.booking.sweep import sweep_changed_programs
from services.groups.change import move_group
from services.groups.edit import edit_group
from services.groups.seats import take_seat, wait_in_line
from services.groups.setup import set_up_group
from storage.engine import Store
from tests.acting.rivals import PATIENCE_SECONDS, at_once, failures, results
from tests.acting.waiting_line import books, put_scholars, scarce, waits
from tests.builders import leaving
from tests.builders.bookings import a_wish
from tests.builders.groups import a_group_move, a_group_wish, a_key, an_edit, ref_of, set_up
from tests.builders.people import TEAM, put_person, put_recusal
from tests.fixtures.desks import House, replica
from tests.looking.invariants import broken_invariants

Deeds = list[Callable[[], object]]
HOURS = "hours of "
BOTH_SECONDS = 0.3
"""How long the first who holds somebody's hours lets the other come to hold anybody's."""


def patient(house: House) -> House:
    return replica(house, lock_wait_seconds=PATIENCE_SECONDS)


@pytest.fixture
def hours_held(monkeypatch: pytest.MonkeyPatch) -> dict[Connection, list[str]]:
    """Whose hours each transaction asked for, in order, the first time only."""
    asked: defaultdict[Connection, list[str]] = defaultdict(list)
    lock = Store.lock

    def noted(store: Store, connection: Connection, name: str) -> None:
        if name.startswith(HOURS) and name not in asked[connection]:
            asked[connection].append(name)
        lock(store, connection, name)

    monkeypatch.setattr(Store, "lock", noted)
    return asked


@pytest.fixture
def let_meet(monkeypatch: pytest.MonkeyPatch) -> Callable[[], None]:
    """Call it, and each of two threads stops once it holds the first hours, until the other holds some or cannot."""
    barrier, begun, lock = Barrier(2), set[int](), Store.lock

    def stopping(store: Store, connection: Connection, name: str) -> None:
        lock(store, connection, name)
        if name.startswith(HOURS) and get_ident() not in begun:
            begun.add(get_ident())
            try:
                barrier.wait(BOTH_SECONDS)
            except BrokenBarrierError:
                return

    return lambda: monkeypatch.setattr(Store, "lock", stopping)


def dev_leaves_ada(house: House) -> None:
    """Dev, whose time Bo waits for, may not meet Ada any more, and Cleo is free then."""
    scarce(house, "dev")
    books(house, "ada", staff="dev")
    waits(house, "bo", staff="dev")
    put_recusal(house.stores.program, "dev", "ada")
    leaving.touch(house.stores.program)


def test_the_sweep_against_a_session_of_the_two_leaves_both_done_without_a_knot(
    house: House, let_meet: Callable[[], None]
) -> None:
    dev_leaves_ada(house)
    let_meet()
    deeds: Deeds = [
        partial(sweep_changed_programs, patient(house).desk),
        partial(
            set_up_group,
            patient(house).support,
            house.person("cleo"),
            TEAM,
            a_group_wish(cohost="dev", starts="2027-01-12T10:00Z"),
        ),
    ]

    outcomes = at_once(deeds)

    assert [type(each) for each in failures(outcomes)] in ([], [HostsBusy])
    assert len(results(outcomes)) >= 1
    kept = sorted((who, staff) for who, staff, _, status in house.bookings() if status == "held")
    assert kept in ([("ada", "cleo"), ("bo", "dev")], [])
    assert broken_invariants(house.stores.confidential) == []


def test_the_sweep_holds_the_hours_of_all_it_may_give_the_time_to_by_their_ids(
    house: House, hours_held: dict[Connection, list[str]]
) -> None:
    dev_leaves_ada(house)
    hours_held.clear()

    sweep_changed_programs(house.desk)

    assert list(hours_held.values()) == [["hours of cleo", "hours of dev"]]


def test_a_group_session_that_moves_holds_the_hours_of_hosts_and_of_who_waits_by_their_ids(
    house: House, hours_held: dict[Connection, list[str]]
) -> None:
    seated = put_scholars(house, 2)
    set_up(house, wish=a_group_wish(seats=2))
    for scholar in seated:
        take_seat(house.support, house.person(scholar), ref_of(house, scholar), request_key=a_key())
    for both in ("gil", "fay"):
        put_person(house.stores.program, both, Role.COACH, Role.SCHOLAR)
        wait_in_line(house.support, house.person(both), ref_of(house, both), request_key=a_key())
    for scholar, kind in zip(seated, ("coaching", "community"), strict=True):
        wish = a_wish("2027-01-15T10:00Z", kind=kind, staff="dev" if kind == "coaching" else "eli")
        book_session(house.support, house.person(scholar), wish)
    hours_held.clear()

    move_group(house.support, house.person("cleo"), a_group_move(ref_of(house, "cleo"), "2027-01-15T10:00Z"))

    assert list(hours_held.values()) == [["hours of cleo", "hours of fay", "hours of gil"]]


def test_a_group_session_that_is_edited_holds_the_hours_of_new_hosts_too_by_their_ids(
    house: House, hours_held: dict[Connection, list[str]]
) -> None:
    seated = put_scholars(house, 2)
    set_up(house, wish=a_group_wish(seats=2))
    for scholar in seated:
        take_seat(house.support, house.person(scholar), ref_of(house, scholar), request_key=a_key())
    put_person(house.stores.program, "bea", Role.COACH)
    put_person(house.stores.program, "abe", Role.COACH, Role.SCHOLAR)
    wait_in_line(house.support, house.person("abe"), ref_of(house, "abe"), request_key=a_key())
    hours_held.clear()

    edit_group(house.support, house.person("cleo"), TEAM, an_edit(ref_of(house, "cleo"), minutes=60, cohost="bea"))

    assert list(hours_held.values()) == [["hours of abe", "hours of bea", "hours of cleo"]]
