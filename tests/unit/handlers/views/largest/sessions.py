"""Sessions ahead and over, their lists and what is told of them."""

from collections.abc import Mapping
from dataclasses import replace

from domain.ports import Message, View
from handlers import texts
from handlers.ids import Action
from handlers.sessions import OFFERS_LISTED
from handlers.views.blocks import button
from handlers.views.holds import kept_rows
from handlers.views.load import load_modal
from handlers.views.messages import agenda_message, session_message
from handlers.views.sessions import cancel_form, details_modal, done_modal, sessions_modal
from handlers.views.waiting import waiting_rows
from services.offers.load import CoachLoad
from tests.builders.sessions import some_news
from tests.unit.handlers.views.largest.details import CANCELED, DETAILS, LINES, NAMED, SERIES
from tests.unit.handlers.views.largest.filling import COACHES, MIDNIGHT, REF, long
from tests.unit.handlers.views.largest.holds import KEPT, WAITS
from tests.unit.handlers.views.largest.proposals import ON_OFFER, TIMES

BUTTONS = [
    button(texts.groups.TITLE, Action.OPEN_GROUPS),
    button(texts.booking.BOOK_A_SESSION, Action.OPEN_BOOKING, style="primary"),
    button(texts.proposals.PROPOSE, Action.OPEN_PROPOSE),
    button(texts.hours.TITLE, Action.OPEN_HOURS),
]

VIEWS: Mapping[str, View] = {
    "sessions_modal": sessions_modal(
        NAMED,
        buttons=BUTTONS,
        has_more=True,
        offered=[TIMES] * OFFERS_LISTED,
        has_more_offered=True,
        on_offer=[ON_OFFER] * OFFERS_LISTED,
        has_more_on_offer=True,
        more=[*kept_rows(KEPT), *waiting_rows(WAITS)],
    ),
    "sessions_modal with nothing": sessions_modal([], buttons=BUTTONS),
    "details_modal": details_modal(DETAILS),
    "details_modal of a canceled one": details_modal(CANCELED),
    "load_modal": load_modal(
        [
            CoachLoad(name=long(100), is_reader=not number, held_seconds=10**7, ahead_seconds=10**7, share=50)
            for number in range(COACHES)
        ]
    ),
    "done_modal": done_modal(DETAILS, title=texts.booking.BOOKED_TITLE, sentence=texts.booking.BOOKED),
    "cancel_form": cancel_form(DETAILS, state=REF),
    "cancel_form of a series": cancel_form(replace(DETAILS, series=SERIES), state=REF),
    "details_modal of a series": details_modal(replace(DETAILS, series=SERIES)),
}

MESSAGES: Mapping[str, Message] = {
    "session_message of a series": session_message(
        texts.messages.SERIES_CANCELED, replace(some_news("x" * 22, version=10**8), series=SERIES), rebook=True
    ),
    "agenda_message": agenda_message(LINES),
    "session_message": session_message(
        texts.messages.SESSION_CANCELED, some_news("x" * 22, version=10**8), rebook=True
    ),
    "session_message of a move": session_message(texts.messages.SESSION_MOVED, some_news("x" * 22, before=MIDNIGHT)),
}
