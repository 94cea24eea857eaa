"""Office hours against whatever else wants the same time: threads with connections of their own, on each engine."""

from collections import Counter
from collections.abc import Callable, Sequence
from datetime import timedelta
from functools import partial

from domain.booking import SlotTaken
from domain.groups import HostsBusy
from domain.office_hours import HelpingAlready, LineClosed, TimeTaken
from domain.people import Role
from services.booking.book import book_session
from services.groups.setup import set_up_group
from services.offers.gone import TimeGone
from services.office_hours.looking import listed_hours
from services.office_hours.running import close_line, help_in_line
from services.waiting.match import keep_times
from tests.acting.rivals import PATIENCE_SECONDS, at_once, failures, results
from tests.acting.waiting_line import scarce, waits
from tests.builders.bookings import a_wish
from tests.builders.groups import a_group_wish
from tests.builders.office_hours import ROOM, a_key, hold
from tests.builders.people import TEAM, put_person
from tests.fixtures.desks import House, replica
from tests.looking.invariants import broken_invariants

RACES = 8
TO_NINE = timedelta(hours=21)
"""From the noon at which tests begin to nine o'clock on Tuesday."""
Deed = Callable[[], object]


def rivals(house: House) -> tuple[House, House]:
    one, other = (replica(house, lock_wait_seconds=PATIENCE_SECONDS) for _ in range(2))
    return one, other


def starting(number: int) -> tuple[timedelta, str]:
    """One of the hours of Tuesday: how far ahead it is, and its instant."""
    return TO_NINE + timedelta(hours=number), f"2027-01-12T{9 + number:02}:00Z"


def race(number: int, *deeds: Deed) -> Sequence[object]:
    """Every other time the other one is first at the start."""
    return at_once(deeds if number % 2 else deeds[::-1])


def test_planning_against_booking_the_same_time_gives_exactly_one(house: House) -> None:
    one, other = rivals(house)
    endings = Counter[type[Exception]]()

    for number in range(RACES):
        ahead, start = starting(number)
        scholar = house.person(put_person(house.stores.program, f"scholar-{number}"))
        outcomes = race(
            number,
            partial(hold, one, starts_in=ahead, hours=1),
            partial(book_session, other.support, scholar, a_wish(start)),
        )
        (lost,) = failures(outcomes)
        endings[type(lost)] += 1
        assert broken_invariants(house.stores.confidential) == []

    assert endings.keys() <= {TimeTaken, TimeGone}
    assert len(house.bookings()) == endings[TimeTaken]
    assert len(listed_hours(house.support, house.person("ada"))) == endings[TimeGone]


def test_planning_against_anybody_who_is_free_never_takes_both(house: House) -> None:
    one, other = rivals(house)

    for number in range(RACES):
        ahead, start = starting(number)
        scholar = house.person(put_person(house.stores.program, f"scholar-{number}"))
        outcomes = race(
            number,
            partial(hold, one, starts_in=ahead, hours=1),
            partial(book_session, other.support, scholar, a_wish(start, staff=None)),
        )
        assert all(isinstance(each, TimeTaken) for each in failures(outcomes))
        assert broken_invariants(house.stores.confidential) == []

    assert len(house.bookings()) == RACES


def test_planning_against_a_session_of_several_gives_exactly_one(house: House) -> None:
    one, other = rivals(house)

    for number in range(RACES):
        ahead, start = starting(number)
        outcomes = race(
            number,
            partial(hold, one, starts_in=ahead, hours=1),
            partial(set_up_group, other.support, house.person("dev"), TEAM, a_group_wish(start, cohost="cleo")),
        )
        (lost,) = failures(outcomes)
        assert isinstance(lost, TimeTaken | HostsBusy)
        assert broken_invariants(house.stores.confidential) == []


def test_planning_against_a_session_of_the_same_person_as_a_scholar_gives_exactly_one(house: House) -> None:
    put_person(house.stores.program, "duo", Role.SCHOLAR, Role.COACH)
    one, other = rivals(house)

    for number, staff in enumerate(("cleo", "dev", "cleo")):
        ahead, start = starting(number)
        outcomes = race(
            number,
            partial(hold, one, "duo", starts_in=ahead, hours=1),
            partial(book_session, other.support, house.person("duo"), a_wish(start, staff=staff)),
        )
        (lost,) = failures(outcomes)
        assert isinstance(lost, TimeTaken | TimeGone | SlotTaken)
        assert broken_invariants(house.stores.confidential) == []


def test_one_helper_who_plans_by_many_presses_at_once_has_one_sitting(house: House) -> None:
    pair = rivals(house)

    outcomes = at_once([partial(hold, pair[number % 2], starts_in=TO_NINE, hours=1) for number in range(6)])

    assert len(results(outcomes)) == 1
    assert {type(each) for each in failures(outcomes)} == {HelpingAlready}
    assert broken_invariants(house.stores.confidential) == []


def test_closing_against_coming_to_help_leaves_nobody_with_time_taken(house: House) -> None:
    one, other = rivals(house)

    for number in range(RACES):
        ref = hold(house, starts_in=TO_NINE, hours=1)
        dev = house.person("dev")
        office_ref = listed_hours(house.support, dev)[0].ref
        outcomes = race(
            number,
            partial(close_line, one.support, house.person("cleo"), ref),
            partial(help_in_line, other.support, dev, office_ref, ROOM, request_key=a_key()),
        )
        assert all(isinstance(each, LineClosed) for each in failures(outcomes))
        assert house.cells() == {}
        assert broken_invariants(house.stores.confidential) == []


def test_planning_against_keeping_the_time_for_who_waits_gives_exactly_one(house: House) -> None:
    scarce(house)
    ref = hold(house, starts_in=timedelta(hours=22), hours=1)
    waits(house, "ada")
    one, other = rivals(house)
    close_line(house.support, house.person("cleo"), ref)

    planned, kept = race(1, partial(hold, one, starts_in=timedelta(hours=22), hours=1), partial(keep_times, other.desk))

    assert isinstance(planned, TimeTaken) == (kept == 1)
    assert len(house.bookings()) == (1 if kept == 1 else 0)
    assert broken_invariants(house.stores.confidential) == []
