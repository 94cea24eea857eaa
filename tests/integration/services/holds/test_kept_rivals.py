"""Kept times with many at once: threads with connections and locks of their own, on each engine."""

from collections import Counter
from collections.abc import Callable, Sequence
from datetime import timedelta
from functools import partial

from domain.booking import AlreadyCanceled, AlreadyChanged
from domain.errors import DomainError, NotFound
from domain.holds import NotKeptAnyMore, RequestWithdrawn, TakenAlready
from services.booking.book import book_session
from services.booking.change import cancel_session, move_session
from services.booking.sweep import sweep_changed_programs
from services.holds.approve import ApprovedMeanwhile, approve_request, withdraw_request
from services.holds.lapse import let_go
from services.holds.take import refuse_time, take_time
from services.offers.gone import TimeGone
from services.sessions.facts import SessionDetails
from services.waiting.join import WaitFor, wait_for, waits_of
from services.waiting.match import keep_times
from storage.confidential import waiting_queries
from storage.migrations import StoreName
from tests.acting.rivals import PATIENCE_SECONDS, at_once, failures, results
from tests.acting.waiting_line import arrive, books, key, put_scholars, scarce, the_kept, waits, with_approval
from tests.builders import leaving
from tests.builders.bookings import a_cancellation, a_move, a_wish
from tests.builders.people import put_person
from tests.builders.rules import set_rules, with_kind
from tests.fakes.clock import FakeClock
from tests.fixtures.desks import House, another_house, replica
from tests.looking.invariants import broken_invariants

RACES = 10
Deeds = list[Callable[[], object]]
Ending = tuple[dict[type[Exception], int], bool, str]
"""Who was refused why, whether there was nothing to let go, and what became of the time."""


def sorts_of(outcomes: Sequence[object]) -> Counter[type[Exception]]:
    return Counter(type(each) for each in failures(outcomes))


def patient(house: House) -> House:
    return replica(house, lock_wait_seconds=PATIENCE_SECONDS)


def a_hold(house: House, waiting: str = "bo") -> str:
    """Ada has canceled Cleo's only hour, and it is kept for who waits; returns their reference."""
    scarce(house)
    ref = books(house, "ada").ref
    waits(house, waiting)
    cancel_session(house.support, house.person("ada"), a_cancellation(ref))
    return the_kept(house, waiting).ref


def test_fifty_rivals_for_a_kept_time_all_hear_that_it_is_taken(house: House) -> None:
    ref = a_hold(house)
    rivals = put_scholars(house, 50)
    houses = [patient(house) for _ in range(2)]
    deeds = [
        partial(book_session, houses[number % 2].support, house.person(id_), a_wish())
        for number, id_ in enumerate(rivals)
    ]
    take = partial(take_time, patient(house).support, house.person("bo"), ref, request_key=key())

    outcomes = at_once([*deeds, take])

    assert sorts_of(outcomes) == {TimeGone: 50}
    assert [won.booked.scholar_id for won in results(outcomes)] == ["bo"]
    assert house.statuses() == {"canceled": 1, "booked": 1}
    assert broken_invariants(house.stores.confidential) == []


def test_fifty_rivals_for_a_time_that_is_let_go_leave_it_with_one_or_the_next_in_line(house: House) -> None:
    a_hold(house)
    arrive(house)
    *rivals, waiting = put_scholars(house, 31)
    waits(house, waiting)
    house.clock.advance(timedelta(hours=2))
    houses = [patient(house) for _ in range(2)]
    deeds = [
        partial(book_session, houses[number % 2].support, house.person(id_), a_wish())
        for number, id_ in enumerate(rivals)
    ]

    everybody: Deeds = [*deeds, partial(let_go, patient(house).support)]
    outcomes = at_once(everybody)

    assert sorts_of(outcomes) == {TimeGone: 30}
    assert [(who, status) for who, *_, status in house.bookings() if status in ("held", "booked")] == [
        (waiting, "held")
    ]
    assert broken_invariants(house.stores.confidential) == []


