"""What somebody takes of all kinds together: in offers, bookings and moves, and when several book at one moment."""

from dataclasses import replace
from functools import partial

import pytest

from domain.kinds import COACHING, COMMUNITY, DEFAULT_KINDS, URGENT
from domain.limits import OwnLimits
from domain.people import Role
from services.booking.book import book_session
from services.booking.change import cancel_session, move_session
from services.hours.own import Profile, change_hours, save_profile
from services.offers.gone import TimeGone
from services.offers.offer import offer_between, offer_times
from services.offers.own_times import explain_own
from services.proposals.answer import accept_time
from services.proposals.propose import propose_times
from tests.acting.rivals import PATIENCE_SECONDS, at_once, failures, results
from tests.builders.bookings import a_cancellation, a_move, a_proposal, a_wish, instant, starts_in
from tests.builders.groups import set_up
from tests.builders.people import put_membership, put_person
from tests.builders.rules import set_rules
from tests.builders.scheduling import hours_in
from tests.fixtures.desks import LONDON, House, replica
from tests.looking.queries import queries_of

TUESDAY, WEDNESDAY, NEXT_MONDAY = "2027-01-12", "2027-01-13", "2027-01-18"
RESEARCH = replace(DEFAULT_KINDS[0], key="mentor", set_aside=True, notice_minutes=0)


@pytest.fixture
def both(house: House) -> House:
    """The small program, in which Eli takes sessions of two kinds, on each engine."""
    put_membership(house.stores.program, "eli", Role.COACH)
    return house


@pytest.fixture
def one(sqlite_house: House) -> House:
    """The same on SQLite."""
    put_membership(sqlite_house.stores.program, "eli", Role.COACH)
    return sqlite_house


def limit(house: House, staff: str = "eli", **limits: int) -> None:
    """From now on they take only so many of all kinds; the others of their settings stay as they are by default."""
    profile = Profile(about="", focus_areas=(), places={}, limits=OwnLimits(**limits))
    save_profile(house.support, house.person(staff), profile)


def offered_days(house: House, kind: str, scholar: str = "bo") -> set[str]:
    offer = offer_times(house.support, house.person(scholar), kind=kind, staff_id="eli")
    return {start[:10] for start in starts_in(offer)}


def test_a_session_of_one_kind_fills_the_day_for_the_other(both: House) -> None:
    limit(both, per_day=1)
    book_session(both.support, both.person("ada"), a_wish(f"{TUESDAY}T10:00Z", kind=COMMUNITY, staff="eli"))

    with pytest.raises(TimeGone) as refused:
        book_session(both.support, both.person("bo"), a_wish(f"{TUESDAY}T15:00Z", kind=COACHING, staff="eli"))

    assert refused.value.message.startswith("That day is full for whoever takes these sessions.")
    for kind in (COACHING, COMMUNITY):
        assert (TUESDAY in offered_days(both, kind), WEDNESDAY in offered_days(both, kind)) == (False, True)


def test_a_full_week_is_offered_from_the_next_monday_on_and_says_so_to_its_owner(both: House) -> None:
    limit(both, per_week=2)
    book_session(both.support, both.person("ada"), a_wish(f"{TUESDAY}T10:00Z", kind=COMMUNITY, staff="eli"))
    book_session(both.support, both.person("bo"), a_wish(f"{WEDNESDAY}T10:00Z", kind=COACHING, staff="eli"))

    own = explain_own(both.support, both.person("eli"), both.support.kind(COACHING, both.person("eli")))

    assert min(offered_days(both, COACHING)) == NEXT_MONDAY
    assert any("in weeks that are full" in share for share in own.shares)


def test_a_canceled_session_counts_no_more_and_one_that_moves_does_not_count_against_itself(both: House) -> None:
    limit(both, per_day=1)
    ada, bo = both.person("ada"), both.person("bo")
    tuesday = book_session(both.support, ada, a_wish(f"{TUESDAY}T10:00Z", kind=COMMUNITY, staff="eli"))
    wednesday = book_session(both.support, bo, a_wish(f"{WEDNESDAY}T10:00Z", kind=COACHING, staff="eli"))

    with pytest.raises(TimeGone):
        move_session(both.support, ada, a_move(tuesday.ref, f"{WEDNESDAY}T15:00Z"))
    moved = move_session(both.support, ada, a_move(tuesday.ref, f"{TUESDAY}T15:00Z"))
    cancel_session(both.support, bo, a_cancellation(wednesday.ref))

    assert moved.booked.starts == instant(f"{TUESDAY}T15:00Z")
    assert WEDNESDAY in offered_days(both, COACHING)


