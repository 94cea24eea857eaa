"""One announcement as staff look at it now: a draft as its preview, all else whole, and both with their channel."""

from functools import partial

from domain.announcements import State
from domain.people import Person
from domain.ports import View
from handlers.reply import Screen, over
from handlers.request import Request
from handlers.views.announcement_preview import answered_words, preview_modal
from handlers.views.announcements import announcement_modal
from services.announcements.answers import answer_of
from services.announcements.compose import draft
from services.announcements.details import details
from services.announcements.facts import ON_ITS_WAY, Announcement
from services.announcements.in_channel import preview_in_channel
from services.announcements.preview import preview
from services.desk import Desk


def opened(desk: Desk, request: Request, id_: str, *, said: str = "") -> Screen:
    """A modal with it as it stands, and with what is to be said about its channel once Slack has told it."""
    found = draft(desk, request.person, id_)
    said = said or answered_words(answer_of(desk, found))
    then = partial(with_channel, desk, request.person, found, said=said) if found.channel else None
    return over(request, shown(desk, request.person, found, said=said), then)


def shown(desk: Desk, person: Person, found: Announcement, *, said: str = "") -> View:
    """The same, without its channel."""
    if found.state is State.DRAFT:
        return preview_modal(preview(desk, person, found), zone=person.zone, said=said)
    return whole(desk, person, found.id, said=said)


def whole(desk: Desk, person: Person, id_: str, *, said: str = "") -> View:
    """One with all that can be done, whatever it is."""
    found = details(desk, person, id_)
    one = found.line.announcement
    seen = preview(desk, person, one) if one.state in ON_ITS_WAY else None
    return announcement_modal(found, zone=person.zone, said=said, seen=seen)


def with_channel(desk: Desk, person: Person, found: Announcement, *, said: str = "") -> View | None:
    """It once more with what is to be said about its channel, for as long as its message has not gone there.

    None where that is nothing. Slack is asked.
    """
    seen = preview_in_channel(desk, person, found)
    if seen is None:
        return None
    about, channel = seen
    if found.state is State.DRAFT:
        return preview_modal(about, zone=person.zone, said=said, channel=channel)
    view = details(desk, person, found.id)
    return announcement_modal(view, zone=person.zone, said=said, seen=about, channel=channel)
