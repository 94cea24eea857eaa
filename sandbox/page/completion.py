"""Which slash commands fit what has been typed so far."""

from collections.abc import Iterable
from dataclasses import dataclass

from sandbox.model import App

SHOWN_MAX = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class Suggestion:
    """A command as the list shows it."""

    command: str
    hint: str
    description: str
    app: str


def suggestions(apps: Iterable[App], typed: str) -> list[Suggestion]:
    """Commands that begin with what is typed; once a space follows, the one that it names, for its hint."""
    if not typed.startswith("/"):
        return []
    word, space, _ = typed.partition(" ")
    found = [
        Suggestion(
            command=command["command"],
            hint=command.get("usage_hint", ""),
            description=command.get("description", ""),
            app=app.name,
        )
        for app in apps
        if "commands" in app.scopes
        for command in app.commands
        if (command["command"] == word if space else command["command"].startswith(word))
    ]
    return sorted(found, key=lambda each: each.command)[:SHOWN_MAX]
