"""Words for what the ledger says about kept times and about waiting, made at the moment of sending."""

from collections.abc import Callable, Mapping
from functools import partial

from domain.delivery import Composer, Deferred, Delivery, Outgoing, OutgoingMessage, Suppressed
from domain.ports import Message
from handlers import texts
from handlers.views.holds import asked_message, elsewhere_message, offered_message, over_message, waiting_message
from handlers.views.sessions import session_ref
from handlers.views.waiting import in_vain_message
from services.desk import SupportDesk
from services.holds.deliveries import HoldMessage
from services.holds.news import HoldNews, hold_news, kept_instead
from services.session_news.news import session_news
from services.waiting.match import WAITED_IN_VAIN, in_vain_news

_MESSAGES: Mapping[HoldMessage, Callable[[HoldNews], Message]] = {
    HoldMessage.OFFERED: offered_message,
    HoldMessage.ASKED: asked_message,
    HoldMessage.WAITING: waiting_message,
    HoldMessage.RUN_OUT: partial(over_message, texts.holds.RUN_OUT, rebook=True),
    HoldMessage.DECLINED: partial(over_message, texts.holds.DECLINED, rebook=True, has_details=True),
    HoldMessage.LAPSED: partial(over_message, texts.holds.LAPSED, rebook=True),
    HoldMessage.TAKEN_BACK: partial(over_message, texts.holds.TAKEN_BACK, rebook=False),
}


def hold_composers(desk: SupportDesk) -> Mapping[str, Composer]:
    """One for each kind of row."""
    return {kind: partial(_news, desk, kind) for kind in HoldMessage} | {WAITED_IN_VAIN: partial(_in_vain, desk)}


def canceled(desk: SupportDesk, otherwise: Composer, delivery: Delivery) -> Outgoing | Suppressed | Deferred:
    """The news of a cancellation: with the same time elsewhere, while one is kept for the scholar."""
    kept = kept_instead(desk, delivery)
    news = session_news(desk, delivery) if kept else None
    if kept is None or news is None or isinstance(news, Suppressed):
        return otherwise(delivery)
    book = session_ref(news.ref, news.version)
    return OutgoingMessage(elsewhere_message(texts.messages.SESSION_CANCELED, kept, book=book))


def _news(desk: SupportDesk, kind: HoldMessage, delivery: Delivery) -> Outgoing | Suppressed:
    news = hold_news(desk, delivery)
    return news if isinstance(news, Suppressed) else OutgoingMessage(_MESSAGES[kind](news))


def _in_vain(desk: SupportDesk, delivery: Delivery) -> Outgoing | Suppressed:
    return in_vain_news(desk, delivery) or OutgoingMessage(in_vain_message())
