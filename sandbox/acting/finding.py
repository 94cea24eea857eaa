"""Finding what a person points at. Everything here raises `Refused` for what Slack's client would not offer."""

from sandbox.blockkit.state import elements
from sandbox.errors import Refused
from sandbox.model import App, Channel, Message, Payload, User, View
from sandbox.workspace import Workspace


def person(workspace: Workspace, user_id: str) -> User:
    """Somebody who can sign in."""
    user = workspace.users.get(user_id)
    if user is None or user.deleted or user.is_bot:
        raise Refused("there is no such person, or they were deactivated")
    return user


def member(workspace: Workspace, user_id: str, channel_id: str) -> tuple[User, Channel]:
    """Somebody and a channel or DM they are in."""
    user = person(workspace, user_id)
    channel = workspace.channels.get(channel_id)
    if channel is None or user_id not in channel.members:
        raise Refused("that person is not in that channel")
    return user, channel


def message(workspace: Workspace, channel: Channel, user: User, ts: str) -> Message:
    """A message they see."""
    for each in workspace.visible_messages(channel, user.id):
        if each.ts == ts:
            return each
    raise Refused("that person sees no such message")


def own_view(workspace: Workspace, user_id: str, view_id: str) -> View:
    """Their topmost modal, or their Home tab."""
    view = next((each for each in workspace.views() if each.id == view_id), None)
    if view is None:
        raise Refused("that view is closed")
    if view.user != user_id:
        raise Refused("that view is somebody else's")
    if any(each is view for each in workspace.stack(user_id)[:-1]):
        raise Refused("another modal lies over that one")
    return view


def open_modals(workspace: Workspace, user_id: str) -> list[View]:
    """Their stack of modals, at least one."""
    stack = workspace.stack(user_id)
    if not stack:
        raise Refused("no modal is open")
    return stack


def submittable(workspace: Workspace, user_id: str) -> View:
    """The topmost modal, when it has a submit button."""
    top = open_modals(workspace, user_id)[-1]
    if not top.payload.get("submit"):
        raise Refused("this modal has no submit button")
    return top


def app_with_command(workspace: Workspace, command: str) -> App:
    """The app that has a slash command."""
    for app in workspace.apps.values():
        if "commands" in app.scopes and any(each["command"] == command for each in app.commands):
            return app
    raise Refused(f"{command} is not a valid command")


def app_with_shortcut(workspace: Workspace, callback_id: str, kind: str) -> App:
    """The app that has a shortcut and the scope for it; kind is global or message."""
    for app, shortcut in shortcuts(workspace, kind):
        if shortcut["callback_id"] == callback_id:
            return app
    raise Refused(f"no {kind} shortcut {callback_id}")


def shortcuts(workspace: Workspace, kind: str) -> list[tuple[App, Payload]]:
    """All shortcuts of a kind, global or message, each with its app."""
    return [
        (app, shortcut)
        for app in workspace.apps.values()
        if "commands" in app.scopes
        for shortcut in app.shortcuts
        if shortcut["type"] == kind
    ]


def element(blocks: list[Payload], action_id: str, block_id: str | None) -> tuple[Payload, Payload]:
    """An interactive element and the block it stands in."""
    for block, each in elements(blocks):
        if each.get("action_id") == action_id and block_id in (None, block["block_id"]):
            return block, each
    raise Refused(f"there is no element {action_id} here")
