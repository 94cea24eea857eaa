"""The three characters Slack escapes in what people type, and the names it turns into ids."""

import html
import re
from collections.abc import Callable, Mapping

from sandbox.notifying import with_mentions
from sandbox.workspace import Workspace

PERSON, CHANNEL = re.compile(r"(?<!\w)@([\w.-]*\w)"), re.compile(r"(?<!\w)#([\w-]+)")


def as_stored(text: str) -> str:
    """Text as messages keep it: & < > as entities."""
    return html.escape(text, quote=False)


def as_said(workspace: Workspace, text: str) -> str:
    """What somebody typed into the message box, with the mentions that Slack's client makes of names and @channel."""
    return with_mentions(_with_ids(workspace, text, "{sign}{id}"))


def escaped(workspace: Workspace, text: str) -> str:
    """Text of a command that declares `should_escape`: @name and #name become ids where they name somebody."""
    return _with_ids(workspace, text, "{sign}{id}|{name}")


def _with_ids(workspace: Workspace, text: str, shape: str) -> str:
    people = {user.name: user.id for user in workspace.users.values()}
    channels = {channel.name: channel.id for channel in workspace.channels.values() if not channel.is_im}
    named = PERSON.sub(_mention("@", people, shape), as_stored(text))
    return CHANNEL.sub(_mention("#", channels, shape), named)


def _mention(sign: str, ids: Mapping[str, str], shape: str) -> Callable[["re.Match[str]"], str]:
    def mention(match: "re.Match[str]") -> str:
        name = match.group(1)
        return f"<{shape.format(sign=sign, id=ids[name], name=name)}>" if name in ids else match.group()

    return mention
