"""The digest in Slack: which parts of the product are in it, its message, and the rest of a long one on a press."""

from functools import partial
from typing import NamedTuple

from domain.attention import Subject
from domain.delivery import Composer, Deferred, Delivery, Outgoing, OutgoingMessage, Suppressed
from handlers.events_digest import digest_section as events
from handlers.ids import Action
from handlers.reply import Reply, over
from handlers.request import Kind, Request
from handlers.router import EVERYONE, Route
from handlers.views.digest import digest_message, digest_modal
from services.announcements.digest import section as announcements
from services.attention.digest import digest, digest_again
from services.attention.sections import Section
from services.deadlines.digest import section as deadlines
from services.desk import Desk


class Part(NamedTuple):
    """What a part of the product has for a digest, and the button that opens one thing of it."""

    section: Section
    press: Action


PARTS = {
    Subject.ANNOUNCEMENT: Part(announcements, Action.READ_ANNOUNCEMENT),
    Subject.DEADLINE: Part(deadlines, Action.OPEN_DUE_ONE),
    Subject.EVENT: Part(events, Action.OPEN_EVENT),
}


def routes(desk: Desk) -> list[Route]:
    """A digest is only ever one's own."""
    return [Route(kind=Kind.ACTION, id=Action.OPEN_DIGEST, roles=EVERYONE, handler=partial(show_all, desk))]


def digest_composer(desk: Desk, parts: dict[Subject, Part] | None = None) -> Composer:
    """The words of a digest at the moment of sending."""
    used = PARTS if parts is None else parts
    sections = {subject: part.section for subject, part in used.items()}
    presses = {subject: part.press for subject, part in used.items()}

    def compose(delivery: Delivery) -> Outgoing | Suppressed | Deferred:
        made = digest(desk, delivery, sections)
        if isinstance(made, Suppressed | Deferred):
            return made
        return OutgoingMessage(digest_message(made, presses))

    return compose


def show_all(desk: Desk, request: Request) -> Reply:
    """What did not fit into the message."""
    sections = {subject: part.section for subject, part in PARTS.items()}
    presses = {subject: part.press for subject, part in PARTS.items()}
    found = digest_again(desk, request.person, request.envelope.pressed, sections)
    return Reply(screens=(over(request, digest_modal(found, presses)),))
