"""The two columns of the page, the modals above them, and going from place to place."""

from nicegui import ui

from sandbox.page.conversation import Conversation, empty
from sandbox.page.head import Head
from sandbox.page.home import AppPlace
from sandbox.page.html import tag
from sandbox.page.modals import Modals
from sandbox.page.places import Places
from sandbox.page.sidebar import Sidebar
from sandbox.page.tab import Tab


class Layout:
    """Everything that a signed-in person sees."""

    def __init__(self, tab: Tab, place: str) -> None:
        self._tab = tab
        self._places = Places(tab)
        self._shown: Conversation | AppPlace | None = None
        self._drawn: object = None
        self._members: frozenset[str] = frozenset()
        with tag("div", classes="frame"):
            self._sidebar = Sidebar(tab, self._places, self.go)
            self._main = tag("div", classes="main")
        self._open(place or self._places.first())
        Modals(tab)
        tab.watch(self._look)
        ui.on("place", lambda event: self._open(str(event.args)))

    def go(self, place: str) -> None:
        """Go to a channel or an app, and let the browser's back button lead back."""
        if place != self._tab.place:
            with self._tab.client:
                ui.navigate.history.push(f"/as/{self._tab.user.id}/{place}")
            self._open(place)

    def _open(self, place: str) -> None:
        self._tab.place = place
        self._main.clear()
        with self._tab.client, self._main:
            self._head = Head(self._tab)
            self._shown = self._draw(place)
        self._drawn, self._members = self._looks()
        self._look()

    def _looks(self) -> tuple[object, frozenset[str]]:
        """What a conversation depends on, and what only the line above it does."""
        channel = self._tab.workspace.channels.get(self._tab.place)
        if channel is None:
            return None, frozenset()
        return (channel.is_archived, self._tab.user.id in channel.members), frozenset(channel.members)

    def _draw(self, place: str) -> Conversation | AppPlace | None:
        tab = self._tab
        app = tab.workspace.apps.get(place)
        channel = tab.workspace.channels.get(place)
        if app is not None:
            self._head.show(app.name, "App", "support")
            return AppPlace(tab, app, self._places)
        if channel is not None and tab.user.id in channel.members:
            self._head.show_channel(channel)
            with tag("div", classes="conversation"):
                return Conversation(tab, channel, name=f"#{channel.name}")
        self._head.show("Nothing here", "", "help_outline")
        empty("You are not in this channel.")
        return None

    def _look(self) -> None:
        drawn, members = self._looks()
        if drawn != self._drawn:
            self._open(self._tab.place)
            self._tab.restore_focus()
            return
        if members != self._members and isinstance(self._shown, Conversation):
            self._members = members
            self._head.show_channel(self._shown.channel)
            self._tab.restore_focus()
        if isinstance(self._shown, Conversation):
            self._places.read(self._shown.channel)
        if self._shown is not None:
            self._shown.show()
        self._sidebar.show()
