"""One time, many who want it: threads with connections and locks of their own, on each engine (promise 1)."""

import logging
from collections import Counter
from collections.abc import Callable, Sequence
from functools import partial

import pytest

from domain.booking import AlreadyCanceled, AlreadyChanged, SlotTaken, TooManyOpen
from domain.errors import DomainError
from domain.people import Role
from domain.places import Place
from services.booking.book import book_session
from services.booking.change import cancel_session, move_session
from services.booking.sweep import sweep_changed_programs
from services.hours.own import Profile, own_hours, own_profile, save_hours, save_profile
from services.offers.gone import TimeGone
from services.proposals.answer import accept_time
from services.proposals.propose import propose_times
from services.sessions.facts import SessionDetails
from tests.acting.rivals import PATIENCE_SECONDS, at_once, failures, results
from tests.acting.waiting_line import scarce
from tests.builders import leaving
from tests.builders.bookings import TOMORROW_TEN, a_cancellation, a_move, a_proposal, a_wish, instant
from tests.builders.people import put_person
from tests.builders.scheduling import hours_in
from tests.fixtures.desks import LONDON, WEEKDAYS, House, replica
from tests.looking.invariants import broken_invariants

COACH_CELLS, SCHOLAR_CELLS = 12, 9
"""Five-minute cells of a coaching session: 45 minutes, for the coach with the quarter of an hour after it."""
RACES = 20
TOLD_OF_A_BOOKING = ("session.booked", "session.file")
NEXT_FREE = "Tue 12 Jan, 11:00, 11:30, 12:00 GMT"


def scholars(house: House, how_many: int) -> list[str]:
    return [put_person(house.stores.program, f"scholar-{number}") for number in range(how_many)]


def rivals_for(house: House, wishes: Sequence[tuple[str, str, str | None]]) -> list[Callable[[], SessionDetails]]:
    """Each of (scholar, start, staff), every other one at another replica."""
    # Fifty take their turn at one lock: whoever comes last must be told about the time, not about the machine.
    houses = [replica(house, lock_wait_seconds=PATIENCE_SECONDS) for _ in range(2)]
    return [
        partial(book_session, houses[number % 2].support, house.person(id_), a_wish(start, staff=staff))
        for number, (id_, start, staff) in enumerate(wishes)
    ]


def sorts_of(outcomes: Sequence[object]) -> Counter[type[Exception]]:
    return Counter(type(each) for each in failures(outcomes))


def test_book_with_fifty_rivals_for_one_time_gives_it_to_exactly_one(
    house: House, caplog: pytest.LogCaptureFixture
) -> None:
    """Case 37: one is booked and gets the one invitation, 49 hear that it is taken, and nobody sees a trace."""
    wishes = [(id_, TOMORROW_TEN, "cleo") for id_ in scholars(house, 50)]

    with caplog.at_level(logging.DEBUG):
        outcomes = at_once(rivals_for(house, wishes))

    (won,) = results(outcomes)
    assert sorts_of(outcomes) == {TimeGone: 49}
    assert {(each.message, each.field) for each in failures(outcomes) if isinstance(each, DomainError)} == {
        (f"{SlotTaken()} Next free: {NEXT_FREE}.", "start")
    }
    assert house.bookings() == [(won.booked.scholar_id, "cleo", TOMORROW_TEN, "booked")]
    assert house.cells() == {"cleo": COACH_CELLS, won.booked.scholar_id: SCHOLAR_CELLS}
    told = Counter((kind, person) for kind, person, *_ in house.messages() if kind in TOLD_OF_A_BOOKING)
    assert told == {(kind, person): 1 for kind in TOLD_OF_A_BOOKING for person in ("cleo", won.booked.scholar_id)}
    assert [each for each in caplog.records if each.levelno >= logging.WARNING or each.exc_info] == []
    assert broken_invariants(house.stores.confidential) == []


