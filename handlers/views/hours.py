"""The forms for hours and for what scholars see of a staff member."""

from collections.abc import Mapping, Sequence

from domain.focus import focus_areas_of
from domain.hours import WEEKDAYS, WeeklyHours, WeeklyWindow, Window, format_overrides, format_windows
from domain.hours.edits import phase_key
from domain.people import Person, Role
from domain.places import Place
from domain.ports import Block, View
from handlers import texts
from handlers.ids import Field, Modal
from handlers.parse.hours import (
    ABOUT_MAX,
    LIMIT_MAX,
    OVERRIDES_MAX,
    OWN_WEEK,
    PLACE_MAX,
    SAME_WEEK,
    SEND_AGENDA,
    WINDOWS_MAX,
    ZONE_MAX,
    place_field,
    place_text,
    site_places_field,
    site_places_text,
)
from handlers.views.blocks import date_input, escape_title, field, modal, section, text_input
from handlers.views.menus import Choice, checkboxes, multi_select, radio, select
from handlers.views.week import kind_label
from services.hours.own import Profile


def week_form(hours: WeeklyHours) -> View:
    """The week that always holds: one line a weekday, the way people write hours, and the zone they are meant in."""
    zone = field(
        Field.ZONE,
        texts.hours.ZONE,
        text_input(Field.VALUE, initial=hours.zone, at_most=ZONE_MAX),
        hint=texts.hours.ZONE_HINT,
    )
    plain = [window for window in hours.windows if not window.purpose and not window.phase]
    blocks = [zone, *_weekdays(plain), *_copying()]
    return _form(Modal.HOURS, texts.hours.WEEK_TITLE, blocks)


def phase_form(hours: WeeklyHours, phase: str) -> View:
    """The week of a phase; one that is not its own yet begins with the hours that always hold."""
    is_own = phase in hours.own_phases
    own, same = (
        Choice(text=text, value=value)
        for text, value in ((texts.hours.PHASE_OWN, OWN_WEEK), (texts.hours.PHASE_SAME, SAME_WEEK))
    )
    which = radio(Field.VALUE, [own, same], initial=OWN_WEEK if is_own else SAME_WEEK)
    shown = [window for window in hours.windows if window.phase == (phase if is_own else "") and not window.purpose]
    blocks = [
        section(f"*{escape_title(texts.hours.PHASE.format(name=phase))}*"),
        field(Field.PHASE_WEEK, texts.hours.PHASE_WEEK, which),
        *_weekdays(shown),
        *_copying(),
    ]
    return _form(Modal.PHASE, texts.hours.WEEK_TITLE, blocks, state=phase_key(phase))


def aside_form(hours: WeeklyHours, purpose: str) -> View:
    """The windows that are set aside for a kind of session."""
    what = f"*{texts.hours.ASIDE.format(kind=kind_label(purpose))}*\n{texts.hours.ASIDE_WHAT}"
    windows = [window for window in hours.windows if window.purpose == purpose]
    days = _weekdays(windows, placeholder=texts.hours.ASIDE_PLACEHOLDER)
    return _form(Modal.ASIDE, texts.hours.ASIDE_TITLE, [section(what), *days, *_copying()], state=purpose)


def dates_form(hours: WeeklyHours) -> View:
    """Dates that differ, one a line, and a picker for a day off."""
    lines = text_input(Field.VALUE, initial=format_overrides(hours.overrides), multiline=True, at_most=OVERRIDES_MAX)
    blocks = [
        field(Field.OVERRIDES, texts.hours.OVERRIDES, lines, optional=True, hint=texts.hours.OVERRIDES_HINT),
        field(
            Field.DAY_OFF,
            texts.hours.DAY_OFF,
            date_input(Field.VALUE),
            optional=True,
            hint=texts.hours.DAY_OFF_HINT,
        ),
    ]
    return _form(Modal.DATES, texts.hours.DATES_TITLE, blocks)


def _form(callback: str, title: str, blocks: Sequence[Block], *, state: str = "") -> View:
    return modal(callback, title=title, blocks=blocks, submit=texts.hours.SAVE, close=texts.forms.BACK, state=state)


def _weekdays(windows: Sequence[WeeklyWindow], *, placeholder: str = texts.hours.DAY_PLACEHOLDER) -> list[Block]:
    return [
        field(
            day,
            day.capitalize(),
            text_input(
                Field.VALUE,
                initial=format_windows(
                    Window(start_minute=window.start_minute, end_minute=window.end_minute)
                    for window in sorted(windows)
                    if window.weekday == number
                ),
                placeholder=placeholder,
                at_most=WINDOWS_MAX,
            ),
            optional=True,
        )
        for number, day in enumerate(WEEKDAYS)
    ]


def _copying() -> list[Block]:
    days = [Choice(text=day.capitalize(), value=day) for day in WEEKDAYS]
    source = select(Field.VALUE, days, placeholder=texts.forms.CHOOSE)
    targets = multi_select(Field.VALUE, days, placeholder=texts.forms.CHOOSE)
    return [
        field(Field.COPY_FROM, texts.hours.COPY_FROM, source, optional=True),
        field(Field.COPY_TO, texts.hours.COPY_TO, targets, optional=True, hint=texts.hours.COPY_HINT),
    ]


def profile_modal(staff: Person, profile: Profile) -> View:
    """Two lines, topics, where sessions are held, and what somebody sets for themselves."""
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
                placeholder=texts.forms.CHOOSE,
                initial=[area.value for area in profile.focus_areas],
            ),
            optional=True,
        ),
        *(block for kind, places in profile.places.items() for block in _places(kind, places, len(profile.places))),
        *_for_oneself(profile),
    ]
    return modal(
        Modal.PROFILE, title=texts.hours.PROFILE_TITLE, blocks=blocks, submit=texts.hours.SAVE, close=texts.forms.BACK
    )


def _for_oneself(profile: Profile) -> list[Block]:
    """What nobody else sees: how much they take, and whether their day is sent to them."""
    limits = [
        (Field.PER_DAY, texts.hours.PER_DAY, texts.hours.PER_DAY_HINT, profile.limits.per_day),
        (Field.PER_WEEK, texts.hours.PER_WEEK, texts.hours.PER_WEEK_HINT, profile.limits.per_week),
    ]
    send = checkboxes(
        Field.VALUE,
        [Choice(text=texts.hours.AGENDA_SEND, value=SEND_AGENDA)],
        initial=[SEND_AGENDA] if profile.has_agenda else [],
    )
    return [
        *(
            field(
                name,
                label,
                text_input(Field.VALUE, initial=str(set_to or ""), at_most=LIMIT_MAX),
                optional=True,
                hint=hint,
            )
            for name, label, hint, set_to in limits
        ),
        field(Field.AGENDA, texts.hours.AGENDA, send, optional=True, hint=texts.hours.AGENDA_HINT),
    ]


def _places(kind: str, places: Mapping[str, Place], kinds: int) -> list[Block]:
    which = f": {texts.kinds.LABELS[kind]}" if kinds > 1 else ""
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
