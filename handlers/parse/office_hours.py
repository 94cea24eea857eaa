"""From the forms of office hours to values; a sentence at the field for what cannot be read."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from domain.booking import check_length
from domain.errors import DomainError, NotFound
from domain.office_hours import LINE_MAX, LONGEST_HOURS, MINUTES_EACH, HelpTopic
from domain.places import Place, parse_place
from handlers import texts
from handlers.ids import Field
from handlers.parse.booking import UnreadableForm, state_of
from handlers.parse.faults import Faults
from handlers.parse.hours import PLACE_MAX
from handlers.parse.moments import moment, moment_after
from handlers.parse.refs import known_id
from handlers.parse.state import State
from handlers.request import Request
from services.office_hours.commands import HoldOfficeHours, JoinLine

_LONGEST = timedelta(hours=LONGEST_HOURS)


def join_form(request: Request) -> JoinLine:
    """The form to join a line. Raises `Faulty` with every field at fault."""
    state, faults = State(request.envelope.view), Faults()
    topic = faults.read(lambda: _topic(state), otherwise=HelpTopic.OTHER)
    line = faults.read(lambda: _line(state), otherwise="")
    faults.end()
    return JoinLine(
        request_key=request.envelope.once_key(), office_ref=known_id(state_of(request)), topic=topic, line=line
    )


def hold_form(request: Request, *, now: datetime) -> HoldOfficeHours:
    """The form to open or plan office hours, times in the zone it names. Raises `Faulty` with every field at fault."""
    state, faults = State(request.envelope.view), Faults()
    is_planned = state.has(Field.START)
    starts = faults.read(lambda: moment(state, Field.START), otherwise=now) if is_planned else now
    ends = faults.read(lambda: moment_after(state, Field.END, starts, longest=_LONGEST), otherwise=now)
    minutes = faults.read(lambda: _minutes(state), otherwise=0)
    place = faults.read(lambda: place_of(state), otherwise=None)
    faults.end()
    if place is None:
        raise UnreadableForm
    return HoldOfficeHours(
        request_key=request.envelope.once_key(),
        starts=starts if is_planned else None,
        ends=ends,
        minutes=minutes,
        topics=topics(state),
        place=place,
    )


def place_of(state: State) -> Place:
    """Where somebody helps. Raises `InvalidPlace`, also for none, at its field."""
    detail = check_length(state.text(Field.PLACE), PLACE_MAX, field=Field.PLACE)
    if not detail:
        raise DomainError(texts.office_hours.NO_PLACE, field=Field.PLACE)
    return parse_place(detail, field=Field.PLACE)


def topics(state: State) -> tuple[HelpTopic, ...]:
    """The chosen topics. Raises `UnreadableForm` for one that is not on the list."""
    try:
        return tuple(HelpTopic(value) for value in state.choices(Field.TOPICS))
    except ValueError:
        raise UnreadableForm from None


def chosen_peer(view: Mapping[str, Any] | None) -> str:
    """The chosen peer's reference. Raises at the field for none."""
    chosen = State(view).choice(Field.PEER)
    if chosen is None:
        raise DomainError(texts.office_hours.NO_PEER, field=Field.PEER)
    return known_id(chosen, field=Field.PEER)


def two_refs(text: str) -> tuple[str, str]:
    """A helper's references to a line and to somebody in it, written `line.entry`. Raises `NotFound`."""
    line, _, entry = text.partition(".")
    if not entry:
        raise NotFound
    return known_id(line), known_id(entry)


def _topic(state: State) -> HelpTopic:
    chosen = state.choice(Field.TOPIC)
    if chosen is None:
        raise DomainError(texts.office_hours.NO_TOPIC, field=Field.TOPIC)
    try:
        return HelpTopic(chosen)
    except ValueError:
        raise UnreadableForm from None


def _line(state: State) -> str:
    line = check_length(state.text(Field.PROBLEM), LINE_MAX, field=Field.PROBLEM)
    if not line:
        raise DomainError(texts.office_hours.NO_PROBLEM, field=Field.PROBLEM)
    return line


def _minutes(state: State) -> int:
    chosen = state.choice(Field.MINUTES)
    if chosen is None:
        raise DomainError(texts.office_hours.NO_MINUTES, field=Field.MINUTES)
    if chosen not in map(str, MINUTES_EACH):
        raise UnreadableForm
    return int(chosen)
