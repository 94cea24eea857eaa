"""A staff member in support sets hours, dates that differ, places and the two lines about themselves."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import lru_cache

from sqlalchemy import Connection

from domain.focus import FocusArea, known_areas
from domain.hours import DateOverride, InvalidHours, WeeklyHours, WeeklyWindow, Window
from domain.people import Person
from domain.places import Place
from domain.times import epoch_seconds, zone
from services.desk import SupportDesk
from storage.confidential import hours_queries
from storage.confidential.hours_queries import DatedWindow, HoursRecord
from storage.confidential.hours_queries import Window as StoredWindow
from storage.confidential.once import once
from storage.once import recall, remember


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """What scholars see when they choose, and where sessions are held.

    `places` has a kind's key for each kind the person takes, or was asked for, and by it places by site, "" being every
    other site.
    """

    about: str
    focus_areas: tuple[FocusArea, ...]
    places: Mapping[str, Mapping[str, Place]]


def own_hours(desk: SupportDesk, staff: Person) -> WeeklyHours:
    """The hours as set, with the overrides from today on in their zone; none yet means no windows in the roster's."""
    # Their zone is only known once they are read, and somewhere it is still yesterday.
    since = desk.clock.now().date() - timedelta(days=1)
    with desk.store.read() as connection:
        stored = hours_queries.hours_of(connection, [staff.id], since=since.isoformat())
    hours = hours_value(stored.get(staff.id), staff.zone)
    today = _today(desk, hours.zone)
    return replace(hours, overrides=tuple(override for override in hours.overrides if override.day >= today))


def save_hours(desk: SupportDesk, staff: Person, hours: WeeklyHours, *, request_key: str | None = None) -> None:
    """Replace the hours; sessions already booked stay as they are.

    The same request delivered again changes nothing, or it would bring back a week that a later form has replaced.
    `request_key` is None where no request stands behind the call.

    Raises `UnknownZone`, or `InvalidHours` at field "overrides" for a date that has passed, unless it is an old one
    that a form opened before midnight still shows.
    """
    today = _today(desk, hours.zone).isoformat()
    with desk.store.write() as connection:
        desk.store.lock(connection, staff.id)
        if _is_repeated(desk, connection, staff, request_key):
            return
        _check_dates(connection, staff, hours, today)
        hours_queries.save_profile(connection, _owned(desk, staff) | {"zone": hours.zone})
        hours_queries.replace_hours(
            connection,
            staff_id=staff.id,
            program_id=staff.program_id,
            windows=[(window.weekday, window.start_minute, window.end_minute) for window in hours.windows],
            overrides=[row for override in hours.overrides for row in _dated(override) if row[0] >= today],
            since=today,
        )


def own_profile(desk: SupportDesk, staff: Person) -> Profile:
    """What scholars see of this staff member now."""
    with desk.store.read() as connection:
        record = hours_queries.hours_of(connection, [staff.id], since="9999").get(staff.id)
        stored = {
            kind.key: hours_queries.places_of(connection, staff.id, kind.key) for kind in desk.kinds_taken_by(staff)
        }
    return Profile(
        about=record.about if record else "",
        focus_areas=stored_areas(record.focus_areas) if record else (),
        places={kind: _places(by_site) for kind, by_site in stored.items()},
    )


def save_profile(desk: SupportDesk, staff: Person, profile: Profile, *, request_key: str | None = None) -> None:
    """Replace the two lines, the topics, and the places of the kinds that the profile has; others stay as they are.

    `request_key` is as in `save_hours`.
    """
    values = {"about": profile.about, "focus_areas": ",".join(profile.focus_areas)}
    with desk.store.write() as connection:
        desk.store.lock(connection, staff.id)
        if _is_repeated(desk, connection, staff, request_key):
            return
        existing = hours_queries.hours_of(connection, [staff.id], since="9999").get(staff.id)
        zone_name = existing.zone if existing else staff.zone
        hours_queries.save_profile(connection, _owned(desk, staff) | {"zone": zone_name} | values)
        taken = {kind.key for kind in desk.kinds_taken_by(staff)}
        for kind, places in profile.places.items():
            if kind in taken:
                rows = _place_rows(staff, places)
                hours_queries.replace_places(connection, staff_id=staff.id, kind=kind, places=rows)


def _is_repeated(desk: SupportDesk, connection: Connection, staff: Person, request_key: str | None) -> bool:
    """Whether this request has been here before; if not, it is noted in this transaction."""
    if request_key is None:
        return False
    if recall(connection, once, request_key) is not None:
        return True
    remember(connection, once, request_key, program_id=staff.program_id, outcome={}, at=desk.clock.now())
    return False


def hours_value(record: HoursRecord | None, fallback_zone: str) -> WeeklyHours:
    """Stored rows as the domain's value."""
    if record is None:
        return WeeklyHours(zone=fallback_zone)
    return _hours(record.zone or fallback_zone, tuple(record.windows), tuple(record.overrides))


@lru_cache(maxsize=1024)
def _hours(zone_name: str, windows: tuple[StoredWindow, ...], overrides: tuple[DatedWindow, ...]) -> WeeklyHours:
    """Checked once for each set of rows: every offer and every booking asks for the same few hours again."""
    return WeeklyHours(
        zone=zone_name,
        windows=tuple(
            WeeklyWindow(weekday=weekday, start_minute=start, end_minute=end) for weekday, start, end in windows
        ),
        overrides=tuple(_override(day, start, end) for day, start, end in overrides),
    )


def stored_areas(text: str) -> tuple[FocusArea, ...]:
    """The topics of a profile as stored."""
    return known_areas(text.split(","))


def _places(by_site: Mapping[str, tuple[str, str]]) -> dict[str, Place]:
    return {site: Place(kind=place_kind, detail=detail) for site, (place_kind, detail) in by_site.items()}


def _place_rows(staff: Person, places: Mapping[str, Place]) -> list[dict[str, str]]:
    return [
        {"program_id": staff.program_id, "site": site, "place_kind": place.kind, "detail": place.detail}
        for site, place in places.items()
    ]


def _override(day: str, start: int, end: int) -> DateOverride:
    windows = (Window(start_minute=start, end_minute=end),) if end else ()
    return DateOverride(day=date.fromisoformat(day), windows=windows)


def _dated(override: DateOverride) -> Sequence[tuple[str, int, int]]:
    day = override.day.isoformat()
    return [(day, window.start_minute, window.end_minute) for window in override.windows] or [(day, 0, 0)]


def _check_dates(connection: Connection, staff: Person, hours: WeeklyHours, today: str) -> None:
    past = {day for override in hours.overrides if (day := override.day.isoformat()) < today}
    if not past:
        return
    stored = hours_queries.hours_of(connection, [staff.id], since="").get(staff.id)
    new = past - {day for day, _, _ in (stored.overrides if stored else ())}
    if new:
        raise InvalidHours(f"{min(new)} has passed. Please write dates from today on.", field="overrides")


def _owned(desk: SupportDesk, staff: Person) -> dict[str, object]:
    return {"staff_id": staff.id, "program_id": staff.program_id, "updated_at": epoch_seconds(desk.clock.now())}


def _today(desk: SupportDesk, zone_name: str) -> date:
    return desk.clock.now().astimezone(zone(zone_name)).date()