def test_group_sessions_and_those_of_hours_set_aside_do_not_count(both: House) -> None:
    limit(both, per_day=1)
    set_rules(both.stores.program, lambda rules: replace(rules, kinds=(*rules.kinds, RESEARCH)))
    eli = both.person("eli")
    aside = tuple(replace(window, purpose="mentor") for window in hours_in(LONDON, {1: "12-14"}).windows)
    change_hours(both.support, eli, lambda hours: replace(hours, windows=(*hours.windows, *aside)))
    set_rules(both.stores.program, lambda rules: replace(rules, kinds=(*rules.kinds[:-1], RESEARCH)))
    book_session(both.support, both.person("ada"), a_wish(f"{TUESDAY}T12:00Z", kind="mentor", staff="eli"))
    set_up(both, "eli")

    assert TUESDAY in offered_days(both, COACHING)


def test_what_is_offered_in_hours_set_aside_tells_nothing_of_a_full_day(both: House) -> None:
    limit(both, per_day=1)
    set_rules(both.stores.program, lambda rules: replace(rules, kinds=(*rules.kinds, RESEARCH)))
    eli, bo = both.person("eli"), both.person("bo")
    aside = tuple(replace(window, purpose="mentor") for window in hours_in(LONDON, {1: "12-14"}).windows)
    change_hours(both.support, eli, lambda hours: replace(hours, windows=(*hours.windows, *aside)))
    ask = partial(offer_between, both.support, viewer=bo, kind=RESEARCH, staff=eli, scholar=bo)
    before = repr(ask())

    book_session(both.support, both.person("ada"), a_wish(f"{TUESDAY}T10:00Z", kind=COACHING, staff="eli"))

    assert repr(ask()) == before


def test_what_is_urgent_counts_and_is_never_held_back(both: House) -> None:
    limit(both, per_day=1)
    today = "2027-01-11"
    book_session(both.support, both.person("ada"), a_wish(f"{today}T15:00Z", kind=COMMUNITY, staff="eli"))

    urgent = book_session(both.support, both.person("bo"), a_wish(f"{today}T14:00Z", kind=URGENT, staff=None))
    limit(both, per_day=2)

    assert urgent.booked.staff_id == "eli"
    assert today not in offered_days(both, COMMUNITY, "ada")


def test_anyone_means_a_coach_who_takes_more_that_day(both: House) -> None:
    limit(both, "cleo", per_day=1)
    book_session(both.support, both.person("ada"), a_wish(f"{TUESDAY}T10:00Z", staff="cleo"))

    booked = book_session(both.support, both.person("bo"), a_wish(f"{TUESDAY}T15:00Z", staff=None)).booked

    assert booked.staff_id in ("dev", "eli")


def test_who_offered_a_time_takes_one_more(both: House) -> None:
    limit(both, "cleo", per_day=1)
    refs = propose_times(both.support, both.person("cleo"), both.person("bo"), a_proposal(f"{TUESDAY}T15:00Z"))
    book_session(both.support, both.person("ada"), a_wish(f"{TUESDAY}T10:00Z"))

    details = accept_time(both.support, both.person("bo"), refs.id, instant(f"{TUESDAY}T15:00Z"), request_key="press")

    assert details.booked.is_open


def test_an_offer_asks_no_more_where_somebody_has_a_limit(one: House) -> None:
    ask = partial(offer_times, one.support, one.person("bo"), kind=COMMUNITY)
    limit(one)
    with queries_of(one.stores.confidential) as before:
        ask()

    limit(one, per_day=3, per_week=9)
    with queries_of(one.stores.confidential) as after:
        ask()

    assert len(before) == len(after)


@pytest.mark.parametrize("staff", ["eli", None])
def test_many_who_book_two_kinds_on_one_day_at_once_do_not_overfill_it(both: House, staff: str | None) -> None:
    limit(both, per_day=3)
    if staff is None:
        # Two people for whoever is free, each with a limit: one of them is chosen before their lock is taken.
        put_membership(both.stores.program, "cleo", Role.COMMUNITY_MANAGER)
        limit(both, "cleo", per_day=3)
        limit(both, "dev", per_day=3)
    scholars = [put_person(both.stores.program, f"scholar-{number}") for number in range(12)]
    houses = [replica(both, lock_wait_seconds=PATIENCE_SECONDS) for _ in range(2)]
    deeds = [
        partial(
            book_session,
            houses[number % 2].support,
            both.person(scholar),
            a_wish(
                f"{TUESDAY}T{9 + number % 8:02}:00Z",
                kind=(COACHING, COMMUNITY)[number // 2 % 2],
                staff=staff,
            ),
        )
        for number, scholar in enumerate(scholars)
    ]

    outcomes = at_once(deeds)

    assert {type(each) for each in failures(outcomes)} == {TimeGone}
    taken_by = [taken for _, taken, _, _ in both.bookings()]
    assert len(results(outcomes)) == len(taken_by)
    if staff:
        assert taken_by == ["eli"] * 3
    assert max(map(taken_by.count, taken_by)) == 3
