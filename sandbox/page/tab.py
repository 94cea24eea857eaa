"""One browser tab: who is signed in there, what they look at, and how they act."""

import asyncio
from collections.abc import Awaitable, Callable
from zoneinfo import ZoneInfo

from nicegui import Client, ui

from sandbox.errors import ApiError, Refused
from sandbox.interactions import TIMEOUT, Interactions, Outcome
from sandbox.model import App, Channel, User, View
from sandbox.page.dates import zone_of
from sandbox.page.turns import Turns
from sandbox.server import Server
from sandbox.workspace import Workspace

NO_ANSWER = "The app did not answer in time. Nothing was lost: try again."
UNSHOWABLE = "The app answered with something that Slack would not show ({code})."


class Tab:
    """One person in one browser tab. Everything drawn for it is told of changes through `watch`."""

    def __init__(self, server: Server, user: User, client: Client, turns: Turns) -> None:
        self.server = server
        self.user = user
        self.zone: ZoneInfo = zone_of(user.tz)
        self.client = client
        self.place = ""
        self._turns = turns
        self._watchers: list[Callable[[], object]] = []
        self._is_due = False
        client.on_delete(server.workspace.subscribe(self._hear))
        client.on_delete(lambda: turns.leave(user.id, self))
        client.on_disconnect(lambda: server.workspace.changed(user.id))  # another tab may show what stood here

    @property
    def workspace(self) -> Workspace:
        """What there is to see."""
        return self.server.workspace

    @property
    def deeds(self) -> Interactions:
        """What a person can do: the same deeds that tests do through the control API."""
        return self.server.interactions

    @property
    def is_connected(self) -> bool:
        """Whether the browser is still there."""
        return bool(self.client.has_socket_connection)

    def modals(self) -> list[View]:
        """The open modals that stand in this tab, the topmost last."""
        stack = self.workspace.stack(self.user.id)
        return stack if stack and self._turns.shows(self.user.id, self, stack[0].root_id) else []

    def now(self) -> float:
        """The time in the workspace."""
        return self.workspace.clock.now()

    def watch(self, watcher: Callable[[], object]) -> None:
        """Call `watcher` soon after each change that this person can see."""
        self._watchers.append(watcher)

    def refresh(self) -> None:
        """Let everything drawn look again, once, at the end of this turn of the event loop."""
        if not self._is_due:
            self._is_due = True
            asyncio.get_running_loop().call_soon(self._look)

    async def attempt(self, deed: Awaitable[Outcome | None]) -> Outcome:
        """Do something; what the workspace refuses comes back as an error in words."""
        self._turns.take(self.user.id, self)
        try:
            outcome = await deed or Outcome()
        except Refused as refusal:
            return Outcome(error=f"{refusal}".capitalize() + ".")
        except ApiError as error:
            return Outcome(error=UNSHOWABLE.format(code=error.code))
        return Outcome(error=NO_ANSWER) if outcome.error == TIMEOUT else outcome

    def warn(self, sentence: str) -> None:
        """Say that something went wrong, where no better place is at hand."""
        with self.client:
            ui.notify(sentence, type="negative", position="top", close_button="Close")

    def restore_focus(self) -> None:
        """Put the focus back to where it was, if drawing anew has lost it."""
        self.client.run_javascript("sandboxPage.restoreFocus()")

    def enter_modal(self, view_id: str) -> None:
        """Go to where the focus was in this modal, or to its first field."""
        self.client.run_javascript(f"sandboxPage.enterModal({view_id!r})")

    def leave_modals(self) -> None:
        """Go back to where the focus was before the first modal opened."""
        self.client.run_javascript("sandboxPage.leaveModals()")

    def focus_first_error(self) -> None:
        """Go to the first field that something is wrong with."""
        self.client.run_javascript("sandboxPage.focusFirstError()")

    def channels(self) -> list[Channel]:
        """The channels and DMs that this person is in."""
        return [each for each in self.workspace.channels.values() if self.user.id in each.members]

    def app_in(self, channel: Channel) -> App | None:
        """The app at the other side of a DM; None for a channel and for a DM of people."""
        if not channel.is_im:
            return None
        return next((app for app in self.workspace.apps.values() if app.bot_user in channel.members), None)

    def name_of(self, user_id: str) -> str:
        """A member's name, or nothing for an unknown id."""
        user = self.workspace.users.get(user_id)
        return user.real_name if user else ""

    def channel_name(self, channel_id: str) -> str:
        """A channel's name, or nothing for one that this person is not in."""
        channel = self.workspace.channels.get(channel_id)
        return channel.name if channel and self.user.id in channel.members else ""

    def _hear(self, user_id: str) -> None:
        if user_id == self.user.id:
            self.refresh()

    def _look(self) -> None:
        self._is_due = False
        with self.client:
            for watcher in self._watchers:
                watcher()
