"""From the form for proposing times, and the buttons of the message, to values."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from domain.booking import OWN_TIMES_MAX, check_length
from domain.errors import DomainError
from domain.times import parse_instant, zone
from handlers.ids import Field
from handlers.parse.booking import instant
from handlers.parse.refs import known_id
from handlers.parse.state import State
from handlers.request import Request
from services.booking.commands import ProposeTimes
from services.proposals.propose import NoTimes


def propose_times_form(request: Request) -> ProposeTimes:
    """The chosen kind and times, and those named, one a line, in the person's zone. Raises at the field at fault."""
    state = State(request.envelope.view)
    starts = state.choices(Field.STARTS)
    typed = check_length(state.text(Field.OWN), OWN_TIMES_MAX, field=Field.OWN)
    tz = zone(request.person.zone)
    own = tuple(_named(line, number, tz) for number, line in enumerate(typed.splitlines(), 1) if line.strip())
    if not starts and not own:
        raise NoTimes(field=Field.STARTS if state.has(Field.STARTS) else Field.OWN)
    return ProposeTimes(
        request_key=request.envelope.once_key(),
        starts=tuple(instant(each) for each in starts),
        own=own,
        kind=state.choice(Field.KIND),
    )


def _named(line: str, number: int, tz: ZoneInfo) -> datetime:
    try:
        return parse_instant(line, tz, field=Field.OWN)
    except DomainError as problem:
        raise DomainError(f"Line {number}: {problem.message}", field=Field.OWN) from None


def scholar_id(view: Mapping[str, Any] | None) -> str | None:
    """The chosen Slack account, or None before the choice. Raises at the field for what cannot be one."""
    chosen = State(view).user(Field.SCHOLAR)
    return None if chosen is None else known_id(chosen, field=Field.SCHOLAR)


def chosen_kind(view: Mapping[str, Any] | None) -> str | None:
    """The chosen kind's key; None where the form does not ask."""
    return State(view).choice(Field.KIND)


def chosen_day(view: Mapping[str, Any] | None) -> str | None:
    """The chosen local day (ISO), if any."""
    return State(view).choice(Field.DAY)


def chosen_starts(view: Mapping[str, Any] | None) -> tuple[str, ...]:
    """The times chosen so far, as the menu carries them and not read yet: they are only compared with what is free."""
    return State(view).choices(Field.STARTS)
