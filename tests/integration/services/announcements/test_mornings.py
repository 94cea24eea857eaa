"""What goes out in each reader's own morning of a day: to nobody before that day, not even on Home."""

from datetime import UTC, date, datetime, timedelta

import pytest

from domain.announcements import Plan, Timing
from domain.attention import Preferences, Rhythm
from domain.delivery import Tier
from domain.people import Role
from services.announcements.deliveries import AnnouncementMessage
from services.announcements.follow_up import follow_up, welcome_newcomers
from services.announcements.own import told_to
from services.announcements.preview import preview
from services.attention.preferences import save_preferences
from tests.builders.announcements import Desk, a_content, request_key
from tests.builders.people import put_person, travel

MONDAY = date(2027, 1, 18)
NOON_OF_MONDAY = datetime(2027, 1, 18, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)
ON_TUESDAYS = Preferences(quiet=None, rhythm=Rhythm.WEEKLY, digest_time=8 * 60 + 30, weekday=1)


def on_monday(ends: datetime | None = None) -> Plan:
    return Plan(timing=Timing.MORNING, on=MONDAY, expires_at=ends)


def frozen(desk: Desk, plan: Plan, *, tier: Tier = Tier.IMPORTANT) -> None:
    """It is sent off, and Monday begins somewhere: it is ten on Sunday in London."""
    desk.sent(a_content(plan=plan, tier=tier))
    desk.house.clock.advance(datetime(2027, 1, 17, 10, tzinfo=UTC) - desk.house.clock.now())
    follow_up(desk.house.desk)


@pytest.mark.parametrize("tier", [Tier.IMPORTANT, Tier.NOTICE])
def test_whose_morning_comes_after_its_end_has_it_as_that_day_begins_and_not_on_the_day_before(
    desk: Desk, tier: Tier
) -> None:
    """A notice, where their digest comes too late for it."""
    travel(desk.house.stores.program, "bo", "America/Los_Angeles")
    save_preferences(desk.house.desk, desk.house.person("bo"), ON_TUESDAYS, request_key=request_key())

    frozen(desk, on_monday(NOON_OF_MONDAY), tier=tier)

    assert ("bo", "first", "2027-01-18T08:00Z") in desk.rows(AnnouncementMessage.TOLD)


def test_for_whom_it_is_over_before_that_day_begins_has_it_never_and_counts_as_unserved(desk: Desk) -> None:
    travel(desk.house.stores.program, "bo", "America/Los_Angeles")
    plan = on_monday(datetime(2027, 1, 18, 7, tzinfo=UTC))

    frozen(desk, plan)

    bo = [at for who, _, at in desk.rows(AnnouncementMessage.TOLD) if who == "bo"]
    assert bo == ["2027-01-18T08:00Z"]  # an hour after its end
    desk.house.clock.advance(datetime(2027, 1, 18, 7, 1, tzinfo=UTC) - desk.house.clock.now())
    follow_up(desk.house.desk)
    assert [row[:2] for row in desk.rows(AnnouncementMessage.TROUBLE)] == [("sam", "partly")]


@pytest.mark.parametrize(
    ("ends", "numbers"),
    [
        pytest.param(None, (0, 5, 0, 0), id="no end"),
        pytest.param(NOON_OF_MONDAY, (0, 4, 1, 0), id="after the morning of one"),
        pytest.param(datetime(2027, 1, 18, 7, tzinfo=UTC), (0, 0, 4, 1), id="before the day of one begins"),
    ],
)
def test_preview_counts_who_has_no_morning_before_its_end(
    crowd: Desk, ends: datetime | None, numbers: tuple[int, ...]
) -> None:
    travel(crowd.house.stores.program, "bo", "America/Los_Angeles")

    seen = preview(crowd.house.desk, crowd.sam, crowd.draft(a_content(plan=on_monday(ends))))

    assert (seen.interrupted, seen.later, seen.as_day_begins, seen.never) == numbers


def shown(desk: Desk, who: str) -> tuple[int, int]:
    """How many stand on somebody's Home and in their list, and how many of these are said to wait."""
    found = told_to(desk.house.desk, desk.house.person(who))
    return len(found.told), found.waiting


def at(desk: Desk, day: int, hour: int, minute: int = 0) -> None:
    desk.house.clock.advance(datetime(2027, 1, day, hour, minute, tzinfo=UTC) - desk.house.clock.now())


@pytest.mark.parametrize("tier", [Tier.IMPORTANT, Tier.NOTICE])
def test_it_stands_on_home_from_each_readers_own_morning_on(desk: Desk, tier: Tier) -> None:
    travel(desk.house.stores.program, "bo", "America/Los_Angeles")
    frozen(desk, on_monday(), tier=tier)
    seen = []
    for when in ((17, 10), (18, 8, 59), (18, 9), (18, 16, 59), (18, 17)):
        at(desk, *when)
        seen.append((shown(desk, "ada")[0], shown(desk, "bo")))

    assert seen == [(0, (0, 0)), (0, (0, 0)), (1, (0, 0)), (1, (0, 0)), (1, (1, 1))]


def test_it_stands_on_home_as_the_day_begins_for_whose_morning_is_too_late(desk: Desk) -> None:
    travel(desk.house.stores.program, "bo", "America/Los_Angeles")
    frozen(desk, on_monday(NOON_OF_MONDAY))
    at(desk, 18, 7, 59)
    before = shown(desk, "bo")

    at(desk, 18, 8)

    assert (before, shown(desk, "bo")) == ((0, 0), (1, 1))


def test_without_a_day_it_stands_there_from_the_next_morning_on_or_at_once_where_that_is_too_late(desk: Desk) -> None:
    now = desk.house.clock.now()
    desk.sent(a_content(plan=Plan(timing=Timing.MORNING)))
    first = shown(desk, "ada")
    desk.sent(a_content(plan=Plan(timing=Timing.MORNING, expires_at=now + 8 * HOUR)))
    second = shown(desk, "ada")
    desk.house.clock.advance(21 * HOUR)

    assert (first, second, shown(desk, "ada")) == ((0, 0), (1, 1), (1, 1))


def test_who_comes_after_that_morning_sees_it_at_once(desk: Desk) -> None:
    frozen(desk, on_monday())
    at(desk, 19, 12)
    put_person(desk.house.stores.program, "new", Role.SCHOLAR)

    welcome_newcomers(desk.house.desk)

    assert shown(desk, "new") == (1, 1)
