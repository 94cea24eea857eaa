"""Coaches and the community manager say when they travel and when they are away."""

from datetime import date
from functools import partial

from domain.hours.edits import with_absence, with_travel, without_absence, without_travel
from domain.people import SUPPORT_ROLES
from domain.ports import View
from handlers import texts
from handlers.hours import glance_of
from handlers.ids import Action, Modal
from handlers.parse.away import away_form as parsed_absence
from handlers.parse.away import first_day
from handlers.parse.away import travel_form as parsed_travel
from handlers.reply import Reply, UpdateUnder, UpdateView, over
from handlers.request import Kind, Request
from handlers.router import Route
from handlers.views.away import away_form, away_saved, travel_form
from handlers.views.notice import notice
from services.desk import Desk
from services.hours.away import booked_within, colleagues_of, helping_within
from services.hours.own import change_hours, own_hours
from services.hours.week import week_glance


def routes(desk: Desk) -> list[Route]:
    """Everything about travel and time away; only people in support."""
    table = [
        (Kind.ACTION, Action.EDIT_TRAVEL, edit_travel),
        (Kind.SUBMISSION, Modal.TRAVEL, submit_travel),
        (Kind.ACTION, Action.REMOVE_TRAVEL, remove_travel),
        (Kind.ACTION, Action.EDIT_AWAY, edit_away),
        (Kind.SUBMISSION, Modal.AWAY, submit_away),
        (Kind.ACTION, Action.REMOVE_AWAY, remove_away),
    ]
    return [
        Route(kind=kind, id=id_, roles=SUPPORT_ROLES, handler=partial(handler, desk)) for kind, id_, handler in table
    ]


def edit_travel(desk: Desk, request: Request) -> Reply:
    """Where they are when."""
    return Reply(screens=(over(request, travel_form(own_hours(desk.support, request.person))),))


def submit_travel(desk: Desk, request: Request) -> Reply:
    """One travel more."""
    travel = parsed_travel(request.envelope.view, today=_today(desk, request))
    change = partial(with_travel, travel=travel)
    change_hours(desk.support, request.person, change, request_key=request.envelope.once_key())
    return Reply(view=notice(texts.hours.SAVED, title=texts.hours.TRAVEL_TITLE), screens=(_under(desk, request),))


def remove_travel(desk: Desk, request: Request) -> Reply:
    """One travel less, at once."""
    change = partial(without_travel, first=first_day(request.envelope.pressed))
    hours = change_hours(desk.support, request.person, change, request_key=request.envelope.once_key())
    return Reply(screens=(UpdateView(travel_form(hours)), _under(desk, request)))


def edit_away(desk: Desk, request: Request) -> Reply:
    """When they are away."""
    return Reply(screens=(over(request, _away(desk, request)),))


def submit_away(desk: Desk, request: Request) -> Reply:
    """One absence more; what is booked in it is said, since it stays, and the office hours that do not open."""
    colleagues = {person.id for person in colleagues_of(desk.support, request.person)}
    absence = parsed_absence(request.envelope.view, today=_today(desk, request), colleagues=colleagues)
    change = partial(with_absence, absence=absence)
    hours = change_hours(desk.support, request.person, change, request_key=request.envelope.once_key())
    booked = booked_within(desk.support, request.person, absence.days)
    helping = helping_within(desk.support, request.person, absence.days)
    return Reply(view=away_saved(hours, booked, helping), screens=(_under(desk, request),))


def remove_away(desk: Desk, request: Request) -> Reply:
    """One absence less, at once."""
    change = partial(without_absence, first=first_day(request.envelope.pressed))
    change_hours(desk.support, request.person, change, request_key=request.envelope.once_key())
    return Reply(screens=(UpdateView(partial(_away, desk, request)), _under(desk, request)))


def _away(desk: Desk, request: Request) -> View:
    return away_form(own_hours(desk.support, request.person), colleagues_of(desk.support, request.person))


def _today(desk: Desk, request: Request) -> date:
    return week_glance(desk.support, request.person).today


def _under(desk: Desk, request: Request) -> UpdateUnder:
    return UpdateUnder(previous=partial(glance_of, desk, request))
