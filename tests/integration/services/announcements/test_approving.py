"""The second yes of a critical announcement: who may give it, what it holds for, and what when nobody answers."""

from dataclasses import replace
from datetime import timedelta

import pytest

from domain.announcements import ChangedMeanwhile, NotYours, Plan, State, Timing
from domain.audience import Audience
from domain.delivery import Tier
from domain.people import Role
from services.announcements.compose import Write, draft, write
from services.announcements.correct import Correct, correct, retract
from services.announcements.deliveries import AnnouncementMessage
from services.announcements.details import details
from services.announcements.facts import Announcement
from services.announcements.follow_up import follow_up
from services.announcements.look import overview
from services.announcements.preview import preview
from services.announcements.send import (
    AnsweredAlready,
    NobodyElse,
    NotYet,
    OverByNow,
    approve,
    refuse,
    send,
    send_as_important,
)
from services.audit import trail
from storage.program import announcement_queries
from tests.builders.announcements import TEXT, Desk, a_content, leave
from tests.builders.people import put_membership, put_person
from tests.fixtures.desks import House

NOON, HOUR, MINUTE = "2027-01-11T12:00Z", timedelta(hours=1), timedelta(minutes=1)
CRITICAL = a_content(tier=Tier.CRITICAL)


def test_critical_announcement_waits_for_a_second_yes_and_both_names_are_kept(desk: Desk) -> None:
    found = desk.draft(replace(CRITICAL, approver_id="sue"))
    waiting = send(desk.house.desk, desk.sam, found.id, version=found.version)
    follow_up(desk.house.desk)
    asked, before = desk.rows(AnnouncementMessage.APPROVAL), desk.rows(AnnouncementMessage.TOLD)

    approve(desk.house.desk, desk.sue, found.id, version=waiting.version)
    follow_up(desk.house.desk)

    assert ([row[0] for row in asked], before) == (["sue"], [])
    assert len(desk.rows(AnnouncementMessage.TOLD)) == 2
    done = [(each.deed, each.by) for each in reversed(trail(desk.house.desk, desk.sam, found.id).done)]
    assert done == [("written", "Sam"), ("asked for a yes", "Sam"), ("approved", "Sue"), ("sent", "Sam")]
    assert [row[0] for row in desk.rows(AnnouncementMessage.ANSWERED)] == ["sam"]


@pytest.mark.parametrize("who", ["sam", "sue"])
def test_second_yes_of_who_sent_or_wrote_it_is_refused(desk: Desk, who: str) -> None:
    put_person(desk.house.stores.program, "tim", Role.STAFF)
    found = desk.draft(CRITICAL)
    changed = changed_by_sue(desk, found)
    waiting = send(desk.house.desk, desk.sam, found.id, version=changed.version)

    with pytest.raises(NotYours):
        approve(desk.house.desk, desk.house.person(who), found.id, version=waiting.version)

    assert desk.now(found).state is State.WAITING


def test_second_yes_of_who_wrote_an_earlier_version_is_refused_and_they_are_not_asked(desk: Desk) -> None:
    waiting = of_two_hands(desk)

    with pytest.raises(NotYours):
        approve(desk.house.desk, desk.sam, waiting.id, version=waiting.version)
    with pytest.raises(NotYours):
        refuse(desk.house.desk, desk.sam, waiting.id, version=waiting.version, why="")

    assert desk.now(waiting).state is State.WAITING
    assert [row[0] for row in desk.rows(AnnouncementMessage.APPROVAL)] == ["tim"]
    seen = overview(desk.house.desk, desk.sam)
    assert ([*seen.to_approve], [each.announcement.id for each in seen.waiting]) == ([], [waiting.id])
    assert not details(desk.house.desk, desk.sam, waiting.id).may_answer
    tim = desk.house.person("tim")
    assert approve(desk.house.desk, tim, waiting.id, version=waiting.version).state is State.PLANNED


def of_two_hands(desk: Desk) -> Announcement:
    """Sam has written it; Sue changes a comma and sends it off. Tim has not seen it."""
    put_person(desk.house.stores.program, "tim", Role.STAFF)
    changed = changed_by_sue(desk, desk.draft(CRITICAL))
    return send(desk.house.desk, desk.sue, changed.id, version=changed.version)


def changed_by_sue(desk: Desk, found: Announcement) -> Announcement:
    """The same with a comma more."""
    other = replace(CRITICAL, text=replace(TEXT, body=f"{TEXT.body},"))
    command = Write(request_key="a comma", content=other, id=found.id, version=found.version)
    return write(desk.house.desk, desk.sue, command)


