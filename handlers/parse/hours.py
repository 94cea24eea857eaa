"""From the forms for hours and profile to values; a sentence at the field for what cannot be read."""

from collections.abc import Mapping
from typing import Any

from domain.booking import check_length
from domain.hours import WEEKDAYS, WeeklyHours, WeeklyWindow, parse_overrides, parse_windows
from domain.places import parse_place, parse_site_places
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


def profile_form(view: Mapping[str, Any] | None) -> Profile:
    """What scholars see. Raises a `DomainError` at the field at fault."""
    state = State(view)
    places = parse_site_places(
        check_length(state.text(Field.SITE_PLACES), OVERRIDES_MAX, field=Field.SITE_PLACES), field=Field.SITE_PLACES
    )
    main = check_length(state.text(Field.PLACE), PLACE_MAX, field=Field.PLACE)
    if main:
        places[""] = parse_place(main, field=Field.PLACE)
    return Profile(
        about=check_length(state.text(Field.ABOUT), ABOUT_MAX, field=Field.ABOUT),
        focus_areas=focus_areas(state),
        places=places,
    )
