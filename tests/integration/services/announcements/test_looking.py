"""What staff see of an announcement before and after it was sent: who may answer, who is missing, how fast it was."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from domain.announcements import Plan, State, Timing
from domain.attention import AttentionRules
from domain.audience import Audience
from domain.delivery import Tier
from domain.people import Role
from domain.times import epoch_seconds
from services.announcements.compose import Content
from services.announcements.correct import nudge, retract
from services.announcements.deliveries import AnnouncementMessage
from services.announcements.details import details
from services.announcements.facts import Announcement
from services.announcements.follow_up import welcome_newcomers
from services.announcements.look import overview
from services.announcements.own import read
from services.announcements.preview import preview
from services.announcements.reach import hours_to_reach
from services.announcements.send import send
from tests.builders.announcements import TEXT, Desk, a_content, later, press, told
from tests.builders.leaving import deactivated, touch
from tests.builders.people import put_person, travel
from tests.builders.rules import set_rules
from tests.fakes.clock import NOON
from tests.fixtures.desks import House, label

HOUR = timedelta(hours=1)
CRITICAL = a_content(tier=Tier.CRITICAL)


def test_whoever_did_not_send_it_may_answer_what_waits_for_a_yes(desk: Desk) -> None:
    found = desk.draft(CRITICAL)
    send(desk.house.desk, desk.sam, found.id, version=found.version)

    own, others = (details(desk.house.desk, staff, found.id).may_answer for staff in (desk.sam, desk.sue))

    draft = details(desk.house.desk, desk.sue, desk.draft(CRITICAL).id).may_answer
    assert (own, others, draft) == (False, True, False)
    assert [len(overview(desk.house.desk, staff).to_approve) for staff in (desk.sam, desk.sue)] == [0, 1]
    assert [len(overview(desk.house.desk, staff).waiting) for staff in (desk.sam, desk.sue)] == [1, 0]


def test_list_of_who_is_missing_says_which_message_was_the_last_and_when(desk: Desk) -> None:
    found = desk.sent()
    seen = [last_messages(desk, found)]
    told(desk)
    seen.append(last_messages(desk, found))
    later(desk, 4 * HOUR)
    told(desk)
    seen.append(last_messages(desk, found))
    desk.house.clock.advance(HOUR)
    nudge(desk.house.desk, desk.sam, found.id)
    told(desk)
    seen.append(last_messages(desk, found))

    assert seen == [
        [("Ada", None, ""), ("Bo", None, "")],
        [("Ada", NOON, "first"), ("Bo", NOON, "first")],
        [("Ada", NOON + 4 * HOUR, "again"), ("Bo", NOON + 4 * HOUR, "again")],
        [("Ada", NOON + 5 * HOUR, "nudge"), ("Bo", NOON + 5 * HOUR, "nudge")],
    ]


def last_messages(desk: Desk, found: Announcement) -> list[tuple[str, datetime | None, str]]:
    missing = details(desk.house.desk, desk.sam, found.id).missing.readers
    return [(each.name, each.told_at, each.rung.partition(".")[0]) for each in missing]


def test_only_the_first_by_name_are_looked_up_and_all_are_counted(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("services.announcements.details.NAMED", 1)
    for who in ("off", "old"):
        put_person(desk.house.stores.program, who)
        deactivated(desk.house.stores.program, who)
    found = desk.sent(a_content(plan=Plan(expires_at=desk.house.clock.now() + HOUR)))
    later(desk, 2 * HOUR)

    shown = details(desk.house.desk, desk.sam, found.id)

    assert ([each.name for each in shown.missing.readers], shown.missing.number) == (["Ada"], 2)
    assert (shown.unserved.names, shown.unserved.number) == (("Ada",), 2)
    assert (shown.unreached.names, shown.unreached.number) == (("Off",), 2)


def test_nobody_is_missing_from_what_asks_for_no_press(desk: Desk) -> None:
    found = desk.sent(a_content(needs_ack=False))

    assert details(desk.house.desk, desk.sam, found.id).missing.readers == ()


def test_half_of_three_readers_are_two(desk: Desk) -> None:
    put_person(desk.house.stores.program, "eve")
    found = desk.sent()
    for hours, reader in ((1, "ada"), (2, "bo"), (3, "eve")):
        desk.house.clock.advance(hours * HOUR)
        press(desk, reader, found)

    assert details(desk.house.desk, desk.sam, found.id).reached == {50: 3.0, 90: 6.0, 100: 6.0}


def test_time_of_what_goes_out_in_each_readers_morning_counts_from_the_own_message_of_each(desk: Desk) -> None:
    travel(desk.house.stores.program, "bo", "America/Los_Angeles")
    desk.house.clock.advance(HOUR)
    for reader in ("eve", "fay"):
        put_person(desk.house.stores.program, reader)
        travel(desk.house.stores.program, reader, "America/Los_Angeles")
    found = desk.sent(a_content(plan=Plan(timing=Timing.MORNING)))
    press(desk, "fay", found)  # on the Home tab, before it comes
    desk.house.clock.advance(7 * HOUR)
    press(desk, "bo", found)  # three hours after 9:00 in Los Angeles
    desk.house.clock.advance(15 * HOUR)
    press(desk, "ada", found)  # two hours after 9:00 in London

    assert details(desk.house.desk, desk.sam, found.id).reached == {50: 2.0, 90: None, 100: None}
    assert hours_to_reach(desk.house.desk, desk.sam) == {Tier.IMPORTANT: {50: 2.0, 90: None, 100: None}}


@pytest.mark.parametrize("timing", [Timing.NOW, Timing.MORNING])
def test_time_of_who_comes_later_counts_from_when_it_is_theirs(desk: Desk, timing: Timing) -> None:
    found = desk.sent(a_content(plan=Plan(timing=timing)))
    desk.house.clock.advance(22 * HOUR)
    for reader in ("ada", "bo"):
        press(desk, reader, found)
    before = details(desk.house.desk, desk.sam, found.id).reached[100]
    desk.house.clock.advance(240 * HOUR)
    put_person(desk.house.stores.program, "zed")
    touch(desk.house.stores.program)
    welcome_newcomers(desk.house.desk)
    desk.house.clock.advance(HOUR if timing is Timing.NOW else 24 * HOUR)
    press(desk, "zed", found)

    slowest = {Timing.NOW: 22.0, Timing.MORNING: 1.0}[timing]
    assert before == slowest
    assert details(desk.house.desk, desk.sam, found.id).reached[100] == slowest
    assert hours_to_reach(desk.house.desk, desk.sam)[found.tier][100] == slowest


def test_time_of_who_reads_it_in_the_channel_counts_from_the_sending(desk: Desk) -> None:
    found = desk.sent(a_content(channel="C1"))
    desk.house.clock.advance(HOUR)
    press(desk, "ada", found)

    assert details(desk.house.desk, desk.sam, found.id).reached[50] == 1.0


def test_middle_of_two_announcements_is_the_slower_one(desk: Desk) -> None:
    for hours in (1, 5):
        found = desk.sent()
        desk.house.clock.advance(hours * HOUR)
        press(desk, "ada", found)

    assert hours_to_reach(desk.house.desk, desk.sam) == {Tier.IMPORTANT: {50: 5.0, 90: None, 100: None}}


def test_retracted_one_can_still_be_read_and_acknowledged(desk: Desk) -> None:
    found = desk.sent()
    retract(desk.house.desk, desk.sam, found.id)

    press(desk, "ada", found)

    told = read(desk.house.desk, desk.house.person("ada"), found.id)
    assert (told.announcement.state, told.acknowledged_at) == (State.RETRACTED, desk.house.clock.now())


def test_preview_of_a_critical_one_says_whether_anybody_could_say_yes(sqlite_house: House) -> None:
    alone = Desk(sqlite_house)
    found, important = alone.draft(CRITICAL), alone.draft()

    seen = [preview(sqlite_house.desk, alone.sam, each).has_approver for each in (found, important)]
    put_person(sqlite_house.stores.program, "sue", Role.STAFF)

    assert (seen, preview(sqlite_house.desk, alone.sam, found).has_approver) == ([False, True], True)


@pytest.mark.parametrize(("needs_ack", "interrupted"), [(True, 0), (False, 5)])
def test_preview_of_one_in_a_channel_interrupts_at_once_where_no_press_can_come_first(
    crowd: Desk, *, needs_ack: bool, interrupted: int
) -> None:
    found = crowd.draft(a_content(channel="C1", needs_ack=needs_ack, text=replace(TEXT, title="In a channel")))

    seen = preview(crowd.house.desk, crowd.sam, found)

    assert (seen.interrupted, seen.later) == (interrupted, 5 - interrupted)


@pytest.mark.parametrize(
    ("content", "at_once"),
    [
        pytest.param(a_content(channel="C1", plan=Plan(expires_at=NOON + HOUR)), True, id="over before the two hours"),
        pytest.param(a_content(channel="C1", plan=Plan(expires_at=NOON + 3 * HOUR)), False, id="channel first"),
        pytest.param(
            a_content(plan=Plan(timing=Timing.MORNING, expires_at=NOON + 8 * HOUR)), True, id="over before the morning"
        ),
        pytest.param(
            a_content(channel="C1", plan=Plan(timing=Timing.MORNING, expires_at=NOON + 8 * HOUR)),
            True,
            id="over before the morning, in a channel",
        ),
        pytest.param(a_content(plan=Plan(timing=Timing.MORNING)), False, id="in the morning"),
    ],
)
def test_preview_counts_as_interrupted_whom_the_sending_writes_to_at_once(
    crowd: Desk, content: Content, *, at_once: bool
) -> None:
    seen = preview(crowd.house.desk, crowd.sam, crowd.draft(content))
    crowd.sent(content)

    now = [row[2] == label(epoch_seconds(NOON)) for row in crowd.rows(AnnouncementMessage.TOLD)]
    assert (seen.interrupted, seen.later, now) == ((5, 0, [True] * 5) if at_once else (0, 5, [False] * 5))


@pytest.mark.parametrize("timing", [Timing.NOW, Timing.MORNING])
def test_preview_says_that_the_channel_comes_first_only_where_it_does(crowd: Desk, timing: Timing) -> None:
    found = crowd.draft(a_content(channel="C1", plan=Plan(timing=timing)))

    open_, closed = (preview(crowd.house.desk, crowd.sam, found, is_in_channel=each) for each in (True, False))

    is_now = timing is Timing.NOW
    assert (open_.after_channel, open_.interrupted, open_.later) == (is_now, 0, 5)
    assert (closed.after_channel, closed.interrupted) == (False, 5 if is_now else 0)


@pytest.mark.parametrize(
    ("tier", "holds", "numbers"),
    [
        pytest.param(Tier.IMPORTANT, None, (4, 0, 1), id="in the digest of who has had enough"),
        pytest.param(Tier.IMPORTANT, 20 * HOUR, (5, 0, 0), id="at once where that comes too late"),
        pytest.param(Tier.CRITICAL, None, (5, 0, 0), id="at once what is critical"),
    ],
)
def test_preview_interrupts_nobody_who_has_had_their_messages_of_the_day(
    crowd: Desk, tier: Tier, holds: timedelta | None, numbers: tuple[int, int, int]
) -> None:
    rules = replace(AttentionRules(), messages_a_day=1)
    set_rules(crowd.house.stores.program, lambda before: replace(before, attention=rules))
    crowd.sent(a_content(audience=Audience(people=("bo",)), needs_ack=False))
    told(crowd)
    expires_at = None if holds is None else crowd.house.clock.now() + holds
    found = crowd.draft(a_content(tier=tier, plan=Plan(expires_at=expires_at)))

    seen = preview(crowd.house.desk, crowd.sam, found)

    assert (seen.interrupted, seen.later, seen.in_digest) == numbers


def test_preview_of_what_goes_out_on_another_day_counts_nothing_of_this_one(crowd: Desk) -> None:
    rules = replace(AttentionRules(), messages_a_day=1)
    set_rules(crowd.house.stores.program, lambda before: replace(before, attention=rules))
    crowd.sent(a_content(needs_ack=False))
    told(crowd)
    found = crowd.draft(a_content(plan=Plan(timing=Timing.AT, at=crowd.house.clock.now() + 24 * HOUR)))

    seen = preview(crowd.house.desk, crowd.sam, found)

    assert (seen.interrupted, seen.later) == (5, 0)
