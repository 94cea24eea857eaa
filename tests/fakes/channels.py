"""Channels in memory: who is in them, and what can be said there."""

from dataclasses import dataclass, field

from domain.delivery import MissingScope, RecipientGone
from domain.ports import ChannelInfo
from tests.fakes.troubles import Troubled


@dataclass(slots=True, kw_only=True)
class FakeChannel:
    """A channel by its name and the accounts in it."""

    name: str
    members: set[str] = field(default_factory=set)
    is_private: bool = False


class Channels(Troubled):
    """The part of the Messenger port that looks at channels.

    `channels` holds them by id; `closed` holds, by id, the code with which Slack refuses a message to one.
    """

    def __init__(self) -> None:
        super().__init__()
        self.channels: dict[str, FakeChannel] = {}
        self.closed: dict[str, str] = {}

    def channel(self, channel: str) -> ChannelInfo:
        """See `domain.ports.Messenger`."""
        found = self._look("channel", channel)
        code = self.closed.get(channel)
        return ChannelInfo(
            id=channel, name=found.name, is_archived=code == "is_archived", has_bot=code != "not_in_channel"
        )

    def channel_members(self, channel: str) -> frozenset[str]:
        """See `domain.ports.Messenger`."""
        return frozenset(self._look("channel_members", channel).members)

    def _look(self, method: str, channel: str) -> FakeChannel:
        self._strike(method, channel)
        self._needs("channels:read")
        found = self.channels.get(channel)
        if found is None or self.closed.get(channel) == "channel_not_found":
            raise RecipientGone("channel_not_found")
        if found.is_private:
            raise MissingScope("groups:read")
        return found
