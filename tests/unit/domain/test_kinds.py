"""Kinds of session and their rules."""

from dataclasses import asdict, replace

import pytest

from domain.kinds import (
    COACHING,
    COMMUNITY,
    DEFAULT_KINDS,
    GROUP,
    URGENT,
    InvalidKind,
    SessionKind,
    UnknownKind,
    kind_of,
)
from domain.people import Role
from tests.builders.scheduling import a_kind


def test_kind_of_default_keys_is_taken_by_their_role() -> None:
    assert [(kind_of(key).key, kind_of(key).taken_by) for key in (COACHING, COMMUNITY)] == [
        ("coaching", Role.COACH),
        ("community", Role.COMMUNITY_MANAGER),
    ]


def test_kind_of_unknown_key_is_refused_at_the_kind() -> None:
    with pytest.raises(UnknownKind) as refused:
        kind_of("massage")

    assert refused.value.field == "kind"


def test_default_kinds_have_distinct_keys() -> None:
    assert len({kind.key for kind in DEFAULT_KINDS}) == len(DEFAULT_KINDS)


def test_default_kinds_cannot_be_told_apart_by_how_long_they_take_or_when_they_begin() -> None:
    assert len({(kind.length_minutes, kind.step_minutes) for kind in DEFAULT_KINDS}) == 1


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("key", ""),
        ("taken_by", Role.MENTOR),
        ("length_minutes", 0),
        ("length_minutes", 47),
        ("length_minutes", 485),
        ("step_minutes", 0),
        ("step_minutes", 12),
        ("buffer_before_minutes", -5),
        ("buffer_after_minutes", 3),
        ("notice_minutes", -1),
        ("notice_minutes", 366 * 1440),
        ("cancel_notice_minutes", -1),
        ("horizon_days", 0),
        ("horizon_days", 367),
        ("open_per_scholar", 0),
        ("hold_minutes", 29),
        ("hold_minutes", 1441),
    ],
)
def test_kind_with_a_senseless_rule_is_refused_at_that_rule(field: str, value: str | int) -> None:
    with pytest.raises(InvalidKind) as refused:
        SessionKind(**{**asdict(a_kind()), field: value})

    assert refused.value.field == field


@pytest.mark.parametrize("key", [URGENT, GROUP])
def test_kind_that_is_taken_at_once_needs_no_approval(key: str) -> None:
    with pytest.raises(InvalidKind) as refused:
        replace(kind_of(key), needs_approval=True)

    assert refused.value.field == "needs_approval"


def test_kind_busy_adds_the_buffers_and_session_does_not() -> None:
    kind = a_kind(length=30, before=10, after=15)

    assert (kind.busy(100_000), kind.session(100_000)) == ((99_400, 102_700), (100_000, 101_800))


def test_kind_bookable_is_inclusive_at_both_ends() -> None:
    first, beyond = a_kind(notice=60, horizon_days=2).bookable(1_000_000)

    assert (first, beyond - 1) == (1_000_000 + 3600, 1_000_000 + 2 * 86_400)


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"length_minutes": 47}, "Please choose from 5 min to 8 h in steps of 5 min."),
        (
            {"notice_minutes": 2880, "horizon_days": 2},
            "Please choose less than 2 days, which is as far ahead as can be booked.",
        ),
        ({"horizon_days": 400}, "Please choose from 1 to 366 days."),
        ({"open_per_scholar": 0}, "Please choose a number from 1 to 1000."),
    ],
)
def test_refusal_of_a_rule_says_what_can_be_chosen_in_its_unit(changes: dict[str, int], sentence: str) -> None:
    with pytest.raises(InvalidKind) as refused:
        SessionKind(**{**asdict(a_kind()), **changes})

    assert refused.value.message == sentence
