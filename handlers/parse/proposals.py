"""From the form for proposing times, and the buttons of the message, to values."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from handlers.ids import Field
from handlers.parse.booking import instant
from handlers.parse.moments import is_empty, moment
from handlers.parse.refs import known_id
from handlers.parse.state import State
from handlers.request import Request
from services.booking.commands import ProposeTimes
from services.proposals.propose import NoTimes

_OWN = "own."


def propose_times_form(request: Request) -> ProposeTimes:
    """The chosen kind and times, those of one's own among them. Raises at the field at fault."""
    state = State(request.envelope.view)
    chosen = state.choices(Field.STARTS)
    own = [own_start(each) for each in chosen if is_own(each)]
    if not is_empty(state, Field.OWN):
        own.append(moment(state, Field.OWN))
    starts = [instant(each) for each in chosen if not is_own(each)]
    if not starts and not own:
        raise NoTimes(field=Field.STARTS if state.has(Field.STARTS) else Field.OWN)
    return ProposeTimes(
        request_key=request.envelope.once_key(), starts=tuple(starts), own=tuple(own), kind=state.choice(Field.KIND)
    )


def added_time(view: Mapping[str, Any] | None) -> str:
    """The time of one's own that is to join those chosen, as the menu carries it. Raises at the field at fault."""
    return own_value(moment(State(view), Field.OWN))


def own_value(starts: datetime) -> str:
    """A time of one's own as the menu carries it, apart from the free ones."""
    return f"{_OWN}{int(starts.timestamp())}"


def is_own(value: str) -> bool:
    """Whether a time that the menu carries is one of one's own."""
    return value.startswith(_OWN)


def own_start(value: str) -> datetime:
    """The instant of a time of one's own that the menu carries. Raises `UnreadableForm`."""
    return instant(value.removeprefix(_OWN))


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
