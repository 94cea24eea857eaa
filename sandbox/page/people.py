"""Signing in: a click on a name. There are no passwords in a workspace on one's own machine."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from nicegui import ui
from nicegui.element import Element

from sandbox.model import User
from sandbox.page.avatar import avatar
from sandbox.page.conversation import empty
from sandbox.page.html import fresh_id, tag
from sandbox.workspace import Workspace


@dataclass(slots=True, kw_only=True)
class _Group:
    """Those with the same title; `cards` are what they can be found by, each with its card."""

    title: str
    users: Sequence[User]
    heading: str = field(default_factory=fresh_id)
    section: Element | None = None
    cards: list[tuple[str, Element]] = field(default_factory=list)

    @property
    def name(self) -> str:
        """What stands above them."""
        return self.title or "People"


def draw_people(workspace: Workspace) -> None:
    """Everybody by their titles; each name is a link, so that two people can be two tabs."""
    ui.page_title(f"Sign in · {workspace.team_name}")
    groups = _groups(workspace)
    with tag("div", classes="door"):
        tag("h1", workspace.team_name)
        tag("p", "Choose who to be. Open a second tab to be somebody else at the same time.", classes="door-words")
        search = ui.input(placeholder="Find a name")
        search.props("outlined dense autofocus clearable type=search aria-label='Find a name'").classes("door-search")
        if len(groups) > 1:
            _draw_jumps(groups)
        for group in groups:
            _draw_group(group)
        nobody = empty("Nobody here is called that.")
        nobody.set_visibility(not groups)
    search.on_value_change(lambda event: _narrow(groups, nobody, event))


def _groups(workspace: Workspace) -> list[_Group]:
    """By title in the order of the accounts, and by name within."""
    titles = dict.fromkeys(user.title for user in workspace.users.values())
    people = workspace.people()
    groups = (_Group(title=title, users=[user for user in people if user.title == title]) for title in titles)
    return [group for group in groups if group.users]


def _draw_jumps(groups: Sequence[_Group]) -> None:
    with tag("nav", classes="jumps", aria_label="Groups"):
        for group in groups:
            with tag("a", href=f"#{group.heading}", classes="jump"):
                tag("span", group.name)
                tag("span", str(len(group.users)), classes="quiet")


def _draw_group(group: _Group) -> None:
    with tag("section", aria_labelledby=group.heading) as group.section:
        tag("h2", group.name, id=group.heading, classes="door-heading", tabindex="-1")
        with tag("ul", classes="people"):
            group.cards += [(f"{user.real_name} {user.title}".casefold(), _card(user)) for user in group.users]


def _card(user: User) -> Element:
    entry = tag("li")
    with entry, tag("a", href=f"/as/{user.id}", classes="person"):
        avatar(user.real_name, classes="large")
        with tag("span", classes="person-words"):
            tag("span", user.real_name, classes="person-name")
            tag("span", user.tz.replace("_", " "), classes="quiet")
    return entry


def _narrow(groups: Sequence[_Group], nobody: Element, event: Any) -> None:
    wanted = str(event.value or "").casefold().strip()
    for group in groups:
        for words, card in group.cards:
            card.set_visibility(wanted in words)
        if group.section is not None:
            group.section.set_visibility(any(card.visible for _, card in group.cards))
    nobody.set_visibility(not any(card.visible for group in groups for _, card in group.cards))
