"""Handing a scholar over, and what the successor reads."""

from collections.abc import Mapping
from dataclasses import replace

from domain.handover import WORDS_MAX as HANDOVER_WORDS_MAX
from domain.people import Role
from domain.ports import Message, View
from domain.session_log import NEXT_STEP_MAX
from handlers.views.handover import (
    answered_modal,
    hand_over_form,
    handover_form,
    handover_message,
    handovers_modal,
    takeover_modal,
)
from services.handover.deliveries import HandoverMessage
from services.handover.facts import Answered, Handovers
from services.handover.look import LISTED as HANDOVERS_LISTED
from services.handover.look import STEPS_READ
from services.handover.sheet import SESSIONS_LISTED
from tests.builders.handover_views import a_handover_sheet, a_takeover, some_choices, some_handovers
from tests.unit.handlers.views.largest.filling import COACHES, OWN_REF, long

VIEWS: Mapping[str, View] = {
    "handovers_modal": handovers_modal(some_handovers(name=long(100), number=HANDOVERS_LISTED)),
    "handovers_modal with nothing": handovers_modal(Handovers(given=(), taken=())),
    "hand_over_form": hand_over_form(some_choices(name=long(100), number=1000, colleagues=COACHES)),
    "hand_over_form before a choice": hand_over_form(replace(some_choices(), scholar_ref="", successors=())),
    "hand_over_form without a successor": hand_over_form(replace(some_choices(), successors=())),
    "hand_over_form in a role without a scholar": hand_over_form(replace(some_choices(), scholars=())),
    "hand_over_form without a scholar": hand_over_form(replace(some_choices(), scholars=(), roles=(Role.COACH,))),
    "handover_form": handover_form(
        a_handover_sheet(name=long(100), words=long(HANDOVER_WORDS_MAX), number=SESSIONS_LISTED, more=1)
    ),
    "handover_form that does not open": handover_form(replace(a_handover_sheet(), words="", is_unreadable=True)),
    "answered_modal": answered_modal(Answered(sheet=a_handover_sheet(), moved=1, person_ids=())),
    "answered_modal without a move": answered_modal(Answered(sheet=a_handover_sheet(), moved=0, person_ids=())),
    "takeover_modal": takeover_modal(a_takeover(name=long(100), step=long(NEXT_STEP_MAX), number=STEPS_READ)),
    "takeover_modal that is closed": takeover_modal(replace(a_takeover(), may_read=False, next_steps=())),
    "takeover_modal with nothing": takeover_modal(replace(a_takeover(), next_steps=())),
}

MESSAGES: Mapping[str, Message] = {
    **{f"handover_message {kind}": handover_message(kind, OWN_REF) for kind in HandoverMessage},
}
