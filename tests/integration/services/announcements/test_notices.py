"""A notice stands in each reader's digest; whoever's comes after it is over has a message of their own in time."""

from datetime import timedelta

import pytest
from sqlalchemy import update

from domain.announcements import Plan, Timing
from domain.attention import Preferences, Rhythm
from domain.delivery import Tier
from services.announcements.correct import nudge
from services.announcements.deliveries import AnnouncementMessage, ledger
from services.announcements.details import details
from services.announcements.preview import preview
from services.attention.preferences import save_preferences
from storage.program import attention_queries
from tests.builders.announcements import (
    Desk,
    a_content,
    digest_goes,
    digest_of,
    later,
    press,
    request_key,
    second_messages,
    told,
)
from tests.builders.people import travel

NOON, HOUR, DAY = "2027-01-11T12:00Z", timedelta(hours=1), timedelta(days=1)
ON_SUNDAYS = Preferences(quiet=None, rhythm=Rhythm.WEEKLY, digest_time=9 * 60, weekday=6)
IN_DIGEST = "2027-01-12T08:30Z"
"""When everybody's next digest comes who has set nothing."""


def a_notice(desk: Desk, *, holds: timedelta | None, timing: Timing = Timing.NOW) -> tuple[list[object], list[object]]:
    """Send one that holds so long; who gets a message of their own and when, and who has it in a digest and when."""
    expires_at = None if holds is None else desk.house.clock.now() + holds
    desk.sent(a_content(tier=Tier.NOTICE, plan=Plan(timing=timing, expires_at=expires_at)))
    return (
        [(person, at) for person, _, at in desk.rows(AnnouncementMessage.TOLD)],
        [(person, at) for person, _, at in desk.rows(attention_queries.DIGEST)],
    )


def weekly(desk: Desk, person_id: str) -> None:
    """Their digest comes on Sundays only, which is in six days."""
    save_preferences(desk.house.desk, desk.house.person(person_id), ON_SUNDAYS, request_key=request_key())


def test_notice_waits_for_each_readers_digest_and_goes_to_nobody_by_itself(desk: Desk) -> None:
    assert a_notice(desk, holds=None) == ([], [("ada", IN_DIGEST), ("bo", IN_DIGEST)])


def test_notice_that_is_over_before_a_weekly_digest_is_told_in_that_readers_morning(desk: Desk) -> None:
    weekly(desk, "bo")
    travel(desk.house.stores.program, "bo", "America/Los_Angeles")

    assert a_notice(desk, holds=2 * DAY) == ([("bo", "2027-01-11T17:00Z")], [("ada", IN_DIGEST)])


def test_notice_that_is_over_before_anybodys_morning_is_told_at_once(desk: Desk) -> None:
    assert a_notice(desk, holds=5 * HOUR) == ([("ada", NOON), ("bo", NOON)], [])


def test_notice_that_is_over_the_very_minute_a_morning_begins_is_told_at_once(desk: Desk) -> None:
    weekly(desk, "bo")

    assert a_notice(desk, holds=21 * HOUR) == ([("ada", NOON), ("bo", NOON)], [])


@pytest.mark.parametrize(
    ("holds", "told_to"),
    [
        pytest.param(timedelta(hours=21, minutes=30), [], id="an hour after the digest"),
        pytest.param(timedelta(hours=21, minutes=29), ["ada", "bo"], id="less than an hour after it"),
    ],
)
def test_digest_shortly_before_its_end_is_too_late(desk: Desk, holds: timedelta, told_to: list[str]) -> None:
    a_notice(desk, holds=holds)

    assert [row[0] for row in desk.rows(AnnouncementMessage.TOLD)] == told_to


def test_whose_digest_came_too_late_hears_of_a_notice_once_though_it_asks_for_a_press(desk: Desk) -> None:
    a_notice(desk, holds=20 * HOUR)
    told(desk)

    later(desk, 5 * HOUR)

    assert second_messages(desk) == []


def test_nudge_goes_to_whoever_has_had_their_digest_and_not_to_who_only_waits_for_it(desk: Desk) -> None:
    found = desk.sent(a_content(tier=Tier.NOTICE))
    weekly(desk, "bo")
    waiting = nudge(desk.house.desk, desk.sam, found.id)
    desk.house.clock.advance(DAY)
    digest_goes(desk, "ada")

    number = nudge(desk.house.desk, desk.sam, found.id)

    assert (waiting, number, [row[0] for row in desk.rows(AnnouncementMessage.TOLD)]) == (0, 1, ["ada"])


def test_whoever_has_had_a_notice_in_their_digest_is_missing_with_when_that_was(desk: Desk) -> None:
    found = desk.sent(a_content(tier=Tier.NOTICE))
    desk.house.clock.advance(DAY)
    digest_goes(desk, "ada")

    missing = details(desk.house.desk, desk.sam, found.id).missing.readers

    assert [(each.name, each.told_at) for each in missing] == [("Ada", desk.house.clock.now()), ("Bo", None)]


@pytest.mark.parametrize(
    ("timing", "weekly_ones", "holds", "numbers"),
    [
        pytest.param(Timing.NOW, ["bo"], None, (0, 0), id="without an end"),
        pytest.param(Timing.NOW, ["bo"], 2 * DAY, (0, 1), id="in the morning of one"),
        pytest.param(Timing.NOW, [], 5 * HOUR, (5, 0), id="at once"),
        pytest.param(Timing.MORNING, [], 5 * HOUR, (5, 0), id="at once, since their morning would be too late"),
    ],
)
def test_preview_of_a_notice_counts_whose_digest_comes_too_late(
    crowd: Desk, timing: Timing, weekly_ones: list[str], holds: timedelta | None, numbers: tuple[int, int]
) -> None:
    for each in weekly_ones:
        weekly(crowd, each)
    expires_at = None if holds is None else crowd.house.clock.now() + holds
    found = crowd.draft(a_content(tier=Tier.NOTICE, plan=Plan(timing=timing, expires_at=expires_at)))

    seen = preview(crowd.house.desk, crowd.sam, found)

    assert (seen.interrupted, seen.later) == numbers


@pytest.mark.parametrize(
    ("puts_off", "reported"), [pytest.param(True, ["sam"], id="put off"), pytest.param(False, [], id="as it was")]
)
def test_notice_that_ends_while_it_waits_for_a_digest_that_was_put_off_is_told_to_its_author_once(
    desk: Desk, *, puts_off: bool, reported: list[str]
) -> None:
    found = desk.sent(a_content(tier=Tier.NOTICE, plan=Plan(expires_at=desk.house.clock.now() + 2 * DAY)))
    press(desk, "ada", found)
    if puts_off:
        weekly(desk, "bo")
    else:
        press(desk, "bo", found)

    later(desk, 2 * DAY)

    assert [row[0] for row in desk.rows(AnnouncementMessage.TROUBLE)] == reported


def test_nudge_goes_to_whose_digest_is_held_for_staff_to_look_at(desk: Desk) -> None:
    found = desk.sent(a_content(tier=Tier.NOTICE))
    digest_of(desk, "ada")
    is_hers = (ledger.c.kind == attention_queries.DIGEST) & (ledger.c.person_id == "ada")
    with desk.house.desk.program.write() as connection:
        connection.execute(update(ledger).where(is_hers, ledger.c.told_at.is_not(None)).values(state="dead"))

    number = nudge(desk.house.desk, desk.sam, found.id)

    assert (number, [row[0] for row in desk.rows(AnnouncementMessage.TOLD)]) == (1, ["ada"])
