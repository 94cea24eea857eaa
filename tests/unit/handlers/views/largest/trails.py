"""What happened to something, at its largest."""

from collections.abc import Mapping

from domain.ports import View
from handlers.ids import Action
from handlers.views.trail import trail_modal
from services.audit import LISTED, Done, Trail
from tests.unit.handlers.views.largest.filling import LONGEST_ZONE, MIDNIGHT, OWN_REF, long

CROWD = 12_000
DONE = Done(
    at=MIDNIGHT,
    by=long(100),
    deed=long(40),
    about=f"{long(99)}.",
    detail=f"{long(60)}, 2027-01-12T10:00Z to 2027-01-12T11:00Z",
)
VIEWS: Mapping[str, View] = {
    "trail_modal": trail_modal(
        Trail(done=(DONE,) * LISTED, number=CROWD, page=100, pages=240),
        OWN_REF,
        turn=Action.TURN_DEADLINE_TRAIL,
        zone=LONGEST_ZONE,
    ),
}
