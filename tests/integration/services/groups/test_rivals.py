"""Few seats, many who want them, all at once: threads with connections of their own, on each engine (promise 1)."""

from collections import Counter
from collections.abc import Callable
from functools import partial

from domain.booking import AlreadyCanceled
from domain.errors import NotFound, StoreBusy
from domain.groups import BusyThen, GroupFull, NoSeat, SeatsFree
from services.booking.book import book_session
from services.groups.change import cancel_group, change_seats, move_group
from services.groups.rules import ref_for
from services.groups.seats import give_back, take_seat, wait_in_line
from services.groups.setup import set_up_group
from services.groups.sweep import fill_seats
from services.offers.gone import TimeGone
from tests.acting.rivals import PATIENCE_SECONDS, at_once, failures, results
from tests.builders.bookings import a_wish
from tests.builders.groups import (
    GROUP_AT,
    a_calling_off,
    a_group_move,
    a_group_wish,
    a_key,
    other_seats,
    ref_of,
    seated,
    set_up,
    waiting,
)
from tests.builders.people import TEAM, put_person
from tests.fixtures.desks import House, replica
from tests.looking.invariants import broken_invariants

RACES = 8
Deed = Callable[[], object]


def scholars(house: House, how_many: int, *, first: int = 0) -> list[str]:
    return [put_person(house.stores.program, f"scholar-{number:02}") for number in range(first, first + how_many)]


def replicas(house: House) -> list[House]:
    return [replica(house, lock_wait_seconds=PATIENCE_SECONDS) for _ in range(2)]


def test_fifty_rivals_for_five_seats_get_exactly_five(house: House) -> None:
    set_up(house, wish=a_group_wish(seats=5))
    houses, people = replicas(house), scholars(house, 50)
    deeds = [
        partial(take_seat, houses[number % 2].support, house.person(who), ref_of(house, who), request_key=a_key())
        for number, who in enumerate(people)
    ]

    outcomes = at_once(deeds)

    assert Counter(type(each) for each in failures(outcomes)) == {GroupFull: 45}
    assert len(results(outcomes)) == 5
    assert sorted(house.groups()[0][3]) == [1, 2, 3, 4, 5]
    assert broken_invariants(house.stores.confidential) == []


def test_rivals_for_the_line_stand_in_it_once_each_in_one_order(house: House) -> None:
    set_up(house, wish=a_group_wish(seats=2))
    seated(house, "ada", "bo")
    houses, people = replicas(house), scholars(house, 20)
    deeds = [
        partial(wait_in_line, houses[number % 2].support, house.person(who), ref_of(house, who), request_key=a_key())
        for number, who in enumerate(people)
    ]

    outcomes = at_once(deeds)

    assert failures(outcomes) == []
    line = house.groups()[0][4]
    assert sorted(line) == people
    assert {each.details.place_in_line for each in results(outcomes)} == set(range(1, 21))
    give_back(house.support, house.person("ada"), ref_of(house, "ada"), request_key=a_key())
    assert (house.groups()[0][3][1], house.groups()[0][4]) == (line[0], line[1:])
    assert broken_invariants(house.stores.confidential) == []


def test_seat_against_a_booking_of_the_same_scholar_gives_one_of_the_two(house: House) -> None:
    rival = replica(house)
    set_up(house, wish=a_group_wish(seats=50))
    endings = Counter[str]()

    for number, who in enumerate(scholars(house, RACES)):
        scholar = house.person(who)
        deeds: list[Deed] = [
            partial(take_seat, house.support, scholar, ref_of(house, who), request_key=a_key()),
            partial(book_session, rival.support, scholar, a_wish(GROUP_AT, staff=None, kind="community"))
            if number % 2
            else partial(book_session, rival.support, scholar, a_wish(GROUP_AT, staff="dev")),
        ]
        outcomes = at_once(deeds)
        (lost,) = failures(outcomes)
        assert isinstance(lost, BusyThen | TimeGone)
        endings["seated" if isinstance(lost, TimeGone) else "booked"] += 1
        if isinstance(lost, BusyThen):
            break  # the coach is taken from here on

    assert endings.total() >= 1
    assert broken_invariants(house.stores.confidential) == []


