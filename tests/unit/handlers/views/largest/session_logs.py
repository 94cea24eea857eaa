"""Logs and answers after the end."""

from collections.abc import Mapping

from domain.focus import FocusArea
from domain.ports import Message, View
from domain.session_log import NEXT_STEP_MAX, RATING_WORDS_MAX, Outcome
from handlers.ids import Action
from handlers.views.rating import rated_modal, rating_form
from handlers.views.session_log import ended_message, log_form, logged_modal, logs_modal
from handlers.views.sessions import details_modal
from services.session_log.facts import Aftermath, GivenRating, ToLog
from services.session_log.waiting import LISTED as LOGS_LISTED
from services.session_log.waiting import LOGGED_LISTED
from tests.builders.session_logs import a_log_sheet, a_logged, a_rating_sheet
from tests.builders.sessions import COMMUNITY_KIND, some_news
from tests.unit.handlers.views.largest.details import DETAILS, NAMED
from tests.unit.handlers.views.largest.filling import LONGEST_ZONE, REF, long

FULL_LOG = a_logged(areas=tuple(FocusArea), next_step=long(NEXT_STEP_MAX), is_unreadable=True)

VIEWS: Mapping[str, View] = {
    "log_form": log_form(
        a_log_sheet(FULL_LOG, kind=COMMUNITY_KIND, other_name=long(100)),
        state=f"{REF}:{LONGEST_ZONE}:details",
        zone=LONGEST_ZONE,
    ),
    "log_form of nobody": log_form(a_log_sheet(), state=REF, zone=LONGEST_ZONE, outcome=Outcome.NO_SHOW),
    "logged_modal": logged_modal(a_log_sheet(FULL_LOG, other_name=long(100))),
    "logs_modal": logs_modal(
        ToLog(waiting=tuple(NAMED[:LOGS_LISTED]), logged=tuple(NAMED[:LOGGED_LISTED]), has_more=True)
    ),
    "logs_modal with nothing": logs_modal(ToLog(waiting=(), logged=())),
    "rating_form": rating_form(
        a_rating_sheet(GivenRating(score=10, words=long(RATING_WORDS_MAX)), other_name=long(100)), state=REF
    ),
    "rated_modal": rated_modal(a_rating_sheet()),
    "details_modal of one that is over": details_modal(
        DETAILS, Aftermath(log=FULL_LOG, is_for_scholar=False, can_log=True, is_answered=True)
    ),
}

MESSAGES: Mapping[str, Message] = {
    "ended_message": ended_message(some_news("x" * 22, version=10**8), Action.OPEN_LOG),
}
