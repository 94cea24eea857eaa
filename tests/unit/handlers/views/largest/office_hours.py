"""Office hours in which a crowd stands in line."""

from collections.abc import Mapping

from domain.office_hours import LINE_MAX, HelpTopic
from domain.places import Place
from domain.ports import Message, View
from handlers import texts
from handlers.parse.hours import PLACE_MAX
from handlers.views.line_messages import line_message
from handlers.views.lines import begun_modal, close_form, help_form, hold_form, line_modal
from handlers.views.office_hours import join_form, lines_modal, place_modal
from handlers.views.peers import accepted_message, favor_message, favor_modal, offer_form, suggest_form
from services.office_hours.deliveries import OfficeMessage
from services.office_hours.favors import Favor
from services.office_hours.suggesting import Peer, PeerChoice
from tests.builders.line_views import (
    a_line_of,
    a_place,
    a_problem,
    some_hours,
    somebody_waiting,
    somebody_with,
)
from tests.unit.handlers.views.largest.filling import CROWD, LONGEST_ZONE, OWN_REF, long

FULL_PROBLEM = a_problem(long(LINE_MAX), topic=HelpTopic.SHARED_CODE)
FULL_LINE = a_line_of(
    *(somebody_waiting(OWN_REF, name=long(100), problem=FULL_PROBLEM, was_called=True) for _ in range(CROWD)),
    ref=OWN_REF,
    mine=somebody_with(ref=OWN_REF, name=long(100), problem=FULL_PROBLEM, is_over_time=True),
    others=(somebody_with(name=long(100), helper_name=long(100), is_with_peer=True),) * CROWD,
    helpers=(long(100),) * 5,
)
FULL_HOURS = some_hours(OWN_REF, names=(long(100),) * 5, topics=tuple(HelpTopic)[:-1], wait=500)
FULL_PEERS = PeerChoice(
    topic=HelpTopic.TOOLS, peers=tuple(Peer(ref=f"{number:022}", name=long(100)) for number in range(CROWD))
)

VIEWS: Mapping[str, View] = {
    "lines_modal": lines_modal([FULL_HOURS] * CROWD, is_scholar=True, is_helper=True),
    "lines_modal with nothing": lines_modal([], is_scholar=True, is_helper=True),
    "join_form": join_form(FULL_HOURS),
    "place_modal": place_modal(
        a_place(ref=OWN_REF, problem=FULL_PROBLEM, is_past_end=True, is_asked=True, is_peer_asked=True)
    ),
    "place_modal of a turn": place_modal(
        a_place(
            ref=OWN_REF,
            place=None,
            problem=FULL_PROBLEM,
            with_name=long(100),
            where=Place(kind="room", detail=long(PLACE_MAX)),
            is_asked=True,
            is_peer_asked=True,
        )
    ),
    "line_modal": line_modal(FULL_LINE),
    "line_modal with nothing": line_modal(a_line_of(ref=OWN_REF)),
    "hold_form": hold_form(zone=LONGEST_ZONE, place=Place(kind="room", detail="x" * 190), is_planned=True),
    "help_form": help_form(None, state=OWN_REF),
    "begun_modal": begun_modal(texts.office_hours.PLANNED_DONE, OWN_REF),
    "close_form": close_form(10_000, state=OWN_REF),
    "offer_form": offer_form(tuple(HelpTopic)),
    "suggest_form": suggest_form(FULL_PEERS, state=f"{OWN_REF}.{OWN_REF}"),
    "suggest_form with nobody": suggest_form(PeerChoice(topic=HelpTopic.DATA, peers=()), state=OWN_REF),
    "favor_modal": favor_modal(
        Favor(ref=OWN_REF, topic=HelpTopic.SHARED_CODE, is_accepted=True, scholar_name=long(100), line=long(LINE_MAX))
    ),
    "favor_modal before": favor_modal(Favor(ref=OWN_REF, topic=HelpTopic.SHARED_CODE, is_accepted=False)),
}

MESSAGES: Mapping[str, Message] = {
    **{
        f"line_message {kind}": line_message(kind, OWN_REF) for kind in OfficeMessage if kind is not OfficeMessage.FAVOR
    },
    "favor_message": favor_message(OWN_REF),
    "accepted_message": accepted_message(OWN_REF),
}
