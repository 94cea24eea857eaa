"""What a setting brings about."""

from dataclasses import replace
from datetime import date

import pytest

from domain.kinds import COACHING, COMMUNITY, DEFAULT_KINDS, GROUP, RESEARCH, URGENT, InvalidKind
from domain.people import Role
from domain.rules import FairShares, ProgramRules
from domain.rules.effects import (
    Effect,
    is_closed_throughout,
    phases_without_all,
    sharing_effects,
    tells_kinds_apart,
    tells_mentors_apart,
)
from tests.builders.rules import a_phase, closed_days, with_kind


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({}, False),
        ({"length_minutes": 30}, True),
        ({"step_minutes": 15}, True),
        ({"length_minutes": 30, "is_offered": False}, False),
        ({"length_minutes": 30, "booked_by": Role.MENTOR}, False),
        ({"notice_minutes": 0}, False),
        ({"length_minutes": 30, "has_seats": True}, False),
    ],
)
def test_kinds_are_told_apart_by_length_and_step_of_what_scholars_book(
    changes: dict[str, object], *, expected: bool
) -> None:
    assert tells_kinds_apart(with_kind(ProgramRules(), COMMUNITY, **changes)) is expected


def test_group_sessions_have_lengths_of_their_own_and_tell_nothing() -> None:
    assert not tells_kinds_apart(with_kind(ProgramRules(), GROUP, length_minutes=90))


@pytest.mark.parametrize(
    ("key", "changes", "expected"),
    [
        (RESEARCH, {}, False),
        (RESEARCH, {"length_minutes": 60}, True),
        (RESEARCH, {"length_minutes": 60, "is_offered": False}, False),
        (RESEARCH, {"step_minutes": 15}, False),
        (COACHING, {"length_minutes": 60}, True),
        (COMMUNITY, {"length_minutes": 60}, False),
        (GROUP, {"length_minutes": 60}, False),
    ],
)
def test_sessions_with_mentors_are_told_from_those_the_same_people_have_with_scholars_by_length(
    key: str, changes: dict[str, object], *, expected: bool
) -> None:
    assert tells_mentors_apart(with_kind(ProgramRules(), key, **changes)) is expected


@pytest.mark.parametrize(
    ("fair", "changes", "expected"),
    [
        ({}, {}, []),
        ({"first_days": 7}, {"horizon_days": 7}, [Effect.FIRST_TAKES_ALL]),
        ({"first_days": 7}, {"horizon_days": 8}, []),
        ({"first_days": 27}, {"notice_minutes": 1440}, [Effect.FIRST_TAKES_ALL]),
        ({"first_days": 0}, {"horizon_days": 1}, []),
        ({"leftover_hours": 4}, {}, [Effect.LEFTOVER_TOO_LATE]),
        ({"leftover_hours": 5}, {"needs_approval": True}, [Effect.LEFTOVER_TOO_LATE]),
        ({"leftover_hours": 5}, {}, []),
        ({"leftover_hours": 4, "sessions_a_week": 0}, {}, []),
        ({"first_days": 28}, {"is_shared_out": False}, []),
        ({"first_days": 28}, {"is_offered": False}, []),
    ],
)
def test_sharing_that_leaves_nothing_to_some_is_told(
    fair: dict[str, int], changes: dict[str, object], expected: list[Effect]
) -> None:
    rules = replace(with_kind(ProgramRules(), COACHING, **changes), fair=FairShares(**fair))

    assert list(sharing_effects(rules, rules.kind(COACHING))) == expected


@pytest.mark.parametrize("key", [URGENT, RESEARCH, GROUP])
def test_fair_shares_never_hold_for_what_is_urgent_has_seats_or_is_for_mentors(key: str) -> None:
    rules = replace(with_kind(ProgramRules(), key, is_shared_out=True), fair=FairShares(first_days=60))

    assert (rules.kind(key).shares_out, sharing_effects(rules, rules.kind(key))) == (False, ())


def test_phases_in_which_scholars_can_book_nothing_are_found() -> None:
    some, most = ("coaching", "community"), ("coaching", "community", "urgent")
    phases = (
        a_phase("2027-01-01", "2027-01-02", name="Some", without=some),
        a_phase("2027-01-03", "2027-01-04", name="All", without=most),
        a_phase("2027-01-05", "2027-01-06", name="None"),
    )

    assert [each.name for each in phases_without_all(ProgramRules(phases=phases))] == ["All"]


def test_phases_leave_nothing_out_where_scholars_could_book_nothing_anyway() -> None:
    kinds = tuple(replace(kind, is_offered=kind.key == GROUP) for kind in DEFAULT_KINDS)
    phases = (a_phase("2027-01-01", "2027-01-02", without=(COACHING,)),)

    assert phases_without_all(ProgramRules(kinds=kinds, phases=phases)) == ()


@pytest.mark.parametrize(("until", "expected"), [("2027-02-07", False), ("2027-02-08", True)])
def test_closed_days_that_hold_all_that_can_be_booked_are_found(until: str, *, expected: bool) -> None:
    # What is switched off opens no day, however far ahead it could be booked.
    kinds = tuple(replace(kind, is_offered=kind.key != GROUP) for kind in DEFAULT_KINDS)
    closed = (closed_days("2027-01-01", "2027-01-20"), closed_days("2027-01-21", until))
    rules = ProgramRules(kinds=kinds, closed=closed)

    assert is_closed_throughout(rules, date(2027, 1, 11)) is expected


def test_notice_that_is_too_long_with_the_time_for_a_yes_is_refused() -> None:
    changes = {"horizon_days": 1, "notice_minutes": 23 * 60}
    with_kind(ProgramRules(), COACHING, **changes)

    with pytest.raises(InvalidKind) as refused:
        with_kind(ProgramRules(), COACHING, **changes, needs_approval=True)

    assert (refused.value.field, refused.value.message) == (
        "notice_minutes",
        "Please leave an hour for the yes: less than 1 day, which is as far ahead as can be booked.",
    )