def test_what_all_of_the_staff_have_written_in_has_nobody_left_to_say_yes(desk: Desk) -> None:
    found = changed_by_sue(desk, desk.draft(CRITICAL))

    with pytest.raises(NobodyElse):
        send(desk.house.desk, desk.sue, found.id, version=found.version)

    assert not preview(desk.house.desk, desk.sue, found).has_approver


def test_preview_counts_nobody_as_approver_who_would_send_it_off(desk: Desk) -> None:
    found = desk.draft(CRITICAL)

    seen = {who: preview(desk.house.desk, desk.house.person(who), found).has_approver for who in ("sam", "sue")}

    assert seen == {"sam": True, "sue": False}


def test_yes_to_another_version_than_the_one_seen_is_refused(desk: Desk) -> None:
    found = desk.draft(CRITICAL)
    waiting = send(desk.house.desk, desk.sam, found.id, version=found.version)
    other = replace(CRITICAL, text=replace(TEXT, body="Something else altogether."))
    write(desk.house.desk, desk.sam, Write(request_key="a", content=other, id=found.id, version=waiting.version))
    again = send(desk.house.desk, desk.sam, found.id, version=desk.now(found).version)

    with pytest.raises(ChangedMeanwhile):
        approve(desk.house.desk, desk.sue, found.id, version=waiting.version)

    assert approve(desk.house.desk, desk.sue, found.id, version=again.version).state is State.PLANNED


def test_no_makes_it_a_draft_again_with_the_reason_for_its_author(desk: Desk) -> None:
    found = desk.draft(CRITICAL)
    waiting = send(desk.house.desk, desk.sam, found.id, version=found.version)

    refused = refuse(desk.house.desk, desk.sue, found.id, version=waiting.version, why="The date is wrong.")

    assert (refused.state, refused.refusal) == (State.DRAFT, "The date is wrong.")
    assert [row[:2] for row in desk.rows(AnnouncementMessage.ANSWERED)] == [("sam", f"refused.{refused.version}")]


def test_critical_announcement_without_anybody_who_could_say_yes_is_refused_at_its_tier(sqlite_house: House) -> None:
    desk = Desk(sqlite_house)
    found = desk.draft(CRITICAL)

    with pytest.raises(NobodyElse) as refused:
        send(sqlite_house.desk, desk.sam, found.id, version=found.version)

    assert refused.value.field == "tier"
    assert refused.value.message.startswith("Everybody on your staff wrote or sends it, so nobody is left to say yes.")


def test_without_an_answer_for_a_quarter_of_an_hour_everybody_is_asked_and_the_author_told_once(desk: Desk) -> None:
    put_person(desk.house.stores.program, "tim", Role.STAFF)
    found = desk.draft(replace(CRITICAL, approver_id="sue"))
    send(desk.house.desk, desk.sam, found.id, version=found.version)
    desk.house.clock.advance(14 * MINUTE)
    follow_up(desk.house.desk)
    early = [row[0] for row in desk.rows(AnnouncementMessage.APPROVAL)]

    desk.house.clock.advance(MINUTE)
    follow_up(desk.house.desk)
    follow_up(desk.house.desk)

    assert (early, [row[0] for row in desk.rows(AnnouncementMessage.APPROVAL)]) == (["sue"], ["sue", "tim"])
    assert [row[0] for row in desk.rows(AnnouncementMessage.UNANSWERED)] == ["sam"]


def test_author_may_send_it_as_important_once_everybody_was_asked_and_nobody_else_may(desk: Desk) -> None:
    found = desk.draft(CRITICAL)
    send(desk.house.desk, desk.sam, found.id, version=found.version)
    with pytest.raises(NotYet):
        send_as_important(desk.house.desk, desk.sam, found.id)
    unanswered(desk)

    with pytest.raises(NotYours):
        send_as_important(desk.house.desk, desk.sue, found.id)
    mine = send_as_important(desk.house.desk, desk.sam, found.id)
    follow_up(desk.house.desk)

    assert (mine.state, mine.tier) == (State.PLANNED, Tier.IMPORTANT)
    assert len(desk.rows(AnnouncementMessage.TOLD)) == 2


def unanswered(desk: Desk) -> None:
    """Nobody answers in time."""
    desk.house.clock.advance(16 * MINUTE)
    follow_up(desk.house.desk)


