"""The forms for hours and for what scholars see of a staff member."""

from collections.abc import Mapping

from domain.focus import focus_areas_of
from domain.hours import WEEKDAYS, WeeklyHours, Window, format_overrides, format_windows
from domain.people import Person, Role
from domain.places import Place
from domain.ports import Block, View
from handlers import texts
from handlers.ids import Action, Field, Modal
from handlers.parse.hours import (
    ABOUT_MAX,
    OVERRIDES_MAX,
    PLACE_MAX,
    WINDOWS_MAX,
    ZONE_MAX,
    place_field,
    place_text,
    site_places_field,
    site_places_text,
)
from handlers.views.blocks import actions, button, field, modal, text_input
from handlers.views.menus import Choice, multi_select
from services.scheduling.hours import Profile


def hours_modal(hours: WeeklyHours) -> View:
    """One line a weekday, the way people write hours; dates that differ below."""
    days = [
        field(
            day,
            day.capitalize(),
            text_input(
                Field.VALUE,
                initial=format_windows(
                    Window(start_minute=window.start_minute, end_minute=window.end_minute)
                    for window in hours.windows
                    if window.weekday == number
                ),
                placeholder=texts.hours.DAY_PLACEHOLDER,
                at_most=WINDOWS_MAX,
            ),
            optional=True,
        )
        for number, day in enumerate(WEEKDAYS)
    ]
    blocks = [
        field(
            Field.ZONE,
            texts.hours.ZONE,
            text_input(Field.VALUE, initial=hours.zone, at_most=ZONE_MAX),
            hint=texts.hours.ZONE_HINT,
        ),
        *days,
        field(
            Field.OVERRIDES,
            texts.hours.OVERRIDES,
            text_input(Field.VALUE, initial=format_overrides(hours.overrides), multiline=True, at_most=OVERRIDES_MAX),
            optional=True,
            hint=texts.hours.OVERRIDES_HINT,
        ),
        actions(button(texts.hours.PROFILE_EDIT, Action.OPEN_PROFILE), block_id="hours.more"),
    ]
    return modal(Modal.HOURS, title=texts.hours.TITLE, blocks=blocks, submit=texts.hours.SAVE, close=texts.common.CLOSE)


def profile_modal(staff: Person, profile: Profile) -> View:
    """Two lines, topics, and where sessions are held."""
    areas = [area for role in (Role.COACH, Role.COMMUNITY_MANAGER) if staff.has(role) for area in focus_areas_of(role)]
    blocks = [
        field(
            Field.ABOUT,
            texts.hours.PROFILE_ABOUT,
            text_input(Field.VALUE, initial=profile.about, multiline=True, at_most=ABOUT_MAX),
            optional=True,
            hint=texts.hours.PROFILE_ABOUT_HINT,
        ),
        field(
            Field.FOCUS,
            texts.hours.PROFILE_FOCUS,
            multi_select(
                Field.VALUE,
                [Choice(text=area.label, value=area.value) for area in areas],
                placeholder=texts.common.CHOOSE,
                initial=[area.value for area in profile.focus_areas],
            ),
            optional=True,
        ),
        *(block for kind, places in profile.places.items() for block in _places(kind, places, len(profile.places))),
    ]
    return modal(
        Modal.PROFILE, title=texts.hours.PROFILE_TITLE, blocks=blocks, submit=texts.hours.SAVE, close=texts.common.CLOSE
    )


def _places(kind: str, places: Mapping[str, Place], kinds: int) -> list[Block]:
    which = f" ({texts.kinds.LABELS[kind]})" if kinds > 1 else ""
    return [
        field(
            place_field(kind),
            f"{texts.hours.PROFILE_PLACE}{which}",
            text_input(Field.VALUE, initial=place_text(places.get("")), at_most=PLACE_MAX),
            optional=True,
            hint=texts.hours.PROFILE_PLACE_HINT,
        ),
        field(
            site_places_field(kind),
            f"{texts.hours.PROFILE_SITES}{which}",
            text_input(Field.VALUE, initial=site_places_text(places), multiline=True, at_most=OVERRIDES_MAX),
            optional=True,
            hint=texts.hours.PROFILE_SITES_HINT,
        ),
    ]
