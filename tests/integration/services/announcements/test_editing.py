"""A form that is saved: what was on its way stays so unless something in it changes, and who may be asked for a yes."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select

from domain.announcements import Plan, State, Timing
from domain.delivery import Tier
from domain.people import Role
from services.announcements.compose import Content, Write, content_of, write
from services.announcements.deliveries import AnnouncementMessage, ledger
from services.announcements.facts import Announcement
from services.announcements.news import StaffNews, staff_news
from services.announcements.preview import preview
from services.announcements.send import approve, send
from services.announcements.staff import NoSecondYes
from services.audit import trail
from storage.delivery.rows import delivery_of
from tests.builders.announcements import TEXT, Desk, a_content, request_key
from tests.builders.people import put_person

CRITICAL = a_content(tier=Tier.CRITICAL)
OTHER = replace(TEXT, body="The room has changed.")


def saved(desk: Desk, found: Announcement, by: str, content: Content | None = None) -> Announcement:
    """Somebody saves its form, as it is unless told."""
    command = Write(request_key=request_key(), content=content or content_of(found), id=found.id, version=found.version)
    return write(desk.house.desk, desk.house.person(by), command)


def waiting(desk: Desk) -> Announcement:
    """Sam's, for which somebody is asked for a yes."""
    found = desk.draft(CRITICAL)
    return send(desk.house.desk, desk.sam, found.id, version=found.version)


def planned(desk: Desk) -> Announcement:
    """Sam's, for tomorrow."""
    at = desk.house.clock.now() + timedelta(days=1)
    found = desk.draft(a_content(plan=Plan(timing=Timing.AT, at=at)))
    return send(desk.house.desk, desk.sam, found.id, version=found.version)


@pytest.mark.parametrize("state", [State.DRAFT, State.WAITING, State.PLANNED])
def test_form_in_which_nothing_has_changed_changes_nothing_and_makes_nobody_a_writer(desk: Desk, state: State) -> None:
    found = {State.WAITING: waiting, State.PLANNED: planned}.get(state, Desk.draft)(desk)
    before = [each.deed for each in trail(desk.house.desk, desk.sam, found.id)]

    after = saved(desk, found, "sue")

    assert (found.state, after) == (state, found)
    assert [each.deed for each in trail(desk.house.desk, desk.sam, found.id)] == before
    assert desk.rows(AnnouncementMessage.ANSWERED) == []


def test_who_is_asked_can_still_say_yes_after_saving_the_form_as_it_is(desk: Desk) -> None:
    found = waiting(desk)
    saved(desk, found, "sue")

    assert approve(desk.house.desk, desk.sue, found.id, version=found.version).state is State.PLANNED


@pytest.mark.parametrize("state", [State.WAITING, State.PLANNED])
def test_author_hears_once_who_has_changed_what_was_on_its_way(desk: Desk, state: State) -> None:
    found = waiting(desk) if state is State.WAITING else planned(desk)

    after = saved(desk, found, "sue", replace(content_of(found), text=OTHER))
    saved(desk, after, "sue", replace(content_of(after), text=TEXT))

    assert after.state is State.DRAFT
    assert [row[:2] for row in desk.rows(AnnouncementMessage.ANSWERED)] == [("sam", f"edited.{after.version}")]
    with desk.house.desk.program.read() as connection:
        row = connection.execute(select(ledger).where(ledger.c.kind == AnnouncementMessage.ANSWERED)).one()
    news = staff_news(desk.house.desk, delivery_of(row))
    assert isinstance(news, StaffNews)
    assert (news.trouble, news.by) == ("edited", "Sue")


def test_author_who_changes_it_is_told_nothing(desk: Desk) -> None:
    found = waiting(desk)

    after = saved(desk, found, "sam", replace(content_of(found), text=OTHER))

    assert (after.state, desk.rows(AnnouncementMessage.ANSWERED)) == (State.DRAFT, [])


def test_nobody_is_chosen_to_say_yes_who_could_not(desk: Desk) -> None:
    """Oneself, a scholar, and who wrote in it; where it is not critical nobody is asked."""
    put_person(desk.house.stores.program, "tim", Role.STAFF)
    refused = []
    for approver_id in ("sam", "ada", "sue"):
        by_sue = saved(desk, found := desk.draft(CRITICAL), "sue", replace(CRITICAL, text=OTHER))
        with pytest.raises(NoSecondYes) as refusal:
            saved(desk, by_sue, "sam", replace(CRITICAL, approver_id=approver_id))
        refused.append((refusal.value.field, refusal.value.message.partition(",")[0]))
        assert desk.now(found) == by_sue
    with pytest.raises(NoSecondYes):
        desk.draft(replace(CRITICAL, approver_id="sam"))

    assert refused == [
        ("approver", "That is you"),
        ("approver", "They are not on your staff"),
        ("approver", "They wrote some of this"),
    ]
    assert desk.draft(a_content(approver_id="ada")).approver_id == "ada"
    assert saved(desk, by_sue, "sam", replace(CRITICAL, approver_id="tim")).approver_id == "tim"


def test_preview_says_who_is_asked_first(desk: Desk) -> None:
    put_person(desk.house.stores.program, "tim", Role.STAFF)
    contents = (CRITICAL, replace(CRITICAL, approver_id="sue"), a_content(approver_id="sue"))

    asked = [preview(desk.house.desk, desk.sam, desk.draft(each)).asked for each in contents]
    seen_by_sue = preview(desk.house.desk, desk.sue, desk.draft(contents[1])).asked

    assert (asked, seen_by_sue) == (["", "Sue", ""], "")
