"""The control API: tests and demos speak and click as anyone, make trouble, and read what happened."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from sandbox.api.users import user_object
from sandbox.errors import ApiError, Refused
from sandbox.faults import Fault
from sandbox.messages import as_slack_shows as shown_message
from sandbox.model import Payload
from sandbox.seed import Seed, SeedUser
from sandbox.views import as_slack_shows

if TYPE_CHECKING:
    from sandbox.server import Server

Deed = Callable[["Server", Payload], Awaitable[Payload]]


async def state(server: "Server", _body: Payload) -> Payload:
    """Team, users, channels and apps."""
    workspace = server.workspace
    return {
        "team_id": workspace.team_id,
        "users": [
            {"id": user.id, "name": user.name, "real_name": user.real_name, "email": user.email, "tz": user.tz}
            for user in workspace.users.values()
        ],
        "channels": [
            {"id": channel.id, "name": channel.name, "is_im": channel.is_im, "members": sorted(channel.members)}
            for channel in workspace.channels.values()
        ],
        "apps": [
            {"id": app.id, "name": app.name, "bot_user": app.bot_user, "sockets": server.sockets.count(app)}
            for app in workspace.apps.values()
        ],
    }


async def act(server: "Server", body: Payload) -> Payload:
    """Do something as somebody: `deed` is a method of `Interactions`, the rest its arguments."""
    deeds: dict[str, Callable[..., Awaitable[Any]]] = {
        "slash": server.interactions.slash,
        "shortcut": server.interactions.shortcut,
        "message_shortcut": server.interactions.message_shortcut,
        "act_in_message": server.interactions.act_in_message,
        "act_in_view": server.interactions.act_in_view,
        "submit": server.interactions.submit,
        "close": server.interactions.close,
    }
    arguments = dict(body)
    outcome = await deeds[arguments.pop("deed")](**arguments)
    return {"outcome": outcome.as_dict()}


async def open_home(server: "Server", body: Payload) -> Payload:
    """Open an app's tab as somebody."""
    await server.interactions.open_home(**body)
    return {}


async def redeliver(server: "Server", _body: Payload) -> Payload:
    """Send the last payload again."""
    answer = await server.interactions.redeliver()
    return {"problem": answer.problem, "body": answer.body}


async def deliver(server: "Server", body: Payload) -> Payload:
    """Send a payload made by hand to the first app."""
    app = next(iter(server.workspace.apps.values()))
    answer = await server.transport.deliver(app, body["kind"], body["payload"])
    return {"problem": answer.problem, "body": answer.body}


async def eyes(server: "Server", body: Payload) -> Payload:
    """Everything one person sees: messages by channel, open modals, Home tabs, errors at fields."""
    workspace, user_id = server.workspace, body["user_id"]
    channels = [channel for channel in workspace.channels.values() if user_id in channel.members]
    return {
        "messages": {
            channel.id: [
                shown_message(workspace, message) | {"is_ephemeral": message.visible_to is not None}
                for message in workspace.visible_messages(channel, user_id)
            ]
            for channel in channels
        },
        "modals": [as_slack_shows(workspace, view) | {"errors": view.errors} for view in workspace.stack(user_id)],
        "homes": {
            app_id: as_slack_shows(workspace, view)
            for (owner, app_id), view in workspace.homes.items()
            if owner == user_id
        },
    }


async def wait(server: "Server", body: Payload) -> Payload:
    """Wait until a person's messages number `count` or more, or a view of theirs changes from `hash`; or time is up."""
    seconds = float(body.get("seconds", 5))
    changed = asyncio.Event()
    unsubscribe = server.workspace.subscribe(lambda _user_id: changed.set())
    try:
        async with asyncio.timeout(seconds):
            while not _is_there(await eyes(server, {"user_id": body["user_id"]}), body):
                await changed.wait()
                changed.clear()
    except TimeoutError:
        return {"is_there": False}
    finally:
        unsubscribe()
    return {"is_there": True}


async def add_fault(server: "Server", body: Payload) -> Payload:
    """Arm a fault."""
    server.faults.add(Fault(**body))
    return {}


async def clear_faults(server: "Server", _body: Payload) -> Payload:
    """Disarm all faults."""
    server.faults.clear()
    return {}


