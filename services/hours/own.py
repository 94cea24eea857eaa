"""A staff member in support sets hours, what changes them, places and the two lines about themselves."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta

from sqlalchemy import Connection

from domain.focus import FocusArea, known_areas
from domain.hours import InvalidHours, WeeklyHours, zone_at
from domain.limits import NO_LIMITS, OwnLimits
from domain.people import Person
from domain.places import Place
from domain.times import epoch_seconds, zone
from services.desk import SupportDesk
from services.hours.aside import check_aside, hold_hours
from services.hours.limits import limits_of
from services.hours.value import hours_record, hours_value
from storage.confidential import hours_queries
from storage.confidential.once import once
from storage.once import recall, remember


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """What scholars see when they choose, where sessions are held, and what the person has set for themselves.

    `places` has a kind's key for each kind the person takes, or was asked for, and by it places by site, "" being every
    other site. `limits` and whether they are sent their day in the morning are for their own eyes.
    """

    about: str
    focus_areas: tuple[FocusArea, ...]
    places: Mapping[str, Mapping[str, Place]]
    limits: OwnLimits = NO_LIMITS
    has_agenda: bool = False


def own_hours(desk: SupportDesk, staff: Person) -> WeeklyHours:
    """The hours as set, with what lies ahead for dates in their zone; none yet means no windows in the roster's."""
    with desk.store.read() as connection:
        return _current(desk, connection, staff)


def save_hours(desk: SupportDesk, staff: Person, hours: WeeklyHours, *, request_key: str | None = None) -> None:
    """Replace all of the hours; sessions already booked stay as they are. Raises as `change_hours` does."""
    change_hours(desk, staff, lambda _: hours, request_key=request_key)


def change_hours(
    desk: SupportDesk, staff: Person, change: Callable[[WeeklyHours], WeeklyHours], *, request_key: str | None = None
) -> WeeklyHours:
    """Save what `change` makes of the hours as they are, and return what stands; sessions already booked stay.

    The same request delivered again changes nothing, or it would bring back a week that a later form has replaced.
    `request_key` is None where no request stands behind the call.

    Raises what `change` raises, `UnknownZone`, `AsideTaken`, or `InvalidHours` at field "overrides" for a date that has
    passed, unless it is an old one that a form opened before midnight still shows.
    """
    with desk.store.write() as connection:
        desk.store.lock(connection, staff.id)
        hold_hours(desk, connection, staff.id)
        before = _current(desk, connection, staff)
        if _is_repeated(desk, connection, staff, request_key):
            return before
        hours = change(before)
        check_aside(desk, connection, staff, before=before, after=hours)
        today = _today(desk, hours)
        _check_dates(connection, staff, hours, today.isoformat())
        hours_queries.save_profile(connection, _owned(desk, staff) | {"zone": hours.zone})
        record = hours_record(staff.id, hours, since=today)
        hours_queries.replace_hours(connection, record, program_id=staff.program_id, since=today.isoformat())
        return hours


def _current(desk: SupportDesk, connection: Connection, staff: Person) -> WeeklyHours:
    # Their zone is only known once they are read, and somewhere it is still yesterday.
    since = desk.clock.now().date() - timedelta(days=1)
    stored = hours_queries.hours_of(connection, [staff.id], since=since.isoformat())
    hours = hours_value(stored.get(staff.id), staff.zone)
    today = _today(desk, hours)
    return replace(
        hours,
        overrides=tuple(override for override in hours.overrides if override.day >= today),
        travels=tuple(travel for travel in hours.travels if travel.days.last >= today),
        absences=tuple(absence for absence in hours.absences if absence.days.last >= today),
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
        limits=limits_of(record),
        has_agenda=record.has_agenda if record else False,
    )


def usual_place(desk: SupportDesk, staff: Person) -> Place | None:
    """Where this staff member meets people otherwise, at whatever site these are; None where nothing is set."""
    by_kind = own_profile(desk, staff).places.values()
    return next((places[""] for places in by_kind if "" in places), None)


def save_profile(desk: SupportDesk, staff: Person, profile: Profile, *, request_key: str | None = None) -> None:
    """Replace all of it, and of the places those of the kinds that the profile has; others stay as they are.

    `request_key` is as in `change_hours`.
    """
    values = {
        "about": profile.about,
        "focus_areas": ",".join(profile.focus_areas),
        "per_day": profile.limits.per_day,
        "per_week": profile.limits.per_week,
        "has_agenda": int(profile.has_agenda),
    }
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


def _today(desk: SupportDesk, hours: WeeklyHours) -> date:
    now = desk.clock.now()
    return now.astimezone(zone(zone_at(hours, epoch_seconds(now)))).date()
