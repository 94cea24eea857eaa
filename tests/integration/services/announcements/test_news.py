"""What is found true of a ledger's row at the moment of sending: words, or why it does not go."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select, update

from domain.announcements import State
from domain.delivery import Delivery, Suppressed, Tier
from domain.people import Role
from services.announcements.correct import Correct, correct, retract
from services.announcements.deliveries import AnnouncementMessage, ledger
from services.announcements.facts import Announcement
from services.announcements.follow_up import follow_up
from services.announcements.news import ACKNOWLEDGED, GONE, RETRACTED, ReaderNews, StaffNews, reader_news, staff_news
from services.announcements.send import refuse, send
from storage.delivery.rows import delivery_of
from tests.builders.announcements import (
    TEXT,
    Desk,
    a_content,
    digest_goes,
    ladder_ends,
    later,
    leave,
    press,
    second_messages,
    told,
)
from tests.builders.people import put_membership
from tests.looking.attention import let_wait

HOUR, MINUTE = timedelta(hours=1), timedelta(minutes=1)
OTHER = replace(TEXT, body="The room has changed.")
ANSWERED, NOBODY = Suppressed("answered"), Suppressed("nobody is missing")


def rows(desk: Desk, kind: AnnouncementMessage, person_id: str) -> list[Delivery]:
    asked = select(ledger).where(ledger.c.kind == kind, ledger.c.person_id == person_id).order_by(ledger.c.planned_at)
    with desk.house.desk.program.read() as connection:
        found = connection.execute(asked).all()
    assert len(found) == len({row.planned_at for row in found})  # or which is the newest were chance
    return [delivery_of(row) for row in found]


def to_ada(desk: Desk, kind: AnnouncementMessage = AnnouncementMessage.TOLD) -> ReaderNews | Suppressed:
    """What the newest row of a kind to Ada would say now."""
    return reader_news(desk.house.desk, rows(desk, kind, "ada")[-1])


def to_staff(desk: Desk, kind: AnnouncementMessage, person_id: str) -> StaffNews | Suppressed:
    return staff_news(desk.house.desk, rows(desk, kind, person_id)[-1])


def test_first_message_says_the_text_and_the_second_that_it_is_one(desk: Desk) -> None:
    found = desk.sent()
    first = to_ada(desk)
    told(desk)
    later(desk, 4 * HOUR)

    news = ReaderNews(announcement=found, zone="Europe/London", acknowledged_at=None, is_again=False)
    assert (first, to_ada(desk)) == (news, replace(news, is_again=True))


def to_the_digest(desk: Desk, found: Announcement) -> None:
    """Ada has had her messages of the day, so that the first of this one waits for her digest."""
    let_wait(desk.house, "ada", object_id=found.id, rung="first")
    is_hers = (ledger.c.object_id == found.id) & (ledger.c.person_id == "ada")
    with desk.house.desk.program.write() as connection:
        connection.execute(update(ledger).where(is_hers).values(state="suppressed"))
    told(desk)


def test_second_message_comes_hours_after_the_digest_that_had_the_first(desk: Desk) -> None:
    desk.house.clock.advance(6 * HOUR)
    found = desk.sent()
    to_the_digest(desk, found)
    for _ in range(14):
        later(desk, HOUR)
    before = second_messages(desk)
    desk.house.clock.advance(HOUR / 2)

    digest_goes(desk, "ada")
    later(desk, 4 * HOUR - MINUTE)
    early = second_messages(desk)
    later(desk, MINUTE)

    news = to_ada(desk)
    assert (before, early, second_messages(desk)) == (["bo"], ["bo"], ["ada", "bo"])
    assert isinstance(news, ReaderNews)
    assert news.is_again


def test_second_message_waits_for_no_digest_that_is_more_than_a_day_away_and_is_the_first_then(desk: Desk) -> None:
    found = desk.sent()
    to_the_digest(desk, found)
    later(desk, 28 * HOUR - MINUTE)
    before = second_messages(desk)

    later(desk, MINUTE)

    news = to_ada(desk)
    assert (before, second_messages(desk)) == (["bo"], ["ada", "bo"])
    assert isinstance(news, ReaderNews)
    assert not news.is_again


def test_message_to_whoever_has_acknowledged_it_does_not_go(desk: Desk) -> None:
    found = desk.sent()
    press(desk, "ada", found)

    assert to_ada(desk) == Suppressed(ACKNOWLEDGED)


def test_message_of_what_was_taken_back_does_not_go(desk: Desk) -> None:
    found = desk.sent()
    retract(desk.house.desk, desk.sam, found.id)

    assert to_ada(desk) == Suppressed(RETRACTED)


def test_other_words_go_to_whoever_has_acknowledged_it_too_and_keep_the_press(desk: Desk) -> None:
    found = desk.sent()
    told(desk)
    press(desk, "ada", found)
    at = desk.house.clock.now()
    desk.house.clock.advance(MINUTE)
    correct(desk.house.desk, desk.sam, Correct(request_key="c", id=found.id, version=found.version, text=OTHER))

    assert to_ada(desk, AnnouncementMessage.REWRITE) == ReaderNews(
        announcement=desk.now(found), zone="Europe/London", acknowledged_at=at, is_again=False
    )


def test_question_for_a_yes_goes_while_it_waits_and_not_once_it_was_answered(desk: Desk) -> None:
    found = desk.draft(a_content(tier=Tier.CRITICAL))
    waiting = send(desk.house.desk, desk.sam, found.id, version=found.version)
    before = to_staff(desk, AnnouncementMessage.APPROVAL, "sue")
    refuse(desk.house.desk, desk.sue, found.id, version=waiting.version, why="")

    after = to_staff(desk, AnnouncementMessage.APPROVAL, "sue")

    assert isinstance(before, StaffNews)
    assert (before.announcement.id, after) == (found.id, ANSWERED)


def test_question_about_an_older_version_does_not_go(desk: Desk) -> None:
    found = desk.draft(a_content(tier=Tier.CRITICAL))
    waiting = send(desk.house.desk, desk.sam, found.id, version=found.version)
    refuse(desk.house.desk, desk.sue, found.id, version=waiting.version, why="")
    desk.house.clock.advance(MINUTE)
    send(desk.house.desk, desk.sam, found.id, version=desk.now(found).version)
    asked = rows(desk, AnnouncementMessage.APPROVAL, "sue")

    assert desk.now(found).state is State.WAITING
    assert [isinstance(staff_news(desk.house.desk, row), StaffNews) for row in asked] == [False, True]


@pytest.mark.parametrize("what", ["everybody has acknowledged it", "taken back"])
def test_list_for_staff_goes_only_while_somebody_is_missing(desk: Desk, what: str) -> None:
    found = desk.sent()
    told(desk)
    ladder_ends(desk)
    press(desk, "ada", found)
    before = to_staff(desk, AnnouncementMessage.LIST, "sam")
    if what == "taken back":
        retract(desk.house.desk, desk.sue, found.id)
    else:
        press(desk, "bo", found)

    assert isinstance(before, StaffNews)
    assert (before.readers, before.open_) == (2, 1)
    assert to_staff(desk, AnnouncementMessage.LIST, "sam") == NOBODY


def test_whoever_is_not_on_staff_any_more_hears_nothing(desk: Desk) -> None:
    desk.sent()
    told(desk)
    ladder_ends(desk)
    put_membership(desk.house.stores.program, "sam", Role.COACH)
    leave(desk, "sam", Role.STAFF)
    follow_up(desk.house.desk)

    assert to_staff(desk, AnnouncementMessage.LIST, "sam") == Suppressed(GONE)


def test_question_for_a_yes_is_critical_and_all_else_to_staff_important(desk: Desk) -> None:
    desk.sent(a_content(tier=Tier.CRITICAL))

    tiers = {
        kind: {row.tier for who in ("sam", "sue") for row in rows(desk, kind, who)}
        for kind in (AnnouncementMessage.APPROVAL, AnnouncementMessage.ANSWERED)
    }

    assert tiers == {AnnouncementMessage.APPROVAL: {Tier.CRITICAL}, AnnouncementMessage.ANSWERED: {Tier.IMPORTANT}}
