"""One listener for each payload kind; one table says which id has which handler and which roles may call it.

Bolt matches listeners one by one (6 microseconds each), so a table costs the same however many ids there are. The
table is also how "every id has a role and a handler" is a test.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from slack_bolt import Ack, App

from domain.errors import NotAllowed
from domain.people import Person, Role
from domain.ports import Clock
from handlers import errors
from handlers.ids import base_id
from handlers.reply import Reply
from handlers.request import Envelope, Kind, Request
from handlers.screens import Screens

Handler = Callable[[Request], Reply]
Recognize = Callable[[str, str], Person]

EVERYONE = frozenset(Role)
ANY = re.compile(".*", re.DOTALL)


@dataclass(frozen=True, slots=True, kw_only=True)
class Route:
    """Who may call a handler, and by which id it is called.

    `whose` says it to somebody on the roster who may not, where everybody can come upon it: a command, a shortcut.
    """

    kind: Kind
    id: str
    roles: frozenset[Role]
    handler: Handler
    whose: str = ""


class Router:
    """Finds the route of a request, recognizes the person, runs the handler and turns its reply into Slack's terms."""

    def __init__(
        self, routes: Iterable[Route], *, recognize: Recognize, screens: Screens, clock: Clock, count: errors.Count
    ) -> None:
        self._routes: dict[tuple[Kind, str], Route] = {}
        for route in routes:
            if (route.kind, route.id) in self._routes:
                raise ValueError(f"two handlers for {route.kind} {route.id}")
            self._routes[route.kind, route.id] = route
        self._recognize = recognize
        self._screens = screens
        self._clock = clock
        self._count = count

    @property
    def routes(self) -> tuple[Route, ...]:
        """All routes, for the tests and the reference pages."""
        return tuple(self._routes.values())

    def register(self, app: App) -> None:
        """Attach one listener for each kind to the Bolt app, which tries them in this order: forms before buttons."""
        app.command(ANY)(self._on_command)
        app.view_submission(ANY)(self._on_submission)
        app.action(ANY)(self._on_action)
        app.shortcut(ANY)(self._on_shortcut)
        for name in sorted(route.id for route in self.routes if route.kind is Kind.EVENT):
            app.event(name)(self._on_event)

    def _on_command(self, body: dict[str, Any], ack: Ack) -> None:
        self._serve(self._envelope(Kind.COMMAND, body["command"], body["user_id"], body["team_id"], body), ack)

    def _on_action(self, body: dict[str, Any], ack: Ack) -> None:
        self._serve_interaction(Kind.ACTION, base_id(body["actions"][0]["action_id"]), body, ack)

    def _on_submission(self, body: dict[str, Any], ack: Ack) -> None:
        self._serve_interaction(Kind.SUBMISSION, body["view"]["callback_id"], body, ack)

    def _on_shortcut(self, body: dict[str, Any], ack: Ack) -> None:
        self._serve_interaction(Kind.SHORTCUT, body["callback_id"], body, ack)

    def _on_event(self, body: dict[str, Any], ack: Ack) -> None:
        event = body["event"]
        user = event.get("user")
        user_id = user.get("id") if isinstance(user, dict) else user
        self._serve(self._envelope(Kind.EVENT, event["type"], str(user_id), body["team_id"], body), ack)

    def _serve_interaction(self, kind: Kind, id_: str, body: dict[str, Any], ack: Ack) -> None:
        # The user's own team, not the app's: a person of another workspace shares a channel with us but not the team.
        user = body["user"]
        team_id = user.get("team_id") or (body.get("team") or {}).get("id", "")
        self._serve(self._envelope(kind, id_, user["id"], team_id, body), ack)

    def _envelope(self, kind: Kind, id_: str, user: str, team: str, body: Mapping[str, Any]) -> Envelope:
        return Envelope(
            kind=kind, id=id_, slack_user_id=user, team_id=team, body=body, received=self._clock.monotonic()
        )

    def _serve(self, envelope: Envelope, ack: Ack) -> None:
        reply = errors.guarded(envelope, lambda: self.answer(envelope), count=self._count)
        acknowledge(ack, reply)
        self._screens.show(envelope, reply.screens)

    def answer(self, envelope: Envelope) -> Reply:
        """What the handler of this id replies. Raises `UnknownRequest`, `NotAllowed` or what the handler raises."""
        route = self._routes.get((envelope.kind, envelope.id))
        if route is None:
            raise errors.UnknownRequest
        person = self._recognize(envelope.slack_user_id, envelope.team_id)
        if not person.has(*route.roles):
            raise NotAllowed(route.whose if person.roles else None)
        return route.handler(Request(envelope=envelope, person=person))


def acknowledge(ack: Ack, reply: Reply) -> None:
    """Answer Slack's request with the one thing a reply may put there."""
    if reply.errors is not None:
        ack(response_action="errors", errors=dict(reply.errors))
    elif reply.view is not None:
        ack(response_action="update", view=reply.view)
    elif reply.clear:
        ack(response_action="clear")
    elif reply.message is not None:
        ack(response_type="ephemeral", text=reply.message.text, blocks=list(reply.message.blocks))
    else:
        ack()
