"""An app's place: its Home tab, its messages, and what it says of itself."""

from collections.abc import Callable
from typing import Any

from nicegui import ui
from nicegui.element import Element

from sandbox.model import App, View
from sandbox.page.blocks import Blocks
from sandbox.page.conversation import Conversation, empty
from sandbox.page.html import tag
from sandbox.page.places import Places
from sandbox.page.surface import ViewSurface
from sandbox.page.tab import Tab

HOME, MESSAGES, ABOUT = "home", "messages", "about"


class AppPlace:
    """The three tabs of an app. Opening one tells the app, as Slack does."""

    def __init__(self, tab: Tab, app: App, places: Places) -> None:
        self._tab, self._app, self._places = tab, app, places
        self._home: View | None = None
        self._show: Callable[[], None] = lambda: None
        names = self._names()
        self._name = self._first(names)
        with ui.tabs().classes("app-tabs") as tabs:
            tabs.props("dense no-caps align=left inline-label indicator-color=transparent")
            for name in names:
                ui.tab(name, label=name.capitalize())
        tabs.set_value(self._name)
        tabs.on_value_change(self._turn)
        self._room = tag("div", classes="app-room", role="tabpanel", aria_label=f"{app.name}")
        self._open()

    def show(self) -> None:
        """Show what there is now."""
        self._show()

    def _names(self) -> list[str]:
        offered = {HOME: self._app.has_home, MESSAGES: self._app.has_messages}
        return [*(name for name, is_on in offered.items() if is_on), ABOUT]

    def _first(self, names: list[str]) -> str:
        unread = next(place.unread for place in self._places.apps() if place.id == self._app.id)
        return MESSAGES if unread and MESSAGES in names else names[0]

    def _turn(self, event: Any) -> None:
        self._name = str(event.value)
        self._open()

    def _open(self) -> None:
        self._room.clear()
        with self._room:
            self._show = {HOME: self._draw_home, MESSAGES: self._draw_messages, ABOUT: self._draw_about}[self._name]()
        self._show()
        if self._name != ABOUT:
            deed = self._tab.deeds.open_home(self._tab.user.id, self._app.id, tab=self._name)
            ui.timer(0, lambda: self._tab.attempt(deed), once=True)

    def _draw_home(self) -> Callable[[], None]:
        room = tag("div", classes="home blocks")
        shown: list[Blocks] = []

        def show() -> None:
            view = self._tab.workspace.homes.get((self._tab.user.id, self._app.id))
            if view is None:
                if not room.default_slot.children:
                    with room:
                        empty(f"{self._app.name} has not put anything here yet.")
                return
            if not shown:
                room.clear()
                shown.append(Blocks(room, ViewSurface(tab=self._tab, view=view)))
            if shown[0].show(view.payload["blocks"], view.errors):
                self._tab.restore_focus()

        return show

    def _draw_messages(self) -> Callable[[], None]:
        room: Element = tag("div", classes="conversation")
        shown: list[Conversation] = []

        def show() -> None:
            channel = self._places.dm(self._app)
            if channel is None:
                if not room.default_slot.children:
                    with room:
                        empty(f"{self._app.name} has not written to you yet.")
                return
            if not shown:
                room.clear()
                with room:
                    shown.append(Conversation(self._tab, channel, name=self._app.name))
            self._places.read(channel)
            shown[0].show()

        return show

    def _draw_about(self) -> Callable[[], None]:
        about = self._app.manifest.get("display_information", {})
        with tag("div", classes="about blocks"):
            tag("h3", self._app.name)
            tag("p", str(about.get("long_description") or about.get("description") or ""))
            tag("h4", "Commands")
            with tag("dl"):
                for command in self._app.commands:
                    tag("dt", f"{command['command']} {command.get('usage_hint', '')}")
                    tag("dd", command.get("description", ""))
            tag("h4", "What it may do")
            tag("p", ", ".join(sorted(self._app.scopes)) or "Nothing.")
        return lambda: None
