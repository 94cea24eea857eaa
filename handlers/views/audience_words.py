"""Whom something is for, in words that name nobody: for who may know that, and not who it comes to."""

from collections.abc import Iterator

from domain.audience import Audience
from domain.ports import Block
from handlers import texts
from handlers.views.blocks import escape
from handlers.views.listing import listed


def audience_said(audience: Audience) -> list[Block]:
    """What somebody has to be, a line each; of streams only how many, since they may be called after their mentor."""
    return list(listed(list(_lines(audience)), separator="\n"))


def _lines(audience: Audience) -> Iterator[str]:
    words = texts.audience
    if audience.everyone:
        yield words.EVERYONE
    if audience.roles:
        yield ", ".join(words.ROLES[role] for role in audience.roles)
    for label, values in (
        (words.COHORTS, audience.cohorts),
        (words.PHASES, audience.phases),
        (words.SITES, audience.sites),
    ):
        if values:
            yield f"{label}: {', '.join(map(escape, values))}"
    if audience.streams:
        yield (
            words.ONE_STREAM if len(audience.streams) == 1 else words.SOME_STREAMS.format(number=len(audience.streams))
        )
    if audience.people:
        yield words.BY_NAME if audience.has_query else words.BY_NAME_ALONE
