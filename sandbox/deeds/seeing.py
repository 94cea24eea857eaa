"""Reading the workspace: all of it, or what one person sees."""

import asyncio
from typing import TYPE_CHECKING

from sandbox.messages import as_slack_shows as message_as_slack_shows
from sandbox.model import Channel, Payload
from sandbox.views import as_slack_shows as view_as_slack_shows

if TYPE_CHECKING:
    from sandbox.server import Server

WAIT_SECONDS = 5.0


async def state(server: "Server", _body: Payload) -> Payload:
    """Team, users, channels and apps, each app with the number of its sockets."""
    workspace = server.workspace
    return {
        "team_id": workspace.team_id,
        "users": [
            {"id": user.id, "name": user.name, "real_name": user.real_name, "email": user.email, "tz": user.tz}
            for user in workspace.users.values()
        ],
        "channels": [
            {
                "id": channel.id,
                "name": channel.name,
                "is_im": channel.is_im,
                "is_private": channel.is_private,
                "is_archived": channel.is_archived,
                "members": sorted(channel.members),
            }
            for channel in workspace.channels.values()
        ],
        "apps": [
            {"id": app.id, "name": app.name, "bot_user": app.bot_user, "sockets": server.sockets.count(app)}
            for app in workspace.apps.values()
        ],
    }


async def eyes(server: "Server", body: Payload) -> Payload:
    """Everything `user_id` sees: messages by channel, open modals with the errors at their fields, Home tabs by app."""
    workspace, user_id = server.workspace, body["user_id"]
    return {
        "messages": {
            channel.id: _messages(server, channel, user_id)
            for channel in workspace.channels.values()
            if user_id in channel.members
        },
        "modals": [view_as_slack_shows(workspace, view) | {"errors": view.errors} for view in workspace.stack(user_id)],
        "homes": {
            app_id: view_as_slack_shows(workspace, view)
            for (owner, app_id), view in workspace.homes.items()
            if owner == user_id
        },
    }


async def wait(server: "Server", body: Payload) -> Payload:
    """Wait up to `seconds` of real time until `user_id` sees something; answers `is_there`.

    So many `messages`; a `text` in one; words in the `home` or the topmost `modal`; a modal whose
    `title` is just that; a modal whose hash is not `hash`.
    """
    changed = asyncio.Event()
    unsubscribe = server.workspace.subscribe(lambda _user_id: changed.set())
    try:
        async with asyncio.timeout(float(body.get("seconds", WAIT_SECONDS))):
            while not _is_there(await eyes(server, {"user_id": body["user_id"]}), body):
                await changed.wait()
                changed.clear()
    except TimeoutError:
        return {"is_there": False}
    finally:
        unsubscribe()
    return {"is_there": True}


async def calls(server: "Server", body: Payload) -> Payload:
    """The log of calls, uploads and posts to response URLs: of one `method`, `accepted` ones, or `after` so many."""
    method, accepted = body.get("method"), body.get("accepted")
    return {
        "calls": [
            {
                "method": each.method,
                "args": each.args,
                "at": each.at,
                "accepted": each.is_accepted,
                "answer": each.answer,
            }
            for each in server.records[int(body.get("after") or 0) :]
            if method in (None, each.method) and accepted in (None, each.is_accepted)
        ]
    }


async def times(server: "Server", body: Payload) -> Payload:
    """When each call of a `method` came that was carried out (or was not, by `accepted`), by the workspace's time."""
    method, accepted = body["method"], bool(body.get("accepted", True))
    found = [each.at for each in server.records if each.method == method and each.is_accepted == accepted]
    return {"times": found}


async def count_calls(server: "Server", _body: Payload) -> Payload:
    """How many entries that log has; whoever waits for the next ones asks for those `after` as many."""
    return {"count": len(server.records)}


async def deliveries(server: "Server", body: Payload) -> Payload:
    """The log of payloads sent to apps, of one `kind` when asked, with the number of the retry and the problem."""
    kind = body.get("kind")
    return {
        "deliveries": [
            {"kind": each.kind, "payload": each.payload, "at": each.at, "retry": each.retry, "problem": each.problem}
            for each in server.transport.attempts
            if kind in (None, each.kind)
        ]
    }


async def file(server: "Server", body: Payload) -> Payload:
    """Name, title and text of a shared file by `file_id`."""
    found = server.workspace.files[body["file_id"]]
    return {"name": found.name, "title": found.title, "text": (found.content or b"").decode()}


def _messages(server: "Server", channel: Channel, user_id: str) -> list[Payload]:
    return [
        message_as_slack_shows(server.workspace, message)
        | {"is_ephemeral": message.visible_to is not None, "notified": sorted(message.notified)}
        for message in server.workspace.visible_messages(channel, user_id)
    ]


def _is_there(seen: Payload, wanted: Payload) -> bool:
    if "messages" in wanted:
        return sum(len(each) for each in seen["messages"].values()) >= int(wanted["messages"])
    if "text" in wanted:
        return any(wanted["text"] in str(each) for messages in seen["messages"].values() for each in messages)
    if "home" in wanted:
        return any(wanted["home"] in str(each) for each in seen["homes"].values())
    if "title" in wanted:
        return bool(seen["modals"]) and bool(wanted["title"] == seen["modals"][-1]["title"]["text"])
    if "modal" in wanted:
        return bool(seen["modals"]) and wanted["modal"] in str(seen["modals"][-1])
    return bool(seen["modals"]) and seen["modals"][-1]["hash"] != wanted.get("hash")
