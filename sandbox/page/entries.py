"""Entries of the small menus that open at a button."""

from collections.abc import Awaitable, Callable

from nicegui import ui

from sandbox.page.html import tag


def menu_entry(words: str, deed: Callable[[], Awaitable[None]], *, description: str = "") -> None:
    """An entry that does a deed; to be drawn inside of a menu."""
    with ui.menu_item(on_click=deed).props("role=menuitem"), tag("div"):
        tag("div", words)
        if description:
            tag("div", description, classes="quiet")
