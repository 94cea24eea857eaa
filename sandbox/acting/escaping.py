"""The three characters Slack escapes in what people type, and the names it turns into ids."""

import html
import re

from sandbox.workspace import Workspace


def as_stored(text: str) -> str:
    """Typed text as messages keep it: & < > as entities."""
    return html.escape(text, quote=False)


def unescaped(text: str) -> str:
    """Entities back to characters, for showing."""
    return html.unescape(text)


def escaped(workspace: Workspace, text: str) -> str:
    """Text of a command that declares `should_escape`: @name and #name become ids where they name somebody."""
    people = {user.name: user.id for user in workspace.users.values()}
    channels = {channel.name: channel.id for channel in workspace.channels.values() if not channel.is_im}

    def person(match: re.Match[str]) -> str:
        name = match.group(1)
        return f"<@{people[name]}|{name}>" if name in people else match.group()

    def channel(match: re.Match[str]) -> str:
        name = match.group(1)
        return f"<#{channels[name]}|{name}>" if name in channels else match.group()

    named = re.sub(r"@([\w.-]+)", person, as_stored(text))
    return re.sub(r"#([\w-]+)", channel, named)
