"""Words for what the program's ledger says about deadlines, made at the moment of sending."""

from collections.abc import Mapping
from dataclasses import replace
from functools import partial

from domain.attention import Subject
from domain.deadlines import LAST_RUNG, is_last
from domain.delivery import Composer, Deferred, Delivery, Outgoing, OutgoingMessage, Suppressed
from handlers.views.due_messages import answer_message, asked_message, closed_message, met_message, reminder_message
from services.attention.gate import attentive
from services.deadlines.ladders import DeadlineMessage
from services.deadlines.news import ClosedNews, MetNews, answer_news, asked_news, reminder_news, rewrite_news
from services.desk import Desk


def deadline_composers(desk: Desk) -> Mapping[str, Composer]:
    """One for each kind of row. Reminders leave people alone when they want to be; answers to what they asked come."""
    return {
        DeadlineMessage.REMINDER: partial(_reminder, desk),
        DeadlineMessage.REWRITE: partial(_rewrite, desk),
        DeadlineMessage.ASKED: partial(_asked, desk),
        DeadlineMessage.ANSWERED: partial(_answered, desk),
    }


def _reminder(desk: Desk, delivery: Delivery) -> Outgoing | Suppressed | Deferred:
    """The last rung bears its own name behind the word that says so: another ladder's last rung is another message."""
    news = reminder_news(desk, delivery)
    if isinstance(news, Suppressed):
        return news
    message = OutgoingMessage(reminder_message(news, now=desk.clock.now()))
    named = replace(delivery, rung=LAST_RUNG) if is_last(delivery.rung) else delivery
    return attentive(desk, lambda _delivery: message, Subject.DEADLINE)(named)


def _rewrite(desk: Desk, delivery: Delivery) -> Outgoing | Suppressed:
    """Other words in an old message disturb nobody."""
    match rewrite_news(desk, delivery):
        case Suppressed() as nothing:
            return nothing
        case ClosedNews() as closed:
            return OutgoingMessage(closed_message(closed))
        case MetNews() as met:
            return OutgoingMessage(met_message(met))
        case news:
            return OutgoingMessage(reminder_message(news, now=desk.clock.now()))


def _asked(desk: Desk, delivery: Delivery) -> Outgoing | Suppressed:
    found = asked_news(desk, delivery)
    return found if isinstance(found, Suppressed) else OutgoingMessage(asked_message(found))


def _answered(desk: Desk, delivery: Delivery) -> Outgoing | Suppressed:
    news = answer_news(desk, delivery)
    return news if isinstance(news, Suppressed) else OutgoingMessage(answer_message(news, now=desk.clock.now()))
