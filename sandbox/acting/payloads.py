"""The payloads of a person's deeds, shaped as Slack shapes them."""

import copy
from typing import Any

from sandbox.acting.escaping import escaped
from sandbox.blockkit.state import find_option, initial_values, set_value, value_key
from sandbox.messages import as_slack_shows as message_as_slack_shows
from sandbox.model import App, Channel, Message, Payload, User, View
from sandbox.response_urls import ResponseUrls
from sandbox.views import as_slack_shows
from sandbox.workspace import Workspace

DIRECT = "directmessage"
OLD_TOKEN = "deprecated"  # noqa: S105 the verification token that nobody should rely on


class Payloads:
    """Builds payloads; each brings a fresh trigger and, where Slack gives one, a response URL."""

    def __init__(self, workspace: Workspace, urls: ResponseUrls) -> None:
        self._workspace = workspace
        self._urls = urls

    def slash(self, app: App, user: User, channel: Channel, command: str, text: str) -> Payload:
        """A slash command; a form, so all values are strings."""
        declared = next(each for each in app.commands if each["command"] == command)
        return {
            "token": OLD_TOKEN,
            "team_id": self._workspace.team_id,
            "team_domain": self._workspace.team_domain,
            "channel_id": channel.id,
            "channel_name": channel.name or DIRECT,
            "user_id": user.id,
            "user_name": user.name,
            "command": command,
            "text": escaped(self._workspace, text) if declared.get("should_escape") else text,
            "api_app_id": app.id,
            "is_enterprise_install": "false",
            "response_url": self._urls.issue(app, channel, user.id, None),
            "trigger_id": self._trigger(app, user),
        }

    def shortcut(self, app: App, user: User, callback_id: str) -> Payload:
        """A global shortcut: no channel, no response URL."""
        return self._base("shortcut", app, user) | {"callback_id": callback_id, "action_ts": self._ts()}

    def message_shortcut(self, app: App, user: User, channel: Channel, message: Message, callback_id: str) -> Payload:
        """A shortcut on a message."""
        return self._base("message_action", app, user) | {
            "callback_id": callback_id,
            "action_ts": self._ts(),
            "message_ts": message.ts,
            **self._message_parts(app, user, channel, message),
        }

    def action_in_message(self, app: App, user: User, channel: Channel, message: Message, action: Payload) -> Payload:
        """A press or choice in a message."""
        return self._base("block_actions", app, user) | {
            "container": {
                "type": "message",
                "message_ts": message.ts,
                "channel_id": channel.id,
                "is_ephemeral": message.visible_to is not None,
            },
            **self._message_parts(app, user, channel, message),
            "state": {"values": copy.deepcopy(message.values.get(user.id) or initial_values(message.blocks))},
            "actions": [action],
        }

    def action_in_view(self, app: App, user: User, view: View, action: Payload) -> Payload:
        """A press or choice in a modal or the Home tab: no channel, no response URL."""
        return self._base("block_actions", app, user) | {
            "container": {"type": "view", "view_id": view.id},
            "view": as_slack_shows(self._workspace, view),
            "actions": [action],
        }

    def submission(self, app: App, user: User, view: View) -> Payload:
        """A modal's submit button."""
        return self._base("view_submission", app, user) | {
            "view": as_slack_shows(self._workspace, view),
            "response_urls": list(self._response_urls(app, user, view)),
        }

    def closing(self, app: App, user: User, view: View, *, is_cleared: bool) -> Payload:
        """A modal that was closed; nothing can be opened from that, so there is no trigger."""
        payload = self._base("view_closed", app, user)
        del payload["trigger_id"]
        return payload | {"view": as_slack_shows(self._workspace, view), "is_cleared": is_cleared}

    def action(self, block: Payload, element: Payload, value: Any) -> Payload:
        """One entry of `actions`. Raises `LookupError` for an option that is not there."""
        ids = {"action_id": element["action_id"], "block_id": block["block_id"]}
        action = {"type": element["type"], **ids, "action_ts": self._ts()}
        if element["type"] == "button":
            return action | {"text": element["text"]} | _given(element, "value")
        if element["type"] == "overflow":
            return action | {"selected_option": find_option(element, value)}
        key = value_key(element)
        return action | {key: set_value(element, value)[key]}

    def _base(self, kind: str, app: App, user: User) -> Payload:
        return {
            "type": kind,
            "team": {"id": self._workspace.team_id, "domain": self._workspace.team_domain},
            "user": {"id": user.id, "username": user.name, "name": user.name, "team_id": user.team_id},
            "api_app_id": app.id,
            "token": OLD_TOKEN,
            "trigger_id": self._trigger(app, user),
            "enterprise": None,
            "is_enterprise_install": False,
        }

    def _message_parts(self, app: App, user: User, channel: Channel, message: Message) -> Payload:
        return {
            "channel": {"id": channel.id, "name": channel.name or DIRECT},
            "message": message_as_slack_shows(self._workspace, message),
            "response_url": self._urls.issue(app, channel, user.id, message),
        }

    def _response_urls(self, app: App, user: User, view: View) -> "list[Payload]":
        urls: list[Payload] = []
        for block in view.payload["blocks"]:
            element = block.get("element") or {}
            if not element.get("response_url_enabled"):
                continue
            chosen = view.values[block["block_id"]][element["action_id"]][value_key(element)]
            channel = self._workspace.channels.get(chosen or "")
            if channel is not None:
                ids = {"block_id": block["block_id"], "action_id": element["action_id"], "channel_id": channel.id}
                urls.append({**ids, "response_url": self._urls.issue(app, channel, user.id, None)})
        return urls

    def _trigger(self, app: App, user: User) -> str:
        return self._workspace.triggers.issue(user_id=user.id, app_id=app.id)

    def _ts(self) -> str:
        return f"{self._workspace.clock.now():.6f}"


def _given(element: Payload, name: str) -> Payload:
    return {name: element[name]} if element.get(name) is not None else {}
