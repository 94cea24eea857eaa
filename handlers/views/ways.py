"""What people can begin, by one name wherever it stands: at the foot of /support and on the Home tab alike."""

from collections.abc import Collection
from dataclasses import dataclass

from domain.people import JUDGING_ROLES, SUPPORT_ROLES, Role
from domain.ports import Block
from handlers import texts
from handlers.commands import BOOKERS, COACHES, PARTIES, SCHOLARS, SIDES
from handlers.ids import Action
from handlers.views.blocks import button

_MANAGERS = frozenset({Role.COMMUNITY_MANAGER})


@dataclass(frozen=True, slots=True, kw_only=True)
class Way:
    """A button: what it says, what it opens, for whom, and for whom never, whatever else they are."""

    text: str
    action: Action
    roles: frozenset[Role]
    never: frozenset[Role] = frozenset()
    style: str | None = None

    def is_for(self, roles: Collection[Role]) -> bool:
        """Whether somebody with these roles has it."""
        return not self.roles.isdisjoint(roles) and self.never.isdisjoint(roles)


WAYS = (
    Way(text=texts.booking.BOOK_A_SESSION, action=Action.OPEN_BOOKING, roles=BOOKERS, style="primary"),
    Way(text=texts.sessions.SESSIONS_TITLE, action=Action.OPEN_SESSIONS, roles=SIDES),
    Way(text=texts.urgent.OPEN, action=Action.OPEN_URGENT, roles=SCHOLARS),
    Way(text=texts.waiting.WAIT, action=Action.OPEN_WAITING, roles=SCHOLARS),
    Way(text=texts.proposals.PROPOSE, action=Action.OPEN_PROPOSE, roles=SUPPORT_ROLES),
    Way(text=texts.groups.TITLE, action=Action.OPEN_GROUPS, roles=PARTIES),
    Way(text=texts.office_hours.TITLE, action=Action.LIST_LINES, roles=PARTIES),
    Way(text=texts.session_log.SEE, action=Action.OPEN_LOGS, roles=SUPPORT_ROLES),
    Way(text=texts.hours.TITLE, action=Action.OPEN_HOURS, roles=SUPPORT_ROLES),
    Way(text=texts.handover.TITLE, action=Action.OPEN_HANDOVERS, roles=SUPPORT_ROLES),
    Way(text=texts.load.TITLE, action=Action.OPEN_LOAD, roles=COACHES, never=JUDGING_ROLES),
    Way(text=texts.urgent.STAND_INS_TITLE, action=Action.OPEN_STAND_INS, roles=_MANAGERS),
)
"""In the order in which they stand."""


def way_buttons(roles: Collection[Role], *, but: Collection[Action] = ()) -> list[Block]:
    """The buttons of everything that somebody with these roles can begin, except what they are looking at."""
    return [
        button(way.text, way.action, style=way.style) for way in WAYS if way.is_for(roles) and way.action not in but
    ]
