"""What happened to an announcement, a deadline or an event, in a modal with pages: one way for all of them."""

from dataclasses import dataclass
from functools import partial
from typing import Protocol

from domain.people import Person, Role
from domain.ports import View
from handlers.commands import STAFF
from handlers.ids import Action
from handlers.parse.refs import known_id, page_ref
from handlers.reply import Reply, UpdateView, over
from handlers.request import Kind, Request
from handlers.router import EVERYONE, Route
from handlers.views.trail import trail_modal
from services.announcements.details import announcement_trail
from services.audit import Trail
from services.deadlines.look import deadline_trail
from services.desk import Desk
from services.events.look import event_trail


class _Reads(Protocol):
    def __call__(self, desk: Desk, person: Person, object_id: str, /, *, page: int = 0) -> Trail:
        """A page of a thing's trail, for whom it is. Raises `NotFound`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Way:
    """How one kind of thing shows what happened to it: the button, the ones that turn pages, whose, what reads it."""

    see: Action
    turn: Action
    roles: frozenset[Role]
    read: _Reads


_WAYS = (
    _Way(see=Action.SEE_TRAIL, turn=Action.TURN_TRAIL, roles=STAFF, read=announcement_trail),
    _Way(see=Action.SEE_DEADLINE_TRAIL, turn=Action.TURN_DEADLINE_TRAIL, roles=STAFF, read=deadline_trail),
    _Way(see=Action.SEE_EVENT_TRAIL, turn=Action.TURN_EVENT_TRAIL, roles=EVERYONE, read=event_trail),
)


def routes(desk: Desk) -> list[Route]:
    """Of announcements and deadlines for staff; of events for whoever runs them, which the service checks."""
    return [
        Route(kind=Kind.ACTION, id=action, roles=way.roles, handler=partial(run, desk, way))
        for way in _WAYS
        for action, run in ((way.see, see), (way.turn, turn))
    ]


def see(desk: Desk, way: _Way, request: Request) -> Reply:
    """Who did what to it, the newest page."""
    return Reply(screens=(over(request, _page(desk, way, request.person, known_id(request.envelope.pressed), 0)),))


def turn(desk: Desk, way: _Way, request: Request) -> Reply:
    """Another page of it."""
    return Reply(screens=(UpdateView(_page(desk, way, request.person, *page_ref(request.envelope.pressed))),))


def _page(desk: Desk, way: _Way, person: Person, object_id: str, page: int) -> View:
    found = way.read(desk, person, object_id, page=page)
    return trail_modal(found, object_id, turn=way.turn, zone=person.zone)
