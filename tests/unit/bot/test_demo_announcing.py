"""The scene in which staff announce must not depend on when somebody plays the demo."""

from datetime import UTC, date, datetime, timedelta

import pytest

from bot.demo.announcing import UNTIL_AGAIN, UNTIL_LIST, ZONES_OF_SILENT, next_waking_hour
from bot.demo.cast import roster_rows
from domain.attention import AttentionRules, quiet_until
from domain.people import Role
from domain.times import zone

YEAR_AND_MORE = [datetime(2027, 1, 1, tzinfo=UTC) + timedelta(hours=hours) for hours in range(0, 370 * 24, 5)]
SCENE = timedelta(minutes=10)
"""Far longer than it takes."""
QUIET = AttentionRules().preferences.quiet


def asleep(zones: set[str], began: datetime) -> set[str]:
    """Zones in which quiet hours hold at some time between this instant and the end of the scene."""
    moments = (began, began + SCENE)
    return {each for each in zones if any(quiet_until(moment, zone(each), QUIET) is not None for moment in moments)}


def test_whenever_the_demo_is_played_nobody_of_its_cohort_sleeps_at_the_announcement() -> None:
    scholars = {row["zone"] for row in roster_rows(date(2027, 1, 11)) if row["role"] in (Role.SCHOLAR, Role.STAFF)}

    begins = [next_waking_hour(now) for now in YEAR_AND_MORE]

    assert {name for at in begins for name in asleep(scholars, at) | asleep(scholars, at + UNTIL_LIST)} == set()
    assert len(scholars) == 5


def test_whenever_the_demo_is_played_those_who_are_silent_are_awake_at_the_second_message() -> None:
    begins = [next_waking_hour(now) + UNTIL_AGAIN for now in YEAR_AND_MORE]

    assert {name for at in begins for name in asleep(set(ZONES_OF_SILENT), at)} == set()


@pytest.mark.parametrize("now", YEAR_AND_MORE[:5])
def test_the_announcement_is_made_within_a_day_and_never_in_the_past(now: datetime) -> None:
    assert timedelta() <= next_waking_hour(now) - now < timedelta(days=1)
