"""Where a person can go: the channels they are in and the apps; and what they have not read there."""

from dataclasses import dataclass

from sandbox.model import App, Channel, Message
from sandbox.page.tab import Tab


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """An entry of the sidebar. `id` is a channel's or an app's; `mentions` are the unread messages that notified."""

    id: str
    name: str
    icon: str
    unread: int
    mentions: int


class Places:
    """The places of one tab. What was there when the tab was opened counts as read."""

    def __init__(self, tab: Tab) -> None:
        self._tab = tab
        self._read = {channel.id: self._count(channel) for channel in tab.channels()}

    def channels(self) -> list[Place]:
        """Channels by name."""
        return self._rooms(is_archived=False)

    def archived(self) -> list[Place]:
        """Channels in which nothing can be said any more."""
        return self._rooms(is_archived=True)

    def people(self) -> list[Place]:
        """DMs with people."""
        found = [channel for channel in self._tab.channels() if channel.is_im and self._tab.app_in(channel) is None]
        return [self._place(channel, channel.id, self._other(channel), "person") for channel in found]

    def apps(self) -> list[Place]:
        """Apps, each with its DM."""
        return [self._place(self.dm(app), app.id, app.name, "support") for app in self._tab.workspace.apps.values()]

    def dm(self, app: App) -> Channel | None:
        """The DM with an app, once there is one."""
        return self._tab.workspace.im_of(app, self._tab.user.id)

    def read(self, channel: Channel | None) -> None:
        """Everything in a channel has been seen."""
        if channel is not None:
            self._read[channel.id] = self._count(channel)

    def first(self) -> str:
        """Where to begin."""
        every = [*self.channels(), *self.people(), *self.apps()]
        return every[0].id if every else ""

    def _rooms(self, *, is_archived: bool) -> list[Place]:
        found = [each for each in self._tab.channels() if not each.is_im and each.is_archived == is_archived]
        return [
            self._place(channel, channel.id, channel.name, _picture(channel))
            for channel in sorted(found, key=lambda each: each.name)
        ]

    def _place(self, channel: Channel | None, id_: str, name: str, icon: str) -> Place:
        unread = self._unread(channel)
        mentions = sum(self._tab.user.id in message.notified for message in unread)
        return Place(id=id_, name=name, icon=icon, unread=len(unread), mentions=mentions)

    def _other(self, channel: Channel) -> str:
        others = channel.members - {self._tab.user.id}
        return ", ".join(sorted(self._tab.name_of(each) for each in others)) or self._tab.user.real_name

    def _unread(self, channel: Channel | None) -> list[Message]:
        if channel is None:
            return []
        messages = self._tab.workspace.visible_messages(channel, self._tab.user.id)
        return messages[self._read.get(channel.id, 0) :]

    def _count(self, channel: Channel) -> int:
        return len(self._tab.workspace.visible_messages(channel, self._tab.user.id))


def _picture(channel: Channel) -> str:
    if channel.is_archived:
        return "inventory_2"
    return "lock" if channel.is_private else "tag"
