"""Words for what the ledger says about waiting for a seat, made at the moment of sending."""

from collections.abc import Mapping
from functools import partial

from domain.delivery import Composer, Delivery, Outgoing, OutgoingMessage, Suppressed
from handlers import texts
from handlers.views.messages import session_message
from services.desk import SupportDesk
from services.groups.line_news import LineMessage, line_news

_HEADLINES = {
    LineMessage.MOVED: texts.messages.WAIT_MOVED,
    LineMessage.PASSED: texts.messages.WAIT_PASSED,
    LineMessage.OFF: texts.messages.WAIT_OFF,
}


def group_composers(desk: SupportDesk) -> Mapping[str, Composer]:
    """One for each kind of row."""
    return {kind: partial(_news, desk, headline) for kind, headline in _HEADLINES.items()}


def _news(desk: SupportDesk, headline: str, delivery: Delivery) -> Outgoing | Suppressed:
    news = line_news(desk, delivery)
    return news if isinstance(news, Suppressed) else OutgoingMessage(session_message(headline, news))
