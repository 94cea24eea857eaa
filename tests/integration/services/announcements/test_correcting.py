"""After sending: a nudge, another text, and what its author hears when something kept it."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import update

from domain.announcements import ChangedMeanwhile, Plan, State
from domain.delivery import Tier, channel_address
from services.announcements.compose import Write, write
from services.announcements.correct import AllHaveRead, Correct, NudgedAlready, correct, nudge
from services.announcements.deliveries import AnnouncementMessage, ledger
from services.announcements.follow_up import follow_up
from services.announcements.send import NotYet, approve, send, send_as_important
from tests.builders.announcements import TEXT, Desk, a_content, later, press, told

HOUR, MINUTE = timedelta(hours=1), timedelta(minutes=1)
OTHER = replace(TEXT, body="The room has changed.")


def test_nudge_goes_once_an_hour_to_those_alone_who_have_not_acknowledged(desk: Desk) -> None:
    found = desk.sent()
    told(desk)
    press(desk, "ada", found)
    desk.house.clock.advance(MINUTE)
    number = nudge(desk.house.desk, desk.sam, found.id)

    with pytest.raises(NudgedAlready):
        nudge(desk.house.desk, desk.sue, found.id)

    assert (number, [row[0] for row in desk.rows(AnnouncementMessage.TOLD)]) == (1, ["bo"])
    desk.house.clock.advance(HOUR)
    press(desk, "bo", found)
    with pytest.raises(AllHaveRead):
        nudge(desk.house.desk, desk.sam, found.id)


def test_new_text_changes_what_is_out_and_nobody_is_told_twice(desk: Desk) -> None:
    found = desk.sent(a_content(channel="C1", needs_ack=False))
    told(desk, kind=AnnouncementMessage.RECORD)
    with desk.house.desk.program.write() as connection:
        of_ada = (ledger.c.person_id == "ada") & (ledger.c.kind == AnnouncementMessage.TOLD)
        connection.execute(update(ledger).where(of_ada).values(state="sent", told_at=1, intent_at=1))
    before = desk.rows(AnnouncementMessage.TOLD)

    now = desk.now(found)
    correct(desk.house.desk, desk.sue, Correct(request_key="c", id=found.id, version=now.version, text=OTHER))

    assert desk.now(found).text == OTHER
    assert [row[0] for row in desk.rows(AnnouncementMessage.REWRITE)] == [channel_address("C1"), "ada"]
    assert desk.rows(AnnouncementMessage.TOLD) == before == [("bo", "first", "2027-01-11T12:00Z")]


def test_same_text_once_more_changes_nothing(desk: Desk) -> None:
    found = desk.sent()
    told(desk)

    correct(desk.house.desk, desk.sam, Correct(request_key="c", id=found.id, version=found.version, text=TEXT))

    assert desk.rows(AnnouncementMessage.REWRITE) == []


def test_new_text_over_somebody_elses_is_refused(desk: Desk) -> None:
    found = desk.sent()
    correct(desk.house.desk, desk.sue, Correct(request_key="a", id=found.id, version=found.version, text=OTHER))

    with pytest.raises(ChangedMeanwhile):
        correct(desk.house.desk, desk.sam, Correct(request_key="b", id=found.id, version=found.version, text=TEXT))


def test_new_text_of_a_critical_one_needs_a_second_yes_too(desk: Desk) -> None:
    found = desk.sent(a_content(tier=Tier.CRITICAL))
    told(desk)
    command = Correct(request_key="c", id=found.id, version=found.version, text=OTHER)
    draft = correct(desk.house.desk, desk.sam, command)
    waiting = send(desk.house.desk, desk.sam, draft.id, version=draft.version)
    follow_up(desk.house.desk)
    before = desk.now(found).text

    approve(desk.house.desk, desk.sue, draft.id, version=waiting.version)
    follow_up(desk.house.desk)

    assert (before, desk.now(found).text, desk.now(draft).state) == (TEXT, OTHER, State.APPLIED)
    assert [row[0] for row in desk.rows(AnnouncementMessage.REWRITE)] == ["ada", "bo"]


def test_correction_of_a_critical_one_never_goes_without_a_second_yes(desk: Desk) -> None:
    found = desk.sent(a_content(tier=Tier.CRITICAL))
    draft = correct(desk.house.desk, desk.sam, Correct(request_key="c", id=found.id, version=found.version, text=OTHER))
    waiting = send(desk.house.desk, desk.sam, draft.id, version=draft.version)
    later(desk, HOUR)

    with pytest.raises(NotYet):
        send_as_important(desk.house.desk, desk.sam, draft.id)
    with pytest.raises(ChangedMeanwhile):
        write(
            desk.house.desk, desk.sam, Write(request_key="w", content=a_content(), id=draft.id, version=waiting.version)
        )
    follow_up(desk.house.desk)

    assert desk.now(found).text == TEXT


def test_new_text_reaches_who_is_just_being_served(desk: Desk) -> None:
    found = desk.sent()
    with desk.house.desk.program.write() as connection:
        of_ada = (ledger.c.person_id == "ada") & (ledger.c.kind == AnnouncementMessage.TOLD)
        connection.execute(update(ledger).where(of_ada).values(state="claimed"))

    correct(desk.house.desk, desk.sam, Correct(request_key="c", id=found.id, version=found.version, text=OTHER))

    assert [row[0] for row in desk.rows(AnnouncementMessage.REWRITE)] == ["ada"]


def test_nudge_leaves_out_whose_first_message_is_still_ahead(desk: Desk) -> None:
    found = desk.sent(a_content(channel="C1"))

    assert nudge(desk.house.desk, desk.sam, found.id) == 0
    assert len(desk.rows(AnnouncementMessage.TOLD)) == 2


def test_expiry_before_all_had_it_is_told_to_its_author_once(desk: Desk) -> None:
    desk.sent(a_content(plan=Plan(expires_at=desk.house.clock.now() + HOUR)))

    later(desk, 2 * HOUR)
    later(desk, 2 * HOUR)

    assert [row[:2] for row in desk.rows(AnnouncementMessage.TROUBLE)] == [("sam", "partly")]


def test_closed_channel_is_told_to_its_author_once_and_everybody_is_served(desk: Desk) -> None:
    desk.sent(a_content(channel="C1"))
    with desk.house.desk.program.write() as connection:
        is_record = ledger.c.kind == AnnouncementMessage.RECORD
        connection.execute(update(ledger).where(is_record).values(state="dead", last_error="is_archived"))

    later(desk, MINUTE)
    later(desk, MINUTE)

    assert [row[0] for row in desk.rows(AnnouncementMessage.TROUBLE)] == ["sam"]
    assert [row[0] for row in desk.rows(AnnouncementMessage.TOLD)] == ["ada", "bo"]
