"""Everybody's own quiet hours and digest, from Home, from under a digest, and by `/announce quiet`."""

from functools import partial

from handlers import texts
from handlers.ids import Action, Modal
from handlers.parse import attention as parse
from handlers.parse.state import State
from handlers.reply import Reply, over
from handlers.request import Kind, Request
from handlers.router import EVERYONE, Route
from handlers.views.attention import attention_form, saved_words
from handlers.views.notice import notice
from services.attention.preferences import following_digest, preferences_of, save_preferences
from services.desk import Desk

WORD = "quiet"
"""What is typed behind the command."""


def routes(desk: Desk) -> list[Route]:
    """Whatever somebody is: it is only ever about themselves."""
    return [
        Route(kind=Kind.ACTION, id=Action.OPEN_ATTENTION, roles=EVERYONE, handler=partial(open_attention, desk)),
        Route(kind=Kind.SUBMISSION, id=Modal.ATTENTION, roles=EVERYONE, handler=partial(submit, desk)),
    ]


def open_attention(desk: Desk, request: Request) -> Reply:
    """What holds now."""
    person = request.person
    return Reply(screens=(over(request, attention_form(preferences_of(desk, person), zone=person.zone)),))


def submit(desk: Desk, request: Request) -> Reply:
    """Save it, and say what that means."""
    person, chosen = request.person, parse.preferences(State(request.envelope.view))
    save_preferences(desk, person, chosen, request_key=request.envelope.once_key())
    following = following_digest(desk, person)
    return Reply(view=notice(saved_words(chosen, following, zone=person.zone), title=texts.attention.TITLE))
