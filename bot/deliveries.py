"""`scholarbot deliveries`: what could not be delivered, and sending it again once the reason is put right."""

from collections.abc import Sequence

from bot.clock import SystemClock
from bot.settings import Settings
from bot.stores import opened_ledgers
from domain.attention import DIGEST
from domain.errors import DomainError
from services.announcements.deliveries import AnnouncementMessage
from services.deadlines.ladders import DeadlineMessage
from services.delivery import ALERT, HeldMessages, held_messages, send_again
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

NOTHING = "No message is held."
_OF_PEOPLE = (
    AnnouncementMessage,
    DeadlineMessage,
    SessionMessage,
    AfterSession,
    OfficeMessage,
    HoldMessage,
    HandoverMessage,
    LineMessage,
    EventMessage,
)
KINDS = frozenset(
    {
        *(ALERT, WELCOME, TOO_SLOW, DIGEST, AGENDA, INVITATION, UNREAD, WAITED_IN_VAIN),
        *(kind for kinds in _OF_PEOPLE for kind in kinds),
    }
)
"""All that the bot sends."""


class NothingMatches(DomainError):
    """No held message matches."""


def held(settings: Settings) -> list[HeldMessages]:
    """What is held in both stores. Raises `StartRefused` when a store cannot be read."""
    with opened_ledgers(settings) as ledgers:
        return held_messages(ledgers, now=SystemClock().now())


def requeue(settings: Settings, *, kind: str | None, reason: str | None) -> str:
    """Let matching messages be sent again and return what to say. Raises `NothingMatches` or `StartRefused`."""
    now = SystemClock().now()
    with opened_ledgers(settings) as ledgers:
        before = held_messages(ledgers, now=now)
        if not before and kind not in (None, *KINDS):
            raise NothingMatches(f"There is no such kind of message. The kinds are: {', '.join(sorted(KINDS))}.")
        if not before:
            return NOTHING
        matching = [one for one in before if kind in (None, one.kind) and reason in (None, one.reason)]
        if not matching:
            raise NothingMatches(_what_there_is(before))
        return _said(send_again(ledgers, kind=kind, reason=reason, now=now))


def _said(number: int) -> str:
    if not number:
        return "The time of all these messages is over, so none is sent."
    messages = "1 message goes" if number == 1 else f"{number} messages go"
    return f"{messages} out again; a running bot sends within seconds."


def _what_there_is(found: Sequence[HeldMessages]) -> str:
    sorts = "; ".join(sorted({f"{one.kind} ({one.reason})" for one in found}))
    return f"No held message is of that kind and reason. These are, by kind (and reason): {sorts}."
