"""Which settings of a kind do anything: what does nothing is neither shown nor asked for."""

import pytest

from domain.kinds import COACHING, COMMUNITY, GROUP, RESEARCH, URGENT, kind_of
from domain.rules.settings import has_effect

SETTINGS = [
    *("length_minutes", "step_minutes", "notice_minutes", "horizon_days", "open_per_scholar"),
    *("series_max", "needs_approval", "hold_minutes", "is_shared_out", "per_day", "per_week", "per_month"),
]


@pytest.mark.parametrize(
    ("key", "without"),
    [
        (COACHING, []),
        (COMMUNITY, []),
        (RESEARCH, ["is_shared_out"]),
        (URGENT, ["series_max", "needs_approval", "is_shared_out"]),
        (
            GROUP,
            [
                *("step_minutes", "series_max", "needs_approval", "hold_minutes"),
                *("is_shared_out", "per_day", "per_week", "per_month"),
            ],
        ),
    ],
)
def test_settings_that_do_nothing_for_a_kind_are_left_out(key: str, without: list[str]) -> None:
    kind = kind_of(key)

    assert [name for name in SETTINGS if not has_effect(name, kind)] == without
