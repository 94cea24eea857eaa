"""Builders of what Slack sends; every argument has a default, so a test names only what matters."""

from collections.abc import Mapping
from typing import Any

from domain.ports import View
from handlers.request import Envelope, Kind, Request
from tests.builders.people import TEAM, a_person, account_of

Payload = dict[str, Any]
RESPONSE_URL = "https://hooks.example.org/response"


def a_view(
    callback: str = "modal.book", *, blocks: list[Payload] | None = None, kind: str = "modal", **more: Any
) -> Payload:
    """A modal (or Home tab) as Slack sends it back."""
    return {"id": "V1", "hash": "1.a", "type": kind, "callback_id": callback, "blocks": blocks or []} | more


def an_input(block_id: str) -> Payload:
    """An input block of a view."""
    return {"type": "input", "block_id": block_id}


def a_command(command: str = "/support", text: str = "", *, person: str = "ada", team: str = TEAM) -> Payload:
    """A typed command."""
    return {
        "command": command,
        "text": text,
        "user_id": account_of(person),
        "team_id": team,
        "trigger_id": "trigger-1",
        "response_url": RESPONSE_URL,
    }


def a_press(
    action_id: str,
    *,
    value: str = "",
    person: str = "ada",
    team: str = TEAM,
    view: Payload | None = None,
    trigger: str = "trigger-1",
) -> Payload:
    """A pressed button, in a message unless a view is given."""
    action = {"type": "button", "action_id": action_id, "block_id": "b1", "value": value, "action_ts": "1.1"}
    where: Payload = {"view": view} if view else {"response_url": RESPONSE_URL, "channel": {"id": "D1"}}
    user = {"id": account_of(person), "team_id": team}
    return {"type": "block_actions", "user": user, "trigger_id": trigger, "actions": [action]} | where


def a_submission(view: Payload, *, person: str = "ada", team: str = TEAM) -> Payload:
    """A submitted modal."""
    user = {"id": account_of(person), "team_id": team}
    return {"type": "view_submission", "user": user, "trigger_id": "trigger-1", "view": view}


def a_shortcut(callback: str, *, person: str = "ada", team: str = TEAM) -> Payload:
    """A global shortcut."""
    user = {"id": account_of(person), "team_id": team}
    return {"type": "shortcut", "user": user, "callback_id": callback, "trigger_id": "trigger-1"}


def a_message_shortcut(callback: str, *, text: str = "Hello", person: str = "ada", team: str = TEAM) -> Payload:
    """A shortcut on somebody's message."""
    message = {"type": "message", "user": account_of("bo"), "ts": "1.000001", "text": text}
    where = {"channel": {"id": "C1", "name": "general"}, "message_ts": "1.000001", "message": message}
    pressed = a_shortcut(callback, person=person, team=team)
    return pressed | {"type": "message_action", "response_url": RESPONSE_URL} | where


def an_event(
    type: str = "app_home_opened",  # noqa: A002
    *,
    person: str = "ada",
    team: str = TEAM,
    event_id: str = "Ev1",
    **more: Any,
) -> Payload:
    """An event of somebody's."""
    event = {"type": type, "user": account_of(person)} | more
    return {"type": "event_callback", "team_id": team, "event_id": event_id, "event": event}


def an_envelope(
    kind: Kind = Kind.COMMAND,
    id: str = "/support",  # noqa: A002
    *,
    person: str = "ada",
    body: Mapping[str, Any] | None = None,
    received: float = 1000.0,
) -> Envelope:
    """A request before anybody was recognized."""
    return Envelope(
        kind=kind,
        id=id,
        slack_user_id=account_of(person),
        team_id=TEAM,
        body=a_command() if body is None else body,
        received=received,
    )


def a_request(kind: Kind = Kind.COMMAND, id: str = "/support", *, body: Mapping[str, Any] | None = None) -> Request:  # noqa: A002
    """A request of Ada's."""
    return Request(envelope=an_envelope(kind, id, body=body), person=a_person())


def as_opened(form: View) -> Payload:
    """A form as Slack sends it back when nothing in it was touched."""
    inputs = [block for block in form["blocks"] if block["type"] == "input"]
    values = {block["block_id"]: {block["element"]["action_id"]: _untouched(block["element"])} for block in inputs}
    return a_view(form["callback_id"], state={"values": values}, private_metadata=form.get("private_metadata", ""))


_UNTOUCHED = {
    "initial_value": "value",
    "initial_option": "selected_option",
    "initial_options": "selected_options",
    "initial_date": "selected_date",
    "initial_time": "selected_time",
    "initial_user": "selected_user",
    "initial_users": "selected_users",
    "initial_conversation": "selected_conversation",
}


def _untouched(element: Mapping[str, Any]) -> Payload:
    return {sent: element[shown] for shown, sent in _UNTOUCHED.items() if shown in element}
