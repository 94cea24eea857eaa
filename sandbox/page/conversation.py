"""One conversation: its messages and, where people may write, the composer."""

from nicegui.element import Element

from sandbox.model import Channel
from sandbox.page.composer import Composer
from sandbox.page.html import tag
from sandbox.page.messages import Messages
from sandbox.page.room import archived_bar
from sandbox.page.tab import Tab

READ_ONLY = "This app only sends messages here. Type its commands in a channel."


class Conversation:
    """A channel or a DM in the right column."""

    def __init__(self, tab: Tab, channel: Channel, *, name: str) -> None:
        self.channel = channel
        app = tab.app_in(channel)
        self._messages = Messages(tab, channel)
        if channel.is_archived:
            archived_bar(tab, channel)
        elif app is not None and not app.takes_messages:
            tag("div", READ_ONLY, classes="read-only")
        else:
            Composer(tab, channel, to=name)

    def show(self) -> None:
        """Show what there is now."""
        self._messages.show()


def empty(sentence: str) -> Element:
    """What stands where nothing is yet."""
    return tag("div", sentence, classes="empty")
