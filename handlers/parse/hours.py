"""From the forms for hours and profile to values; a sentence at the field for what cannot be read.

What was typed may grow when it is written out, as the form shows it next time ("9-5" is "9:00-17:00", "4.12" is
"room: 4.12"). So the written form is held to the limit of the field too: else the form could not be opened again.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from domain.booking import check_length
from domain.hours import WEEKDAYS, WeeklyHours, WeeklyWindow, format_overrides, parse_overrides, parse_windows
from domain.places import Place, parse_place, parse_site_places
from handlers.ids import Field
from handlers.parse.booking import focus_areas
from handlers.parse.state import State
from services.scheduling.hours import Profile

WINDOWS_MAX = 2000
"""A day's hours in words; 144 windows, the most a day can hold, come to 1870 characters."""
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
    typed = check_length(state.text(Field.OVERRIDES), OVERRIDES_MAX, field=Field.OVERRIDES)
    zone = state.text(Field.ZONE).strip()
    hours = WeeklyHours(zone=zone, windows=tuple(windows), overrides=parse_overrides(typed, field=Field.OVERRIDES))
    check_length(format_overrides(hours.overrides), OVERRIDES_MAX, field=Field.OVERRIDES)
    return hours


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


def place_text(place: Place | None) -> str:
    """A place as the form shows it and `parse_place` reads it."""
    return f"{place.kind}: {place.detail}" if place else ""


def site_places_text(places: Mapping[str, Place]) -> str:
    """The places of single sites, one a line, as `parse_site_places` reads them."""
    return "\n".join(f"{site}: {place_text(place)}" for site, place in places.items() if site)


def _places(state: State, kind: str) -> dict[str, Place]:
    sites, main = site_places_field(kind), place_field(kind)
    places = parse_site_places(check_length(state.text(sites), OVERRIDES_MAX, field=sites), field=sites)
    check_length(site_places_text(places), OVERRIDES_MAX, field=sites)
    detail = check_length(state.text(main), PLACE_MAX, field=main)
    if detail:
        places[""] = parse_place(detail, field=main)
        check_length(place_text(places[""]), PLACE_MAX, field=main)
    return places
