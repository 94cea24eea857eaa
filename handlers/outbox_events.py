"""Words for what the ledger says about events, made at the moment of sending."""

from collections.abc import Mapping
from dataclasses import replace
from functools import partial

from domain.attention import Subject
from domain.delivery import Composer, Deferred, Delivery, Outgoing, OutgoingFile, OutgoingMessage, Suppressed
from handlers import texts
from handlers.views.event_messages import event_message
from services.attention.gate import attentive
from services.desk import Desk
from services.events.calendar import file_of
from services.events.calendar_file import FILENAME
from services.events.deliveries import EventMessage
from services.events.news import event_news

_UNASKED = frozenset(EventMessage) - {EventMessage.CALENDAR, EventMessage.FILE}
_BY_START = frozenset({EventMessage.MOVED, EventMessage.CALLED_OFF, EventMessage.HOST})
"""Still worth reading while it would be held, but too late for whoever is there by then."""
_PROMISED = frozenset({EventMessage.SEAT})
"""Who waits in line was told that they hear as soon as a seat is theirs: no budget keeps that from them."""


def event_composers(desk: Desk) -> Mapping[str, Composer]:
    """One for each kind of row. A calendar file was asked for a moment ago, so that it waits for nothing."""
    news = partial(_news, desk)
    held_back = attentive(desk, news, Subject.EVENT)
    return {
        **dict.fromkeys(_UNASKED, held_back),
        **dict.fromkeys(_BY_START, partial(_by_start, held_back)),
        **dict.fromkeys(_PROMISED, attentive(desk, news, Subject.EVENT, has_budget=False)),
        EventMessage.CALENDAR: news,
        EventMessage.FILE: partial(_file, desk),
    }


def _by_start(held_back: Composer, delivery: Delivery) -> Outgoing | Suppressed | Deferred:
    return held_back(replace(delivery, expires_at=delivery.due))


def _news(desk: Desk, delivery: Delivery) -> Outgoing | Suppressed:
    news = event_news(desk, delivery)
    if isinstance(news, Suppressed):
        return news
    return OutgoingMessage(event_message(news))


def _file(desk: Desk, delivery: Delivery) -> Outgoing | Suppressed:
    content = file_of(desk, delivery)
    if isinstance(content, Suppressed):
        return content
    return OutgoingFile(filename=FILENAME, title=texts.events.FILE_TITLE, content=content)
