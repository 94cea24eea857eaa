"""Changing who is in the workspace and where, and starting afresh."""

from typing import TYPE_CHECKING

from sandbox.api.users import user_object
from sandbox.errors import Refused
from sandbox.model import Payload, User
from sandbox.seed import Seed, SeedUser

if TYPE_CHECKING:
    from sandbox.server import Server


async def join(server: "Server", body: Payload) -> Payload:
    """Add an account from the fields of `sandbox.seed.SeedUser`; apps hear of it. Answers `user_id`."""
    user = server.workspace.add_user(SeedUser(**body))
    _tell(server, "team_join", user)
    return {"user_id": user.id}


async def change_user(server: "Server", body: Payload) -> Payload:
    """Make `changes` to the account `user_id`: its zone, e-mail, `deleted`, a guest; apps hear of it."""
    user = server.workspace.users[body["user_id"]]
    unknown = set(body["changes"]) - set(SeedUser.model_fields) - {"team_id"}
    if unknown:
        raise Refused(f"an account has no {sorted(unknown)}")
    for name, value in body["changes"].items():
        setattr(user, name, value)
    user.updated = int(server.workspace.clock.now())
    _tell(server, "user_change", user)
    return {}


async def invite(server: "Server", body: Payload) -> Payload:
    """Bring `user_id`, a person or a bot, into `channel_id`; apps there hear of it."""
    await server.interactions.rooms.bring_in(body["channel_id"], body["user_id"])
    return {}


async def remove(server: "Server", body: Payload) -> Payload:
    """Take `user_id`, a person or a bot, out of `channel_id`; the apps that stay hear of it."""
    await server.interactions.rooms.take_out(body["channel_id"], body["user_id"])
    return {}


async def archive(server: "Server", body: Payload) -> Payload:
    """Archive `channel_id`: its messages can be read, and nothing can be said or changed there any more."""
    await server.interactions.rooms.archive(body["channel_id"])
    return {}


async def unarchive(server: "Server", body: Payload) -> Payload:
    """Open `channel_id` again, with the members that it had."""
    await server.interactions.rooms.unarchive(body["channel_id"])
    return {}


async def reset(server: "Server", body: Payload) -> Payload:
    """Start afresh, in real time, from a seed; the sockets of former apps close."""
    await server.reset(Seed(**body))
    return {}


def _tell(server: "Server", kind: str, user: User) -> None:
    now = server.workspace.clock.now()
    for app in server.workspace.apps.values():
        event = {"type": kind, "user": user_object(user, app, now), "cache_ts": int(now), "event_ts": f"{now:.6f}"}
        server.interactions.events.send(app, event)
