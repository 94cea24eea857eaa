"""Changing who is in the workspace and where, and starting afresh."""

from typing import TYPE_CHECKING

from sandbox.api.users import user_object
from sandbox.errors import Refused
from sandbox.model import Channel, Payload, User
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
    channel, user = _channel(server, body, "nobody can be invited to a DM"), server.workspace.users[body["user_id"]]
    if channel.is_archived:
        raise Refused("nobody can be invited to an archived channel")
    channel.members.add(user.id)
    server.workspace.changed(*channel.members)
    _tell_members(server, "member_joined_channel", channel, user)
    return {}


async def remove(server: "Server", body: Payload) -> Payload:
    """Take `user_id`, a person or a bot, out of `channel_id`; the apps that stay hear of it."""
    channel, user = _channel(server, body, "nobody can be taken out of a DM"), server.workspace.users[body["user_id"]]
    if user.id not in channel.members:
        raise Refused("they are not in that channel")
    channel.members.remove(user.id)
    server.workspace.changed(user.id, *channel.members)
    _tell_members(server, "member_left_channel", channel, user)
    return {}


async def archive(server: "Server", body: Payload) -> Payload:
    """Archive `channel_id`: its messages can be read, and nothing can be said or changed there any more."""
    return _set_archived(server, body, is_archived=True)


async def unarchive(server: "Server", body: Payload) -> Payload:
    """Open `channel_id` again, with the members that it had."""
    return _set_archived(server, body, is_archived=False)


async def reset(server: "Server", body: Payload) -> Payload:
    """Start afresh, in real time, from a seed; the sockets of former apps close."""
    await server.reset(Seed(**body))
    return {}


def _channel(server: "Server", body: Payload, refusal: str) -> Channel:
    channel = server.workspace.channels[body["channel_id"]]
    if channel.is_im:
        raise Refused(refusal)
    return channel


def _set_archived(server: "Server", body: Payload, *, is_archived: bool) -> Payload:
    channel = _channel(server, body, "a DM cannot be archived")
    if channel.is_archived == is_archived:
        raise Refused(f"that channel {'is archived already' if is_archived else 'is not archived'}")
    channel.is_archived = is_archived
    server.workspace.changed(*channel.members)
    return {}


def _tell_members(server: "Server", kind: str, channel: Channel, user: User) -> None:
    event = {
        "type": kind,
        "user": user.id,
        "channel": channel.id,
        "channel_type": "G" if channel.is_private else "C",
        "team": server.workspace.team_id,
        "event_ts": server.workspace.ids.ts(),
    }
    server.interactions.events.send_all(event, within=channel)


def _tell(server: "Server", kind: str, user: User) -> None:
    now = server.workspace.clock.now()
    for app in server.workspace.apps.values():
        event = {"type": kind, "user": user_object(user, app, now), "cache_ts": int(now), "event_ts": f"{now:.6f}"}
        server.interactions.events.send(app, event)
