"""What a channel is just now, as far as Slack lets us look: for whoever is about to have something posted there."""

import logging
from collections.abc import Iterable
from dataclasses import dataclass

from domain.delivery import DeliveryError, RecipientGone
from domain.ports import Messenger

logger = logging.getLogger(__name__)

MEMBERS_MAX = 1_000
"""For more readers it is not asked who is in the channel: that takes one call for each page of its members."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ChannelFacts:
    """Whether something can be posted there, and how it fits its readers.

    `outside` is how many of the readers are not in it, None where nobody looked.
    """

    name: str
    is_there: bool
    is_archived: bool
    has_bot: bool
    outside: int | None


def channel_facts(messenger: Messenger, channel: str, readers: Iterable[str]) -> ChannelFacts | None:
    """What can be known about a channel for these readers (Slack accounts); None where Slack does not let us look.

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
    outside = _outside(messenger, channel, meant) if info.has_bot and len(meant) <= MEMBERS_MAX else None
    return ChannelFacts(
        name=info.name, is_there=True, is_archived=info.is_archived, has_bot=info.has_bot, outside=outside
    )


def _outside(messenger: Messenger, channel: str, meant: frozenset[str]) -> int | None:
    try:
        return len(meant - messenger.channel_members(channel))
    except DeliveryError as error:
        logger.info("channel members not looked at", extra={"error": type(error).__name__})
        return None