def test_cancel_with_twenty_who_wait_offers_it_to_the_first_alone(house: House) -> None:
    scarce(house)
    ref = books(house, "ada").ref
    line = put_scholars(house, 20)
    for scholar in line:
        waits(house, scholar)
    houses = [house, *(replica(house) for _ in range(4))]
    press = key()
    cancels = [
        partial(cancel_session, each.support, house.person("ada"), a_cancellation(ref, key=press)) for each in houses
    ]
    ticks = [partial(keep_times, each.desk) for each in houses]

    everybody: Deeds = [*cancels, *ticks]
    outcomes = at_once(everybody)

    assert failures(outcomes) == []
    assert [(who, status) for who, *_, status in house.bookings()] == [("ada", "canceled"), (line[0], "held")]
    with house.stores.confidential.read() as connection:
        assert [each.scholar_id for each in waiting_queries.line(connection, "program-1", "coaching")] == line
    assert broken_invariants(house.stores.confidential) == []


def test_full_day_that_comes_free_goes_to_the_line_and_to_none_of_twenty_rivals(house: House) -> None:
    set_rules(house.stores.program, lambda rules: with_kind(rules, per_day=1))
    scarce(house, dates={"2027-01-12": "9:00-18:00"})
    ref = books(house, "ada").ref
    *rivals, waiting = put_scholars(house, 21)
    waits(house, waiting)
    houses = [patient(house) for _ in range(2)]
    wishes = [a_wish(f"2027-01-12T{hour}:00Z") for hour in ("12", "15")]
    deeds: Deeds = [
        partial(book_session, houses[number % 2].support, house.person(id_), wishes[number % 2])
        for number, id_ in enumerate(rivals)
    ]

    deeds.append(partial(cancel_session, houses[0].support, house.person("ada"), a_cancellation(ref)))
    outcomes = at_once(deeds)

    assert sorts_of(outcomes) == {TimeGone: 20}
    assert [(who, status) for who, *_, status in house.bookings()] == [("ada", "canceled"), (waiting, "held")]
    assert broken_invariants(house.stores.confidential) == []


def test_two_times_that_come_free_at_once_go_to_the_first_two_in_line(house: House) -> None:
    scarce(house, dates={"2027-01-12": "10:00-12:00"})
    refs = {
        who: books(house, who, start).ref for who, start in (("ada", "2027-01-12T10:00Z"), ("bo", "2027-01-12T11:00Z"))
    }
    line = put_scholars(house, 5)
    for scholar in line:
        waits(house, scholar)
    houses = (patient(house), patient(house))

    outcomes = at_once(
        [
            partial(cancel_session, each.support, house.person(who), a_cancellation(refs[who]))
            for each, who in zip(houses, refs, strict=True)
        ]
    )
    keep_times(house.desk)

    assert failures(outcomes) == []
    assert sorted(who for who, *_, status in house.bookings() if status == "held") == line[:2]
    assert broken_invariants(house.stores.confidential) == []


def test_taking_against_letting_go_has_one_outcome_each_time(house: House) -> None:
    # A replica whose clock is ahead lets go while the scholar still has time by another's.
    ahead = another_house(
        house.stores,
        clock=FakeClock(house.clock.now() + timedelta(hours=2)),
        ids=house.ids,
        confidential=house.stores.open(StoreName.CONFIDENTIAL),
    )
    bo, days = house.person("bo"), range(18, 18 + RACES)
    scarce(house, dates={f"2027-01-{day}": "10:00-11:00" for day in days})
    refs = {put_person(house.stores.program, f"owner-{day}"): day for day in days}
    owned = {who: books(house, who, f"2027-01-{day}T10:00Z").ref for who, day in refs.items()}
    endings: list[Ending] = []
    for number, (who, ref) in enumerate(owned.items()):
        day = f"2027-01-{refs[who]}"
        waits(house, "bo", from_day=day, until_day=day)
        cancel_session(house.support, house.person(who), a_cancellation(ref))
        arrive(house)  # what was never told would be offered to them again
        deeds: Deeds = [
            partial(take_time, house.support, bo, the_kept(house, "bo").ref, request_key=key()),
            partial(let_go, ahead.support),
        ]
        outcomes = at_once(deeds if number % 2 else deeds[::-1])
        assert broken_invariants(house.stores.confidential) == []
        endings.append((dict(sorts_of(outcomes)), 0 in results(outcomes), [*statuses_of(house, "bo")][-1]))
        cancel_what_was_taken(house, results(outcomes))

    taken: Ending = ({}, True, "booked")
    gone: Ending = ({NotKeptAnyMore: 1}, False, "lapsed")
    assert [ending for ending in endings if ending not in (taken, gone)] == []
    assert len(endings) == RACES


