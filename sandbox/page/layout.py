"""The two columns of the page, the modals above them, and going from place to place."""

from nicegui import ui
from nicegui.element import Element

from sandbox.acting.finding import shortcuts
from sandbox.model import Payload
from sandbox.page.conversation import Conversation, empty
from sandbox.page.deed import busy
from sandbox.page.entries import menu_entry
from sandbox.page.home import AppPlace
from sandbox.page.html import icon, tag
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
            self._shown = self._draw(place)
        self._look()

    def _draw(self, place: str) -> Conversation | AppPlace | None:
        tab = self._tab
        app = tab.workspace.apps.get(place)
        channel = tab.workspace.channels.get(place)
        if app is not None:
            self._head(app.name, "App", "support")
            return AppPlace(tab, app, self._places)
        if channel is not None and tab.user.id in channel.members:
            self._head(channel.name or tab.name_of(str(channel.user)), f"{len(channel.members)} members", "tag")
            with tag("div", classes="conversation"):
                return Conversation(tab, channel, name=f"#{channel.name}")
        self._head("Nothing here", "", "help_outline")
        empty("You are not in this channel.")
        return None

    def _look(self) -> None:
        if isinstance(self._shown, Conversation):
            self._places.read(self._shown.channel)
        if self._shown is not None:
            self._shown.show()
        self._sidebar.show()

    def _head(self, title: str, words: str, picture: str) -> None:
        ui.page_title(f"{title} · {self._tab.user.real_name}")
        with tag("header", classes="main-head"):
            icon(picture)
            tag("h1", title)
            tag("span", words, classes="quiet")
            self._shortcuts()

    def _shortcuts(self) -> None:
        offered = [shortcut for _, shortcut in shortcuts(self._tab.workspace, "global")]
        if not offered:
            return
        more = tag("button", classes="press shortcuts", type="button", aria_haspopup="menu", data_spot="shortcuts")
        with more:
            icon("bolt")
            tag("span", "Shortcuts")
            with ui.menu().props("anchor='bottom right' self='top right'"):
                for shortcut in offered:
                    self._shortcut(shortcut, more)

    def _shortcut(self, shortcut: Payload, shown: Element) -> None:
        async def use() -> None:
            outcome = await self._tab.attempt(self._tab.deeds.shortcut(self._tab.user.id, shortcut["callback_id"]))
            if outcome.error:
                self._tab.warn(outcome.error)

        menu_entry(shortcut["name"], lambda: busy(shown, use), description=shortcut.get("description", ""))
