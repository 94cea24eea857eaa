"""Times that somebody offers."""

from collections.abc import Mapping
from datetime import timedelta

from domain.kinds import DEFAULT_KINDS
from domain.places import Place
from domain.ports import Message, View
from handlers.parse.hours import PLACE_MAX
from handlers.views.proposals import (
    declined_message,
    declined_modal,
    declined_notice,
    propose_form,
    proposed_modal,
    times_message,
    times_modal,
    withdrawn_message,
)
from services.proposals.propose import TIMES_MAX
from services.proposals.withdraw import OfferedTimes
from tests.builders.sessions import NEW_YORK, an_offer, some_times
from tests.unit.handlers.views.largest.filling import DAY, MIDNIGHT, long
from tests.unit.handlers.views.largest.offers import full_offer

STARTS = [MIDNIGHT + DAY * number for number in range(TIMES_MAX)]
ON_OFFER = OfferedTimes(ref="x" * 22, scholar_name=long(100), starts=tuple(STARTS), zone=NEW_YORK)
TIMES = some_times("x" * 22, starts=STARTS, staff_name=long(100), staff_zone=NEW_YORK)

VIEWS: Mapping[str, View] = {
    "propose_form": propose_form("U" * 11, kinds=DEFAULT_KINDS, offer=full_offer(days=366)),
    "propose_form with times of other days": propose_form(
        "U" * 11,
        kinds=DEFAULT_KINDS,
        offer=full_offer(days=366),
        chosen=[str(int((MIDNIGHT + DAY * number + timedelta(hours=12)).timestamp())) for number in range(1, 6)],
    ),
    "propose_form with times of one's own": propose_form(
        "U" * 11,
        kinds=DEFAULT_KINDS,
        offer=full_offer(days=366),
        chosen=[f"own.{4_000_000_000 + number}" for number in range(5)],
        meets=STARTS,
    ),
    "propose_form before the choice": propose_form(None, kinds=DEFAULT_KINDS, offer=None),
    "propose_form with nothing": propose_form("U1", kinds=DEFAULT_KINDS, offer=an_offer(starts=())),
    "proposed_modal": proposed_modal("x" * 22, zone=NEW_YORK, meets=[MIDNIGHT + DAY * number for number in range(5)]),
    "times_modal": times_modal(TIMES, Place(kind="room", detail=long(PLACE_MAX))),
    "declined_modal": declined_modal(),
}

MESSAGES: Mapping[str, Message] = {
    "times_message": times_message(TIMES),
    "declined_message": declined_message("x" * 22),
    "declined_notice": declined_notice(),
    "withdrawn_message": withdrawn_message(),
}
