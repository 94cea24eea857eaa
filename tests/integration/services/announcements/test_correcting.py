"""After sending: a nudge, another text, and what its author hears when something kept it."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select, update

from domain.announcements import ChangedMeanwhile, Plan, State, Timing
from domain.delivery import Suppressed, Tier, channel_address
from domain.errors import StoreBusy
from domain.nudges import NudgedAlready
from domain.times import epoch_seconds
from services.announcements.compose import Write, write
from services.announcements.correct import AllHaveRead, Correct, correct, nudge, retract
from services.announcements.deliveries import AnnouncementMessage, ledger
from services.announcements.follow_up import follow_up, welcome_newcomers
from services.announcements.news import OUTDATED, reader_news
from services.announcements.send import AnsweredAlready, NotYet, approve, send, send_as_important
from storage.delivery.rows import delivery_of
from storage.program import announcement_queries
from tests.builders.announcements import TEXT, Desk, a_content, later, press, second_messages, told
from tests.builders.people import put_person
from tests.fakes.clock import NOON
from tests.fixtures.desks import label, replica
from tests.looking.queries import queries_of

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


def test_correction_of_words_that_have_changed_meanwhile_is_neither_sent_off_nor_made(desk: Desk) -> None:
    found = desk.sent(a_content(tier=Tier.CRITICAL))
    third = replace(TEXT, body="It is in the hall.")
    one, other, late = (
        correct(desk.house.desk, desk.sam, Correct(request_key=key, id=found.id, version=found.version, text=text))
        for key, text in (("a", OTHER), ("b", third), ("c", third))
    )
    waiting = [send(desk.house.desk, desk.sam, each.id, version=each.version) for each in (one, other)]
    approve(desk.house.desk, desk.sue, one.id, version=waiting[0].version)
    follow_up(desk.house.desk)

    with pytest.raises(AnsweredAlready):
        approve(desk.house.desk, desk.sue, other.id, version=waiting[1].version)
    for each in (late, desk.now(other)):
        with pytest.raises(ChangedMeanwhile):
            send(desk.house.desk, desk.sam, each.id, version=each.version)

    assert (desk.now(found).text, desk.now(other).state) == (OTHER, State.DRAFT)


def test_of_two_corrections_that_were_approved_at_once_the_second_is_a_draft_again(desk: Desk) -> None:
    found = desk.sent(a_content(tier=Tier.CRITICAL))
    texts = (OTHER, replace(TEXT, body="It is in the hall."))
    drafts = [
        correct(
            desk.house.desk, desk.sam, Correct(request_key=text.body, id=found.id, version=found.version, text=text)
        )
        for text in texts
    ]
    for each in drafts:
        waiting = send(desk.house.desk, desk.sam, each.id, version=each.version)
        approve(desk.house.desk, desk.sue, each.id, version=waiting.version)
        desk.house.clock.advance(MINUTE)

    follow_up(desk.house.desk)
    with desk.house.desk.program.read() as connection:
        states = [announcement_queries.one(connection, each.id) for each in drafts]

    assert desk.now(found).text == OTHER
    assert [row and row.state for row in states] == [State.APPLIED, State.DRAFT]
    assert [row[:2] for row in desk.rows(AnnouncementMessage.TROUBLE)] == [
        ("sam", "outdone"),
        ("sue", "outdone"),
    ]


def news_of(desk: Desk) -> list[tuple[int, str]]:
    """What each change of Ada's message would say now, by version: a text, or why it does not go."""
    asked = select(ledger).where(ledger.c.kind == AnnouncementMessage.REWRITE).order_by(ledger.c.object_version)
    with desk.house.desk.program.read() as connection:
        rows = [delivery_of(row) for row in connection.execute(asked) if row.person_id == "ada"]
    found = [(row.object_version, reader_news(desk.house.desk, row)) for row in rows]
    return [
        (version, news.reason if isinstance(news, Suppressed) else f"{news.announcement.state}")
        for version, news in found
    ]


def test_older_words_are_not_written_any_more_and_the_newest_say_that_it_was_taken_back(desk: Desk) -> None:
    found = desk.sent()
    told(desk)
    correct(desk.house.desk, desk.sue, Correct(request_key="c", id=found.id, version=found.version, text=OTHER))
    before = news_of(desk)

    retract(desk.house.desk, desk.sam, found.id)

    assert before == [(2, State.SENT)]
    assert news_of(desk) == [(2, OUTDATED), (3, State.RETRACTED)]


@pytest.mark.parametrize("deed", ["corrected", "taken back"])
def test_channel_is_brought_up_to_date_before_everybodys_own_messages(desk: Desk, deed: str) -> None:
    found = desk.sent(a_content(tier=Tier.CRITICAL, channel="C1", needs_ack=False))
    for kind in (AnnouncementMessage.RECORD, AnnouncementMessage.TOLD):
        told(desk, kind=kind)
    if deed == "corrected":
        draft = correct(
            desk.house.desk, desk.sam, Correct(request_key="c", id=found.id, version=found.version, text=OTHER)
        )
        waiting = send(desk.house.desk, desk.sam, draft.id, version=draft.version)
        approve(desk.house.desk, desk.sue, draft.id, version=waiting.version)
        follow_up(desk.house.desk)
    else:
        retract(desk.house.desk, desk.sam, found.id)

    asked = select(ledger.c.person_id, ledger.c.tier).where(ledger.c.kind == AnnouncementMessage.REWRITE)
    with desk.house.desk.program.read() as connection:
        rows = {person_id: Tier(tier) for person_id, tier in connection.execute(asked)}

    assert rows == {channel_address("C1"): Tier.IMPORTANT, "ada": Tier.NOTICE, "bo": Tier.NOTICE}


