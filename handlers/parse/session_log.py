"""From the forms after a session to values; everything here may be hostile."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from domain.booking import check_length
from domain.errors import DomainError
from domain.session_log import LENGTH_MAX_SECONDS, NEXT_STEP_MAX, RATING_WORDS_MAX, Outcome
from domain.times import zone
from handlers.ids import Field
from handlers.parse.booking import UnreadableForm, focus_areas, state_of
from handlers.parse.faults import Faults
from handlers.parse.moments import minute_of_day, moment, moment_after
from handlers.parse.refs import session_ref
from handlers.parse.state import State
from handlers.request import Request
from services.session_log.commands import LogSession, RateSession
from services.session_log.rating import NoScore

_LONGEST = timedelta(seconds=LENGTH_MAX_SECONDS)


@dataclass(frozen=True, slots=True, kw_only=True)
class FormState:
    """What the form for a log carries unseen: the session, the zone its times are in, and where it was opened."""

    pressed: str
    zone: str
    origin: str = ""

    @property
    def ref(self) -> str:
        """The person's own reference to the session."""
        return session_ref(self.pressed)[0]

    def written(self) -> str:
        """As private metadata, which `form_state` reads."""
        return f"{self.pressed}:{self.zone}:{self.origin}"


def form_state(request: Request) -> FormState:
    """What the submitted or changed form carries. Raises `NotFound` or `UnknownZone` for what we cannot have made."""
    pressed, _, rest = state_of(request).partition(":")
    zone_name, _, origin = rest.partition(":")
    session_ref(pressed)
    return FormState(pressed=pressed, zone=zone(zone_name).key, origin=origin)


def chosen_outcome(view: Mapping[str, Any] | None) -> Outcome:
    """What happened. Raises a `DomainError` at the field before the choice, `UnreadableForm` for what is no choice."""
    chosen = State(view).choice(Field.OUTCOME)
    if chosen is None:
        raise DomainError("Please say what happened.", field=Field.OUTCOME)
    try:
        return Outcome(chosen)
    except ValueError:
        raise UnreadableForm from None


def has_actual(view: Mapping[str, Any] | None) -> bool:
    """Whether the form asks for the real times."""
    return State(view).has(Field.BEGAN)


def log_session_form(request: Request) -> LogSession:
    """The form for a log, its times in the zone it was opened in. Raises `Faulty` with every field at fault."""
    state, carried, faults = State(request.envelope.view), form_state(request), Faults()
    outcome = chosen_outcome(request.envelope.view)
    began, ended = _actual(state, faults) if outcome.has_happened else (None, None)
    next_step = partial(check_length, state.text(Field.NEXT_STEP), NEXT_STEP_MAX, field=Field.NEXT_STEP)
    command = LogSession(
        request_key=request.envelope.once_key(),
        ref=carried.ref,
        outcome=outcome,
        started=began,
        ended=ended,
        focus_areas=focus_areas(state),
        next_step=faults.read(next_step, otherwise=""),
    )
    faults.end()
    return command


def rate_session_form(request: Request) -> RateSession:
    """The scholar's answer. Raises `NoScore` at its field, or a `DomainError` at that of the words."""
    ref, _ = session_ref(state_of(request))
    state = State(request.envelope.view)
    return RateSession(
        request_key=request.envelope.once_key(),
        ref=ref,
        score=_score(state),
        words=check_length(state.text(Field.WORDS), RATING_WORDS_MAX, field=Field.WORDS),
    )


def _actual(state: State, faults: Faults) -> tuple[datetime | None, datetime | None]:
    """When it really was; where the beginning cannot be read, the end has no day yet."""
    began = faults.read(partial(moment, state, Field.BEGAN), otherwise=None)
    if began is None:
        faults.read(partial(minute_of_day, state, Field.ENDED), otherwise=0)
        return None, None
    return began, faults.read(partial(moment_after, state, Field.ENDED, began, longest=_LONGEST), otherwise=None)


def _score(state: State) -> int:
    chosen = state.choice(Field.SCORE)
    if chosen is None or not (chosen.isascii() and chosen.isdigit() and len(chosen) <= len("10")):
        raise NoScore(field=Field.SCORE)
    return int(chosen)
