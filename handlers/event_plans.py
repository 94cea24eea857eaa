"""Staff plan events; staff and hosts change them, call them off, and staff repeat them."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial

from domain.audience import Audience
from domain.errors import NotAllowed
from domain.events import Event, EventPlan
from domain.people import Person, Role
from domain.ports import View
from handlers import texts
from handlers.audience import audience_chosen
from handlers.commands import STAFF
from handlers.events import event_of, events_of
from handlers.ids import Action, Modal
from handlers.parse import events as parse
from handlers.parse.asking import is_to_be_asked
from handlers.parse.booking import UnreadableForm, state_of
from handlers.parse.faults import Faults
from handlers.parse.refs import known_id
from handlers.reply import RefreshHome, Reply, UpdateUnder, over
from handlers.request import Kind, Request
from handlers.router import EVERYONE, Handler, Route
from handlers.views.event_forms import asking_first, call_off_form, plan_form, repeat_form, warned_key
from handlers.views.event_words import lacks_link
from services.audiences.named import accounts_in_use
from services.audiences.options import AudienceOptions, audience_options
from services.desk import Desk
from services.events.commands import EditEvent, PlanEvent
from services.events.host import host_of_account
from services.events.plan import EventOutcome, call_off, edit_event, event_to_run, plan_event, was_done
from services.events.repeat import again, repeat_weekly
from services.events.warnings import Warned, Warns, warnings_of

_MINUTE = timedelta(minutes=1)


def routes(desk: Desk) -> list[Route]:
    """Planning is for staff; what a host may do too its service checks."""
    of_staff: list[tuple[Kind, str, Handler]] = [
        (Kind.ACTION, Action.OPEN_PLAN_EVENT, partial(open_plan, desk)),
        (Kind.ACTION, Action.OPEN_COPY_EVENT, partial(open_copy, desk)),
        (Kind.ACTION, Action.OPEN_REPEAT_EVENT, partial(open_repeat, desk)),
        (Kind.SUBMISSION, Modal.REPEAT_EVENT, partial(submit_repeat, desk)),
    ]
    of_hosts: list[tuple[Kind, str, Handler]] = [
        (Kind.SUBMISSION, Modal.PLAN_EVENT, partial(submit_plan, desk)),
        (Kind.ACTION, Action.OPEN_EDIT_EVENT, partial(open_edit, desk)),
        (Kind.ACTION, Action.OPEN_CALL_OFF_EVENT, partial(open_call_off, desk)),
        (Kind.SUBMISSION, Modal.CALL_OFF_EVENT, partial(submit_call_off, desk)),
    ]
    return [
        *(Route(kind=kind, id=id_, roles=STAFF, handler=handler) for kind, id_, handler in of_staff),
        *(Route(kind=kind, id=id_, roles=EVERYONE, handler=handler) for kind, id_, handler in of_hosts),
    ]


def options_for(desk: Desk, person: Person, chosen: Audience) -> AudienceOptions:
    """Whom an event can be for: by what people are, since it stands while people come and go (decision 0036)."""
    return replace(audience_options(desk, person, chosen), announcements=(), deadlines=(), lists=())


def open_plan(desk: Desk, request: Request) -> Reply:
    """A new one, hosted by oneself to begin with."""
    person = request.person
    view = plan_form(options_for(desk, person, Audience()), zone=person.zone, host=person.slack_user_id)
    return Reply(screens=(over(request, view),))


def open_copy(desk: Desk, request: Request) -> Reply:
    """Another like one that there is, at a time of its own."""
    event = event_to_run(desk, request.person, known_id(request.envelope.pressed))
    return Reply(screens=(over(request, _filled(desk, request.person, event, state="", keeps_time=False)),))


def open_edit(desk: Desk, request: Request) -> Reply:
    """One that there is, with all that was chosen; for staff with whom it is for."""
    event = event_to_run(desk, request.person, known_id(request.envelope.pressed))
    view = _filled(desk, request.person, event, state=f"{event.id}.{event.version}", keeps_time=True)
    return Reply(screens=(over(request, view),))


def submit_plan(desk: Desk, request: Request) -> Reply:
    """Save it, or show first what should be looked at; what cannot be read is told, and nothing typed is lost."""
    seen = parse.edited(request)
    before = event_to_run(desk, request.person, seen[0]) if seen else None
    plan = _plan_of(desk, request, before)
    warned = () if was_done(desk, request.envelope.once_key()) else _warned(desk, request.person, [plan], before)
    if warned and is_to_be_asked(request, warned_key(warned)):
        return _asked(request, warned)
    plan = begun_now(plan, desk.clock.now(), before)
    if seen is None:
        wish = PlanEvent(request_key=request.envelope.once_key(), plan=plan)
        return _saved(desk, request, plan_event(desk, request.person, wish), texts.events.PLANNED)
    event_id, version = seen
    change = EditEvent(request_key=request.envelope.once_key(), event_id=event_id, version=version, plan=plan)
    return _saved(desk, request, edit_event(desk, request.person, change), texts.events.CHANGED)


def open_call_off(desk: Desk, request: Request) -> Reply:
    """The form that asks why."""
    event = event_to_run(desk, request.person, known_id(request.envelope.pressed))
    return Reply(screens=(over(request, call_off_form(event)),))


def submit_call_off(desk: Desk, request: Request) -> Reply:
    """Call it off."""
    outcome = call_off(desk, request.person, parse.call_off(request))
    told = len(outcome.person_ids)
    said = texts.events.CALLED_OFF.format(people=_people(told)) if told else texts.events.CALLED_OFF_UNTOLD
    return _saved(desk, request, outcome, said)


def open_repeat(desk: Desk, request: Request) -> Reply:
    """The form that asks for how long."""
    event = event_to_run(desk, request.person, known_id(request.envelope.pressed))
    return Reply(screens=(over(request, repeat_form(event)),))


def submit_repeat(desk: Desk, request: Request) -> Reply:
    """Plan it again, unless something should be looked at first."""
    event_id, weeks = known_id(state_of(request)), parse.weeks(request)
    plans = again(desk, request.person, event_id, weeks)
    warned = () if was_done(desk, request.envelope.once_key()) else _warned(desk, request.person, plans, None)
    if warned and is_to_be_asked(request, warned_key(warned)):
        return _asked(request, warned)
    planned = repeat_weekly(desk, request.person, event_id, weeks, request_key=request.envelope.once_key())
    outcome = EventOutcome(event=event_to_run(desk, request.person, event_id))
    return _saved(desk, request, outcome, texts.events.REPEATED.format(number=len(planned)))


def begun_now(plan: EventPlan, now: datetime, before: Event | None) -> EventPlan:
    """A plan whose start has passed, with a yes to that: it begins now. One that is just held stays."""
    if plan.starts > now or (before is not None and before.plan.starts == plan.starts):
        return plan
    starts = now.replace(second=0, microsecond=0) + _MINUTE
    return replace(plan, starts=starts, ends=max(plan.ends, starts + _MINUTE), closes=None)


def _people(number: int) -> str:
    return texts.events.ONE_PERSON if number == 1 else texts.events.PEOPLE.format(number=number)


def _plan_of(desk: Desk, request: Request, before: Event | None) -> EventPlan:
    """The plan. Raises `Faulty` with everything that cannot be read or does not fit, each at its field.

    Whom it is for staff say, and of a host's it stays as it was. Raises `NotAllowed` for a new one of anybody else.
    """
    faults, person = Faults(), request.person
    is_staff = person.has(Role.STAFF)
    if before is None and not is_staff:
        raise NotAllowed
    form = parse.event_form(request, faults, has_audience=is_staff)
    host_id = faults.read(lambda: host_of_account(desk, person, form.host), otherwise="") if form.host else ""
    kept = Audience() if before is None or is_staff else before.plan.audience
    audience = faults.read(lambda: _audience(desk, person, form, kept), otherwise=Audience())
    plan = faults.read(lambda: form.plan(host_id=host_id, audience=audience), otherwise=None)
    if plan is not None and form.has_times:
        faults.read(lambda: plan.check(desk.clock.now()), otherwise=None)
    faults.end()
    if plan is None:
        raise UnreadableForm
    return plan


def _audience(desk: Desk, person: Person, form: parse.EventForm, kept: Audience) -> Audience:
    return kept if form.audience is None else audience_chosen(desk, person, form.audience)


def _warned(desk: Desk, person: Person, plans: Sequence[EventPlan], before: Event | None) -> tuple[Warned, ...]:
    found = warnings_of(desk, person, plans, but_not=before.id if before else "")
    if before is None or before.plan.starts != plans[0].starts:
        return found
    # An event that is just held may be changed; and what was agreed to when it was planned is not asked again.
    same_people = before.plan.audience == plans[0].audience and before.plan.ends == plans[0].ends
    return () if same_people else tuple(each for each in found if each.of is not Warns.BEGUN)


def _asked(request: Request, warned: Sequence[Warned]) -> Reply:
    """The form with what to look at."""
    return Reply(view=asking_first(request.envelope.view or {}, warned, zone=request.person.zone))


def _filled(desk: Desk, person: Person, event: Event, *, state: str, keeps_time: bool) -> View:
    plan = event.plan
    host = next(iter(accounts_in_use(desk, [plan.host_id])), "")
    is_staff = person.has(Role.STAFF)
    accounts = accounts_in_use(desk, plan.audience.people) if is_staff else ()
    return plan_form(
        options_for(desk, person, plan.audience) if is_staff else None,
        zone=person.zone,
        host=host,
        plan=plan,
        accounts=accounts,
        state=state,
        keeps_time=keeps_time,
    )


def _saved(desk: Desk, request: Request, outcome: EventOutcome, sentence: str) -> Reply:
    """What stands now; under it the event, or the list of a new one; and everybody's Home tab that shows it."""
    person, event_id = request.person, outcome.event.id
    sentence = f"{sentence} {texts.events.NO_LINK_YET}" if lacks_link(outcome.event) else sentence
    view = event_of(desk, person, event_id, said=sentence)
    is_new = request.envelope.id == Modal.PLAN_EVENT and not state_of(request)
    previous = partial(events_of, desk, person) if is_new else partial(event_of, desk, person, event_id)
    root = partial(events_of, desk, person)
    people = (*outcome.person_ids, *outcome.invited_ids)
    homes = (RefreshHome(people),) if people else ()
    return Reply(view=view, screens=(UpdateUnder(previous=previous, root=root), *homes))