def test_cancel_against_take_leaves_nobody_on_a_seat(house: House) -> None:
    rival = replica(house)
    for number, who in enumerate(scholars(house, RACES)):
        details = set_up(house, wish=a_group_wish())
        current = next(id_ for id_, _, status, *_ in house.groups() if status == "booked")
        deeds = [
            partial(take_seat, house.support, house.person(who), ref_for(current, who), request_key=a_key()),
            partial(cancel_group, rival.support, house.person("cleo"), a_calling_off(details.ref)),
        ]
        outcomes = at_once(deeds if number % 2 else deeds[::-1])
        assert all(isinstance(each, AlreadyCanceled | NotFound) for each in failures(outcomes))

        assert house.cells() == {}
        assert broken_invariants(house.stores.confidential) == []


def test_giving_back_against_the_lines_first_booking_something_else_seats_one_who_can(house: House) -> None:
    rival = replica(house)
    set_up(house, wish=a_group_wish(seats=2))
    first, second = scholars(house, 2)
    seated(house, "ada", "bo")
    waiting(house, first, second)

    deeds: list[Deed] = [
        partial(give_back, house.support, house.person("ada"), ref_of(house, "ada"), request_key=a_key()),
        partial(book_session, rival.support, house.person(first), a_wish(GROUP_AT, staff="dev")),
    ]
    outcomes = at_once(deeds)

    lost = failures(outcomes)
    assert all(isinstance(each, TimeGone | StoreBusy) for each in lost)
    seats, line = house.groups()[0][3:]
    assert (seats[1], line) in ((first, [second]), (second, [first]))
    assert broken_invariants(house.stores.confidential) == []


def test_giving_back_twice_at_once_seats_one_of_the_line(house: House) -> None:
    set_up(house, wish=a_group_wish(seats=2))
    first, second = scholars(house, 2)
    seated(house, "ada", "bo")
    waiting(house, first, second)
    deeds = [
        partial(give_back, each.support, house.person("ada"), ref_of(house, "ada"), request_key=a_key())
        for each in (house, replica(house))
    ]

    outcomes = at_once(deeds)

    assert [type(each) for each in failures(outcomes)] == [NoSeat]
    assert house.groups()[0][3:] == ({1: first, 2: "bo"}, [second])
    assert broken_invariants(house.stores.confidential) == []


def test_two_give_back_while_others_wait_take_and_fill(house: House) -> None:
    houses = replicas(house)
    set_up(house, wish=a_group_wish(seats=2))
    people = scholars(house, 6)
    seated(house, "ada", "bo")
    waiting(house, *people[:3])
    give: list[Deed] = [
        partial(give_back, houses[0].support, house.person(who), ref_of(house, who), request_key=a_key())
        for who in ("ada", "bo")
    ]
    take: list[Deed] = [
        partial(take_seat, houses[1].support, house.person(who), ref_of(house, who), request_key=a_key())
        for who in people[3:]
    ]

    deeds: list[Deed] = [*give, *take, partial(fill_seats, houses[1].desk)]
    outcomes = at_once(deeds)

    assert {type(each) for each in failures(outcomes)} <= {GroupFull, SeatsFree}
    assert house.groups()[0][3:] == ({1: people[0], 2: people[1]}, [people[2]]) or house.groups()[0][3:] == (
        {1: people[1], 2: people[0]},
        [people[2]],
    )
    assert broken_invariants(house.stores.confidential) == []


def test_move_and_seats_changed_at_once_have_one_winner(house: House) -> None:
    set_up(house, wish=a_group_wish(cohost="dev"))
    seated(house, "ada")

    outcomes = at_once(
        [
            partial(
                move_group,
                house.support,
                house.person("cleo"),
                a_group_move(ref_of(house, "cleo"), "2027-01-14T10:00Z"),
            ),
            partial(change_seats, replica(house).support, house.person("dev"), other_seats(ref_of(house, "dev"), 9)),
        ]
    )

    assert (len(results(outcomes)), len(failures(outcomes))) == (1, 1)
    assert broken_invariants(house.stores.confidential) == []


def test_two_who_set_one_up_with_each_other_at_once_set_up_one(house: House) -> None:
    other = replica(house)
    outcomes = at_once(
        [
            partial(set_up_group, house.support, house.person("cleo"), TEAM, a_group_wish(cohost="dev")),
            partial(set_up_group, other.support, house.person("dev"), TEAM, a_group_wish(cohost="cleo")),
        ]
    )

    assert (len(results(outcomes)), len(house.groups())) == (1, 1)
    assert broken_invariants(house.stores.confidential) == []
