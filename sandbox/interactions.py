"""What a person does in the workspace: each deed reaches the app as Slack would tell it."""

from typing import Any

from sandbox.acting import finding
from sandbox.acting.choosing import check_choice
from sandbox.acting.escaping import as_said
from sandbox.acting.events import Events
from sandbox.acting.forms import problems
from sandbox.acting.outcome import TIMEOUT, Outcome, of
from sandbox.acting.payloads import Payloads
from sandbox.acting.replies import show_reply
from sandbox.acting.rooms import Rooms
from sandbox.acting.submissions import after_submission
from sandbox.blockkit.state import Values, initial_values, is_stateful, set_value
from sandbox.delivery.transport import Answer, Transport
from sandbox.errors import Refused
from sandbox.messages import as_slack_shows
from sandbox.model import App, Channel, Message, Payload, User
from sandbox.response_urls import ResponseUrls
from sandbox.workspace import Workspace

__all__ = ["TIMEOUT", "Interactions", "Outcome"]


class Interactions:
    """Acts as anyone. Every deed returns when the app has answered or three seconds have passed.

    Raises `Refused` for what Slack's client would not let that person do.
    """

    def __init__(self, workspace: Workspace, transport: Transport, response_urls: ResponseUrls) -> None:
        self._workspace = workspace
        self._transport = transport
        self._payloads = Payloads(workspace, response_urls)
        self.events = Events(workspace, transport)
        self.rooms = Rooms(workspace, self.events)

    async def slash(self, user_id: str, channel_id: str, line: str) -> Outcome:
        """Type a slash command into a channel or DM."""
        user, channel = finding.member(self._workspace, user_id, channel_id)
        command, _, text = line.strip().partition(" ")
        app = finding.app_with_command(self._workspace, command)
        payload = self._payloads.slash(app, user, channel, command, text.strip())
        answer = await self._transport.deliver(app, "slash", payload)
        if answer.problem is not None:
            return of(answer)
        return show_reply(self._workspace, app, channel, user, line.strip(), answer.body)

    async def say(self, user_id: str, channel_id: str, text: str, thread_ts: str | None = None) -> Outcome:
        """Write a message; an app whose Messages tab is read-only takes none."""
        user, channel = finding.member(self._workspace, user_id, channel_id)
        if not text.strip():
            raise Refused("there is nothing to send")
        if channel.is_archived:
            raise Refused("that channel is archived")
        if channel.is_im and not self._app_of(channel).takes_messages:
            raise Refused("sending messages to this app has been turned off")
        said = as_said(self._workspace, text)
        message = Message(ts=self._workspace.ids.ts(), channel=channel.id, user=user.id, text=said, thread_ts=thread_ts)
        self._workspace.post(channel, message)
        self.events.send_message(channel, as_slack_shows(self._workspace, message))
        return Outcome()

    async def shortcut(self, user_id: str, callback_id: str) -> Outcome:
        """Use a global shortcut."""
        user = finding.person(self._workspace, user_id)
        app = finding.app_with_shortcut(self._workspace, callback_id, "global")
        return await self._tell(app, self._payloads.shortcut(app, user, callback_id))

    async def message_shortcut(self, user_id: str, channel_id: str, ts: str, callback_id: str) -> Outcome:
        """Use a shortcut on a message that is kept."""
        user, channel = finding.member(self._workspace, user_id, channel_id)
        app = finding.app_with_shortcut(self._workspace, callback_id, "message")
        message = finding.message(self._workspace, channel, user, ts)
        if message.visible_to is not None:
            raise Refused("what is only visible to one person has no shortcuts")
        return await self._tell(app, self._payloads.message_shortcut(app, user, channel, message, callback_id))

    async def act_in_message(
        self, user_id: str, channel_id: str, ts: str, action_id: str, value: Any = None, block_id: str | None = None
    ) -> Outcome:
        """Press a button of a message, or choose in one of its menus."""
        user, channel = finding.member(self._workspace, user_id, channel_id)
        message = finding.message(self._workspace, channel, user, ts)
        if message.app_id is None:
            raise Refused("that message has no buttons")
        app = self._workspace.app_by_id(message.app_id)
        block, element = finding.element(message.blocks, action_id, block_id)
        held = message.values.setdefault(user.id, initial_values(message.blocks))
        action = self._choose(user, held, block, element, value)
        if not _is_told(block):
            return Outcome()
        return await self._tell(app, self._payloads.action_in_message(app, user, channel, message, action))

    async def act_in_view(
        self, user_id: str, view_id: str, action_id: str, value: Any = None, block_id: str | None = None
    ) -> Outcome:
        """Press, choose or type in a modal or the Home tab; the app hears of it where Slack would tell it."""
        user = finding.person(self._workspace, user_id)
        view = finding.own_view(self._workspace, user_id, view_id)
        block, element = finding.element(view.payload["blocks"], action_id, block_id)
        action = self._choose(user, view.values, block, element, value)
        view.errors.pop(block["block_id"], None)
        self._workspace.changed(user.id)
        if not _is_told(block):
            return Outcome()
        app = self._workspace.app_by_id(view.app_id)
        return await self._tell(app, self._payloads.action_in_view(app, user, view, action))

    async def submit(self, user_id: str) -> Outcome:
        """Press the submit button of the topmost modal; its fields are checked first, as Slack's client does."""
        user, view = finding.person(self._workspace, user_id), finding.submittable(self._workspace, user_id)
        view.errors = problems(view)
        if view.errors:
            self._workspace.changed(user.id)
            return Outcome(errors=view.errors)
        app = self._workspace.app_by_id(view.app_id)
        answer = await self._deliver(app, self._payloads.submission(app, user, view))
        return of(answer) if answer.problem else after_submission(self._workspace, app, view, answer.body)

    async def close(self, user_id: str, *, everything: bool = False) -> Outcome:
        """Press the close button (one view) or the x at the top (all of them)."""
        user, stack = finding.person(self._workspace, user_id), finding.open_modals(self._workspace, user_id)
        is_cleared = everything or bool(stack[-1].payload.get("clear_on_close"))
        view = stack[0] if is_cleared else stack[-1]
        del stack[stack.index(view) :]
        self._workspace.changed(user.id)
        if not view.payload.get("notify_on_close"):
            return Outcome()
        app = self._workspace.app_by_id(view.app_id)
        return await self._tell(app, self._payloads.closing(app, user, view, is_cleared=is_cleared))

    async def open_home(self, user_id: str, app_id: str, *, tab: str = "home") -> None:
        """Open the app's tab, home or messages; the event goes out in the background, as events do."""
        user, app = finding.person(self._workspace, user_id), self._workspace.app_by_id(app_id)
        self.events.send_home_opened(app, user, tab)

    async def redeliver(self) -> Answer:
        """Send the last payload once more; an event as its retry."""
        try:
            return await self._transport.redeliver()
        except LookupError as error:
            raise Refused(str(error)) from None

    async def _tell(self, app: App, payload: Payload) -> Outcome:
        return of(await self._deliver(app, payload))

    async def _deliver(self, app: App, payload: Payload) -> Answer:
        if not app.is_interactive:
            return Answer(problem="interactivity is switched off in the app's manifest")
        return await self._transport.deliver(app, "interactive", payload)

    def _choose(self, user: User, held: Values, block: Payload, element: Payload, value: Any) -> Payload:
        check_choice(self._workspace, user, element, value)
        try:
            if is_stateful(element):
                held[block["block_id"]][element["action_id"]] = set_value(element, value)
            return self._payloads.action(block, element, value)
        except LookupError as error:
            raise Refused(str(error)) from None

    def _app_of(self, channel: Channel) -> App:
        return next(app for app in self._workspace.apps.values() if app.bot_user in channel.members)


def _is_told(block: Payload) -> bool:
    return block["type"] != "input" or bool(block.get("dispatch_action"))
