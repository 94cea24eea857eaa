"""Everybody sees the events that they are invited to, says whether they come, and notes that they are there."""

from collections.abc import Callable
from functools import partial

from domain.errors import DomainError
from domain.event_answers import AnswersClosed, EventFull, NoSuchWay, NotOpenYet, Said
from domain.events import Attending, EventBegun, EventOff
from domain.people import Person, Role
from domain.ports import Message, View
from handlers import texts
from handlers.ids import Action, Command, Modal
from handlers.parse.booking import state_of
from handlers.parse.refs import known_id, page_of
from handlers.reply import OpenView, RefreshHome, Reply, Respond, Screen, UpdateUnder, UpdateView, over
from handlers.request import Kind, Request
from handlers.router import EVERYONE, Handler, Route
from handlers.views.event import event_modal
from handlers.views.event_words import answer_words, talk_stays
from handlers.views.events import events_modal, past_modal
from handlers.views.notice import notice
from services.desk import Desk
from services.events.answer import say_to_event
from services.events.attendance import i_am_here
from services.events.calendar import send_calendar
from services.events.commands import SayToEvent
from services.events.deliveries import rungs_ahead
from services.events.look import event_details, events_ahead, hosts_any, numbers_for, past_events

_STALE = (EventFull, AnswersClosed, NoSuchWay, EventOff, EventBegun, NotOpenYet)
"""Something has changed meanwhile: what the person looks at is shown anew, with the sentence on top."""


def routes(desk: Desk) -> list[Route]:
    """For everyone on the roster: who may see which event its service says."""
    table: list[tuple[Kind, str, Handler]] = [
        (Kind.COMMAND, Command.EVENTS, partial(open_list, desk)),
        (Kind.ACTION, Action.OPEN_EVENTS, partial(open_list, desk)),
        (Kind.ACTION, Action.TURN_EVENTS, partial(turn, desk)),
        (Kind.ACTION, Action.OPEN_PAST_EVENTS, partial(open_past, desk)),
        (Kind.ACTION, Action.OPEN_EVENT, partial(open_event, desk)),
        (Kind.ACTION, Action.EVENT_FILE, partial(send_file, desk)),
        (Kind.ACTION, Action.EVENT_HERE, partial(be_here, desk, Attending.ROOM)),
        (Kind.ACTION, Action.EVENT_HERE_ONLINE, partial(be_here, desk, Attending.REMOTE)),
        (Kind.ACTION, Action.EVENT_YES, partial(say, desk, Said.YES, Attending.ROOM)),
        (Kind.ACTION, Action.EVENT_YES_ONLINE, partial(say, desk, Said.YES, Attending.REMOTE)),
        (Kind.ACTION, Action.EVENT_MAYBE, partial(say, desk, Said.MAYBE, None)),
        (Kind.ACTION, Action.EVENT_NO, partial(say, desk, Said.NO, None)),
    ]
    return [Route(kind=kind, id=id_, roles=EVERYONE, handler=handler) for kind, id_, handler in table]


def events_of(desk: Desk, person: Person, *, page: int = 0, said: str = "") -> View:
    """What is ahead for somebody. Three queries, however many events or people there are."""
    lines = events_ahead(desk, person)
    is_staff = person.has(Role.STAFF)
    return events_modal(
        lines,
        numbers_for(desk, lines),
        now=desk.clock.now(),
        page=page,
        may_plan=is_staff,
        has_past=is_staff or hosts_any(desk, person),
        said=said,
    )


def event_of(desk: Desk, person: Person, event_id: str, *, said: str = "", title: str = "") -> View:
    """One event as it stands now. Raises `NotFound`."""
    return event_modal(event_details(desk, person, event_id), said=said, title=title)


def open_list(desk: Desk, request: Request) -> Reply:
    """All that is ahead."""
    return Reply(screens=(over(request, events_of(desk, request.person)),))


def turn(desk: Desk, request: Request) -> Reply:
    """Another page of it."""
    page = page_of(request.envelope.pressed)
    return Reply(screens=(UpdateView(events_of(desk, request.person, page=page)),))


def open_past(desk: Desk, request: Request) -> Reply:
    """What is over, with its numbers; of others than staff only what they hosted."""
    view = past_modal(past_events(desk, request.person), zone=request.person.zone)
    return Reply(screens=(over(request, view),))


def open_event(desk: Desk, request: Request) -> Reply:
    """One event, from the list, the Home tab, a message or a digest."""
    view = event_of(desk, request.person, known_id(request.envelope.pressed))
    return Reply(screens=(over(request, view),))


def say(desk: Desk, said: Said, way: Attending | None, request: Request) -> Reply:
    """One press is an answer, or another one."""
    event_id = known_id(request.envelope.pressed)
    wish = SayToEvent(request_key=request.envelope.once_key(), event_id=event_id, said=said, way=way)
    try:
        outcome, guest = say_to_event(desk, request.person, wish)
    except _STALE as stale:
        return Reply(screens=shown(desk, request, event_id, stale))
    rungs = rungs_ahead(outcome.event, request.person.zone, now=desk.clock.now())
    answered = answer_words(outcome.event, guest, rungs=rungs)
    answer = " ".join(filter(None, (answered, talk_stays(guest) if outcome.has_talk else "")))
    return Reply(screens=(*shown(desk, request, event_id, answer), RefreshHome(outcome.person_ids)))


def be_here(desk: Desk, way: Attending, request: Request) -> Reply:
    """One press notes that somebody is there."""
    event_id, key = known_id(request.envelope.pressed), request.envelope.once_key()
    try:
        _, _, is_new = i_am_here(desk, request.person, event_id, way, request_key=key)
    except _STALE as stale:
        return Reply(screens=shown(desk, request, event_id, stale))
    said = texts.events.SAID_HERE if is_new else texts.events.HERE_ALREADY
    return Reply(screens=(*shown(desk, request, event_id, said), RefreshHome((request.person.id,))))


def send_file(desk: Desk, request: Request) -> Reply:
    """A calendar file, which comes as a message of its own."""
    event_id, key = known_id(request.envelope.pressed), request.envelope.once_key()
    send_calendar(desk, request.person, event_id, request_key=key)
    return Reply(screens=shown(desk, request, event_id, texts.events.FILE_SENT))


def shown(desk: Desk, request: Request, event_id: str, said: str | DomainError) -> tuple[Screen, ...]:
    """What somebody looks at, as it stands now, with a sentence on top: the list, the event, or an answer alone."""
    sentence = said.message if isinstance(said, DomainError) else said
    if request.envelope.is_from(Modal.EVENTS):
        page = page_of(state_of(request))
        return (UpdateView(partial(events_of, desk, request.person, page=page, said=sentence)),)
    if request.envelope.is_from(Modal.EVENT):
        view = UpdateView(partial(event_of, desk, request.person, event_id, said=sentence))
        return (view, *under(desk, request))
    if request.envelope.response_url is not None:
        return (Respond(Message(text=sentence)),)
    return (OpenView(notice(sentence)),)


def under(desk: Desk, request: Request) -> tuple[Screen, ...]:
    """The list beneath the event, if that is where it was opened from."""
    view = request.envelope.view or {}
    if not view.get("previous_view_id"):
        return ()
    return (UpdateUnder(previous=_made(events_of, desk, request.person)),)


def _made(make: Callable[..., View], *given: object) -> Callable[[], View]:
    return partial(make, *given)