def test_late_yes_to_what_went_as_important_changes_nothing(desk: Desk) -> None:
    found = desk.draft(CRITICAL)
    waiting = send(desk.house.desk, desk.sam, found.id, version=found.version)
    unanswered(desk)
    send_as_important(desk.house.desk, desk.sam, found.id)

    with pytest.raises(AnsweredAlready):
        approve(desk.house.desk, desk.sue, found.id, version=waiting.version)

    assert (desk.now(found).tier, desk.now(found).approved_by) == (Tier.IMPORTANT, "")


def test_yes_after_somebodys_no_is_refused(desk: Desk) -> None:
    put_person(desk.house.stores.program, "tim", Role.STAFF)
    found = desk.draft(CRITICAL)
    waiting = send(desk.house.desk, desk.sam, found.id, version=found.version)
    refuse(desk.house.desk, desk.sue, found.id, version=waiting.version, why="")

    with pytest.raises(AnsweredAlready):
        approve(desk.house.desk, desk.house.person("tim"), found.id, version=waiting.version)


@pytest.mark.parametrize("how", ["called off", "nobody is left"])
def test_yes_to_what_became_a_draft_again_holds_no_more(desk: Desk, how: str) -> None:
    found = desk.draft(replace(CRITICAL, audience=Audience(people=("ada",))))
    waiting = send(desk.house.desk, desk.sam, found.id, version=found.version)
    approve(desk.house.desk, desk.sue, found.id, version=waiting.version)
    if how == "called off":
        retract(desk.house.desk, desk.sam, found.id)
    else:
        leave(desk, "ada", Role.SCHOLAR)
        follow_up(desk.house.desk)
    as_draft = desk.now(found)
    put_membership(desk.house.stores.program, "ada", Role.SCHOLAR, first_day="2027-01-02")

    send(desk.house.desk, desk.sam, found.id, version=as_draft.version)

    assert (as_draft.state, as_draft.approved_by) == (State.DRAFT, "")
    again = details(desk.house.desk, desk.sam, found.id)
    assert (again.line.announcement.state, again.line.announcement.approved_by) == (State.WAITING, "")


def test_who_said_yes_to_what_was_taken_back_after_sending_stays_known(desk: Desk) -> None:
    found = desk.sent(CRITICAL)

    retract(desk.house.desk, desk.sam, found.id)

    assert desk.now(found).approved_by == "sue"


def test_sending_off_begins_without_anybodys_yes(desk: Desk) -> None:
    found = desk.draft(CRITICAL)
    with desk.house.desk.program.write() as connection:
        announcement_queries.change(connection, found.id, version=found.version, values={"approved_by": "sue"})

    waiting = send(desk.house.desk, desk.sam, found.id, version=found.version + 1)

    assert (waiting.state, waiting.approved_by) == (State.WAITING, "")


@pytest.mark.parametrize("leaver", ["sam", "sue"])
def test_planned_one_whose_author_or_approver_has_left_is_a_draft_that_staff_hear_of(desk: Desk, leaver: str) -> None:
    found = planned_for_tomorrow(desk)
    leave(desk, leaver, Role.STAFF)
    desk.house.clock.advance(25 * HOUR)

    follow_up(desk.house.desk)
    follow_up(desk.house.desk)

    tim = desk.house.person("tim")
    draft_again = draft(desk.house.desk, tim, found.id)
    assert (draft_again.state, draft_again.approved_by) == (State.DRAFT, "")
    assert desk.rows(AnnouncementMessage.TOLD) == []
    left = sorted({"sam", "sue", "tim"} - {leaver})
    assert [row[:2] for row in desk.rows(AnnouncementMessage.TROUBLE)] == [(each, "left") for each in left]
    assert "not sent: left" in [each.deed for each in trail(desk.house.desk, tim, found.id)]


def planned_for_tomorrow(desk: Desk) -> Announcement:
    """Sam's, with Sue's yes; Tim is on staff too."""
    put_person(desk.house.stores.program, "tim", Role.STAFF)
    at = desk.house.clock.now() + 24 * HOUR
    return desk.sent(replace(CRITICAL, plan=Plan(timing=Timing.AT, at=at)))


def test_correction_whose_approver_has_left_is_not_made(desk: Desk) -> None:
    put_person(desk.house.stores.program, "tim", Role.STAFF)
    found = desk.sent(CRITICAL)
    command = Correct(request_key="c", id=found.id, version=found.version, text=replace(TEXT, body="Another."))
    made = correct(desk.house.desk, desk.sam, command)
    waiting = send(desk.house.desk, desk.sam, made.id, version=made.version)
    approve(desk.house.desk, desk.sue, made.id, version=waiting.version)
    leave(desk, "sue", Role.STAFF)

    follow_up(desk.house.desk)

    assert (desk.now(found).text, desk.now(made).state) == (TEXT, State.DRAFT)


