"""What a person does in the workspace, and the payload each deed sends to the app, shaped as Slack shapes it."""

import asyncio
import html
from dataclasses import dataclass, field
from typing import Any

from sandbox.blockkit.state import elements, find_option, is_stateful, set_value, value_key
from sandbox.delivery.transport import Answer, Transport
from sandbox.errors import ApiError, Refused
from sandbox.messages import as_slack_shows as message_as_slack_shows
from sandbox.messages import posted
from sandbox.model import App, Channel, Message, Payload, User, View
from sandbox.response_urls import ResponseUrls
from sandbox.views import as_slack_shows, check_view, push_modal, update_view
from sandbox.workspace import Workspace

TIMEOUT = "operation_timeout"


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What the person sees at once: `error` when the app did not answer, `errors` at the fields of a form."""

    error: str | None = None
    errors: dict[str, str] = field(default_factory=dict)

    def as_dict(self) -> Payload:
        """As JSON."""
        return {"error": self.error, "errors": self.errors}


class Interactions:
    """Acts as anyone. Every method returns when the app has answered, or three seconds have passed."""

    def __init__(self, workspace: Workspace, transport: Transport, response_urls: ResponseUrls) -> None:
        self._workspace = workspace
        self._transport = transport
        self._urls = response_urls
        self._background: set[asyncio.Task[Answer]] = set()

    async def slash(self, user_id: str, channel_id: str, line: str) -> Outcome:
        """Type a slash command into a channel or DM. Raises `Refused` for one that no app has."""
        user, channel = self._member(user_id, channel_id)
        command, _, text = line.strip().partition(" ")
        app = self._app_with_command(command)
        payload = {
            "token": "deprecated",
            "team_id": user.team_id,
            "team_domain": self._workspace.team_domain,
            "channel_id": channel.id,
            "channel_name": channel.name or "directmessage",
            "user_id": user.id,
            "user_name": user.name,
            "command": command,
            "text": text.strip(),
            "api_app_id": app.id,
            "is_enterprise_install": "false",
            "response_url": self._urls.issue(app, channel, user.id, None),
            "trigger_id": self._workspace.triggers.issue(user_id=user.id, app_id=app.id),
        }
        answer = await self._transport.deliver(app, "slash", payload)
        if answer.problem is not None:
            return Outcome(error=TIMEOUT)
        if answer.body.get("text") or answer.body.get("blocks"):
            self._reply(app, channel, user, answer.body)
        return Outcome()

    async def shortcut(self, user_id: str, callback_id: str) -> Outcome:
        """Use a global shortcut."""
        user = self._user(user_id)
        app = self._app_with_shortcut(callback_id, "global")
        payload = self._base("shortcut", app, user) | {"callback_id": callback_id, "action_ts": self._ts()}
        return self._plain(await self._transport.deliver(app, "interactive", payload))

    async def message_shortcut(self, user_id: str, channel_id: str, ts: str, callback_id: str) -> Outcome:
        """Use a shortcut on a message."""
        user, channel = self._member(user_id, channel_id)
        app = self._app_with_shortcut(callback_id, "message")
        message = self._visible(channel, user, ts)
        payload = self._base("message_action", app, user) | {
            "callback_id": callback_id,
            "action_ts": self._ts(),
            "message_ts": ts,
            "channel": {"id": channel.id, "name": channel.name or "directmessage"},
            "message": message_as_slack_shows(self._workspace, message),
            "response_url": self._urls.issue(app, channel, user.id, message),
        }
        return self._plain(await self._transport.deliver(app, "interactive", payload))

    async def act_in_message(
        self, user_id: str, channel_id: str, ts: str, action_id: str, value: Any = None, block_id: str | None = None
    ) -> Outcome:
        """Press a button of a message, or choose in one of its menus."""
        user, channel = self._member(user_id, channel_id)
        message = self._visible(channel, user, ts)
        if message.app_id is None:
            raise Refused("that message has no buttons")
        app = self._workspace.app_by_id(message.app_id)
        block, element = _find(message.blocks, action_id, block_id)
        payload = self._base("block_actions", app, user) | {
            "container": {
                "type": "message",
                "message_ts": ts,
                "channel_id": channel.id,
                "is_ephemeral": message.visible_to is not None,
            },
            "channel": {"id": channel.id, "name": channel.name or "directmessage"},
            "message": message_as_slack_shows(self._workspace, message),
            "state": {"values": {}},
            "response_url": self._urls.issue(app, channel, user.id, message),
            "actions": [self._action(block, element, value)],
        }
        return self._plain(await self._transport.deliver(app, "interactive", payload))

    async def act_in_view(
        self, user_id: str, view_id: str, action_id: str, value: Any = None, block_id: str | None = None
    ) -> Outcome:
        """Press, choose or type in a modal or the Home tab; the app hears of it where Slack would tell it."""
        user, view = self._user(user_id), self._own_view(user_id, view_id)
        block, element = _find(view.payload["blocks"], action_id, block_id)
        if is_stateful(element):
            try:
                view.values[block["block_id"]][action_id] = set_value(element, value)
            except LookupError as error:
                raise Refused(str(error)) from None
            view.errors.pop(block["block_id"], None)
            self._workspace.changed(user.id)
        if block["type"] == "input" and not block.get("dispatch_action"):
            return Outcome()
        app = self._workspace.app_by_id(view.app_id)
        payload = self._base("block_actions", app, user) | {
            "container": {"type": "view", "view_id": view.id},
            "view": as_slack_shows(self._workspace, view),
            "actions": [self._action(block, element, value)],
        }
        return self._plain(await self._transport.deliver(app, "interactive", payload))

    async def submit(self, user_id: str) -> Outcome:
        """Press the submit button of the topmost modal; required fields are checked as Slack's client does."""
        user = self._user(user_id)
        view = self._top(user_id)
        missing = _missing(view)
        if missing:
            view.errors = missing
            self._workspace.changed(user.id)
            return Outcome(errors=missing)
        app = self._workspace.app_by_id(view.app_id)
        payload = self._base("view_submission", app, user) | {
            "view": as_slack_shows(self._workspace, view),
            "response_urls": [],
        }
        answer = await self._transport.deliver(app, "interactive", payload)
        if answer.problem is not None:
            return Outcome(error=TIMEOUT)
        return self._after_submit(app, user, view, answer.body)

    async def close(self, user_id: str, *, everything: bool = False) -> Outcome:
        """Press the close button (one view) or the x at the top (all of them)."""
        user = self._user(user_id)
        stack = self._workspace.stack(user_id)
        if not stack:
            raise Refused("no modal is open")
        is_cleared = everything or bool(stack[-1].payload.get("clear_on_close"))
        told = stack[0] if is_cleared else stack[-1]
        closed = list(stack) if is_cleared else [stack[-1]]
        del stack[len(stack) - len(closed) :]
        self._workspace.changed(user.id)
        if not told.payload.get("notify_on_close"):
            return Outcome()
        app = self._workspace.app_by_id(told.app_id)
        payload = self._base("view_closed", app, user) | {
            "view": as_slack_shows(self._workspace, told),
            "is_cleared": is_cleared,
        }
        payload.pop("trigger_id")
        return self._plain(await self._transport.deliver(app, "interactive", payload))

    async def open_home(self, user_id: str, app_id: str, *, tab: str = "home") -> None:
        """Open the app's tab; the event goes out in the background, as events do."""
        user = self._user(user_id)
        app = self._workspace.app_by_id(app_id)
        channel = self._workspace.im_of(app, user_id)
        home = self._workspace.homes.get((user_id, app_id))
        event = {
            "type": "app_home_opened",
            "user": user.id,
            "channel": channel.id if channel else "",
            "tab": tab,
            "event_ts": self._ts(),
        }
        if home is not None:
            event["view"] = as_slack_shows(self._workspace, home)
        await self.event(app, event)

    async def event(self, app: App, event: Payload) -> None:
        """Send an event the app has subscribed to, in the background, with retries."""
        if event["type"] not in app.events:
            return
        payload = {
            "token": "deprecated",
            "team_id": self._workspace.team_id,
            "api_app_id": app.id,
            "event": event,
            "type": "event_callback",
            "event_id": self._workspace.ids.new("Ev"),
            "event_time": int(self._workspace.clock.now()),
            "event_context": "sandbox",
            "context_team_id": self._workspace.team_id,
            "context_enterprise_id": None,
            "is_ext_shared_channel": False,
            "authorizations": [
                {
                    "enterprise_id": None,
                    "team_id": self._workspace.team_id,
                    "user_id": app.bot_user,
                    "is_bot": True,
                    "is_enterprise_install": False,
                }
            ],
        }
        task = asyncio.create_task(self._transport.deliver_event(app, payload))
        self._background.add(task)
        task.add_done_callback(self._background.discard)

    async def redeliver(self) -> Answer:
        """Send the last payload once more, unchanged, as a retry does."""
        if self._transport.last is None:
            raise Refused("nothing has been delivered yet")
        return await self._transport.deliver(*self._transport.last)

    def _after_submit(self, app: App, user: User, view: View, body: Payload) -> Outcome:
        stack = self._workspace.stack(user.id)
        action = body.get("response_action")
        if action == "errors":
            return self._field_errors(view, dict(body.get("errors") or {}))
        if action == "clear":
            stack.clear()
        elif action == "update":
            update_view(self._workspace, app, view, check_view(body.get("view"), surface="modal"), expected_hash=None)
        elif action == "push":
            push_modal(self._workspace, app, user.id, check_view(body.get("view"), surface="modal"))
        elif view in stack:
            stack.remove(view)
        self._workspace.changed(user.id)
        return Outcome()

    def _field_errors(self, view: View, errors: dict[str, str]) -> Outcome:
        inputs = {block["block_id"] for block in view.payload["blocks"] if block["type"] == "input"}
        unknown = set(errors) - inputs
        if unknown or not errors:
            raise ApiError("invalid_response_action_errors", unknown=sorted(unknown))
        view.errors = errors
        self._workspace.changed(view.user)
        return Outcome(errors=errors)

    def _reply(self, app: App, channel: Channel, user: User, body: Payload) -> None:
        is_public = body.get("response_type") == "in_channel"
        message = posted(
            self._workspace, app, channel, body, visible_to=None if is_public else user.id, is_checked=False
        )
        self._workspace.post(channel, message)

    def _base(self, kind: str, app: App, user: User) -> Payload:
        return {
            "type": kind,
            "team": {"id": user.team_id, "domain": self._workspace.team_domain},
            "user": {"id": user.id, "username": user.name, "name": user.name, "team_id": user.team_id},
            "api_app_id": app.id,
            "token": "deprecated",
            "trigger_id": self._workspace.triggers.issue(user_id=user.id, app_id=app.id),
            "enterprise": None,
            "is_enterprise_install": False,
        }

    def _action(self, block: Payload, element: Payload, value: Any) -> Payload:
        action = {
            "type": element["type"],
            "action_id": element["action_id"],
            "block_id": block["block_id"],
            "action_ts": self._ts(),
        }
        if element["type"] == "button":
            return action | {"text": element["text"], "value": element.get("value", "")}
        if element["type"] == "overflow":
            return action | {"selected_option": find_option(element, value)}
        key = value_key(element)
        return action | {key: set_value(element, value)[key]}

    def _plain(self, answer: Answer) -> Outcome:
        return Outcome(error=None if answer.problem is None else TIMEOUT)

    def _ts(self) -> str:
        return f"{self._workspace.clock.now():.6f}"

    def _user(self, user_id: str) -> User:
        user = self._workspace.users.get(user_id)
        if user is None or user.deleted:
            raise Refused("there is no such person, or they were deactivated")
        return user

    def _member(self, user_id: str, channel_id: str) -> tuple[User, Channel]:
        user = self._user(user_id)
        channel = self._workspace.channels.get(channel_id)
        if channel is None or user_id not in channel.members:
            raise Refused("that person is not in that channel")
        return user, channel

    def _visible(self, channel: Channel, user: User, ts: str) -> Message:
        for message in self._workspace.visible_messages(channel, user.id):
            if message.ts == ts:
                return message
        raise Refused("that person sees no such message")

    def _own_view(self, user_id: str, view_id: str) -> View:
        view = self._workspace.view(view_id)
        if view.user != user_id:
            raise Refused("that view is somebody else's")
        return view

    def _top(self, user_id: str) -> View:
        stack = self._workspace.stack(user_id)
        if not stack:
            raise Refused("no modal is open")
        if not stack[-1].payload.get("submit"):
            raise Refused("this modal has no submit button")
        return stack[-1]

    def _app_with_command(self, command: str) -> App:
        for app in self._workspace.apps.values():
            if any(each["command"] == command for each in app.commands) and "commands" in app.scopes:
                return app
        raise Refused(f"{command} is not a valid command")

    def _app_with_shortcut(self, callback_id: str, kind: str) -> App:
        for app in self._workspace.apps.values():
            if any(each["callback_id"] == callback_id and each["type"] == kind for each in app.shortcuts):
                return app
        raise Refused(f"no {kind} shortcut {callback_id}")


def unescaped(text: str) -> str:
    """Slack's three entities back to characters, for the page."""
    return html.unescape(text)


def _find(blocks: list[Payload], action_id: str, block_id: str | None) -> tuple[Payload, Payload]:
    for block, element in elements(blocks):
        if element.get("action_id") == action_id and block_id in (None, block["block_id"]):
            return block, element
    raise Refused(f"there is no element {action_id} here")


def _missing(view: View) -> dict[str, str]:
    """What Slack's own client says before anything is sent."""
    errors: dict[str, str] = {}
    for block in view.payload["blocks"]:
        if block["type"] != "input":
            continue
        element = block["element"]
        held = view.values[block["block_id"]][element["action_id"]].get(value_key(element))
        if held in (None, [], "") and not block.get("optional"):
            errors[block["block_id"]] = "Please complete this required field."
        elif isinstance(held, str) and len(held) > element.get("max_length", 3000):
            errors[block["block_id"]] = f"This is too long: {element.get('max_length', 3000)} characters fit."
    return errors
