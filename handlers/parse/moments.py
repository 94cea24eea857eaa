"""A date and a time as people choose them in a form, in the zone that the form names at them.

The block of the time carries that zone, so that what was shown is what is read, whatever has become of the person's
own zone since.
"""

import re
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from domain.errors import DomainError
from domain.times import TimeRepeated, TimeSkipped, parse_day, resolve_local, zone
from handlers import texts
from handlers.ids.choices import Pass
from handlers.ids.fields import day_field, pass_field
from handlers.parse.booking import UnreadableForm
from handlers.parse.state import State

_CLOCK = re.compile(r"([01][0-9]|2[0-3]):([0-5][0-9])", re.ASCII)
_A_DAY = timedelta(days=1)


def moment(state: State, field: str) -> datetime:
    """The chosen date and time as a UTC instant.

    Raises at the date or at the time what is missing, `TimeSkipped`, `TimeRepeated` or `UnreadableForm`.
    """
    chosen = state.day(day_field(field))
    if chosen is None:
        raise DomainError(texts.moments.NO_DAY, field=day_field(field))
    return _resolved(state, field, parse_day(chosen, field=day_field(field)))


def moment_after(state: State, field: str, starts: datetime, *, longest: timedelta) -> datetime:
    """The chosen time, which has no date of its own: of the day of `starts`, or of the next one, past midnight.

    What would come to more than `longest` by then is of the same day, for the rules to say that it lies too early.
    Raises as `moment` does.
    """
    tz = _zone(state, field)
    today = starts.astimezone(tz).date()
    if max(_readings(state, field, today)) > starts:
        return _resolved(state, field, today)
    is_near = max(_readings(state, field, today + _A_DAY)) - starts <= longest
    return _resolved(state, field, today + _A_DAY if is_near else today)


def minute_of_day(state: State, field: str) -> int:
    """The chosen time in minutes after midnight. Raises what is missing, or `UnreadableForm`, at its field."""
    chosen = state.time(field)
    if chosen is None:
        raise DomainError(texts.moments.NO_TIME, field=field)
    found = _CLOCK.fullmatch(chosen)
    if not found:
        raise UnreadableForm(field=field)
    return int(found[1]) * 60 + int(found[2])


def is_empty(state: State, field: str) -> bool:
    """Whether neither a date nor a time is chosen."""
    return state.day(day_field(field)) is None and state.time(field) is None


def _resolved(state: State, field: str, day: date) -> datetime:
    try:
        return resolve_local(day, minute_of_day(state, field), _zone(state, field), field=field)
    except TimeRepeated as repeated:
        chosen = state.choice(pass_field(field))
        if chosen not in tuple(Pass):
            raise
        return repeated.choices[chosen == Pass.SECOND]


def _readings(state: State, field: str, day: date) -> tuple[datetime, ...]:
    """Every instant that the time may be of this day, also where clocks skip it."""
    try:
        return (resolve_local(day, minute_of_day(state, field), _zone(state, field), field=field),)
    except TimeRepeated as repeated:
        return repeated.choices
    except TimeSkipped as skipped:
        return (skipped.instant,)


def _zone(state: State, field: str) -> ZoneInfo:
    return zone(state.behind(field))
