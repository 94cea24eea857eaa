"""What is kept or asked for obeys caps and fair shares as a session does, and counts as one."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from domain.booking import TooManyOpen
from domain.kinds import GROUP, URGENT, UnknownKind
from domain.limits import OwnLimits
from services.booking.change import cancel_session
from services.hours.own import Profile, save_profile
from services.offers.gone import TimeGone
from services.waiting.join import WaitFor, wait_for
from services.waiting.match import keep_times
from tests.acting.waiting_line import books, key, put_scholars, scarce, waits, with_approval
from tests.builders.bookings import a_cancellation
from tests.builders.rules import set_rules, with_kind
from tests.fixtures.desks import House, share_out
from tests.looking.invariants import broken_invariants

TUESDAY, WEDNESDAY, THURSDAY, FRIDAY = (f"2027-01-{day}" for day in (12, 13, 14, 15))


def held(house: House) -> list[tuple[str, str]]:
    return [(who, start) for who, _, start, status in house.bookings() if status == "held"]


def test_time_that_comes_free_passes_over_who_has_used_their_share_of_the_week(house: House) -> None:
    share_out(house)
    scarce(house, dates={FRIDAY: "10:00-11:00"})
    ref = books(house, "ada", f"{FRIDAY}T10:00Z").ref
    for day in (TUESDAY, WEDNESDAY):
        books(house, "bo", f"{day}T10:00Z", staff="dev")
    (next_one,) = put_scholars(house, 1)
    for scholar in ("bo", next_one):
        waits(house, scholar)

    cancel_session(house.support, house.person("ada"), a_cancellation(ref))

    assert held(house) == [(next_one, f"{FRIDAY}T10:00Z")]


def test_new_hours_are_offered_in_a_week_in_which_they_have_a_share_left(house: House) -> None:
    share_out(house)
    scarce(house, dates={})
    waits(house, "bo")
    for day in (TUESDAY, WEDNESDAY):
        books(house, "bo", f"{day}T10:00Z", staff="dev")
    scarce(house, dates={FRIDAY: "10:00-11:00", "2027-01-19": "10:00-11:00"})

    keep_times(house.desk)

    assert held(house) == [("bo", "2027-01-19T10:00Z")]


def test_new_hours_on_a_day_that_is_full_are_passed_over(house: House) -> None:
    set_rules(house.stores.program, lambda rules: with_kind(rules, per_day=1))
    scarce(house)
    books(house, "ada")
    waits(house, "bo")
    scarce(house, dates={TUESDAY: "10:00-12:00", WEDNESDAY: "10:00-11:00"})

    keep_times(house.desk)

    assert held(house) == [("bo", f"{WEDNESDAY}T10:00Z")]


def one_a_week_by_the_rules(house: House) -> None:
    set_rules(house.stores.program, lambda rules: with_kind(rules, per_week=1))


def one_a_month_by_the_rules(house: House) -> None:
    set_rules(house.stores.program, lambda rules: with_kind(rules, per_month=1))


def one_a_week_by_her_own_limit(house: House) -> None:
    profile = Profile(about="", focus_areas=(), places={}, limits=OwnLimits(per_week=1))
    save_profile(house.support, house.person("cleo"), profile)


@pytest.mark.parametrize(
    ("limited", "beyond"),
    [
        (one_a_week_by_the_rules, "2027-01-18"),
        (one_a_week_by_her_own_limit, "2027-01-18"),
        (one_a_month_by_the_rules, "2027-02-01"),
    ],
)
def test_new_hours_in_a_week_or_month_that_past_sessions_fill_are_passed_over(
    house: House, limited: Callable[[House], None], beyond: str
) -> None:
    scarce(house)
    books(house, "ada")
    limited(house)
    house.clock.advance(timedelta(days=1, hours=1))
    waits(house, "bo")
    scarce(house, dates={THURSDAY: "10:00-11:00", beyond: "10:00-11:00"})

    keep_times(house.desk)

    assert held(house) == [("bo", f"{beyond}T10:00Z")]


def test_what_is_kept_counts_for_the_day_of_who_would_take_it(house: House) -> None:
    set_rules(house.stores.program, lambda rules: with_kind(rules, per_day=1))
    scarce(house, dates={})
    waits(house, "bo")
    scarce(house, dates={TUESDAY: "10:00-18:00"})
    keep_times(house.desk)

    with pytest.raises(TimeGone) as refused:
        books(house, "ada", f"{TUESDAY}T15:00Z")

    assert refused.value.message.startswith("That day is full for whoever takes these sessions.")
    assert held(house) == [("bo", f"{TUESDAY}T10:00Z")]


def test_what_is_asked_for_counts_for_day_and_share_and_number_ahead(house: House) -> None:
    with_approval(house)
    set_rules(
        house.stores.program,
        lambda rules: with_kind(rules, needs_approval=True, per_day=1, open_per_scholar=2, is_shared_out=False),
    )
    books(house, "ada")
    with pytest.raises(TimeGone) as full:
        books(house, "bo", f"{TUESDAY}T15:00Z")
    books(house, "ada", f"{WEDNESDAY}T10:00Z")
    with pytest.raises(TooManyOpen):
        books(house, "ada", f"{THURSDAY}T10:00Z")

    assert full.value.message.startswith("That day is full for whoever takes these sessions.")
    assert {status for *_, status in house.bookings()} == {"requested"}
    assert broken_invariants(house.stores.confidential) == []


def test_what_is_asked_for_uses_the_share_of_the_week(house: House) -> None:
    share_out(house)
    set_rules(house.stores.program, lambda rules: with_kind(rules, needs_approval=True))
    for day in (TUESDAY, WEDNESDAY):
        books(house, "ada", f"{day}T10:00Z")

    with pytest.raises(TimeGone) as refused:
        books(house, "ada", f"{FRIDAY}T10:00Z")

    assert refused.value.message.startswith("You have as many sessions that week as can be booked well ahead;")


@pytest.mark.parametrize("kind", [URGENT, GROUP])
def test_there_is_no_line_here_for_what_has_a_way_of_its_own(house: House, kind: str) -> None:
    with pytest.raises(UnknownKind):
        wait_for(house.support, house.person("ada"), WaitFor(request_key=key(), kind=kind, staff_id=None))


def test_kind_that_is_switched_off_is_offered_to_nobody_until_it_is_on_again(house: House) -> None:
    scarce(house)
    ref = books(house, "ada").ref
    waits(house, "bo")
    set_rules(house.stores.program, lambda rules: with_kind(rules, is_offered=False))
    cancel_session(house.support, house.person("ada"), a_cancellation(ref))
    keep_times(house.desk)
    while_off = held(house)

    set_rules(house.stores.program, lambda rules: with_kind(rules, is_offered=True))
    keep_times(house.desk)

    assert (while_off, held(house)) == ([], [("bo", f"{TUESDAY}T10:00Z")])
