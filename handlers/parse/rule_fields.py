"""Settings in the forms of the rules: read with all faults at once, each at its field, and written as it reads back."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from functools import partial
from typing import TypeVar

from domain.amounts import HOUR_MINUTES, days_text, duration_text, parse_minutes, parse_multiple, parse_number
from domain.attention import InvalidTimes
from domain.booking import check_length
from domain.errors import DomainError
from domain.times import DAY_MINUTES
from domain.wall import minute_of, minute_text
from handlers import texts
from handlers.ids.choices import NO, YES
from handlers.parse.faults import Faults
from handlers.parse.state import State
from handlers.texts.rule_fields import How, RuleField

SETTING_MAX = 60
Settings = TypeVar("Settings")


class NotChosen(DomainError):
    """Please choose one of the two."""


def settings(state: State, fields: Iterable[RuleField], base: Settings, faults: Faults) -> Settings:
    """The base with what the form says; a field that the form does not have stays as it is.

    Every fault is noted at its field, also of values that do not fit together; then what comes back means nothing.
    """
    values = {
        field.name: faults.read(partial(_read, state, field), otherwise=getattr(base, field.name))
        for field in fields
        if state.has(field.name)
    }
    return _fitted(base, values, faults)


def written(field: RuleField, value: int) -> str:
    """A setting as the form shows it and as it is read back."""
    chosen = _CHOSEN_AS.get(field.how)
    if chosen is not None:
        return chosen(value)
    return field.zero if value == 0 else _TYPED_AS[field.how](value)


def _read(state: State, field: RuleField) -> int:
    if field.how in _CHOSEN:
        return _CHOSEN[field.how](state, field.name)
    typed = check_length(state.text(field.name), SETTING_MAX, field=field.name)
    match field.how:
        case How.MINUTES:
            return parse_minutes(typed, bare=1, field=field.name)
        case How.AHEAD:
            return parse_minutes(typed, field=field.name)
        case How.HOURS:
            return parse_multiple(typed, unit=HOUR_MINUTES, field=field.name)
        case How.DAYS:
            return parse_multiple(typed, unit=DAY_MINUTES, field=field.name)
        case _:
            return parse_number(typed, field=field.name)


def _choice(state: State, name: str) -> bool:
    chosen = state.choice(name)
    if chosen not in (YES, NO):
        raise NotChosen(field=name)
    return chosen == YES


def _minute(state: State, name: str) -> int:
    minute = minute_of(state.time(name) or "")
    if minute is None:
        raise InvalidTimes(texts.attention.CHOOSE_TIME, field=name)
    return minute


def _weekday(state: State, name: str) -> int:
    chosen = state.choice(name)
    if chosen not in texts.attention.DAYS:
        raise InvalidTimes(texts.attention.CHOOSE_ONE, field=name)
    return texts.attention.DAYS.index(chosen)


_CHOSEN: Mapping[How, Callable[[State, str], int]] = {
    How.YES_NO: _choice,
    How.TIME: _minute,
    How.WEEKDAY: _weekday,
}
"""What is picked and not typed."""
_CHOSEN_AS: Mapping[How, Callable[[int], str]] = {
    How.YES_NO: lambda value: YES if value else NO,
    How.TIME: minute_text,
    How.WEEKDAY: lambda value: texts.attention.DAYS[value],
}
_TYPED_AS: Mapping[How, Callable[[int], str]] = {
    How.MINUTES: duration_text,
    How.AHEAD: duration_text,
    How.HOURS: lambda value: duration_text(value * HOUR_MINUTES),
    How.DAYS: days_text,
    How.NUMBER: str,
}


def _fitted(base: Settings, values: dict[str, int], faults: Faults) -> Settings:
    """What is at fault is put back, one field after another, until the rest fits: so all of it is found."""
    while True:
        try:
            return replace(base, **values)  # type: ignore[type-var]  # a frozen dataclass, as the table of fields says
        except DomainError as fault:
            if not faults.has(fault.field):
                faults.note(fault)
            if values.get(str(fault.field)) in (None, getattr(base, str(fault.field), None)):
                return base
            values = values | {str(fault.field): getattr(base, str(fault.field))}
