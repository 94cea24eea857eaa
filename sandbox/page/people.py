"""Signing in: a click on a name. There are no passwords in a workspace on one's own machine."""

from typing import Any

from nicegui import ui
from nicegui.element import Element

from sandbox.model import User
from sandbox.page.avatar import avatar
from sandbox.page.html import tag
from sandbox.workspace import Workspace


def draw_people(workspace: Workspace) -> None:
    """A grid of everybody; each name is a link, so that two people can be two tabs."""
    ui.page_title(f"Sign in · {workspace.team_name}")
    cards: list[tuple[str, Element]] = []
    with tag("main", classes="door"):
        tag("h1", workspace.team_name)
        tag("p", "Choose who to be. Open a second tab to be somebody else at the same time.", classes="door-words")
        search = ui.input(placeholder="Find a name", on_change=lambda event: _narrow(cards, event))
        search.props("outlined dense autofocus clearable type=search aria-label='Find a name'").classes("door-search")
        with tag("ul", classes="people"):
            cards += [(user.real_name.casefold(), _card(user)) for user in workspace.people()]


def _card(user: User) -> Element:
    entry = tag("li")
    with entry, tag("a", href=f"/as/{user.id}", classes="person"):
        avatar(user.real_name, classes="large")
        with tag("span", classes="person-words"):
            tag("span", user.real_name, classes="person-name")
            tag("span", f"@{user.name}", classes="quiet")
    return entry


def _narrow(cards: list[tuple[str, Element]], event: Any) -> None:
    wanted = str(event.value or "").casefold().strip()
    for name, card in cards:
        card.set_visibility(wanted in name)
