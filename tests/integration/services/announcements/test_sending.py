"""From the draft to the rows of the ledger: who may send what, when it goes, and to whom it is frozen."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from domain.announcements import ChangedMeanwhile, NoAnnouncement, PastTime, Plan, State, Timing
from domain.audience import Audience, NobodyFound
from domain.delivery import DeliveryState, Tier, channel_address
from domain.people import Role
from services.announcements.compose import Content, Write, discard, duplicate, write
from services.announcements.deliveries import AnnouncementMessage
from services.announcements.details import details
from services.announcements.follow_up import follow_up, welcome_newcomers
from services.announcements.preview import preview
from services.announcements.send import send
from services.announcements.telling import HEAD_START
from services.audiences.lists import begin_list, end_list, put_on_list
from services.audit import trail
from tests.builders.announcements import SCHOLARS, TEXT, Desk, a_content, request_key
from tests.builders.people import an_account, put_person, travel

NOON, HOUR, MINUTE = "2027-01-11T12:00Z", timedelta(hours=1), timedelta(minutes=1)
CRITICAL = a_content(tier=Tier.CRITICAL)


def test_write_saves_a_draft_that_nobody_gets(desk: Desk) -> None:
    found = desk.draft()

    follow_up(desk.house.desk)

    assert (found.state, found.text, found.author_id) == (State.DRAFT, TEXT, "sam")
    assert desk.rows(AnnouncementMessage.TOLD) == []


def test_write_of_the_same_request_is_one_draft(desk: Desk) -> None:
    command = Write(request_key="once", content=a_content())

    first, again = (write(desk.house.desk, desk.sam, command) for _ in range(2))

    assert first == again


def test_write_over_what_somebody_else_has_changed_is_refused_and_loses_nothing(desk: Desk) -> None:
    found = desk.draft()
    theirs = a_content(text=replace(TEXT, title="Theirs"))
    write(desk.house.desk, desk.sue, Write(request_key="a", content=theirs, id=found.id, version=found.version))

    with pytest.raises(ChangedMeanwhile):
        write(desk.house.desk, desk.sam, Write(request_key="b", content=CRITICAL, id=found.id, version=found.version))

    assert desk.now(found).text.title == "Theirs"


def test_important_announcement_goes_to_each_reader_at_once(desk: Desk) -> None:
    found = desk.sent()

    assert desk.rows(AnnouncementMessage.TOLD) == [("ada", "first", NOON), ("bo", "first", NOON)]
    assert (found.state, found.readers) == (State.SENT, 2)


def test_sending_twice_is_once(desk: Desk) -> None:
    found = desk.draft()
    send(desk.house.desk, desk.sam, found.id, version=found.version)
    follow_up(desk.house.desk)

    again = send(desk.house.desk, desk.sam, found.id, version=found.version)
    follow_up(desk.house.desk)

    assert again.state is State.SENT
    assert len(desk.rows(AnnouncementMessage.TOLD)) == 2


def test_send_of_a_draft_that_was_changed_since_it_was_seen_is_refused(desk: Desk) -> None:
    found = desk.draft()
    write(desk.house.desk, desk.sue, Write(request_key="a", content=CRITICAL, id=found.id, version=found.version))

    with pytest.raises(ChangedMeanwhile):
        send(desk.house.desk, desk.sam, found.id, version=found.version)


def test_audience_is_frozen_at_sending_and_whoever_comes_later_gets_it_too(desk: Desk) -> None:
    found = desk.sent()
    put_person(desk.house.stores.program, "new")
    desk.house.clock.advance(HOUR)

    added = welcome_newcomers(desk.house.desk)
    welcome_newcomers(desk.house.desk)

    assert (added, desk.now(found).readers) == (1, 3)
    assert [row for row in desk.rows(AnnouncementMessage.TOLD) if row[0] == "new"] == [
        ("new", "first", "2027-01-11T13:00Z")
    ]


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(a_content(takes_newcomers=False), id="not for newcomers"),
        pytest.param(a_content(plan=Plan(expires_at=None), takes_newcomers=False), id="without an end"),
    ],
)
def test_whoever_comes_later_gets_nothing_that_is_not_for_newcomers(desk: Desk, content: object) -> None:
    found = desk.sent(content)  # type: ignore[arg-type]  # parametrize knows no types
    put_person(desk.house.stores.program, "new")

    assert (welcome_newcomers(desk.house.desk), desk.now(found).readers) == (0, 2)


def test_whoever_comes_after_it_expired_gets_nothing(desk: Desk) -> None:
    desk.sent(a_content(plan=Plan(expires_at=desk.house.clock.now() + HOUR)))
    put_person(desk.house.stores.program, "new")
    desk.house.clock.advance(2 * HOUR)

    assert welcome_newcomers(desk.house.desk) == 0


def test_announcement_at_a_time_goes_then_and_to_whom_it_is_for_then(desk: Desk) -> None:
    at = desk.house.clock.now() + 3 * HOUR
    found = desk.sent(a_content(plan=Plan(timing=Timing.AT, at=at)))
    before = desk.rows(AnnouncementMessage.TOLD)
    put_person(desk.house.stores.program, "new")
    desk.house.clock.advance(3 * HOUR)
    follow_up(desk.house.desk)

    assert (before, found.state) == ([], State.PLANNED)
    assert [row[0] for row in desk.rows(AnnouncementMessage.TOLD)] == ["ada", "bo", "new"]


def test_each_readers_own_morning_is_by_their_own_clock(desk: Desk) -> None:
    travel(desk.house.stores.program, "bo", "America/Los_Angeles")

    desk.sent(a_content(plan=Plan(timing=Timing.MORNING)))

    assert desk.rows(AnnouncementMessage.TOLD) == [
        ("ada", "first", "2027-01-12T09:00Z"),
        ("bo", "first", "2027-01-11T17:00Z"),
    ]


def test_morning_of_a_day_is_frozen_when_that_day_begins_first(desk: Desk) -> None:
    found = desk.sent(a_content(plan=Plan(timing=Timing.MORNING, on=date(2027, 1, 20))))
    desk.house.clock.advance(timedelta(days=7, hours=22))
    follow_up(desk.house.desk)

    assert found.state is State.PLANNED
    assert desk.rows(AnnouncementMessage.TOLD) == [
        ("ada", "first", "2027-01-20T09:00Z"),
        ("bo", "first", "2027-01-20T09:00Z"),
    ]


def test_morning_of_a_day_is_of_that_day_for_who_is_a_day_behind_when_it_is_frozen(desk: Desk) -> None:
    travel(desk.house.stores.program, "bo", "America/Los_Angeles")
    desk.sent(a_content(plan=Plan(timing=Timing.MORNING, on=date(2027, 1, 20))))

    desk.house.clock.advance(timedelta(days=7, hours=22))  # it is 2:00 of the day before there
    follow_up(desk.house.desk)

    assert desk.rows(AnnouncementMessage.TOLD) == [
        ("ada", "first", "2027-01-20T09:00Z"),
        ("bo", "first", "2027-01-20T17:00Z"),
    ]


def test_send_of_a_past_time_asks(desk: Desk) -> None:
    found = desk.draft(a_content(plan=Plan(timing=Timing.AT, at=desk.house.clock.now() + HOUR)))
    desk.house.clock.advance(HOUR)

    with pytest.raises(PastTime):
        send(desk.house.desk, desk.sam, found.id, version=found.version)


def test_send_to_nobody_asks(desk: Desk) -> None:
    found = desk.draft(a_content(audience=Audience(cohorts=("1999",))))

    with pytest.raises(NobodyFound):
        send(desk.house.desk, desk.sam, found.id, version=found.version)


def test_planned_for_an_audience_that_is_empty_by_then_is_a_draft_again_and_told(desk: Desk) -> None:
    put_person(desk.house.stores.program, "gus", Role.GRADER, last_day="2027-01-12")
    content = a_content(
        audience=Audience(roles=(Role.GRADER,)), plan=Plan(timing=Timing.AT, at=desk.house.clock.now() + 72 * HOUR)
    )
    found = desk.sent(content)
    desk.house.clock.advance(72 * HOUR)
    follow_up(desk.house.desk)

    assert desk.now(found).state is State.DRAFT
    assert [row[0] for row in desk.rows(AnnouncementMessage.TROUBLE)] == ["sam"]


def test_planned_for_a_list_that_has_ended_by_then_is_a_draft_again_and_told(desk: Desk) -> None:
    list_id = begin_list(desk.house.desk, desk.sam, title="Grants", about="", request_key=request_key())
    put_on_list(desk.house.desk, desk.house.person("ada"), list_id)
    at = desk.house.clock.now() + HOUR
    found = desk.sent(a_content(audience=Audience(list_id=list_id), plan=Plan(timing=Timing.AT, at=at)))
    end_list(desk.house.desk, desk.sam, list_id)

    desk.house.clock.advance(HOUR)
    follow_up(desk.house.desk)

    assert desk.now(found).state is State.DRAFT
    assert [row[:2] for row in desk.rows(AnnouncementMessage.TROUBLE)] == [("sam", "nobody")]


def test_expired_before_it_could_go_is_told_to_its_author_and_not_sent(desk: Desk) -> None:
    now = desk.house.clock.now()
    found = desk.sent(a_content(plan=Plan(timing=Timing.AT, at=now + HOUR, expires_at=now + 2 * HOUR)))
    desk.house.clock.advance(3 * HOUR)
    follow_up(desk.house.desk)
    follow_up(desk.house.desk)

    assert desk.now(found).state is State.EXPIRED
    assert [row[0] for row in desk.rows(AnnouncementMessage.TROUBLE)] == ["sam"]
    assert desk.rows(AnnouncementMessage.TOLD) == []


def test_deactivated_people_are_listed_and_the_others_served(desk: Desk) -> None:
    put_person(desk.house.stores.program, "gone", account=an_account("gone", is_deleted=True))

    found = desk.sent()

    assert [row[0] for row in desk.rows(AnnouncementMessage.TOLD)] == ["ada", "bo"]
    assert found.readers == 2
    assert [each.detail for each in trail(desk.house.desk, desk.sam, found.id) if each.deed == "sent"] == [
        "to 2 people; 1 more without a Slack account in use"
    ]


def test_message_of_record_goes_to_the_channel_and_messages_only_to_who_has_not_read_it_there(desk: Desk) -> None:
    desk.sent(a_content(channel="C1"))

    assert desk.rows(AnnouncementMessage.RECORD) == [(channel_address("C1"), "record", NOON)]
    assert timedelta(hours=2) == HEAD_START
    assert {row[2] for row in desk.rows(AnnouncementMessage.TOLD)} == {"2027-01-11T14:00Z"}


def test_critical_announcement_goes_to_each_at_once_though_it_stands_in_a_channel(desk: Desk) -> None:
    desk.sent(replace(CRITICAL, channel="C1"))

    assert {row[2] for row in desk.rows(AnnouncementMessage.TOLD)} == {NOON}


def test_whoever_comes_weeks_later_gets_nothing_that_has_no_end(desk: Desk) -> None:
    found = desk.sent()
    desk.house.clock.advance(timedelta(days=15))
    put_person(desk.house.stores.program, "new")

    assert (welcome_newcomers(desk.house.desk), desk.now(found).readers) == (0, 2)


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(a_content(channel="C1"), id="before the channel has had its time"),
        pytest.param(a_content(plan=Plan(timing=Timing.MORNING)), id="before the morning"),
    ],
)
def test_what_would_be_over_by_its_time_goes_at_once(desk: Desk, content: Content) -> None:
    plan = replace(content.plan, expires_at=desk.house.clock.now() + HOUR)

    desk.sent(replace(content, plan=plan))

    assert {row[2] for row in desk.rows(AnnouncementMessage.TOLD)} == {NOON}


def test_draft_for_another_ones_private_list_can_be_looked_at_and_thrown_away(desk: Desk) -> None:
    list_id = begin_list(desk.house.desk, desk.sam, title="Grants", about="", request_key=request_key())
    model = desk.draft(a_content(audience=Audience(list_id=list_id)))
    copy = duplicate(desk.house.desk, desk.sue, model.id, request_key=request_key(), as_template=False)

    seen = preview(desk.house.desk, desk.sue, copy)
    discard(desk.house.desk, desk.sue, copy.id, version=copy.version)

    assert seen.readers == ()


def test_duplicate_is_a_draft_of_the_same_without_its_time_and_a_template_stays_one(desk: Desk) -> None:
    at = desk.house.clock.now() + HOUR
    found = desk.sent(a_content(plan=Plan(timing=Timing.AT, at=at)))

    copy = duplicate(desk.house.desk, desk.sue, found.id, request_key=request_key(), as_template=False)
    kept = duplicate(desk.house.desk, desk.sue, found.id, request_key=request_key(), as_template=True)

    assert (copy.state, copy.text, copy.plan, copy.author_id) == (State.DRAFT, TEXT, Plan(), "sue")
    assert (kept.state, kept.audience) == (State.TEMPLATE, SCHOLARS)


def test_discarded_draft_is_there_no_more(desk: Desk) -> None:
    found = desk.draft()

    discard(desk.house.desk, desk.sam, found.id, version=found.version)

    with pytest.raises(NoAnnouncement):
        details(desk.house.desk, desk.sam, found.id)


def test_rows_of_an_announcement_are_written_all_or_none(desk: Desk) -> None:
    found = desk.sent()

    assert len(desk.rows(AnnouncementMessage.TOLD, *DeliveryState)) == desk.now(found).readers