def test_one_that_needed_no_yes_goes_out_though_its_author_has_left(desk: Desk) -> None:
    at = desk.house.clock.now() + 24 * HOUR
    desk.sent(a_content(plan=Plan(timing=Timing.AT, at=at)))
    leave(desk, "sam", Role.STAFF)
    desk.house.clock.advance(25 * HOUR)

    follow_up(desk.house.desk)

    assert len(desk.rows(AnnouncementMessage.TOLD)) == 2


def over_soon(desk: Desk) -> Announcement:
    """Waits for a yes, and is over in two hours."""
    found = desk.draft(replace(CRITICAL, plan=Plan(expires_at=desk.house.clock.now() + 2 * HOUR)))
    return send(desk.house.desk, desk.sam, found.id, version=found.version)


def test_what_is_over_before_its_yes_is_told_to_its_author_once(desk: Desk) -> None:
    waiting = over_soon(desk)
    desk.house.clock.advance(2 * HOUR - MINUTE)
    follow_up(desk.house.desk)
    before = desk.now(waiting).state
    desk.house.clock.advance(MINUTE)

    follow_up(desk.house.desk)
    follow_up(desk.house.desk)

    assert (before, desk.now(waiting).state) == (State.WAITING, State.EXPIRED)
    assert [row[:2] for row in desk.rows(AnnouncementMessage.TROUBLE)] == [("sam", "expired")]
    with pytest.raises(AnsweredAlready):
        approve(desk.house.desk, desk.sue, waiting.id, version=waiting.version)


def test_yes_to_what_is_over_by_now_is_refused_and_so_is_sending_it_as_important(desk: Desk) -> None:
    waiting = over_soon(desk)
    unanswered(desk)
    desk.house.clock.advance(2 * HOUR)

    with pytest.raises(OverByNow):
        approve(desk.house.desk, desk.sue, waiting.id, version=waiting.version)
    with pytest.raises(OverByNow):
        send_as_important(desk.house.desk, desk.sam, waiting.id)

    assert desk.now(waiting).state is State.WAITING


def two_corrections(desk: Desk, found: Announcement) -> list[Announcement]:
    """Sam's and Sue's new texts for the same one; both wait for a yes."""
    waiting = []
    for staff, body in ((desk.sam, "Sam's words."), (desk.sue, "Sue's words.")):
        text, version = replace(TEXT, body=body), desk.now(found).version
        made = correct(desk.house.desk, staff, Correct(request_key=body, id=found.id, version=version, text=text))
        waiting.append(send(desk.house.desk, staff, made.id, version=made.version))
    return waiting


@pytest.mark.parametrize("how", ["another text", "taken back"])
def test_correction_that_can_be_made_no_more_is_a_draft_of_which_its_author_hears(desk: Desk, how: str) -> None:
    found = desk.sent(CRITICAL)
    first, second = two_corrections(desk, found)
    can_go = preview(desk.house.desk, desk.sue, second).is_current
    if how == "another text":
        approve(desk.house.desk, desk.sue, first.id, version=first.version)
        follow_up(desk.house.desk)
    else:
        retract(desk.house.desk, desk.sam, found.id)

    follow_up(desk.house.desk)
    unanswered(desk)

    after = desk.now(second)
    assert (after.state, after.text.body) == (State.DRAFT, "Sue's words.")
    heard = [row[:2] for row in desk.rows(AnnouncementMessage.TROUBLE)]
    assert heard == [("sam", "outdone")] * (how == "taken back") + [("sue", "outdone")]
    assert desk.rows(AnnouncementMessage.UNANSWERED) == []
    assert (can_go, preview(desk.house.desk, desk.sue, after).is_current) == (True, False)
    assert desk.now(found).text.body == ("Sam's words." if how == "another text" else TEXT.body)


def test_nobody_is_asked_about_a_correction_of_another_text_than_there_is(desk: Desk) -> None:
    _, second = two_corrections(desk, found := desk.sent(CRITICAL))
    with desk.house.desk.program.write() as connection:
        values = {"text_version": 2}
        announcement_queries.change(connection, found.id, version=desk.now(found).version, values=values)
    with pytest.raises(ChangedMeanwhile):
        approve(desk.house.desk, desk.sam, second.id, version=second.version)

    unanswered(desk)

    assert desk.now(second).state is State.DRAFT
    assert desk.rows(AnnouncementMessage.UNANSWERED) == []
