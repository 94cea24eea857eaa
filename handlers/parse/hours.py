"""From the forms for hours and profile to values; a sentence at the field for what cannot be read.

What was typed may grow when it is written out, as the form shows it next time ("9-5" is "9:00-17:00", "4.12" is
"room: 4.12"). So the written form is held to the limit of the field too: else the form could not be opened again.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from functools import partial
from typing import Any

from domain.booking import check_length
from domain.hours import (
    WEEKDAYS,
    DateOverride,
    InvalidHours,
    WeeklyHours,
    WeeklyWindow,
    Window,
    format_overrides,
    format_windows,
    joined_overrides,
    joined_windows,
    parse_overrides,
    parse_windows,
)
from domain.intervals import Interval, unite
from domain.limits import DAY_MAX, WEEK_MAX, OwnLimits, parse_limit
from domain.places import Place, parse_place, parse_site_places
from domain.times import DAY_MINUTES, parse_day, zone_called
from handlers import texts
from handlers.ids import Field
from handlers.parse.booking import UnreadableForm, focus_areas
from handlers.parse.faults import Faults
from handlers.parse.state import State
from services.hours.own import Profile

WINDOWS_MAX = 2000
"""A day's hours in words; 144 windows, the most a day can hold, come to 1870 characters."""
OVERRIDES_MAX = 3000
ZONE_MAX = 60
OWN_WEEK, SAME_WEEK = "own", "same"
ABOUT_MAX = 200
PLACE_MAX = 200
LIMIT_MAX = 20
"""Characters for a number, or for words such as "no limit"."""
SEND_AGENDA = "send"


def hours_form(view: Mapping[str, Any] | None, *, shortest: int = 0) -> WeeklyHours:
    """The week and the dates that differ, as far as the form has them.

    Raises `Faulty` with every weekday at fault, the days to copy, the zone and the dates. In hours shorter than the
    `shortest` session, in minutes, nothing could ever be offered: they are at fault too.
    """
    state, faults = State(view), Faults()
    by_day = {day: faults.read(partial(_windows, state, day, shortest), otherwise=()) for day in WEEKDAYS}
    source, targets = faults.read(partial(_copying, state), otherwise=("", ()))
    windows = [
        WeeklyWindow(weekday=number, start_minute=window.start_minute, end_minute=window.end_minute)
        for number, day in enumerate(WEEKDAYS)
        for window in by_day[source if day in targets else day]
    ]
    overrides = faults.read(partial(_overrides, state, shortest), otherwise=())
    day_off = faults.read(partial(_day_off, state, overrides), otherwise=())
    zone = faults.read(partial(_zone, state), otherwise="UTC")
    faults.end()
    return WeeklyHours(zone=zone, windows=tuple(windows), overrides=(*overrides, *day_off))


def joined_hours(view: Mapping[str, Any] | None) -> tuple[str, ...]:
    """The days of a form that could be read whose hours overlap or touch, and so became one: "Monday 9:00-17:00"."""
    state = State(view)
    _, targets = _copying(state)
    days = ((day.capitalize(), joined_windows(state.text(day))) for day in WEEKDAYS if day not in targets)
    dates = ((each.day.isoformat(), each.windows) for each in joined_overrides(state.text(Field.OVERRIDES)))
    return tuple(f"{day} {format_windows(windows)}" for day, windows in (*days, *dates) if windows)


def has_own_week(view: Mapping[str, Any] | None) -> bool:
    """Whether the form for a phase says that it has hours of its own."""
    return State(view).choice(Field.PHASE_WEEK) == OWN_WEEK


def profile_form(view: Mapping[str, Any] | None, kinds: Iterable[str]) -> Profile:
    """What scholars see, with places for those of these kinds of session that the form asked for, and what they do not.

    Raises `Faulty` with every field at fault.
    """
    state, faults = State(view), Faults()
    about = partial(check_length, state.text(Field.ABOUT), ABOUT_MAX, field=Field.ABOUT)
    profile = Profile(
        about=faults.read(about, otherwise=""),
        focus_areas=faults.read(partial(focus_areas, state), otherwise=()),
        places={kind: _places(state, kind, faults) for kind in kinds if state.has(place_field(kind))},
        limits=OwnLimits(
            per_day=faults.read(partial(_limit, state, Field.PER_DAY, DAY_MAX), otherwise=0),
            per_week=faults.read(partial(_limit, state, Field.PER_WEEK, WEEK_MAX), otherwise=0),
        ),
        has_agenda=SEND_AGENDA in state.choices(Field.AGENDA),
    )
    faults.end()
    return profile


