"""Words for what the program's ledger says about announcements, made at the moment of sending."""

from collections.abc import Mapping
from functools import partial

from domain.attention import Subject
from domain.delivery import Composer, Delivery, Outgoing, OutgoingMessage, Suppressed
from handlers.views.announcement_messages import reader_message, staff_message
from services.announcements.deliveries import AnnouncementMessage
from services.announcements.news import reader_news, staff_news
from services.attention.gate import attentive
from services.desk import Desk

_TO_READERS = (AnnouncementMessage.TOLD, AnnouncementMessage.RECORD, AnnouncementMessage.REWRITE)


def announcement_composers(desk: Desk) -> Mapping[str, Composer]:
    """One for each kind of row. Only what readers get waits for quiet hours and counts in their day."""
    found: dict[str, Composer] = {kind: partial(_to_staff, desk) for kind in AnnouncementMessage}
    found |= {kind: attentive(desk, partial(_to_reader, desk), Subject.ANNOUNCEMENT) for kind in _TO_READERS}
    return found


def _to_reader(desk: Desk, delivery: Delivery) -> Outgoing | Suppressed:
    news = reader_news(desk, delivery)
    return news if isinstance(news, Suppressed) else OutgoingMessage(reader_message(news))


def _to_staff(desk: Desk, delivery: Delivery) -> Outgoing | Suppressed:
    news = staff_news(desk, delivery)
    if isinstance(news, Suppressed):
        return news
    return OutgoingMessage(staff_message(AnnouncementMessage(delivery.kind), news))
