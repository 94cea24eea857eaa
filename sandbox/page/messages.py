"""The messages of one conversation, as its reader sees them."""

from collections.abc import Iterator
from dataclasses import dataclass

from nicegui import ui
from nicegui.element import Element

from sandbox.acting.finding import shortcuts
from sandbox.model import App, Channel, Message, Payload
from sandbox.page.avatar import avatar
from sandbox.page.blocks import Blocks
from sandbox.page.dates import clock_label, day_label
from sandbox.page.deed import busy
from sandbox.page.entries import menu_entry
from sandbox.page.files import draw_file
from sandbox.page.html import icon, tag
from sandbox.page.keyed import Item, KeyedList
from sandbox.page.surface import MessageSurface
from sandbox.page.tab import Tab
from sandbox.page.words import mrkdwn

SHOWN_STEP = 50
"""So many of the newest are drawn at first, and so many more at each press: a tab should open at once."""
EARLIER = "Show earlier messages"
BEGINNING = "This is the beginning of {where}."
BEGINNING_OF_DM = "This is the beginning of your messages."


@dataclass(frozen=True, slots=True)
class _Day:
    """A line between two days."""

    label: str


class Messages:
    """A log that follows the channel: newest at the bottom, and it stays there."""

    def __init__(self, tab: Tab, channel: Channel) -> None:
        self._tab = tab
        self._channel = channel
        name = f"Messages in {channel.name}" if channel.name else "Direct messages"
        with tag("div", classes="log-scroll", tabindex="0"), tag("div", classes="history"):
            words = BEGINNING.format(where=f"#{channel.name}") if channel.name else BEGINNING_OF_DM
            self._beginning = tag("div", words, classes="beginning")
            self._earlier = tag("button", EARLIER, classes="press earlier", type="button", data_spot="earlier")
            self._earlier.on("click", self._show_earlier)
            room = tag("div", classes="messages", role="log", aria_label=name, aria_live="polite")
        self._shown_max = SHOWN_STEP
        self._list: KeyedList[Message | _Day] = KeyedList(room, self._draw)

    def show(self) -> None:
        """Show what there is now."""
        messages = self._tab.workspace.visible_messages(self._channel, self._tab.user.id)
        has_earlier = len(messages) > self._shown_max
        self._beginning.set_visibility(not has_earlier)
        self._earlier.set_visibility(has_earlier)
        if self._list.show(self._items(messages[-self._shown_max :])):
            self._tab.restore_focus()

    def _show_earlier(self) -> None:
        self._shown_max += SHOWN_STEP
        self.show()

    def _items(self, messages: list[Message]) -> Iterator[Item[Message | _Day]]:
        day = ""
        for message in messages:
            label = day_label(float(message.ts), self._tab.zone, self._tab.now())
            if label != day:
                yield Item(key=label, looks=label, value=_Day(label))
                day = label
            looks = (message.text, str(message.blocks), tuple(message.files), message.edited_ts)
            yield Item(key=message.ts, looks=looks, value=message)

    def _draw(self, value: Message | _Day) -> Element:
        if isinstance(value, _Day):
            line = tag("div", classes="day-line")
            with line:
                tag("span", value.label)
            return line
        return self._message(value)

    def _message(self, message: Message) -> Element:
        author = self._tab.name_of(message.user) or "Somebody"
        element = tag(
            "article",
            classes=f"message {'ephemeral' if message.visible_to else ''}",
            aria_label=f"{author}, {clock_label(float(message.ts), self._tab.zone)}",
        )
        with element:
            avatar(author, is_app=message.app_id is not None)
            with tag("div", classes="message-main"):
                self._head(message, author)
                if message.blocks:
                    surface = MessageSurface(tab=self._tab, channel=self._channel, message=message)
                    Blocks(tag("div", classes="blocks"), surface).show(message.blocks, {})
                elif message.text:
                    mrkdwn(self._tab, message.text)
                for file_id in message.files:
                    draw_file(self._tab, file_id)
            self._shortcuts(message)
        return element

    def _head(self, message: Message, author: str) -> None:
        with tag("div", classes="message-head"):
            tag("span", author, classes="author")
            if message.app_id is not None:
                tag("span", "App", classes="badge")
            tag("time", clock_label(float(message.ts), self._tab.zone), classes="quiet")
            if message.edited_ts:
                tag("span", "(edited)", classes="quiet")
            if message.visible_to:
                with tag("span", classes="only-you"):
                    icon("visibility")
                    tag("span", "Only visible to you")

    def _shortcuts(self, message: Message) -> None:
        offered = shortcuts(self._tab.workspace, "message") if message.visible_to is None else []
        if not offered:
            return
        more = tag(
            "button",
            classes="press dots",
            type="button",
            aria_label="More actions",
            aria_haspopup="menu",
            data_spot=f"more/{self._channel.id}.{message.ts}",
        )
        with more:
            icon("more_vert")
            with ui.menu().props("anchor='bottom right' self='top right'"):
                for app, shortcut in offered:
                    self._shortcut(app, shortcut, message, more)

    def _shortcut(self, app: App, shortcut: Payload, message: Message, shown: Element) -> None:
        async def use() -> None:
            tab = self._tab
            deed = tab.deeds.message_shortcut(tab.user.id, self._channel.id, message.ts, shortcut["callback_id"])
            outcome = await tab.attempt(deed)
            if outcome.error:
                tab.warn(outcome.error)

        menu_entry(shortcut["name"], lambda: busy(shown, use), description=app.name)
