"""Coaches and the community manager see their week, set their hours, and what scholars see of them."""

from collections.abc import Callable
from functools import partial

from domain.errors import NotFound
from domain.hours import WeeklyHours
from domain.hours.edits import phase_key, with_aside, with_dates, with_phase_week, with_week
from domain.people import SUPPORT_ROLES
from domain.ports import View
from domain.times import parse_day
from handlers import texts
from handlers.ids import Action, Command, Modal
from handlers.parse.booking import state_of
from handlers.parse.hours import has_own_week, hours_form, joined_hours, profile_form
from handlers.reply import Reply, UpdateUnder, UpdateView, over
from handlers.request import Kind, Request
from handlers.router import Route
from handlers.views.hours import aside_form, dates_form, phase_form, profile_modal, week_form
from handlers.views.notice import notice
from handlers.views.week import own_times_modal, week_modal
from services.desk import Desk
from services.hours.own import change_hours, own_hours, own_profile, save_profile
from services.hours.week import week_glance
from services.offers.own_times import explain_own


def routes(desk: Desk) -> list[Route]:
    """Everything about hours; only people in support."""
    table = [
        (Kind.COMMAND, Command.HOURS, open_hours),
        (Kind.ACTION, Action.OPEN_HOURS, open_hours),
        (Kind.ACTION, Action.SHOW_WEEK, show_week),
        (Kind.ACTION, Action.WHY_NOTHING, show_own_times),
        (Kind.ACTION, Action.EDIT_WEEK, edit_week),
        (Kind.SUBMISSION, Modal.HOURS, submit_week),
        (Kind.ACTION, Action.EDIT_PHASE, edit_phase),
        (Kind.SUBMISSION, Modal.PHASE, submit_phase),
        (Kind.ACTION, Action.EDIT_ASIDE, edit_aside),
        (Kind.SUBMISSION, Modal.ASIDE, submit_aside),
        (Kind.ACTION, Action.EDIT_DATES, edit_dates),
        (Kind.SUBMISSION, Modal.DATES, submit_dates),
        (Kind.ACTION, Action.OPEN_PROFILE, open_profile),
        (Kind.SUBMISSION, Modal.PROFILE, submit_profile),
    ]
    return [
        Route(
            kind=kind,
            id=id_,
            roles=SUPPORT_ROLES,
            handler=partial(handler, desk),
            whose=texts.hours.WHOSE if kind is Kind.COMMAND else "",
        )
        for kind, id_, handler in table
    ]


def open_hours(desk: Desk, request: Request) -> Reply:
    """The next seven days as they turn out."""
    return _shown(request, glance_of(desk, request))


def show_week(desk: Desk, request: Request) -> Reply:
    """The week from another day on, in the same modal."""
    glance = week_glance(desk.support, request.person, first=parse_day(request.envelope.pressed))
    return Reply(screens=(UpdateView(week_modal(glance)),))


def show_own_times(desk: Desk, request: Request) -> Reply:
    """What takes how much of the person's times, for each kind they take."""
    kinds = desk.support.kinds_taken_by(request.person)
    return _shown(request, own_times_modal([explain_own(desk.support, request.person, kind) for kind in kinds]))


def edit_week(desk: Desk, request: Request) -> Reply:
    """The week that always holds."""
    return _shown(request, week_form(own_hours(desk.support, request.person)))


def submit_week(desk: Desk, request: Request) -> Reply:
    """Save the week; what cannot be read is named at its day."""
    week = _read(desk, request)
    return _saved(desk, request, lambda hours: with_week(hours, week.windows, zone=week.zone))


def edit_phase(desk: Desk, request: Request) -> Reply:
    """The week of a phase of the program."""
    phase = _phase(desk, request, request.envelope.pressed)
    return _shown(request, phase_form(own_hours(desk.support, request.person), phase))


def submit_phase(desk: Desk, request: Request) -> Reply:
    """Save the week of a phase, or that it is the same as always."""
    phase = _phase(desk, request, state_of(request))
    if not has_own_week(request.envelope.view):
        return _saved(desk, request, lambda hours: with_phase_week(hours, phase, None), is_read=False)
    windows = _read(desk, request).windows
    return _saved(desk, request, lambda hours: with_phase_week(hours, phase, windows))


def edit_aside(desk: Desk, request: Request) -> Reply:
    """The windows set aside for a kind of session."""
    purpose = _purpose(desk, request, request.envelope.pressed)
    return _shown(request, aside_form(own_hours(desk.support, request.person), purpose))


def submit_aside(desk: Desk, request: Request) -> Reply:
    """Set them aside, unless sessions stand in them."""
    purpose = _purpose(desk, request, state_of(request))
    kind = desk.support.kind(purpose, request.person)
    room = kind.length_minutes + kind.buffer_before_minutes + kind.buffer_after_minutes
    windows = hours_form(request.envelope.view, shortest=room).windows
    return _saved(desk, request, lambda hours: with_aside(hours, purpose, windows), said=texts.hours.ASIDE_SAVED)


def edit_dates(desk: Desk, request: Request) -> Reply:
    """Dates that differ."""
    return _shown(request, dates_form(own_hours(desk.support, request.person)))


def submit_dates(desk: Desk, request: Request) -> Reply:
    """Save the dates."""
    overrides = _read(desk, request).overrides
    return _saved(desk, request, lambda hours: with_dates(hours, overrides))


def open_profile(desk: Desk, request: Request) -> Reply:
    """Two lines, topics and places as scholars see them."""
    return _shown(request, profile_modal(request.person, own_profile(desk.support, request.person)))


def submit_profile(desk: Desk, request: Request) -> Reply:
    """Save them."""
    kinds = [kind.key for kind in desk.support.kinds_taken_by(request.person)]
    profile = profile_form(request.envelope.view, kinds)
    save_profile(desk.support, request.person, profile, request_key=request.envelope.once_key())
    return Reply(view=notice(texts.hours.PROFILE_SAVED, title=texts.hours.PROFILE_TITLE))


def glance_of(desk: Desk, request: Request) -> View:
    """The week at a glance as it stands."""
    return week_modal(week_glance(desk.support, request.person))


def _read(desk: Desk, request: Request) -> WeeklyHours:
    kinds = desk.support.kinds_taken_by(request.person)
    shortest = min((kind.length_minutes for kind in kinds if not kind.set_aside), default=0)
    return hours_form(request.envelope.view, shortest=shortest)


def _saved(
    desk: Desk,
    request: Request,
    change: Callable[[WeeklyHours], WeeklyHours],
    *,
    is_read: bool = True,
    said: str = texts.hours.SAVED,
) -> Reply:
    """`is_read` says that the hours in the form were read: what became one of them is told."""
    joined = joined_hours(request.envelope.view) if is_read else ()
    change_hours(desk.support, request.person, change, request_key=request.envelope.once_key())
    under = UpdateUnder(previous=partial(glance_of, desk, request))
    if joined:
        said = f"{said}\n{texts.hours.JOINED.format(days='; '.join(joined))}"
    return Reply(view=notice(said, title=texts.hours.TITLE), screens=(under,))


def _phase(desk: Desk, request: Request, key: str) -> str:
    found = [name for name in desk.rules.of(request.person).calendar().phases if phase_key(name) == key]
    if not found:
        raise NotFound(texts.hours.PHASE_GONE)
    return found[0]


def _purpose(desk: Desk, request: Request, key: str) -> str:
    if key not in {kind.key for kind in desk.support.kinds_taken_by(request.person) if kind.set_aside}:
        raise NotFound
    return key


def _shown(request: Request, view: View) -> Reply:
    return Reply(screens=(over(request, view),))