def test_book_with_rivals_for_overlapping_times_gives_exactly_one_of_them(house: House) -> None:
    """Case 38: 25 want ten o'clock, 25 want half past, and a session takes three quarters of an hour."""
    starts = ("2027-01-12T10:00Z", "2027-01-12T10:30Z")
    wishes = [(id_, starts[number % 2], "cleo") for number, id_ in enumerate(scholars(house, 50))]

    outcomes = at_once(rivals_for(house, wishes))

    (won,) = results(outcomes)
    assert sorts_of(outcomes) == {TimeGone: 49}
    assert won.booked.starts in {instant(start) for start in starts}
    assert house.bookings() == [(won.booked.scholar_id, "cleo", f"{won.booked.starts:%Y-%m-%dT%H:%MZ}", "booked")]


def test_book_by_one_scholar_with_two_coaches_at_once_books_one(house: House) -> None:
    """Case 40: whoever books is taken then too."""
    outcomes = at_once(rivals_for(house, [("ada", "2027-01-12T10:00Z", "cleo"), ("ada", "2027-01-12T10:30Z", "dev")]))

    (won,) = results(outcomes)
    (lost,) = failures(outcomes)
    assert isinstance(lost, TimeGone)
    assert lost.message.startswith("You have another session then. Please choose another time, or move that one first.")
    assert house.bookings() == [("ada", won.booked.staff_id, f"{won.booked.starts:%Y-%m-%dT%H:%MZ}", "booked")]


def test_book_with_anyone_takes_as_many_rivals_as_coaches_are_free(house: House) -> None:
    for number in range(4):
        coach = put_person(house.stores.program, f"coach-{number}", Role.COACH)
        save_hours(house.support, house.person(coach), hours_in(LONDON, WEEKDAYS))
    wishes = [(id_, TOMORROW_TEN, None) for id_ in scholars(house, 8)]

    outcomes = at_once(rivals_for(house, wishes))

    assert sorts_of(outcomes) == {TimeGone: 2}
    assert sorted(won.booked.staff_id for won in results(outcomes)) == [
        "cleo",
        "coach-0",
        "coach-1",
        "coach-2",
        "coach-3",
        "dev",
    ]


def test_book_delivered_three_times_at_once_is_one_booking(house: House) -> None:
    replicas = (house, replica(house), replica(house))
    ada = house.person("ada")

    outcomes = at_once([partial(book_session, each.support, ada, a_wish(key="one press")) for each in replicas])

    assert failures(outcomes) == []
    assert len({each.booked.id for each in results(outcomes)}) == 1
    assert house.bookings() == [("ada", "cleo", TOMORROW_TEN, "booked")]


def test_book_of_more_than_may_be_open_at_once_keeps_the_limit(house: House) -> None:
    wishes = [("ada", f"2027-01-{day}T10:00Z", "cleo") for day in (12, 13, 14, 15, 18)]

    outcomes = at_once(rivals_for(house, wishes))

    assert sorts_of(outcomes) == {TooManyOpen: 2}
    assert [status for *_, status in house.bookings()] == ["booked"] * 3


def test_move_against_cancel_has_one_winner_and_the_right_cells_each_time(house: House) -> None:
    rival = replica(house)

    endings = [race(house, rival, is_move_first=number % 2 == 0) for number in range(RACES)]

    moved = ("moved", AlreadyChanged, 2, {"cleo": COACH_CELLS, "ada": SCHOLAR_CELLS})
    canceled = ("canceled", AlreadyCanceled, 2, Counter[str]())
    assert [ending for ending in endings if ending not in (moved, canceled)] == []
    assert len(endings) == RACES


def race(house: House, rival: House, *, is_move_first: bool) -> tuple[str, type[Exception], int, Counter[str]]:
    """Who won, how the other was refused, the version and the cells; afterwards nothing is booked."""
    ada, cleo = house.person("ada"), house.person("cleo")
    booked = book_session(house.support, ada, a_wish()).booked
    deeds = [
        partial(move_session, house.support, ada, a_move(booked.scholar_ref, "2027-01-12T10:30Z")),
        partial(cancel_session, rival.support, cleo, a_cancellation(booked.staff_ref)),
    ]
    outcomes = at_once(deeds if is_move_first else deeds[::-1])
    (won,), (lost,) = results(outcomes), failures(outcomes)
    cells = house.cells()
    if won.booked.is_open:
        cancel_session(house.support, ada, a_cancellation(booked.scholar_ref, version=2))
    return "moved" if won.booked.is_open else "canceled", type(lost), won.booked.version, cells


