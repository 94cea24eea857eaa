"""Where blocks are shown, a message or a view, and so how their elements are acted upon."""

from dataclasses import dataclass, field
from typing import Protocol

from sandbox.blockkit.state import initial_values
from sandbox.interactions import Outcome
from sandbox.model import Channel, Message, Payload, View
from sandbox.page.tab import Tab


class Surface(Protocol):
    """What an element needs to know of its surroundings."""

    tab: Tab
    own: set[str]
    """Blocks whose values were changed here, so that they need not be drawn anew when word of it comes back."""

    @property
    def spot(self) -> str:
        """A name for the surface; with a block and an action it tells where the focus was."""

    def held(self, block_id: str) -> dict[str, Payload]:
        """What the elements of a block hold now, by action id."""

    async def act(self, block_id: str, action_id: str, value: object) -> Outcome:
        """Press, choose or type."""

    async def enter(self) -> None:
        """Enter was pressed in a field of one line."""

    def complain(self, sentence: str) -> None:
        """Say here that a deed went wrong."""


@dataclass(slots=True, kw_only=True)
class ViewSurface:
    """A modal or a Home tab."""

    tab: Tab
    view: View
    own: set[str] = field(default_factory=set)

    @property
    def spot(self) -> str:
        """See `Surface`."""
        return self.view.id

    def held(self, block_id: str) -> dict[str, Payload]:
        """See `Surface`."""
        return self.view.values.get(block_id, {})

    async def act(self, block_id: str, action_id: str, value: object) -> Outcome:
        """See `Surface`."""
        self.own.add(block_id)
        deed = self.tab.deeds.act_in_view(self.tab.user.id, self.view.id, action_id, value, block_id)
        return await self.tab.attempt(deed)

    async def enter(self) -> None:
        """A Home tab has nothing to submit; the surface of a modal does."""

    def complain(self, sentence: str) -> None:
        """See `Surface`."""
        self.tab.warn(sentence)


@dataclass(slots=True, kw_only=True)
class MessageSurface:
    """A message. Slack keeps no state of its menus, so they begin at their initial values."""

    tab: Tab
    channel: Channel
    message: Message
    own: set[str] = field(default_factory=set)

    @property
    def spot(self) -> str:
        """See `Surface`."""
        return f"{self.channel.id}.{self.message.ts}"

    def held(self, block_id: str) -> dict[str, Payload]:
        """See `Surface`."""
        return initial_values(self.message.blocks).get(block_id, {})

    async def act(self, block_id: str, action_id: str, value: object) -> Outcome:
        """See `Surface`."""
        deed = self.tab.deeds.act_in_message(
            self.tab.user.id, self.channel.id, self.message.ts, action_id, value, block_id
        )
        return await self.tab.attempt(deed)

    async def enter(self) -> None:
        """A message has nothing to submit."""

    def complain(self, sentence: str) -> None:
        """See `Surface`."""
        self.tab.warn(sentence)
