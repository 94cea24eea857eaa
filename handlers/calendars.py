"""Somebody in support lets calendars of their own be read, sees how fresh they are, and takes them away again."""

from functools import partial

from domain.people import SUPPORT_ROLES
from domain.ports import View
from handlers import texts
from handlers.hours import glance_of
from handlers.ids import Action, Modal
from handlers.parse.calendars import address_form, feed_ref
from handlers.reply import Reply, UpdateUnder, UpdateView, over
from handlers.request import Kind, Request
from handlers.router import Route
from handlers.views.calendars import calendars_form
from handlers.views.notice import notice
from services.desk import Desk
from services.feeds.own import add_feed, own_feeds, read_feed_soon, remove_feed


def routes(desk: Desk) -> list[Route]:
    """Everything about calendars outside; only people in support."""
    table = [
        (Kind.ACTION, Action.OPEN_CALENDARS, open_calendars),
        (Kind.ACTION, Action.READ_CALENDAR, read_calendar),
        (Kind.ACTION, Action.REMOVE_CALENDAR, remove_calendar),
        (Kind.SUBMISSION, Modal.CALENDARS, submit_calendar),
    ]
    return [
        Route(kind=kind, id=id_, roles=SUPPORT_ROLES, handler=partial(handler, desk)) for kind, id_, handler in table
    ]


def open_calendars(desk: Desk, request: Request) -> Reply:
    """What is read, and how fresh it is."""
    return Reply(screens=(over(request, _calendars(desk, request)),))


def read_calendar(desk: Desk, request: Request) -> Reply:
    """Read one of them next, in the background."""
    read_feed_soon(desk.support, request.person, feed_ref(request.envelope.pressed))
    return Reply(screens=(UpdateView(partial(_calendars, desk, request, said=texts.calendars.SOON)),))


def remove_calendar(desk: Desk, request: Request) -> Reply:
    """One of them less, at once."""
    remove_feed(desk.support, request.person, feed_ref(request.envelope.pressed))
    under = UpdateUnder(previous=partial(glance_of, desk, request))
    return Reply(screens=(UpdateView(partial(_calendars, desk, request)), under))


def submit_calendar(desk: Desk, request: Request) -> Reply:
    """One more; it is read in the background."""
    address = address_form(request.envelope.view)
    add_feed(desk.support, request.person, address, request_key=request.envelope.once_key())
    return Reply(view=notice(texts.calendars.SAVED, title=texts.calendars.TITLE))


def _calendars(desk: Desk, request: Request, *, said: str = "") -> View:
    return calendars_form(own_feeds(desk.support, request.person), desk.support.clock.now(), said=said)
