"""A Slack that answers at once and in this process, so that our own stack is measured and not the stand-in's."""

from collections.abc import Sequence
from datetime import datetime
from itertools import count

from domain.ports import ChannelInfo, Message, Posted, View, WorkspaceMember


class InstantMessenger:
    """The Messenger port; everything succeeds and nothing is kept."""

    def __init__(self, members: Sequence[WorkspaceMember]) -> None:
        self._members = list(members)
        self._numbers = count(1)

    def post(self, *, channel: str, message: Message, key: str) -> Posted:  # noqa: ARG002 the port names the arguments
        """See `domain.ports.Messenger`."""
        return Posted(channel=channel, ts=f"{next(self._numbers)}.0")

    def update(self, *, channel: str, ts: str, message: Message) -> None:
        """See `domain.ports.Messenger`."""

    def find(self, *, channel: str, key: str, since: datetime) -> Posted | None:  # noqa: ARG002
        """See `domain.ports.Messenger`."""
        return None

    def begin_file(self, *, filename: str, content: bytes) -> str:  # noqa: ARG002
        """See `domain.ports.Messenger`."""
        return f"F{next(self._numbers)}"

    def finish_file(self, *, file_id: str, channel: str, title: str) -> None:
        """See `domain.ports.Messenger`."""

    def find_file(self, *, channel: str, file_id: str, since: datetime) -> bool:  # noqa: ARG002
        """See `domain.ports.Messenger`."""
        return True

    def open_view(self, *, trigger_id: str, view: View) -> str:  # noqa: ARG002
        """See `domain.ports.Messenger`."""
        return f"V{next(self._numbers)}"

    def push_view(self, *, trigger_id: str, view: View) -> str:
        """See `domain.ports.Messenger`."""
        return self.open_view(trigger_id=trigger_id, view=view)

    def update_view(self, *, view_id: str, view: View, view_hash: str | None = None) -> None:
        """See `domain.ports.Messenger`."""

    def publish_home(self, *, slack_user_id: str, view: View) -> None:
        """See `domain.ports.Messenger`."""

    def respond(self, *, response_url: str, message: Message, replace: bool) -> None:
        """See `domain.ports.Messenger`."""

    def members(self) -> list[WorkspaceMember]:
        """See `domain.ports.Messenger`."""
        return list(self._members)

    def channel(self, channel: str) -> ChannelInfo:
        """See `domain.ports.Messenger`."""
        return ChannelInfo(id=channel, name=channel, is_archived=False, has_bot=True)

    def channel_members(self, channel: str) -> frozenset[str]:  # noqa: ARG002
        """See `domain.ports.Messenger`."""
        return frozenset(member.slack_user_id for member in self._members)
