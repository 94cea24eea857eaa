"""The form to wait for a time."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from domain.errors import DomainError
from handlers.ids import ANYONE, Field
from handlers.parse.booking import UnreadableForm
from handlers.parse.refs import known_id
from handlers.parse.state import State
from handlers.request import Request
from services.waiting.join import WaitFor


def wait_for_form(request: Request) -> WaitFor:
    """The form, filled in. Raises a `DomainError` for what cannot be read."""
    state = State(request.envelope.view)
    staff = state.choice(Field.STAFF)
    kind = state.choice(Field.KIND)
    if kind is None:
        raise DomainError("Please choose a kind of session.", field=Field.KIND)
    return WaitFor(
        request_key=request.envelope.once_key(),
        kind=kind,
        staff_id=None if staff in (None, ANYONE) else known_id(staff, field=Field.STAFF),
        from_day=_day(state, Field.FROM_DAY),
        until_day=_day(state, Field.UNTIL_DAY),
    )


def wished(view: Mapping[str, Any] | None) -> tuple[str | None, str | None]:
    """Kind and staff member that stand in this form or in a booking form; None for what does not."""
    state = State(view)
    staff = state.choice(Field.STAFF)
    return state.choice(Field.KIND), None if staff == ANYONE else staff


def _day(state: State, field: Field) -> str:
    """An ISO date, or "" where none was chosen. Raises `UnreadableForm`."""
    chosen = state.day(field)
    if chosen is None:
        return ""
    try:
        return date.fromisoformat(chosen).isoformat()
    except ValueError:
        raise UnreadableForm from None
