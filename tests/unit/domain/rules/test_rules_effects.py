"""What a setting brings about."""

import pytest

from domain.kinds import COMMUNITY
from domain.people import Role
from domain.rules import ProgramRules
from domain.rules.effects import tells_kinds_apart
from tests.builders.rules import with_kind


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({}, False),
        ({"length_minutes": 30}, True),
        ({"step_minutes": 15}, True),
        ({"length_minutes": 30, "is_offered": False}, False),
        ({"length_minutes": 30, "booked_by": Role.MENTOR}, False),
        ({"notice_minutes": 0}, False),
    ],
)
def test_kinds_are_told_apart_by_length_and_step_of_what_scholars_book(
    changes: dict[str, object], *, expected: bool
) -> None:
    assert tells_kinds_apart(with_kind(ProgramRules(), COMMUNITY, **changes)) is expected
