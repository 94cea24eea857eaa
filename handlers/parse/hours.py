"""From the forms for hours and profile to values; a sentence at the field for what cannot be read."""

from collections.abc import Iterable, Mapping
from typing import Any

from domain.booking import check_length
from domain.hours import WEEKDAYS, WeeklyHours, WeeklyWindow, parse_overrides, parse_windows
from domain.places import Place, parse_place, parse_site_places
from handlers.ids import Field
from handlers.parse.booking import focus_areas
from handlers.parse.state import State
from services.scheduling.hours import Profile

WINDOWS_MAX = 150
OVERRIDES_MAX = 3000
ZONE_MAX = 60
ABOUT_MAX = 200
PLACE_MAX = 200


def hours_form(view: Mapping[str, Any] | None) -> WeeklyHours:
    """The week. Raises a `DomainError` at the weekday, zone or list of dates at fault."""
    state = State(view)
    windows = [
        WeeklyWindow(weekday=number, start_minute=window.start_minute, end_minute=window.end_minute)
        for number, day in enumerate(WEEKDAYS)
        for window in parse_windows(check_length(state.text(day), WINDOWS_MAX, field=day), field=day)
    ]
    overrides = check_length(state.text(Field.OVERRIDES), OVERRIDES_MAX, field=Field.OVERRIDES)
    return WeeklyHours(
        zone=state.text(Field.ZONE).strip(),
        windows=tuple(windows),
        overrides=parse_overrides(overrides, field=Field.OVERRIDES),
    )


def profile_form(view: Mapping[str, Any] | None, kinds: Iterable[str]) -> Profile:
    """What scholars see, with places for these kinds of session. Raises a `DomainError` at the field at fault."""
    state = State(view)
    return Profile(
        about=check_length(state.text(Field.ABOUT), ABOUT_MAX, field=Field.ABOUT),
        focus_areas=focus_areas(state),
        places={kind: _places(state, kind) for kind in kinds},
    )


def place_field(kind: str) -> str:
    """The field of where sessions of a kind are held."""
    return f"{Field.PLACE}.{kind}"


def site_places_field(kind: str) -> str:
    """The field of other places by site."""
    return f"{Field.SITE_PLACES}.{kind}"


def _places(state: State, kind: str) -> dict[str, Place]:
    sites, main = site_places_field(kind), place_field(kind)
    places = parse_site_places(check_length(state.text(sites), OVERRIDES_MAX, field=sites), field=sites)
    detail = check_length(state.text(main), PLACE_MAX, field=main)
    if detail:
        places[""] = parse_place(detail, field=main)
    return places
