"""What a channel is just now, as far as Slack lets us look: for whoever is about to have something posted there."""

import logging
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from domain.delivery import DeliveryError, RecipientGone
from domain.ports import Messenger
from services.desk import Desk
from storage.program import account_queries, audience_queries

logger = logging.getLogger(__name__)

MEMBERS_MAX = 1_000
"""For more readers it is not asked who is in the channel: that takes one call for each page of its members."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ChannelFacts:
    """Whether something can be posted there, and how it fits its readers.

    `outside` is how many of the readers are not in it, and `others` how many people are in it who are none of them;
    None where nobody looked.
    """

    name: str
    is_there: bool
    is_archived: bool
    has_bot: bool
    outside: int | None
    others: int | None = None

    @property
    def is_open(self) -> bool:
        """Whether something can be posted there."""
        return self.is_there and self.has_bot and not self.is_archived


def channel_facts(
    desk: Desk, messenger: Messenger, channel: str, readers: Iterable[str], *, author_id: str
) -> ChannelFacts | None:
    """What can be known about a channel for these readers (Slack accounts); None where Slack does not let us look.

    Its author is none of the others, and neither is a bot.

    Asks Slack, so only in the background. What cannot be known keeps nothing from being sent: a channel that turns out
    to be closed is told to the author, and the readers get messages of their own.
    """
    try:
        info = messenger.channel(channel)
    except RecipientGone:
        return ChannelFacts(name="", is_there=False, is_archived=False, has_bot=False, outside=None)
    except DeliveryError as error:
        logger.info("channel not looked at", extra={"error": type(error).__name__})
        return None
    meant = frozenset(readers)
    members = _members(messenger, channel) if info.has_bot and len(meant) <= MEMBERS_MAX else None
    return ChannelFacts(
        name=info.name,
        is_there=True,
        is_archived=info.is_archived,
        has_bot=info.has_bot,
        outside=None if members is None else len(meant - members),
        others=None if members is None else _people(desk, members - meant - _accounts(desk, author_id)),
    )


def _members(messenger: Messenger, channel: str) -> frozenset[str] | None:
    try:
        return messenger.channel_members(channel)
    except DeliveryError as error:
        logger.info("channel members not looked at", extra={"error": type(error).__name__})
        return None


def _accounts(desk: Desk, person_id: str) -> frozenset[str]:
    with desk.program.ask() as connection:
        return frozenset(audience_queries.accounts_of(connection, [person_id]).values())


def _people(desk: Desk, accounts: Collection[str]) -> int:
    """How many of these accounts are somebody's; who left the workspace, and bots, read nothing."""
    with desk.program.ask() as connection:
        return len(account_queries.accounts_in_use(connection, team_id=desk.team_id, among=accounts))