def test_move_of_two_sessions_to_one_time_moves_one(house: House) -> None:
    sessions = {
        id_: book_session(house.support, house.person(id_), a_wish(start)).booked.scholar_ref
        for id_, start in (("ada", "2027-01-12T09:00Z"), ("bo", "2027-01-12T11:00Z"))
    }
    houses = (house, replica(house))

    outcomes = at_once(
        [
            partial(move_session, each.support, house.person(id_), a_move(sessions[id_], TOMORROW_TEN))
            for each, id_ in zip(houses, sessions, strict=True)
        ]
    )

    (won,) = results(outcomes)
    (lost,) = failures(outcomes)
    assert isinstance(lost, DomainError)
    assert (lost.message.startswith(str(SlotTaken())), lost.field) == (True, "start")
    assert (won.booked.starts, house.cells()) == (
        instant(TOMORROW_TEN),
        {"cleo": 2 * COACH_CELLS, "ada": SCHOLAR_CELLS, "bo": SCHOLAR_CELLS},
    )


def test_accept_delivered_twice_at_once_is_one_booking(house: House) -> None:
    ada = house.person("ada")
    proposal_id = propose_times(house.support, house.person("cleo"), ada, a_proposal()).id
    houses = (house, replica(house))

    outcomes = at_once(
        [
            partial(accept_time, each.support, ada, proposal_id, instant(TOMORROW_TEN), request_key="one press")
            for each in houses
        ]
    )

    assert failures(outcomes) == []
    assert len({each.booked.id for each in results(outcomes)}) == 1
    assert house.bookings() == [("ada", "cleo", TOMORROW_TEN, "booked")]


def test_accept_against_a_rival_books_one(house: House) -> None:
    ada, bo = house.person("ada"), house.person("bo")
    proposal_id = propose_times(house.support, house.person("cleo"), ada, a_proposal()).id
    accept = partial(accept_time, house.support, ada, proposal_id, instant(TOMORROW_TEN), request_key="accept")
    book = partial(book_session, replica(house).support, bo, a_wish())

    outcomes = at_once([accept, book])

    (won,) = results(outcomes)
    (lost,) = failures(outcomes)
    assert isinstance(lost, DomainError)
    assert lost.message.startswith(str(SlotTaken()))
    assert house.bookings() == [(won.booked.scholar_id, "cleo", TOMORROW_TEN, "booked")]


def test_save_hours_for_the_first_time_delivered_again_and_again_saves_them(house: House) -> None:
    fay = house.person(put_person(house.stores.program, "fay", Role.COACH))
    hours = hours_in(LONDON, {0: "8:00-12:00"}, {"2027-01-20": "off"})
    houses = (house, replica(house))

    outcomes = at_once([partial(save_hours, each.support, fay, hours) for each in houses for _ in range(4)])

    assert (failures(outcomes), own_hours(house.support, fay)) == ([], hours)


def test_sweep_by_two_replicas_at_once_cancels_each_session_once(house: House) -> None:
    scarce(house, "dev", {})
    for day in (12, 13, 14):
        book_session(house.support, house.person("ada"), a_wish(f"2027-01-{day}T10:00Z"))
    leaving.recused(house.stores.program)
    deeds = [partial(sweep_changed_programs, each.desk) for each in (house, replica(house), replica(house))]

    outcomes = at_once(deeds)

    assert failures(outcomes) == []
    assert sum(results(outcomes)) == 3
    told = Counter(person for kind, person, *_ in house.messages() if kind == "session.canceled")
    assert (told, house.cells()) == ({"ada": 3, "cleo": 3}, {})


def test_save_profile_for_the_first_time_delivered_again_and_again_saves_it(house: House) -> None:
    fay = house.person(put_person(house.stores.program, "fay", Role.COACH))
    rooms = {
        "coaching": {"": Place(kind="room", detail="4.12"), "London": Place(kind="room", detail="1.05")},
        "research": {},
    }
    profile = Profile(about="Tea.", focus_areas=(), places=rooms)
    houses = (house, replica(house))

    outcomes = at_once([partial(save_profile, each.support, fay, profile) for each in houses for _ in range(4)])

    assert (failures(outcomes), own_profile(house.support, fay)) == ([], profile)
