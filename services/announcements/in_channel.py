"""An announcement as it will stand in its channel: looked up at Slack, while staff have its preview before them."""

from domain.announcements import State
from domain.people import Person
from services.announcements.compose import draft
from services.announcements.facts import Announcement
from services.announcements.preview import Preview, preview
from services.channels import ChannelFacts, channel_facts
from services.desk import Desk

_AHEAD = (State.DRAFT, State.WAITING, State.PLANNED)
"""Its message of record has still to come."""


def preview_in_channel(desk: Desk, staff: Person, found: Announcement) -> tuple[Preview, ChannelFacts] | None:
    """Its preview and what is in the way in its channel; for staff, in the background, since Slack is asked.

    None where there is nothing to say: it has no channel or has gone out, Slack does not let us look, or it is not any
    more what was `found`. Slack takes its time, and whoever has sent it off meanwhile looks at something else.
    """
    if desk.messenger is None or not found.channel or found.state not in _AHEAD:
        return None
    seen = preview(desk, staff, found)
    readers = [each.slack_user_id for each in seen.readers]
    facts = channel_facts(desk, desk.messenger, found.channel, readers, author_id=found.author_id)
    if facts is None:
        return None
    if not facts.is_open:
        seen = preview(desk, staff, found, is_in_channel=False)
    return (seen, facts) if is_as_seen(draft(desk, staff, found.id), found) else None


def is_as_seen(now: Announcement, found: Announcement) -> bool:
    """Whether nothing was done to one since it was found."""
    return (now.version, now.state) == (found.version, found.state)
