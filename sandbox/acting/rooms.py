"""Who is in a channel and whether anything can be said there: what a member with the right to may change."""

from sandbox.acting.events import Events
from sandbox.errors import Refused
from sandbox.model import Channel
from sandbox.workspace import Workspace


class Rooms:
    """Changes channels. Everything here raises `Refused` for what Slack's client would not offer."""

    def __init__(self, workspace: Workspace, events: Events) -> None:
        self._workspace = workspace
        self._events = events

    async def bring_in(self, channel_id: str, user_id: str) -> None:
        """Bring a person or a bot in; apps there hear of it."""
        channel, user = self._channel(channel_id, "nobody can be invited to a DM"), self._workspace.users[user_id]
        if channel.is_archived:
            raise Refused("nobody can be invited to an archived channel")
        channel.members.add(user.id)
        self._workspace.changed(*channel.members)
        self._tell("member_joined_channel", channel, user.id)

    async def take_out(self, channel_id: str, user_id: str) -> None:
        """Take a person or a bot out; the apps that stay hear of it."""
        channel, user = self._channel(channel_id, "nobody can be taken out of a DM"), self._workspace.users[user_id]
        if user.id not in channel.members:
            raise Refused("they are not in that channel")
        channel.members.remove(user.id)
        self._workspace.changed(user.id, *channel.members)
        self._tell("member_left_channel", channel, user.id)

    async def archive(self, channel_id: str) -> None:
        """Archive: messages can be read, and nothing can be said or changed there any more."""
        self._set_archived(channel_id, is_archived=True)

    async def unarchive(self, channel_id: str) -> None:
        """Open again, with the members that it had."""
        self._set_archived(channel_id, is_archived=False)

    def _set_archived(self, channel_id: str, *, is_archived: bool) -> None:
        channel = self._channel(channel_id, "a DM cannot be archived")
        if channel.is_archived == is_archived:
            raise Refused(f"that channel {'is archived already' if is_archived else 'is not archived'}")
        channel.is_archived = is_archived
        self._workspace.changed(*channel.members)

    def _channel(self, channel_id: str, refusal: str) -> Channel:
        channel = self._workspace.channels[channel_id]
        if channel.is_im:
            raise Refused(refusal)
        return channel

    def _tell(self, kind: str, channel: Channel, user_id: str) -> None:
        event = {
            "type": kind,
            "user": user_id,
            "channel": channel.id,
            "channel_type": "G" if channel.is_private else "C",
            "team": self._workspace.team_id,
            "event_ts": self._workspace.ids.ts(),
        }
        self._events.send_all(event, within=channel)
