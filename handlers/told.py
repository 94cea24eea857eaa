"""Readers of announcements: what is for them, one of them whole, and "I have read it"."""

from functools import partial

from domain.people import Person
from domain.ports import Block, Message
from handlers.ids import Action, Modal
from handlers.parse.refs import known_id, page_of
from handlers.reply import RefreshHome, Reply, Respond, Screen, UpdateView, over
from handlers.request import Kind, Request
from handlers.router import EVERYONE, Route
from handlers.views.announcement_messages import acknowledged_words, now_message, reader_message
from handlers.views.told import home_told, home_waiting, told_modal, told_one_modal
from services.announcements.acknowledge import Acknowledged, acknowledge
from services.announcements.news import ReaderNews
from services.announcements.own import read, told_to
from services.desk import Desk


def routes(desk: Desk) -> list[Route]:
    """For everybody: anybody can be in an audience."""
    table = (
        (Action.OPEN_TOLD, open_told),
        (Action.TURN_TOLD, turn),
        (Action.READ_ANNOUNCEMENT, open_one),
        (Action.ACKNOWLEDGE, press),
    )
    return [Route(kind=Kind.ACTION, id=id_, roles=EVERYONE, handler=partial(run, desk)) for id_, run in table]


def open_told(desk: Desk, request: Request) -> Reply:
    """Everything that is for them."""
    view = told_modal(told_to(desk, request.person), zone=request.person.zone)
    return Reply(screens=(over(request, view),))


def turn(desk: Desk, request: Request) -> Reply:
    """Another page of it."""
    found = told_to(desk, request.person, page=page_of(request.envelope.pressed))
    return Reply(screens=(UpdateView(told_modal(found, zone=request.person.zone)),))


def open_one(desk: Desk, request: Request) -> Reply:
    """One of them whole."""
    told = read(desk, request.person, known_id(request.envelope.pressed))
    return Reply(screens=(over(request, told_one_modal(told, zone=request.person.zone)),))


def press(desk: Desk, request: Request) -> Reply:
    """Acknowledge it; what was pressed shows it, or a private line where others see the button too."""
    here = (request.envelope.message_channel or "", request.envelope.message_ts or "")
    done = acknowledge(desk, request.person, known_id(request.envelope.pressed), pressed=here)
    return Reply(screens=(*_answers(desk, request, done), RefreshHome((request.person.id,))))


def home_blocks(desk: Desk, person: Person) -> tuple[list[Block], list[Block]]:
    """What the Home tab has of announcements: what waits for a press, and the rest. Two queries."""
    told = told_to(desk, person)
    return home_waiting(told, zone=person.zone), home_told(told, zone=person.zone)


def _answers(desk: Desk, request: Request, done: Acknowledged) -> tuple[Screen, ...]:
    person = request.person
    said = acknowledged_words(done.at, person.zone, was_before=done.was_before)
    if request.envelope.is_from(Modal.TOLD):
        return (UpdateView(lambda: told_modal(told_to(desk, person), zone=person.zone, said=said)),)
    if request.envelope.is_from_modal:
        return (UpdateView(lambda: told_one_modal(read(desk, person, done.announcement.id), zone=person.zone)),)
    if request.envelope.response_url is None:
        return ()
    news = ReaderNews(announcement=done.announcement, zone=person.zone, acknowledged_at=done.at, is_again=False)
    if request.envelope.is_from_dm and not done.was_before:
        return (Respond(reader_message(news), replace=True),)
    # What was pressed may be a copy that nobody can change, or that has not changed yet.
    return (Respond(now_message(news, said) if done.announcement.has_changed else Message(text=said)),)
