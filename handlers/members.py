"""Slack tells when an account joins or changes; the local member table follows at once."""

from collections.abc import Callable
from typing import Any

from slack_bolt import Ack, App

from domain.ports import WorkspaceMember

EVENTS = ("team_join", "user_change")

Note = Callable[[WorkspaceMember], None]
Read = Callable[[dict[str, Any]], WorkspaceMember]


def observe_members(app: App, *, read: Read, note: Note) -> None:
    """Attach the observers. They stand apart from the router: these events come from Slack, not from a person.

    `read` turns Slack's user object into a value, `note` stores it. Saying the same twice changes nothing.
    """

    def on_change(body: dict[str, Any], ack: Ack) -> None:
        note(read(body["event"]["user"]))
        ack()

    for event in EVENTS:
        app.event(event)(on_change)
