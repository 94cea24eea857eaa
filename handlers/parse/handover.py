"""From the forms of a handover to values; everything here may be hostile."""

from collections.abc import Iterator, Mapping
from typing import Any

from domain.booking import check_length
from domain.errors import DomainError
from domain.handover import WORDS_MAX, Consent
from domain.people import SUPPORT_ROLES, Role
from domain.times import parse_day
from handlers import texts
from handlers.ids import Field
from handlers.parse.booking import UnreadableForm, state_of
from handlers.parse.refs import known_id, session_ref
from handlers.parse.state import State
from handlers.request import Request
from services.handover.commands import AnswerHandover, HandOver, SessionChoice
from services.handover.sheet import SESSIONS_LISTED

MOVE, KEEP = "move", "keep"


def session_field(number: int) -> str:
    """The block id of what is asked about a session, by its number in the form."""
    return f"session.{number}"


def chosen_role(view: Mapping[str, Any] | None) -> Role | None:
    """The chosen role; None where the form does not ask. Raises `UnreadableForm` for what is no choice."""
    chosen = State(view).choice(Field.ROLE)
    if chosen is None:
        return None
    if chosen not in SUPPORT_ROLES:
        raise UnreadableForm
    return Role(chosen)


def chosen_scholar(view: Mapping[str, Any] | None) -> str | None:
    """The reference behind the chosen name, or None before the choice. Raises `NotFound` at the field."""
    chosen = State(view).choice(Field.SCHOLAR)
    return None if chosen is None else known_id(chosen, field=Field.SCHOLAR)


def hand_over_form(request: Request) -> HandOver:
    """The form, filled in. Raises a `DomainError` at the field that is missing, too long or no choice."""
    view = request.envelope.view
    state = State(view)
    scholar_ref, successor, day = chosen_scholar(view), state.choice(Field.STAFF), state.day(Field.FIRST)
    if scholar_ref is None:
        raise DomainError(texts.handover.NO_SCHOLAR, field=Field.SCHOLAR)
    if successor is None:
        raise DomainError(texts.handover.NO_SUCCESSOR, field=Field.STAFF)
    if day is None:
        raise DomainError(texts.handover.NO_DAY, field=Field.FIRST)
    return HandOver(
        request_key=request.envelope.once_key(),
        role=chosen_role(view),
        scholar_ref=scholar_ref,
        successor_id=known_id(successor, field=Field.STAFF),
        first=parse_day(day, field=Field.FIRST),
        words=check_length(state.text(Field.WORDS), WORDS_MAX, field=Field.WORDS),
    )


def answer_form(request: Request) -> AnswerHandover:
    """The scholar's answer. Raises `NotFound`, `UnreadableForm`, or a `DomainError` where consent is not said."""
    ref = known_id(state_of(request))
    state = State(request.envelope.view)
    chosen = state.choice(Field.CONSENT)
    if chosen is None:
        raise DomainError(texts.handover.NO_CONSENT, field=Field.CONSENT)
    try:
        consent = Consent(chosen)
    except ValueError:
        raise UnreadableForm from None
    return AnswerHandover(
        request_key=request.envelope.once_key(), ref=ref, consent=consent, sessions=tuple(_sessions(state))
    )


def _sessions(state: State) -> Iterator[SessionChoice]:
    for name in map(session_field, range(SESSIONS_LISTED)):
        chosen = state.choice(name)
        if chosen is None:
            continue
        wish, _, rest = chosen.partition(":")
        if wish not in (MOVE, KEEP):
            raise UnreadableForm
        ref, version = session_ref(rest)
        yield SessionChoice(field=name, ref=ref, version=version, is_moved=wish == MOVE)
