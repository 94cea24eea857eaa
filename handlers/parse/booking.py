"""From Slack's payloads to the commands of scheduling; everything here may be hostile."""

import re
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from domain.booking import REASON_MAX, WORDS_MAX, check_length
from domain.errors import DomainError
from domain.focus import FocusArea
from domain.series import ONCE, Repeat
from handlers.ids import AND_FOLLOWING, ANYONE, Field
from handlers.parse.refs import known_id, session_ref
from handlers.parse.state import State
from handlers.request import Request
from services.booking.commands import BookSession, CancelSession, MoveSession

_EPOCH = re.compile(r"[0-9]{1,11}", re.ASCII)
"""Eleven digits are enough for some thousand years."""


_REPEAT = re.compile(r"([0-9])\.([0-9]{1,2})", re.ASCII)


class UnreadableForm(DomainError):
    """I could not read that form. Please close it and open it again."""


def book_session(request: Request) -> BookSession:
    """The booking form, filled in. Raises a `DomainError` at the field that is missing or too long."""
    state = State(request.envelope.view)
    staff = state.choice(Field.STAFF)
    return BookSession(
        request_key=request.envelope.once_key(),
        kind=state.choice(Field.KIND) or "",
        staff_id=None if staff in (None, ANYONE) else known_id(staff, field=Field.STAFF),
        starts=start(state),
        focus_areas=focus_areas(state),
        words=check_length(state.text(Field.WORDS), WORDS_MAX, field=Field.WORDS),
        repeat=repeat(state),
    )


def move_session(request: Request) -> MoveSession:
    """The form for another time."""
    ref, version = session_ref(state_of(request))
    state = State(request.envelope.view)
    return MoveSession(
        request_key=request.envelope.once_key(),
        ref=ref,
        version=version,
        starts=start(state),
        reason=check_length(state.text(Field.REASON), REASON_MAX, field=Field.REASON),
    )


def cancel_session(request: Request) -> CancelSession:
    """The form that asks for a reason."""
    ref, version = session_ref(state_of(request))
    state = State(request.envelope.view)
    return CancelSession(
        request_key=request.envelope.once_key(),
        ref=ref,
        version=version,
        reason=check_length(state.text(Field.REASON), REASON_MAX, field=Field.REASON),
        and_following=state.choice(Field.WHICH) == AND_FOLLOWING,
    )


def state_of(request: Request) -> str:
    """The opaque reference a modal carries."""
    view: Mapping[str, Any] = request.envelope.view or {}
    return str(view.get("private_metadata", ""))


def has_times(request: Request) -> bool:
    """Whether the form had times to choose from."""
    return State(request.envelope.view).has(Field.START)


def start(state: State) -> datetime:
    """The chosen time. Its menu carries epoch seconds."""
    chosen = state.choice(Field.START)
    if chosen is None:
        raise DomainError("Please choose a time.", field=Field.START)
    return instant(chosen)


def instant(text: str) -> datetime:
    """Epoch seconds as an aware instant. Raises `UnreadableForm` for anything else."""
    if not _EPOCH.fullmatch(text):
        raise UnreadableForm
    return datetime.fromtimestamp(int(text), UTC)


def repeat(state: State) -> Repeat:
    """How often, written `weeks.times`; once where the form did not ask. Raises `UnreadableForm`."""
    chosen = state.choice(Field.REPEAT)
    if chosen is None:
        return ONCE
    found = _REPEAT.fullmatch(chosen)
    if not found:
        raise UnreadableForm(field=Field.REPEAT)
    return Repeat(every_weeks=int(found[1]), times=int(found[2]))


def focus_areas(state: State) -> tuple[FocusArea, ...]:
    """The chosen topics. Raises `UnreadableForm` for one that is not on the list."""
    try:
        return tuple(FocusArea(value) for value in state.choices(Field.FOCUS))
    except ValueError:
        raise UnreadableForm from None
