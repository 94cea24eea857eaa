"""The line above a place: what it is called, shortcuts from anywhere, and what can be done to a channel."""

from nicegui import ui
from nicegui.element import Element

from sandbox.acting.finding import shortcuts
from sandbox.model import Channel, Payload
from sandbox.page.deed import busy
from sandbox.page.entries import menu_entry
from sandbox.page.html import icon, tag
from sandbox.page.room import room_menu
from sandbox.page.tab import Tab


class Head:
    """Drawn anew when a channel's members change; what is being typed below it stays."""

    def __init__(self, tab: Tab) -> None:
        self._tab = tab
        self._room = tag("div", classes="head-room")

    def show(self, title: str, words: str, picture: str, *, channel: Channel | None = None) -> None:
        """Say where we are."""
        ui.page_title(f"{title} · {self._tab.user.real_name}")
        self._room.clear()
        with self._room, tag("header", classes="main-head"):
            icon(picture)
            tag("h1", title)
            tag("span", words, classes="quiet")
            with tag("div", classes="head-tools"):
                self._shortcuts()
                if channel is not None and not channel.is_im:
                    room_menu(self._tab, channel)

    def show_channel(self, channel: Channel) -> None:
        """Say which channel this is, and how many are in it."""
        number = len(channel.members)
        name = channel.name or self._tab.name_of(str(channel.user))
        self.show(name, f"{number} member{'' if number == 1 else 's'}", "tag", channel=channel)

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
