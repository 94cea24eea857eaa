"""From the form for proposing times, and the buttons of the message, to values."""

from collections.abc import Mapping
from typing import Any

from domain.errors import DomainError
from handlers.ids import Field
from handlers.parse.booking import instant
from handlers.parse.refs import known_id
from handlers.parse.state import State
from handlers.request import Request
from services.scheduling.commands import ProposeTimes


def propose_times_form(request: Request) -> ProposeTimes:
    """The chosen times. Raises at the field when none is chosen."""
    starts = State(request.envelope.view).choices(Field.STARTS)
    if not starts:
        raise DomainError("Please choose a scholar and at least one time.", field=Field.STARTS)
    return ProposeTimes(request_key=request.envelope.once_key(), starts=tuple(instant(each) for each in starts))


def scholar_id(view: Mapping[str, Any] | None, *, field: str) -> str:
    """The chosen Slack account. Raises at the field when nobody is chosen."""
    chosen = State(view).user(field)
    if chosen is None:
        raise DomainError("Please choose a scholar.", field=field)
    return known_id(chosen, field=field)


def chosen_day(view: Mapping[str, Any] | None) -> str | None:
    """The chosen local day (ISO), if any."""
    return State(view).choice(Field.DAY)
