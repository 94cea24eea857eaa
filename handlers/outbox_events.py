"""Words for what the ledger says about events, made at the moment of sending."""

from collections.abc import Mapping
from datetime import timedelta
from functools import partial

from domain.delivery import Composer, Delivery, Outgoing, OutgoingFile, OutgoingMessage, Suppressed
from handlers import texts
from handlers.views.event_messages import event_message
from services.desk import Desk
from services.events.calendar import file_of
from services.events.calendar_file import FILENAME
from services.events.deliveries import EventMessage
from services.events.news import event_news

LATE = timedelta(minutes=5)


def event_composers(desk: Desk) -> Mapping[str, Composer]:
    """One for each kind of row."""
    kinds = [kind for kind in EventMessage if kind is not EventMessage.FILE]
    return {kind: partial(_news, desk) for kind in kinds} | {EventMessage.FILE: partial(_file, desk)}


def _news(desk: Desk, delivery: Delivery) -> Outgoing | Suppressed:
    news = event_news(desk, delivery)
    if isinstance(news, Suppressed):
        return news
    return OutgoingMessage(event_message(news, is_late=desk.clock.now() - delivery.send_at > LATE))


def _file(desk: Desk, delivery: Delivery) -> Outgoing | Suppressed:
    content = file_of(desk, delivery)
    if isinstance(content, Suppressed):
        return content
    return OutgoingFile(filename=FILENAME, title=texts.events.FILE_TITLE, content=content)
