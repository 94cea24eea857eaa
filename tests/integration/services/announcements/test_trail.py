"""The trail of an announcement: whatever happens to it is in there, with who did it and how many it concerned."""

from dataclasses import replace
from datetime import timedelta

import pytest

from domain.announcements import NoAnnouncement
from domain.audience import Audience
from domain.delivery import Tier
from domain.people import Role
from services.announcements.compose import Write, discard, duplicate, write
from services.announcements.correct import Correct, correct, nudge, retract
from services.announcements.details import announcement_trail
from services.announcements.facts import Announcement
from services.announcements.follow_up import follow_up, welcome_newcomers
from services.announcements.send import approve, refuse, send, send_as_important
from services.audiences.lists import begin_list, put_on_list
from services.audit import trail
from services.deadlines.meet import mark_done_for
from tests.builders import deadlines
from tests.builders.announcements import TEXT, Desk, a_content, later, leave, request_key, told
from tests.builders.events import put_event
from tests.builders.leaving import touch
from tests.builders.people import put_person, put_program

OTHER = replace(TEXT, body="The room has changed.")
MINUTE = timedelta(minutes=1)


def deeds(desk: Desk, found: Announcement) -> list[tuple[str, str, str]]:
    """What was done to it, by whom and with which numbers, the first first."""
    done = trail(desk.house.desk, desk.sam, found.id).done
    return [(each.deed, each.by, each.detail) for each in reversed(done)]


def test_trail_has_all_of_a_life(desk: Desk) -> None:
    house = desk.house
    found = desk.draft()
    later(desk, MINUTE)
    command = Write(request_key=request_key(), content=a_content(text=OTHER), id=found.id, version=found.version)
    written = write(house.desk, desk.sue, command)
    later(desk, MINUTE)
    send(house.desk, desk.sam, found.id, version=written.version)
    house.clock.advance(MINUTE)
    follow_up(house.desk)
    told(desk)
    later(desk, MINUTE)
    sent = desk.now(found)
    correct(house.desk, desk.sue, Correct(request_key=request_key(), id=found.id, version=sent.version, text=TEXT))
    later(desk, MINUTE)
    nudge(house.desk, desk.sue, found.id)
    later(desk, MINUTE)
    put_person(house.stores.program, "new")
    touch(house.stores.program)
    welcome_newcomers(house.desk)
    later(desk, MINUTE)
    retract(house.desk, desk.sam, found.id)

    assert deeds(desk, found) == [
        ("written", "Sam", ""),
        ("changed", "Sue", ""),
        ("sent off", "Sam", ""),
        ("sent", "Sam", "to 2 people"),
        ("corrected", "Sue", "text 3"),
        ("nudged", "Sue", "2 people"),
        ("sent to newcomers", "", "1 newcomer"),
        ("retracted", "Sam", "2 had it"),
    ]


def test_trail_of_a_copy_says_whose_words_it_took(desk: Desk) -> None:
    found = desk.draft()
    copied = duplicate(desk.house.desk, desk.sue, found.id, request_key=request_key(), as_template=False)

    done = trail(desk.house.desk, desk.sam, copied.id).done
    assert [(each.deed, each.by, each.about) for each in reversed(done)] == [
        ("written", "Sue", ""),
        ("copied the words", "Sue", "Sam"),
    ]


def test_copy_of_what_was_given_another_text_takes_the_words_of_who_wrote_that(desk: Desk) -> None:
    found, other = desk.sent(), replace(TEXT, body="The room has changed.")
    command = Correct(request_key=request_key(), id=found.id, version=found.version, text=other)
    correct(desk.house.desk, desk.sue, command)
    copied = duplicate(desk.house.desk, desk.sam, found.id, request_key=request_key(), as_template=True)

    newest = trail(desk.house.desk, desk.sam, copied.id).done[0]
    assert (newest.deed, newest.by, newest.about) == ("copied the words", "Sam", "Sue")


def test_trail_has_every_answer_to_a_critical_one(desk: Desk) -> None:
    house = desk.house
    found = desk.draft(a_content(tier=Tier.CRITICAL, approver_id="sue"))
    waiting = send(house.desk, desk.sam, found.id, version=found.version)
    later(desk, MINUTE)
    refused = refuse(house.desk, desk.sue, found.id, version=waiting.version, why="Not yet.")
    later(desk, MINUTE)
    waiting = send(house.desk, desk.sam, found.id, version=refused.version)
    later(desk, 15 * MINUTE)
    later(desk, MINUTE)
    send_as_important(house.desk, desk.sam, found.id)
    other = desk.draft(a_content(tier=Tier.CRITICAL))
    waiting = send(house.desk, desk.sam, other.id, version=other.version)
    later(desk, MINUTE)
    approve(house.desk, desk.sue, other.id, version=waiting.version)

    assert deeds(desk, found) == [
        ("written", "Sam", ""),
        ("asked for a yes", "Sam", ""),
        ("refused", "Sue", ""),
        ("asked for a yes", "Sam", ""),
        ("asked everybody", "", ""),
        ("sent as important", "Sam", ""),
        ("sent", "Sam", "to 2 people"),
    ]
    assert deeds(desk, other)[-1] == ("approved", "Sue", "")


def test_trail_says_why_one_was_not_sent_and_that_a_draft_was_thrown_away(desk: Desk) -> None:
    nobody = desk.draft(a_content(audience=Audience(roles=(Role.MENTOR,))))
    send(desk.house.desk, desk.sam, nobody.id, version=nobody.version)
    leave(desk, "max", Role.MENTOR)
    later(desk, MINUTE)
    thrown = desk.draft()
    discard(desk.house.desk, desk.sam, thrown.id, version=thrown.version)

    assert deeds(desk, nobody)[-1] == ("not sent: nobody", "", "")
    assert ("discarded", "Sam", "") in deeds(desk, thrown)


def a_list(desk: Desk) -> Audience:
    """Sam's private list, with Ada on it."""
    list_id = begin_list(desk.house.desk, desk.sam, title="Climbers", about="", request_key=request_key())
    put_on_list(desk.house.desk, desk.house.person("ada"), list_id)
    return Audience(list_id=list_id)


def test_trail_of_what_went_to_another_ones_private_list_names_nobody_who_is_on_it(desk: Desk) -> None:
    found = desk.sent(a_content(audience=a_list(desk)))
    nudge(desk.house.desk, desk.sam, found.id)

    done = announcement_trail(desk.house.desk, desk.sue, found.id)

    assert [each.deed for each in done] == ["nudged", "sent", "sent off", "written"]
    assert {each.by for each in done} | {each.about for each in done} == {"Sam", ""}


def test_trail_of_an_announcement_is_not_a_way_to_that_of_anything_else(desk: Desk) -> None:
    house = desk.house
    deadline = deadlines.a_deadline(house, deadlines.a_content(audience=a_list(desk)))
    mark_done_for(house.desk, desk.sam, deadline.id, ["ada"])
    thrown = desk.draft()
    discard(house.desk, desk.sam, thrown.id, version=thrown.version)

    for each in (deadline.id, put_event(house).id, thrown.id, "nothing"):
        with pytest.raises(NoAnnouncement):
            announcement_trail(house.desk, desk.sue, each)


def test_trail_of_an_announcement_of_another_program_is_not_there(desk: Desk) -> None:
    put_program(desk.house.stores.program, "program-2")
    put_person(desk.house.stores.program, "yan", Role.STAFF, program_id="program-2")

    with pytest.raises(NoAnnouncement):
        announcement_trail(desk.house.desk, desk.house.person("yan"), desk.draft().id)
