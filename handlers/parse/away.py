"""From the forms for travel and time away to values; a sentence at the field for what is missing or cannot be."""

from collections.abc import Collection, Mapping
from datetime import date
from functools import partial
from typing import Any

from domain.booking import check_length
from domain.days import DateSpan, InvalidDays
from domain.errors import DomainError
from domain.hours import Absence, Travel
from domain.times import parse_day, zone_called
from handlers import texts
from handlers.ids import Field
from handlers.parse.faults import Faults
from handlers.parse.hours import ZONE_MAX
from handlers.parse.refs import known_id
from handlers.parse.state import State


class DateMissing(DomainError):
    """Please choose a day."""


class NoColleague(DomainError):
    """They are not here any more. Please choose somebody else, or nobody."""


def travel_form(view: Mapping[str, Any] | None, *, today: date) -> Travel:
    """A stretch of dates in another zone. Raises `Faulty` with every field at fault."""
    state, faults = State(view), Faults()
    days = _days(state, faults, today)
    zone = faults.read(partial(_zone, state), otherwise="UTC")
    faults.end()
    return Travel(days=days, zone=zone)


def away_form(view: Mapping[str, Any] | None, *, today: date, colleagues: Collection[str]) -> Absence:
    """A stretch of dates away, with one of these colleagues (ids) or nobody. Raises `Faulty` as `travel_form` does."""
    state, faults = State(view), Faults()
    days = _days(state, faults, today)
    colleague = faults.read(partial(_colleague, state, colleagues), otherwise="")
    faults.end()
    return Absence(days=days, colleague=colleague)


def first_day(text: str) -> date:
    """The date by which a button knows a stretch. Raises `UnreadableTime`."""
    return parse_day(text)


def _days(state: State, faults: Faults, today: date) -> DateSpan:
    first = faults.read(partial(_day, state, Field.FIRST, texts.hours.NO_FIRST), otherwise=today)
    last = faults.read(partial(_day, state, Field.LAST, texts.hours.NO_LAST), otherwise=max(first, today))
    return faults.read(partial(_span, first, last, today), otherwise=DateSpan(first=today, last=today))


def _day(state: State, field: str, missing: str) -> date:
    chosen = state.day(field)
    if chosen is None:
        raise DateMissing(missing, field=field)
    return parse_day(chosen, field=field)


def _span(first: date, last: date, today: date) -> DateSpan:
    try:
        days = DateSpan(first=first, last=last)
    except InvalidDays as problem:
        raise InvalidDays(problem.message, field=Field.LAST) from None
    if last < today:
        raise DateMissing(texts.hours.PASSED, field=Field.LAST)
    return days


def _zone(state: State) -> str:
    return zone_called(check_length(state.text(Field.ZONE), ZONE_MAX, field=Field.ZONE))


def _colleague(state: State, colleagues: Collection[str]) -> str:
    chosen = state.choice(Field.COLLEAGUE)
    if chosen is None:
        return ""
    if known_id(chosen, field=Field.COLLEAGUE) not in colleagues:
        raise NoColleague(texts.hours.NO_COLLEAGUE, field=Field.COLLEAGUE)
    return chosen