async def sockets(server: "Server", body: Payload) -> Payload:
    """Refresh or cut every socket of every app."""
    for app in server.workspace.apps.values():
        await (server.sockets.refresh(app) if body["what"] == "refresh" else server.sockets.close_all(app))
    return {}


async def calls(server: "Server", body: Payload) -> Payload:
    """The record of calls, by method and whether they were accepted, when asked."""
    method, accepted = body.get("method"), body.get("accepted")
    return {
        "calls": [
            {"method": each.method, "args": each.args, "at": each.at, "accepted": each.is_accepted, "answer": each.answer}
            for each in server.records
            if method in (None, each.method) and accepted in (None, each.is_accepted)
        ]
    }


async def reset(server: "Server", body: Payload) -> Payload:
    """Start afresh from a seed; the sockets of former apps close."""
    for app in tuple(server.workspace.apps.values()):
        await server.sockets.close_all(app)
    server.workspace.reset(Seed(**body))
    server.records.clear()
    server.faults.clear()
    return {}


async def join(server: "Server", body: Payload) -> Payload:
    """Add an account; apps hear of it."""
    user = server.workspace.add_user(SeedUser(**body))
    for app in server.workspace.apps.values():
        event = {"type": "team_join", "user": user_object(user, app), "event_ts": "0"}
        if "users:read" in app.scopes:
            await server.interactions.event(app, event)
    return {"user_id": user.id}


async def change_user(server: "Server", body: Payload) -> Payload:
    """Change an account's fields, deactivate it, make it a guest; apps hear of it."""
    user = server.workspace.users[body["user_id"]]
    for name, value in body["changes"].items():
        setattr(user, name, value)
    for app in server.workspace.apps.values():
        event = {"type": "user_change", "user": user_object(user, app), "event_ts": "0"}
        if "users:read" in app.scopes:
            await server.interactions.event(app, event)
    return {}


async def clock(server: "Server", body: Payload) -> Payload:
    """Move the workspace's time forward; the retries of events can be made quick."""
    server.workspace.clock.advance(float(body.get("seconds", 0)))
    if "retry_delays" in body:
        server.transport.retry_delays = tuple(body["retry_delays"])
    return {"now": server.workspace.clock.now()}


async def file(server: "Server", body: Payload) -> Payload:
    """The text of a shared file."""
    found = server.workspace.files[body["file_id"]]
    return {"name": found.name, "title": found.title, "text": (found.content or b"").decode()}


DEEDS: dict[str, Deed] = {
    "state": state,
    "act": act,
    "open_home": open_home,
    "redeliver": redeliver,
    "deliver": deliver,
    "eyes": eyes,
    "wait": wait,
    "fault": add_fault,
    "faults/clear": clear_faults,
    "sockets": sockets,
    "calls": calls,
    "reset": reset,
    "join": join,
    "change_user": change_user,
    "clock": clock,
    "file": file,
}


def routes(server: "Server") -> list[Route]:
    """One POST route for each deed."""
    return [Route(f"/_control/{name}", _endpoint(server, deed), methods=["POST"]) for name, deed in DEEDS.items()]


def _endpoint(server: "Server", deed: Deed) -> Callable[[Request], Awaitable[Response]]:
    async def endpoint(request: Request) -> Response:
        body = await request.json() if await request.body() else {}
        try:
            return JSONResponse(await deed(server, body))
        except Refused as refusal:
            return JSONResponse({"refused": str(refusal)}, status_code=409)
        except ApiError as error:
            return JSONResponse({"refused": str(error.body())}, status_code=409)

    return endpoint


def _is_there(seen: Payload, wanted: Payload) -> bool:
    if "messages" in wanted:
        return sum(len(each) for each in seen["messages"].values()) >= int(wanted["messages"])
    if "text" in wanted:
        return any(wanted["text"] in str(each) for messages in seen["messages"].values() for each in messages)
    if "home" in wanted:
        return any(wanted["home"] in str(each) for each in seen["homes"].values())
    if "modal" in wanted:
        return bool(seen["modals"]) and wanted["modal"] in str(seen["modals"][-1])
    return bool(seen["modals"]) and seen["modals"][-1]["hash"] != wanted.get("hash")
