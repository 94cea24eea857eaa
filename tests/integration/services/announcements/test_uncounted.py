"""What staff see before sending tells nothing of what a few readers have set. On each engine."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

import pytest

from domain.announcements import Plan, State, Timing
from domain.attention import Preferences, QuietHours, Rhythm
from domain.audience import Audience
from domain.delivery import Tier
from services.announcements.preview import COUNTED_FROM, Preview, preview
from services.announcements.send import send
from services.attention.preferences import save_preferences
from tests.builders.announcements import Desk, a_content, an_announcement, request_key
from tests.builders.people import put_person

HOUR = timedelta(hours=1)
NOTHING = (False, 0, 0, 0, 0, 0)
AT_ANY_TIME = Preferences(quiet=None, rhythm=Rhythm.DAILY, digest_time=9 * 60, weekday=0)
NOT_BY_DAY = Preferences(
    quiet=QuietHours(begin=9 * 60, end=17 * 60), rhythm=Rhythm.WEEKLY, digest_time=13 * 60, weekday=6
)


def choose(desk: Desk, people: Sequence[str], wanted: Preferences) -> None:
    for each in people:
        save_preferences(desk.house.desk, desk.house.person(each), wanted, request_key=request_key())


def steps(desk: Desk, tier: Tier, people: Sequence[str]) -> list[Preview]:
    """What a draft for these people shows as it is moved on hour by hour, and then its end."""
    found = an_announcement(a_content(tier=tier, audience=Audience(people=tuple(people))), state=State.DRAFT)
    now = desk.house.clock.now()
    times = [now + number * HOUR for number in range(1, 25)]
    plans = [
        *(Plan(timing=Timing.AT, at=at, expires_at=at + 3 * HOUR) for at in times),
        *(Plan(expires_at=at) for at in times),
    ]
    return [preview(desk.house.desk, desk.sam, replace(found, plan=plan)) for plan in plans]


def numbers(found: Preview) -> tuple[int, ...]:
    return found.interrupted, found.later, found.in_digest, found.as_day_begins, found.never


@pytest.mark.parametrize("tier", Tier)
@pytest.mark.parametrize("number", [1, COUNTED_FROM - 1])
def test_preview_for_a_few_is_the_same_whatever_they_have_set(desk: Desk, tier: Tier, number: int) -> None:
    people = [put_person(desk.house.stores.program, f"scholar-{each}") for each in range(number)]
    seen = []
    for wanted in (AT_ANY_TIME, NOT_BY_DAY):
        choose(desk, people, wanted)
        seen.append(steps(desk, tier, people))

    assert seen[0] == seen[1]
    assert {(each.is_counted, *numbers(each)) for each in seen[0]} == {NOTHING}
    assert {len(each.readers) for each in seen[0]} == {number}


@pytest.mark.parametrize("tier", Tier)
def test_preview_for_five_counts_when_they_are_told(desk: Desk, tier: Tier) -> None:
    people = [put_person(desk.house.stores.program, f"scholar-{each}") for each in range(COUNTED_FROM)]
    seen = []
    for wanted in (AT_ANY_TIME, NOT_BY_DAY):
        choose(desk, people, wanted)
        seen.append([numbers(each) for each in steps(desk, tier, people)])

    assert seen[0] != seen[1]


def test_whoever_is_asked_for_a_yes_is_told_as_little_and_so_is_its_author_while_it_waits(desk: Desk) -> None:
    found = desk.draft(a_content(tier=Tier.CRITICAL, audience=Audience(people=("ada",))))
    send(desk.house.desk, desk.sam, found.id, version=found.version)
    waiting = desk.now(found)

    seen = [preview(desk.house.desk, staff, waiting) for staff in (desk.sam, desk.sue)]

    assert waiting.state is State.WAITING
    assert [(each.is_counted, *numbers(each)) for each in seen] == [NOTHING] * 2
