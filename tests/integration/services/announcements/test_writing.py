"""Drafts and templates: what stays when one is changed, copied, sent back and forth, or thrown away."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy import select

from domain.announcements import ChangedMeanwhile, NoAnnouncement, Plan, State, Timing
from domain.audience import Audience
from domain.delivery import Tier
from domain.nudges import NudgedAlready
from domain.people import Role
from domain.times import epoch_seconds
from services.announcements.compose import Content, Write, content_of, discard, duplicate, write
from services.announcements.correct import AllHaveRead, Correct, OverAlready, correct, nudge, retract
from services.announcements.deliveries import AnnouncementMessage, ledger
from services.announcements.details import details
from services.announcements.facts import Announcement
from services.announcements.follow_up import follow_up
from services.announcements.look import overview
from services.announcements.send import NobodyElse, NotYet, approve, refuse, send, send_as_important
from tests.builders.announcements import TEXT, Desk, a_content, later, press, request_key, told
from tests.builders.people import put_person
from tests.fakes.clock import NOON

HOUR, MINUTE = timedelta(hours=1), timedelta(minutes=1)
CRITICAL = a_content(tier=Tier.CRITICAL)
OTHER = replace(TEXT, body="The room has changed.")


def changed(desk: Desk, found: Announcement, by: str = "sam") -> Announcement:
    """Somebody changes its text, as it stands."""
    content = replace(a_content(tier=found.tier), text=OTHER)
    command = Write(request_key=request_key(), content=content, id=found.id, version=desk.now(found).version)
    return write(desk.house.desk, desk.house.person(by), command)


def sent_off(desk: Desk, found: Announcement) -> Announcement:
    return send(desk.house.desk, desk.sam, found.id, version=desk.now(found).version)


def asked(desk: Desk) -> list[str]:
    return [row[0] for row in desk.rows(AnnouncementMessage.APPROVAL)]


def test_yes_is_gone_when_what_it_was_said_to_is_changed(desk: Desk) -> None:
    plan = Plan(timing=Timing.AT, at=desk.house.clock.now() + HOUR)
    found = desk.draft(replace(CRITICAL, plan=plan))
    approve(desk.house.desk, desk.sue, found.id, version=sent_off(desk, found).version)

    after = changed(desk, found)

    assert (after.state, after.approved_by) == (State.DRAFT, "")


WHOLE = [
    a_content(
        tier=Tier.CRITICAL,
        text=replace(TEXT, link="https://example.org/plan"),
        plan=Plan(timing=Timing.AT, at=NOON + HOUR, expires_at=NOON + 2 * HOUR),
        takes_newcomers=False,
        approver_id="sue",
    ),
    a_content(
        tier=Tier.NOTICE,
        plan=Plan(timing=Timing.MORNING, on=date(2027, 1, 13), expires_at=NOON + 90 * HOUR),
        audience=Audience(people=("ada",)),
        channel="C1",
        needs_ack=False,
    ),
]


@pytest.mark.parametrize("content", WHOLE, ids=["at a time", "in the morning"])
def test_form_is_kept_whole_in_a_new_one_and_over_what_was_there(desk: Desk, content: Content) -> None:
    added, before = desk.draft(content), desk.draft()
    command = Write(request_key=request_key(), content=content, id=before.id, version=before.version)
    after = write(desk.house.desk, desk.sam, command)

    assert [content_of(desk.now(each)) for each in (added, after)] == [content] * 2


@pytest.mark.parametrize(
    ("content", "timing"), [(WHOLE[0], Timing.NOW), (WHOLE[1], Timing.MORNING)], ids=["at a time", "in the morning"]
)
def test_copy_has_everything_but_the_times(desk: Desk, content: Content, timing: Timing) -> None:
    model = desk.draft(content)

    copied = duplicate(desk.house.desk, desk.sam, model.id, request_key=request_key(), as_template=False)

    assert content_of(copied) == replace(content, plan=Plan(timing=timing))


def test_same_form_and_the_same_copy_are_once(desk: Desk) -> None:
    command = Write(request_key="form", content=a_content())
    first, again = (write(desk.house.desk, desk.sam, command) for _ in range(2))
    copied, repeated = (
        duplicate(desk.house.desk, desk.sam, first.id, request_key="copy", as_template=False) for _ in range(2)
    )

    assert (again, repeated) == (first, copied)
    shown = {line.announcement.id for line in overview(desk.house.desk, desk.sam).drafts}
    assert shown == {first.id, copied.id}


def test_changed_one_has_not_been_asked_about(desk: Desk) -> None:
    found = desk.draft(CRITICAL)
    sent_off(desk, found)
    later(desk, 16 * MINUTE)
    before = desk.now(found)

    after = changed(desk, found)

    now = desk.house.clock.now()
    assert (before.asked_at, before.all_asked_at) == (now - 16 * MINUTE, now)
    assert (after.asked_at, after.all_asked_at) == (None, None)


def test_template_stays_one_when_it_is_changed(desk: Desk) -> None:
    kept = duplicate(desk.house.desk, desk.sam, desk.draft().id, request_key=request_key(), as_template=True)

    assert (changed(desk, kept).state, desk.now(kept).text) == (State.TEMPLATE, OTHER)


def test_what_was_sent_can_be_neither_thrown_away_nor_written_over(desk: Desk) -> None:
    found = desk.sent()

    with pytest.raises(NoAnnouncement):
        discard(desk.house.desk, desk.sam, found.id, version=found.version)
    with pytest.raises(ChangedMeanwhile):
        changed(desk, found)

    assert desk.now(found) == found


@pytest.mark.parametrize("state", [State.DRAFT, State.TEMPLATE, State.EXPIRED])
def test_taking_back_what_nobody_can_have_changes_nothing(desk: Desk, state: State) -> None:
    now = desk.house.clock.now()
    found = desk.draft(a_content(plan=Plan(timing=Timing.AT, at=now + HOUR, expires_at=now + 2 * HOUR)))
    if state is State.TEMPLATE:
        found = duplicate(desk.house.desk, desk.sam, found.id, request_key=request_key(), as_template=True)
    if state is State.EXPIRED:
        sent_off(desk, found)
        later(desk, 3 * HOUR)
    before = desk.now(found)

    assert retract(desk.house.desk, desk.sam, found.id) == 0
    assert (before.state, desk.now(found)) == (state, before)


def test_nudge_is_free_again_after_exactly_an_hour(desk: Desk) -> None:
    found = desk.sent()
    told(desk)
    nudge(desk.house.desk, desk.sam, found.id)
    told(desk)
    desk.house.clock.advance(HOUR - MINUTE)
    with pytest.raises(NudgedAlready):
        nudge(desk.house.desk, desk.sam, found.id)

    desk.house.clock.advance(MINUTE)

    assert nudge(desk.house.desk, desk.sam, found.id) == 2


def test_nobody_is_nudged_for_what_asks_for_no_press(desk: Desk) -> None:
    found = desk.sent(a_content(needs_ack=False))
    told(desk)

    with pytest.raises(ChangedMeanwhile):
        nudge(desk.house.desk, desk.sam, found.id)


def test_nobody_is_nudged_for_what_is_over_and_it_says_so(desk: Desk) -> None:
    found = desk.sent(a_content(plan=Plan(expires_at=desk.house.clock.now() + HOUR)))
    told(desk)
    before = details(desk.house.desk, desk.sam, found.id).is_over
    desk.house.clock.advance(HOUR)

    with pytest.raises(OverAlready):
        nudge(desk.house.desk, desk.sam, found.id)

    assert (before, details(desk.house.desk, desk.sam, found.id).is_over) == (False, True)


def test_nobody_is_nudged_once_all_have_read_it(desk: Desk) -> None:
    found = desk.sent()
    for reader in ("ada", "bo"):
        press(desk, reader, found)

    with pytest.raises(AllHaveRead):
        nudge(desk.house.desk, desk.sam, found.id)


def test_rows_to_readers_end_when_it_does(desk: Desk) -> None:
    expires_at = desk.house.clock.now() + 9 * HOUR
    desk.sent(a_content(channel="C1", plan=Plan(expires_at=expires_at)))

    kinds = (AnnouncementMessage.TOLD, AnnouncementMessage.RECORD)
    with desk.house.desk.program.read() as connection:
        ends = connection.execute(select(ledger.c.expires_at).where(ledger.c.kind.in_(kinds))).scalars().all()

    assert ends == [epoch_seconds(expires_at)] * 3


def test_trouble_of_one_that_was_sent_long_ago_is_still_told(desk: Desk) -> None:
    desk.sent(a_content(plan=Plan(expires_at=desk.house.clock.now() + 30 * 24 * HOUR)))
    later(desk, 30 * 24 * HOUR)

    with desk.house.desk.program.read() as connection:
        is_it = ledger.c.kind == AnnouncementMessage.TROUBLE
        (ends,) = connection.execute(select(ledger.c.expires_at).where(is_it)).scalars()

    assert ends == epoch_seconds(desk.house.clock.now() + 7 * 24 * HOUR)


def test_where_all_are_asked_from_the_first_nobody_is_asked_twice(desk: Desk) -> None:
    put_person(desk.house.stores.program, "tim", Role.STAFF)
    sent_off(desk, desk.draft(CRITICAL))

    later(desk, 16 * MINUTE)

    assert asked(desk) == ["sue", "tim"]


def test_approver_who_sends_it_off_is_not_the_one_who_is_asked(desk: Desk) -> None:
    put_person(desk.house.stores.program, "tim", Role.STAFF)

    content = replace(CRITICAL, approver_id="sam")
    by_sue = write(desk.house.desk, desk.sue, Write(request_key=request_key(), content=content))
    sent_off(desk, by_sue)

    assert asked(desk) == ["tim"]


def test_who_wrote_it_last_is_nobody_who_could_say_yes(desk: Desk) -> None:
    found = desk.draft(CRITICAL)
    changed(desk, found, by="sue")

    with pytest.raises(NobodyElse):
        sent_off(desk, found)


def test_sent_off_again_after_a_no_it_carries_the_no_no_more(desk: Desk) -> None:
    found = desk.draft(CRITICAL)
    refuse(desk.house.desk, desk.sue, found.id, version=sent_off(desk, found).version, why="The date is wrong.")

    assert sent_off(desk, found).refusal == ""


def test_sent_off_again_it_has_to_wait_for_an_answer_again(desk: Desk) -> None:
    found = desk.draft(CRITICAL)
    sent_off(desk, found)
    later(desk, 16 * MINUTE)
    retract(desk.house.desk, desk.sam, found.id)
    sent_off(desk, found)

    with pytest.raises(NotYet):
        send_as_important(desk.house.desk, desk.sam, found.id)


def test_what_stands_in_a_channel_without_a_button_goes_to_each_at_once(desk: Desk) -> None:
    desk.sent(a_content(channel="C1", needs_ack=False))

    assert {row[2] for row in desk.rows(AnnouncementMessage.TOLD)} == {"2027-01-11T12:00Z"}


def test_new_text_of_the_same_request_is_once(desk: Desk) -> None:
    found = desk.sent()
    command = Correct(request_key="c", id=found.id, version=found.version, text=OTHER)

    first, again = (correct(desk.house.desk, desk.sam, command) for _ in range(2))
    follow_up(desk.house.desk)

    assert first == again


@pytest.mark.parametrize("is_template", [False, True])
def test_what_somebody_else_has_written_meanwhile_is_not_thrown_away(desk: Desk, *, is_template: bool) -> None:
    seen = desk.draft()
    if is_template:
        seen = duplicate(desk.house.desk, desk.sam, seen.id, request_key=request_key(), as_template=True)
    after = changed(desk, seen)

    with pytest.raises(ChangedMeanwhile):
        discard(desk.house.desk, desk.sue, seen.id, version=seen.version)
    kept = desk.now(seen)
    discard(desk.house.desk, desk.sue, seen.id, version=after.version)

    assert kept == after
    with pytest.raises(NoAnnouncement):
        desk.now(seen)