def place_field(kind: str) -> str:
    """The field of where sessions of a kind are held."""
    return f"{Field.PLACE}.{kind}"


def site_places_field(kind: str) -> str:
    """The field of other places by site."""
    return f"{Field.SITE_PLACES}.{kind}"


def place_text(place: Place | None) -> str:
    """A place as the form shows it and `parse_place` reads it."""
    return f"{place.kind}: {place.detail}" if place else ""


def site_places_text(places: Mapping[str, Place]) -> str:
    """The places of single sites, one a line, as `parse_site_places` reads them."""
    return "\n".join(f"{site}: {place_text(place)}" for site, place in places.items() if site)


def _limit(state: State, field: str, most: int) -> int:
    return parse_limit(check_length(state.text(field), LIMIT_MAX, field=field), most, field=field)


def _copying(state: State) -> tuple[str, tuple[str, ...]]:
    """The weekday whose hours are copied and those that get them; "" and nothing for none."""
    source, targets = state.choice(Field.COPY_FROM) or "", state.choices(Field.COPY_TO)
    if targets and not source:
        raise InvalidHours(texts.hours.COPY_WHICH, field=Field.COPY_FROM)
    if source and not targets:
        raise InvalidHours(texts.hours.COPY_WHERE, field=Field.COPY_TO)
    if not {source, *targets} <= {"", *WEEKDAYS}:
        raise UnreadableForm
    return source, targets


def _day_off(state: State, overrides: Sequence[DateOverride]) -> tuple[DateOverride, ...]:
    chosen = state.day(Field.DAY_OFF)
    if chosen is None:
        return ()
    day = parse_day(chosen, field=Field.DAY_OFF)
    if any(override.day == day and override.windows for override in overrides):
        raise InvalidHours(texts.hours.DAY_OFF_HAS_HOURS, field=Field.DAY_OFF)
    off = DateOverride(day=day)
    check_length(format_overrides((*overrides, off)), OVERRIDES_MAX, field=Field.OVERRIDES)
    return (off,)


def _zone(state: State) -> str:
    if not state.has(Field.ZONE):
        return "UTC"  # a form that is not about the zone
    return zone_called(check_length(state.text(Field.ZONE), ZONE_MAX, field=Field.ZONE))


def _windows(state: State, day: str, shortest: int) -> Sequence[Window]:
    windows = parse_windows(check_length(state.text(day), WINDOWS_MAX, field=day), field=day)
    _check_long_enough([(one.start_minute, one.end_minute) for one in windows], shortest, field=day)
    return windows


def _check_long_enough(windows: Sequence[Interval], shortest: int, *, field: str, of: str = "") -> None:
    """Raises `InvalidHours` for hours that are too short. What touches midnight may go on beyond it."""
    whole = [end - start for start, end in windows if start > 0 and end < DAY_MINUTES]
    if whole and min(whole) < shortest:
        sentence = f"essions take {shortest} minutes; these hours are shorter."
        raise InvalidHours(f"{of}: s{sentence}" if of else f"S{sentence}", field=field)


def _overrides(state: State, shortest: int) -> tuple[DateOverride, ...]:
    typed = check_length(state.text(Field.OVERRIDES), OVERRIDES_MAX, field=Field.OVERRIDES)
    overrides = parse_overrides(typed, field=Field.OVERRIDES)
    check_length(format_overrides(overrides), OVERRIDES_MAX, field=Field.OVERRIDES)
    by_day: dict[date, tuple[Interval, ...]] = {}
    for override in overrides:  # several lines for one date are taken together
        windows = [(one.start_minute, one.end_minute) for one in override.windows]
        by_day[override.day] = unite([*by_day.get(override.day, ()), *windows])
    for day, united in by_day.items():
        _check_long_enough(united, shortest, field=Field.OVERRIDES, of=day.isoformat())
    return overrides


def _places(state: State, kind: str, faults: Faults) -> dict[str, Place]:
    places = faults.read(partial(_site_places, state, site_places_field(kind)), otherwise={})
    main = faults.read(partial(_main_place, state, place_field(kind)), otherwise=None)
    return places if main is None else places | {"": main}


def _site_places(state: State, field: str) -> dict[str, Place]:
    places = parse_site_places(check_length(state.text(field), OVERRIDES_MAX, field=field), field=field)
    check_length(site_places_text(places), OVERRIDES_MAX, field=field)
    return places


def _main_place(state: State, field: str) -> Place | None:
    detail = check_length(state.text(field), PLACE_MAX, field=field)
    if not detail:
        return None
    place = parse_place(detail, field=field)
    check_length(place_text(place), PLACE_MAX, field=field)
    return place
