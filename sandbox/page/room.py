"""What can be done to a channel: archiving it, and bringing apps in and taking them out."""

from collections.abc import Awaitable, Callable

from nicegui import ui
from nicegui.element import Element

from sandbox.model import Channel
from sandbox.page.deed import busy
from sandbox.page.entries import menu_entry
from sandbox.page.html import icon, tag
from sandbox.page.tab import Tab

ARCHIVED = "This channel is archived. Its messages can be read, and nothing can be said here."
OPEN_AGAIN = "Open it again"


def room_menu(tab: Tab, channel: Channel) -> None:
    """A button with the menu."""
    more = tag(
        "button", classes="press dots", type="button", aria_label="This channel", aria_haspopup="menu", data_spot="room"
    )
    with more:
        icon("settings")
        with ui.menu().props("anchor='bottom right' self='top right'"):
            for words, description, deed in _entries(tab, channel):
                _entry(tab, more, words, description, deed)


def archived_bar(tab: Tab, channel: Channel) -> None:
    """What stands where one could write."""
    with tag("div", classes="read-only archived"):
        icon("inventory_2")
        tag("span", ARCHIVED)
        again = tag("button", OPEN_AGAIN, classes="press", type="button", data_spot="open-again")
        again.on("click", lambda: busy(again, lambda: _do(tab, lambda: tab.deeds.rooms.unarchive(channel.id))))


def _entries(tab: Tab, channel: Channel) -> list[tuple[str, str, Callable[[], Awaitable[None]]]]:
    rooms = tab.deeds.rooms
    if channel.is_archived:
        return [("Open again", "Members can write here again", lambda: rooms.unarchive(channel.id))]
    apps = [_of_app(tab, channel, app.name, app.bot_user) for app in tab.workspace.apps.values()]
    return [*apps, ("Archive", "Nothing can be said here any more", lambda: rooms.archive(channel.id))]


def _of_app(tab: Tab, channel: Channel, name: str, bot: str) -> tuple[str, str, Callable[[], Awaitable[None]]]:
    rooms = tab.deeds.rooms
    if bot in channel.members:
        return f"Take {name} out", "It cannot write here any more", lambda: rooms.take_out(channel.id, bot)
    return f"Bring {name} in", "It can write here then", lambda: rooms.bring_in(channel.id, bot)


def _entry(tab: Tab, shown: Element, words: str, description: str, deed: Callable[[], Awaitable[None]]) -> None:
    menu_entry(words, lambda: busy(shown, lambda: _do(tab, deed)), description=description)


async def _do(tab: Tab, deed: Callable[[], Awaitable[None]]) -> None:
    outcome = await tab.attempt(deed())
    if outcome.error:
        tab.warn(outcome.error)
