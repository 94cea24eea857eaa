"""Channels and DMs: opening, joining, describing and listing."""

from sandbox.api.paging import page
from sandbox.api.registry import Call, Method, codes
from sandbox.errors import ApiError, missing_scope
from sandbox.kinds import CHANNEL_KINDS
from sandbox.membership import dm_with, visible_channel
from sandbox.model import Channel, Payload

IM_USERS_MAX = 8


def open_conversation(call: Call) -> Payload:
    """The DM with one person; group DMs are beyond the sandbox."""
    users = [each for each in call.text("users").split(",") if each]
    if not users:
        raise ApiError("users_list_not_supplied")
    if len(users) > IM_USERS_MAX:
        raise ApiError("too_many_users")
    if len(users) > 1:
        call.require("mpim:write")
        raise ApiError("method_not_supported_for_channel_type")
    user = call.workspace.users.get(users[0])
    if user is None:
        raise ApiError("user_not_found")
    if call.workspace.is_stranger(user):
        raise ApiError("user_not_visible")
    was_open = call.workspace.im_of(call.app, users[0]) is not None
    channel = dm_with(call.workspace, call.app, users[0])
    shown = _shown(call, channel) if call.flag("return_im") else {"id": channel.id}
    return {"channel": shown, **({"no_op": True, "already_open": True} if was_open else {})}


def join(call: Call) -> Payload:
    """Enter a public channel; being there already is a warning."""
    channel = visible_channel(call.workspace, call.app, call.text("channel"))
    if channel.is_im or channel.is_private:
        raise ApiError("method_not_supported_for_channel_type")
    if channel.is_archived:
        raise ApiError("is_archived")
    warning = "already_in_channel"
    was_in = call.app.bot_user in channel.members
    channel.members.add(call.app.bot_user)
    call.workspace.changed(*channel.members)
    warned = {"warning": warning, "response_metadata": {"warnings": [warning]}} if was_in else {}
    return {"channel": _shown(call, channel), **warned}


def info(call: Call) -> Payload:
    """One channel; its size only when asked for."""
    channel = _readable(call)
    shown = _shown(call, channel)
    size = {"num_members": len(_members(call, channel))} if call.flag("include_num_members") else {}
    return {"channel": shown | size}


def members(call: Call) -> Payload:
    """Who is in a channel, by id; who was deactivated is in none."""
    every = [{"id": each} for each in _members(call, _readable(call))]
    shown, metadata = page(every, call, bad_limit="invalid_limit")
    return {"members": [each["id"] for each in shown], "response_metadata": metadata}


def list_channels(call: Call) -> Payload:
    """Channels of the types asked for, each of which needs its own scope; public ones unless told."""
    types = (call.text("types") or "public_channel").split(",")
    kinds = [kind for kind in CHANNEL_KINDS if kind.list_type in types]
    if len(kinds) != len(types):
        raise ApiError("invalid_types")
    for kind in kinds:
        call.require(kind.read_scope)
    found = [
        _shown(call, each) | ({} if each.is_im else {"num_members": len(_members(call, each))})
        for each in call.workspace.channels.values()
        if each.kind in kinds and _is_visible(call, each) and not (each.is_archived and call.flag("exclude_archived"))
    ]
    shown, metadata = page(found, call, bad_limit="invalid_limit")
    return {"channels": shown, "response_metadata": metadata}


def _readable(call: Call) -> Channel:
    scopes = [kind.read_scope for kind in CHANNEL_KINDS]
    if not call.app.scopes.intersection(scopes):
        raise missing_scope(",".join(scopes), call.app.scopes)
    channel = visible_channel(call.workspace, call.app, call.text("channel"))
    call.require(channel.kind.read_scope)
    return channel


def _members(call: Call, channel: Channel) -> list[str]:
    return sorted(each for each in channel.members if not call.workspace.users[each].deleted)


def _is_visible(call: Call, channel: Channel) -> bool:
    return channel.kind.list_type == "public_channel" or call.app.bot_user in channel.members


def _shown(call: Call, channel: Channel) -> Payload:
    shared: Payload = {"id": channel.id, "created": channel.created, "is_im": channel.is_im, "is_org_shared": False}
    if channel.is_im:
        return shared | {"user": channel.user, "is_archived": channel.is_archived}
    return shared | {
        "name": channel.name,
        "name_normalized": channel.name,
        "is_channel": True,
        "is_group": False,
        "is_mpim": False,
        "is_private": channel.is_private,
        "is_archived": channel.is_archived,
        "is_member": call.app.bot_user in channel.members,
        "topic": {"value": "", "creator": "", "last_set": 0},
        "purpose": {"value": "", "creator": "", "last_set": 0},
    }


_READING = codes("channel_not_found")
METHODS = {
    "conversations.open": Method(
        run=open_conversation,
        scope="im:write",
        errors=codes(
            "users_list_not_supplied too_many_users user_not_found user_not_visible user_disabled cannot_dm_bot",
            "method_not_supported_for_channel_type",
        ),
    ),
    "conversations.join": Method(
        run=join,
        scope="channels:join",
        required=("channel",),
        errors=_READING | codes("is_archived method_not_supported_for_channel_type"),
    ),
    "conversations.info": Method(run=info, takes_json=False, required=("channel",), errors=_READING),
    "conversations.members": Method(
        run=members, takes_json=False, required=("channel",), errors=_READING | codes("invalid_cursor invalid_limit")
    ),
    "conversations.list": Method(
        run=list_channels, takes_json=False, errors=codes("invalid_types invalid_cursor invalid_limit")
    ),
}
