"""What happened to an announcement, a deadline or an event, in a modal: one way for all of them."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from domain.people import Person, Role
from handlers.commands import STAFF
from handlers.ids import Action
from handlers.parse.refs import known_id
from handlers.reply import Reply, over
from handlers.request import Kind, Request
from handlers.router import EVERYONE, Route
from handlers.views.trail import trail_modal
from services.announcements.details import announcement_trail
from services.audit import Trail
from services.desk import Desk
from services.events.look import event_trail


@dataclass(frozen=True, slots=True, kw_only=True)
class _Way:
    """How one kind of thing shows what happened to it: the button, whose it is, and what reads it."""

    see: Action
    roles: frozenset[Role]
    read: Callable[[Desk, Person, str], Trail]


_WAYS = (
    _Way(see=Action.SEE_TRAIL, roles=STAFF, read=announcement_trail),
    _Way(see=Action.SEE_EVENT_TRAIL, roles=EVERYONE, read=event_trail),
)


def routes(desk: Desk) -> list[Route]:
    """Of announcements for staff; of events for whoever runs them, which the service checks."""
    return [
        Route(kind=Kind.ACTION, id=each.see, roles=each.roles, handler=partial(see, desk, each.read)) for each in _WAYS
    ]


def see(desk: Desk, read: Callable[[Desk, Person, str], Trail], request: Request) -> Reply:
    """Who did what to it."""
    found = read(desk, request.person, known_id(request.envelope.pressed))
    return Reply(screens=(over(request, trail_modal(found, zone=request.person.zone)),))
