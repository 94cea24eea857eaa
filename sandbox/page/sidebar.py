"""The left column: the workspace, who is signed in, and where they can go."""

from collections.abc import Callable

from nicegui import ui
from nicegui.element import Element

from sandbox.page.avatar import avatar
from sandbox.page.html import fresh_id, icon, tag
from sandbox.page.keyed import Item, KeyedList
from sandbox.page.places import Place, Places
from sandbox.page.tab import Tab


class Sidebar:
    """Follows names, unread counts and where the person is."""

    def __init__(self, tab: Tab, places: Places, go: Callable[[str], None]) -> None:
        self._tab, self._go = tab, go
        self._sections: list[tuple[Element, KeyedList[Place], Callable[[], list[Place]]]] = []
        with tag("div", classes="side"):
            tag("div", tab.workspace.team_name, classes="team")
            with tag("nav", classes="places", aria_label="Channels and apps"):
                self._section("Channels", places.channels)
                self._section("Direct messages", places.people)
                self._section("Apps", places.apps)
                self._section("Archived", places.archived)
            self._person()

    def show(self) -> None:
        """Show what there is now."""
        is_changed = False
        for section, entries, found in self._sections:
            places = found()
            section.set_visibility(bool(places))
            is_changed |= entries.show(
                Item(key=place.id, looks=(place, place.id == self._tab.place), value=place) for place in places
            )
        if is_changed:
            self._tab.restore_focus()

    def _section(self, title: str, found: Callable[[], list[Place]]) -> None:
        heading = fresh_id()
        with tag("section", aria_labelledby=heading) as section:
            tag("h2", title, id=heading, classes="side-heading")
            entries = tag("ul")
        self._sections.append((section, KeyedList(entries, self._draw), found))

    def _draw(self, place: Place) -> Element:
        is_here = place.id == self._tab.place
        entry = tag("li")
        with entry:
            link = tag(
                "a",
                classes=f"place {'is-here' if is_here else ''} {'is-unread' if place.unread else ''}",
                href=f"/as/{self._tab.user.id}/{place.id}",
                data_spot=f"side/{place.id}",
                aria_current="page" if is_here else None,
            )
            link.on("click.exact.prevent", lambda: self._go(place.id))
            with link:
                icon(place.icon)
                tag("span", place.name, classes="place-name")
                if place.mentions:
                    told = f"{place.unread} unread, {place.mentions} for you"
                    tag("span", str(place.mentions), classes="unread", aria_label=told)
                elif place.unread:
                    tag("span", "", classes="unread dot", role="img", aria_label=f"{place.unread} unread")
        return entry

    def _person(self) -> None:
        user = self._tab.user
        with tag("div", classes="me"):
            avatar(user.real_name)
            with tag("div", classes="me-words"):
                tag("div", user.real_name, classes="me-name")
                tag("div", user.tz.replace("_", " "), classes="quiet")
            with tag("a", href="/", target="_blank", classes="switch", aria_label="Open a tab as somebody else"):
                icon("group_add")
                ui.tooltip("Open a tab as somebody else")
