"""One announcement as staff look at it now: a draft as its preview, all else whole, and both with their channel."""

from functools import partial

from domain.announcements import NoAnnouncement, State, Timing
from domain.people import Person
from domain.ports import View
from handlers import texts
from handlers.reply import FollowUp, Screen, over
from handlers.request import Request
from handlers.views.announcement_preview import answered_words, preview_modal
from handlers.views.announcements import announcement_modal
from handlers.views.notice import notice
from handlers.views.when import day_label, when_plain
from services.announcements.answers import answer_of
from services.announcements.compose import draft
from services.announcements.details import details
from services.announcements.facts import ON_ITS_WAY, Announcement
from services.announcements.in_channel import is_as_seen, preview_in_channel
from services.announcements.preview import preview
from services.desk import Desk

_W = texts.announcements


def opened(desk: Desk, request: Request, id_: str, *, said: str = "") -> Screen:
    """A modal with it as it stands, and with what is to be said about its channel once Slack has told it."""
    found = draft(desk, request.person, id_)
    said = said or answered_words(answer_of(desk, found))
    then = more_of(desk, request.person, found, said=said) if found.channel else None
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


def sent_off(found: Announcement, person: Person) -> View:
    """What became of one that was just sent off."""
    return notice(_sent_words(found, person), title=_W.TITLE)


def more_of(desk: Desk, person: Person, found: Announcement, *, said: str = "") -> FollowUp:
    """What is to be said about its channel, or what became of it while Slack was asked."""
    return FollowUp(
        partial(with_channel, desk, person, found, said=said),
        partial(moved_on, desk, person, found),
    )


def moved_on(desk: Desk, person: Person, found: Announcement) -> View | None:
    """One that was edited, sent off, answered or thrown away since it was found, as it is now; None for any other."""
    try:
        now = draft(desk, person, found.id)
    except NoAnnouncement as gone:
        return notice(gone.message, title=_W.TITLE)
    if is_as_seen(now, found):
        return None
    was_sent_off = found.state is State.DRAFT and now.state is not State.DRAFT
    return sent_off(now, person) if was_sent_off else shown(desk, person, now)


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


def _sent_words(found: Announcement, person: Person) -> str:
    if found.state is State.WAITING:
        return _W.ASKED
    if found.plan.at is not None:
        return _W.PLANNED_SAYS.format(when=when_plain(found.plan.at, person.zone))
    if found.plan.timing is not Timing.MORNING:
        return _W.SENT_OFF
    return _W.NEXT_MORNING_SAYS if found.plan.on is None else _W.MORNING_SAYS.format(day=day_label(found.plan.on))