def statuses_of(house: House, scholar: str) -> list[str]:
    return [status for who, *_, status in house.bookings() if who == scholar]


def cancel_what_was_taken(house: House, outcomes: Sequence[object]) -> None:
    for details in outcomes:
        if isinstance(details, SessionDetails):
            cancel_session(house.support, house.person("bo"), a_cancellation(details.ref, version=2))


def test_taking_against_no_thanks_on_two_devices_has_one_winner(house: House) -> None:
    ref, bo = a_hold(house), house.person("bo")

    deeds: Deeds = [
        partial(take_time, house.support, bo, ref, request_key=key()),
        partial(take_time, replica(house).support, bo, ref, request_key=key()),
        partial(refuse_time, replica(house).support, bo, ref),
    ]

    outcomes = at_once(deeds)

    (held,) = [status for who, *_, status in house.bookings() if who == "bo"]
    assert len(failures(outcomes)) == 2
    assert (held == "declined") == (TakenAlready not in sorts_of(outcomes))
    assert broken_invariants(house.stores.confidential) == []


def test_approving_against_taking_it_back_has_one_winner_and_right_words_each_time(house: House) -> None:
    asking, rival = with_approval(house), with_approval(replica(house))
    ada, cleo = house.person("ada"), house.person("cleo")
    endings = []
    for number in range(RACES):
        booked = books(asking, "ada").booked
        deeds = [
            partial(approve_request, asking.support, cleo, booked.staff_ref, request_key=key()),
            partial(withdraw_request, rival.support, ada, booked.scholar_ref),
        ]
        outcomes = at_once(deeds if number % 2 else deeds[::-1])
        (won,), (lost,) = results(outcomes), failures(outcomes)
        endings.append((won.booked.status, type(lost)))
        assert broken_invariants(house.stores.confidential) == []
        if won.booked.is_open:
            cancel_session(house.support, ada, a_cancellation(booked.scholar_ref, version=2))

    right: set[tuple[str, type[DomainError]]] = {("booked", ApprovedMeanwhile), ("withdrawn", RequestWithdrawn)}
    assert (len(endings), set(endings) - right) == (RACES, set())


def test_a_coach_who_leaves_while_the_scholar_moves_leaves_one_time_with_somebody_who_is_there(house: House) -> None:
    ada = house.person("ada")
    ref = books(house, "ada").ref
    leaving.off_the_roster(house.stores.program)

    deeds: Deeds = [
        partial(move_session, replica(house).support, ada, a_move(ref, "2027-01-13T10:00Z")),
        partial(sweep_changed_programs, house.desk),
    ]

    outcomes = at_once(deeds)
    sweep_changed_programs(house.desk)

    assert [type(each) in (AlreadyCanceled, AlreadyChanged, NotFound) for each in failures(outcomes)] == [True]
    assert sorted((staff, status) for _, staff, _, status in house.bookings()) == [
        ("cleo", "canceled"),
        ("dev", "held"),
    ]
    assert broken_invariants(house.stores.confidential) == []


def test_joining_twenty_at_once_gives_each_a_place_of_their_own(house: House) -> None:
    scarce(house)
    books(house, "ada")
    line = put_scholars(house, 20)
    houses = (patient(house), patient(house))

    outcomes = at_once(
        [
            partial(
                wait_for,
                houses[number % 2].support,
                house.person(who),
                WaitFor(request_key=key(), kind="coaching", staff_id="cleo"),
            )
            for number, who in enumerate([*line, *line])
        ]
    )

    assert failures(outcomes) == []
    assert [len(waits_of(house.support, house.person(who))) for who in line] == [1] * 20
    assert broken_invariants(house.stores.confidential) == []


def test_ticks_of_three_replicas_at_once_offer_each_time_once_in_order(house: House) -> None:
    scarce(house, dates={})
    line = put_scholars(house, 6)
    for scholar in line:
        waits(house, scholar)
    scarce(house, dates={"2027-01-12": "9:00-12:00", "2027-01-13": "9:00-10:00"})
    houses = (house, replica(house), replica(house))

    outcomes = at_once([partial(keep_times, each.desk) for each in houses])
    keep_times(house.desk)

    assert failures(outcomes) == []
    assert sorted(who for who, *_, status in house.bookings() if status == "held") == line[:4]
    assert broken_invariants(house.stores.confidential) == []
