"""A composer for every kind of row; what sessions' messages say is shown with the views, and end to end."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from bot.deliveries import KINDS
from domain.attention import DIGEST
from domain.delivery import Delivery, OutgoingMessage, Suppressed, Tier, Way
from domain.kinds import COACHING, DEFAULT_KINDS, RESEARCH, SessionKind
from domain.ports import Message
from handlers import texts
from handlers.outbox import composers
from handlers.views.messages import welcome_message
from services.announcements.deliveries import AnnouncementMessage
from services.booking.book import book_session
from services.deadlines.ladders import DeadlineMessage
from services.delivery import ALERT
from services.delivery.watch import SAYS
from services.desk import Desk
from services.events.deliveries import EventMessage
from services.feeds.unread import UNREAD
from services.groups.line_news import LineMessage
from services.handover.deliveries import HandoverMessage
from services.holds.deliveries import HoldMessage
from services.invitations.invite import INVITATION
from services.late import TOO_SLOW
from services.office_hours.deliveries import OfficeMessage
from services.session_log.questions import AfterSession
from services.session_news.agenda import AGENDA
from services.session_news.deliveries import SessionMessage
from services.waiting.match import WAITED_IN_VAIN
from services.welcome import WELCOME
from tests.builders.bookings import a_wish
from tests.builders.people import PROGRAM
from tests.builders.rules import set_rules, with_kind
from tests.fakes.clock import NOON
from tests.fixtures.desks import House, ledger_rows

OF_PROGRAM = {DIGEST, *AnnouncementMessage, *DeadlineMessage, *EventMessage}
OF_TWO = [kind for kind in DEFAULT_KINDS if not kind.has_seats and not kind.set_aside]


def a_row(kind: str, *, object_id: str = "thing", due: datetime = NOON) -> Delivery:
    """A claimed row of a ledger for Ada."""
    return Delivery(
        key="key-1",
        marker="marker-1",
        kind=kind,
        program_id=PROGRAM,
        object_id=object_id,
        object_version=1,
        person_id="ada",
        rung="once",
        tier=Tier.IMPORTANT,
        due=due,
        send_at=due,
        expires_at=None,
        after=None,
        way=Way.POST,
        claim=1,
        attempt=1,
        channel=None,
        file_id=None,
    )


def test_without_the_confidential_store_program_messages_remain(idle_desk: Desk) -> None:
    assert set(composers(idle_desk)) == {ALERT, WELCOME, TOO_SLOW, *OF_PROGRAM}


def test_every_kind_of_session_message_has_a_composer(sqlite_house: House) -> None:
    of_support = {INVITATION, WAITED_IN_VAIN, AGENDA, *SessionMessage, *AfterSession, *OfficeMessage}
    of_support |= {UNREAD, *HoldMessage, *HandoverMessage, *LineMessage}
    assert set(composers(sqlite_house.desk)) == {ALERT, WELCOME, TOO_SLOW, *OF_PROGRAM, *of_support} == KINDS


@pytest.mark.parametrize("who", ["ada", "cleo", "max"])
def test_welcome_goes_by_what_the_person_is_when_it_is_sent(sqlite_house: House, who: str) -> None:
    row = replace(a_row(WELCOME), person_id=who)

    composed = composers(sqlite_house.desk)[WELCOME](row)

    assert composed == OutgoingMessage(welcome_message(sqlite_house.person(who).roles, can_book_coach=True))


def test_welcome_speaks_of_what_mentors_can_book_where_the_program_offers_it_alone(sqlite_house: House) -> None:
    set_rules(sqlite_house.stores.program, lambda rules: with_kind(rules, RESEARCH, is_offered=False))

    composed = composers(sqlite_house.desk)[WELCOME](replace(a_row(WELCOME), person_id="max"))

    assert composed == OutgoingMessage(welcome_message(sqlite_house.person("max").roles))


def test_welcome_of_somebody_who_has_left_is_not_sent(sqlite_house: House) -> None:
    composed = composers(sqlite_house.desk)[WELCOME](replace(a_row(WELCOME), person_id="gone"))

    assert composed == Suppressed("gone")


def test_lateness_says_what_the_texts_say(idle_desk: Desk) -> None:
    made = composers(idle_desk)

    assert made[TOO_SLOW](a_row(TOO_SLOW)) == OutgoingMessage(Message(text=texts.trouble.TOO_SLOW))


@pytest.mark.parametrize("trouble", SAYS)
def test_alert_says_what_is_wrong_and_names_nobody(idle_desk: Desk, trouble: str) -> None:
    composed = composers(idle_desk)[ALERT](a_row(ALERT, object_id=trouble))

    assert composed == OutgoingMessage(Message(text=texts.messages.ALERT.format(says=SAYS[trouble])))
    assert "ada" not in texts.messages.ALERT.format(says=SAYS[trouble]).lower().split()


@pytest.mark.parametrize("kind", [kind for kind in SessionMessage if kind is not SessionMessage.PROPOSED])
def test_message_about_a_session_that_is_not_there_is_not_sent(sqlite_house: House, kind: SessionMessage) -> None:
    composed = composers(sqlite_house.desk)[kind](a_row(kind, object_id="no-such-session"))

    assert isinstance(composed, Suppressed)


@pytest.mark.parametrize("kind", OF_TWO, ids=lambda kind: kind.key)
@pytest.mark.parametrize(
    ("rung", "late", "headline"),
    [("24h", 0, "In about a day"), ("15m", 0, "In 15 minutes"), ("15m", 5, texts.messages.SESSION_SOON)],
)
def test_reminder_says_how_long_it_is_until_then_in_the_same_words_for_every_kind(
    sqlite_house: House, kind: SessionKind, rung: str, late: int, headline: str
) -> None:
    wish = a_wish("2027-01-13T10:00Z", kind=kind.key, staff="cleo" if kind.key == COACHING else "eli")
    book_session(sqlite_house.support, sqlite_house.person("ada"), wish)
    rows = ledger_rows(sqlite_house, SessionMessage.REMINDER)
    row = next(each for each in rows if each.person_id == "ada" and each.rung.startswith(rung))
    sqlite_house.clock.advance(row.send_at + timedelta(minutes=late) - sqlite_house.clock.now())

    composed = composers(sqlite_house.desk)[row.kind](row)

    assert isinstance(composed, OutgoingMessage)
    assert composed.message.text == f"{headline}: Wed 13 Jan, 10:00 GMT."
