"""Kinds of conversations: public channels, private ones, DMs."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class ChannelKind:
    """What Slack calls a kind of conversation in lists and in events, and the scopes that go with it."""

    list_type: str
    event_type: str
    subscription: str
    read_scope: str
    history_scope: str


PUBLIC = ChannelKind(
    list_type="public_channel",
    event_type="channel",
    subscription="message.channels",
    read_scope="channels:read",
    history_scope="channels:history",
)
PRIVATE = ChannelKind(
    list_type="private_channel",
    event_type="group",
    subscription="message.groups",
    read_scope="groups:read",
    history_scope="groups:history",
)
DIRECT = ChannelKind(
    list_type="im", event_type="im", subscription="message.im", read_scope="im:read", history_scope="im:history"
)
CHANNEL_KINDS = (PUBLIC, PRIVATE, DIRECT)