def test_new_text_waits_for_whoever_is_just_writing_about_the_same_announcement(desk: Desk) -> None:
    """Else a portion of the old words would be noted over the new ones, and the rest would never get these."""
    found, other = desk.sent(), replica(desk.house, lock_wait_seconds=0.2)

    with desk.house.desk.program.write() as connection:
        desk.house.desk.program.lock(connection, f"announcement {found.id}")
        with pytest.raises(StoreBusy):
            correct(other.desk, desk.sam, Correct(request_key="c", id=found.id, version=found.version, text=OTHER))

    assert desk.now(found).text == TEXT


def test_correction_with_its_second_yes_waits_for_whoever_is_just_writing_about_what_it_corrects(desk: Desk) -> None:
    found, other = desk.sent(a_content(tier=Tier.CRITICAL)), replica(desk.house, lock_wait_seconds=0.2)
    command = Correct(request_key="c", id=found.id, version=found.version, text=OTHER)
    draft = correct(desk.house.desk, desk.sam, command)
    waiting = send(desk.house.desk, desk.sam, draft.id, version=draft.version)
    approve(desk.house.desk, desk.sue, draft.id, version=waiting.version)

    with desk.house.desk.program.write() as connection:
        desk.house.desk.program.lock(connection, f"announcement {found.id}")
        follow_up(other.desk)
    before = desk.now(found).text
    follow_up(other.desk)

    assert (before, desk.now(found).text) == (TEXT, OTHER)


def test_new_text_reaches_who_is_just_being_served(desk: Desk) -> None:
    found = desk.sent()
    with desk.house.desk.program.write() as connection:
        of_ada = (ledger.c.person_id == "ada") & (ledger.c.kind == AnnouncementMessage.TOLD)
        connection.execute(update(ledger).where(of_ada).values(state="claimed"))

    correct(desk.house.desk, desk.sam, Correct(request_key="c", id=found.id, version=found.version, text=OTHER))

    assert [row[0] for row in desk.rows(AnnouncementMessage.REWRITE)] == ["ada"]


def test_whoever_was_nudged_gets_no_second_message_besides(desk: Desk) -> None:
    found = desk.sent()
    told(desk)
    desk.house.clock.advance(HOUR)
    nudge(desk.house.desk, desk.sam, found.id)
    told(desk)

    later(desk, 8 * HOUR)

    assert second_messages(desk) == []


def test_nudge_leaves_out_whose_first_message_is_still_ahead(desk: Desk) -> None:
    found = desk.sent(a_content(channel="C1"))

    assert nudge(desk.house.desk, desk.sam, found.id) == 0
    assert len(desk.rows(AnnouncementMessage.TOLD)) == 2


def test_closed_channel_is_told_to_its_author_once_and_everybody_is_served(desk: Desk) -> None:
    desk.sent(a_content(channel="C1"))
    channel_is_closed(desk)

    later(desk, MINUTE)
    at_once = desk.rows(AnnouncementMessage.TOLD)
    later(desk, MINUTE)

    assert [row[0] for row in desk.rows(AnnouncementMessage.TROUBLE)] == ["sam"]
    now = label(epoch_seconds(NOON + MINUTE))
    assert at_once == [("ada", "first", now), ("bo", "first", now)]
    assert desk.rows(AnnouncementMessage.TOLD) == at_once


def test_closed_channel_is_seen_to_once_and_not_at_every_tick(desk: Desk) -> None:
    desk.sent(a_content(channel="C1"))
    channel_is_closed(desk)
    later(desk, MINUTE)
    desk.house.clock.advance(MINUTE)

    with queries_of(desk.house.desk.program) as asked:
        follow_up(desk.house.desk)

    assert [each for each in asked if not each.lstrip().startswith("SELECT")] == []


def channel_is_closed(desk: Desk) -> None:
    """The message of record is refused."""
    with desk.house.desk.program.write() as connection:
        is_record = ledger.c.kind == AnnouncementMessage.RECORD
        connection.execute(update(ledger).where(is_record).values(state="dead", last_error="is_archived"))


def test_closed_channel_brings_no_morning_forward(desk: Desk) -> None:
    desk.sent(a_content(channel="C1", plan=Plan(timing=Timing.MORNING)))
    before = desk.rows(AnnouncementMessage.TOLD)
    channel_is_closed(desk)

    later(desk, MINUTE)

    assert desk.rows(AnnouncementMessage.TOLD) == before


def test_nudge_within_two_hours_of_a_closed_channel_comes_after_the_first_message(desk: Desk) -> None:
    found = desk.sent(a_content(channel="C1"))
    channel_is_closed(desk)
    later(desk, MINUTE)
    told(desk)
    desk.house.clock.advance(MINUTE)
    nudge(desk.house.desk, desk.sam, found.id)

    with desk.house.desk.program.read() as connection:
        asked = select(ledger.c.rung).where(ledger.c.kind == AnnouncementMessage.TOLD, ledger.c.person_id == "ada")
        rungs = connection.execute(asked.order_by(ledger.c.planned_at)).scalars().all()

    assert [rung.partition(".")[0] for rung in rungs] == ["first", "nudge"]


def test_late_joiner_waits_for_no_closed_channel(desk: Desk) -> None:
    desk.sent(a_content(channel="C1"))
    channel_is_closed(desk)
    later(desk, MINUTE)
    put_person(desk.house.stores.program, "zed")
    desk.house.clock.advance(2 * HOUR)  # looked for each hour

    welcome_newcomers(desk.house.desk)

    now = label(epoch_seconds(desk.house.clock.now()))
    assert [row for row in desk.rows(AnnouncementMessage.TOLD) if row[0] == "zed"] == [("zed", "first", now)]
