"""Time kept for somebody, requests and the line for a time."""

from collections.abc import Mapping

from domain.ports import Message, View
from handlers import texts
from handlers.views.holds import (
    answered_notice,
    asked_message,
    asked_modal,
    decline_form,
    elsewhere_message,
    hold_modal,
    offered_message,
    over_message,
    request_modal,
    waiting_message,
)
from handlers.views.waiting import in_vain_message, joined_modal, waiting_form
from tests.builders.holds import a_kept_time, a_wait, some_hold_news
from tests.builders.sessions import an_offer
from tests.unit.handlers.views.largest.details import DETAILS
from tests.unit.handlers.views.largest.filling import REF, long
from tests.unit.handlers.views.largest.offers import full_offer

HOLD_NEWS = some_hold_news("x" * 22, version=10**8)
KEPT = [
    a_kept_time("x" * 22, other_name=long(100), is_request=is_request, is_for_scholar=is_for_scholar)
    for is_request, is_for_scholar in ((False, True), (True, True), (True, False))
    for _ in range(10)
]
WAITS = [a_wait("x" * 22, staff_name=long(100), from_day="2027-01-12", until_day="2027-01-14")] * 10

VIEWS: Mapping[str, View] = {
    "hold_modal": hold_modal(DETAILS),
    "asked_modal": asked_modal(DETAILS),
    "request_modal": request_modal(DETAILS),
    "decline_form": decline_form(DETAILS, state=REF),
    "waiting_form": waiting_form(full_offer(), state="list"),
    "waiting_form of nobody": waiting_form(an_offer(staff=(), starts=())),
    "joined_modal": joined_modal(),
}

MESSAGES: Mapping[str, Message] = {
    "offered_message": offered_message(HOLD_NEWS),
    "elsewhere_message": elsewhere_message(texts.messages.SESSION_CANCELED, HOLD_NEWS, book=REF),
    "asked_message": asked_message(HOLD_NEWS),
    "waiting_message": waiting_message(HOLD_NEWS),
    "over_message": over_message(texts.holds.DECLINED, HOLD_NEWS, rebook=True, has_details=True),
    "answered_notice": answered_notice(texts.holds.TAKEN_ASKED),
    "in_vain_message": in_vain_message(),
}
