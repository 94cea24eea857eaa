"""Statements about hours and profiles. One query reads all that offering needs to know of any number of staff."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from sqlalchemy import BindParameter, Connection, bindparam, delete, insert, literal, select, union_all

from domain.limits import NO_LIMITS, OwnLimits
from storage.confidential.hours import (
    StaffAbsence,
    StaffOverride,
    StaffPlace,
    StaffProfile,
    StaffTravel,
    StaffWindow,
)
from storage.engine import table_of
from storage.prepared import Prepared

_profile = table_of(StaffProfile)
_window = table_of(StaffWindow)
_override = table_of(StaffOverride)
_place = table_of(StaffPlace)
_travel = table_of(StaffTravel)
_absence = table_of(StaffAbsence)


class Window(NamedTuple):
    """Weekday (Monday is 0), start and end in minutes after local midnight, and what it is for, as `StaffWindow`."""

    weekday: int
    start: int
    end: int
    purpose: str = ""
    phase: str = ""


DatedWindow = tuple[str, int, int]
"""ISO date, start and end minute; 0 and 0 mean a day off."""
Span = tuple[str, str, str]
"""First and last ISO date, and the zone of a travel or the colleague of an absence."""


@dataclass(slots=True, kw_only=True)
class HoursRecord:
    """The stored hours and profile of one staff member, as they are; the domain makes sense of them."""

    staff_id: str
    zone: str = ""
    about: str = ""
    focus_areas: str = ""
    limits: OwnLimits = NO_LIMITS
    has_agenda: bool = False
    windows: list[Window] = field(default_factory=list)
    overrides: list[DatedWindow] = field(default_factory=list)
    travels: list[Span] = field(default_factory=list)
    absences: list[Span] = field(default_factory=list)


_NEW_PROFILE = {"about": "", "focus_areas": "", "per_day": 0, "per_week": 0, "has_agenda": 0}
_PROFILE, _WINDOW, _OVERRIDE, _PLACE = "profile", "window", "override", "place"
_TRAVEL, _ABSENCE = "travel", "absence"
_ids: BindParameter[Any] = bindparam("staff_ids", expanding=True)
_hours = Prepared(
    union_all(
        select(
            _profile.c.staff_id,
            literal(_PROFILE),
            _profile.c.zone,
            _profile.c.per_day,
            _profile.c.per_week,
            _profile.c.has_agenda,
            _profile.c.about,
            _profile.c.focus_areas,
        ).where(_profile.c.staff_id.in_(_ids)),
        select(
            _window.c.staff_id,
            literal(_WINDOW),
            literal(""),
            _window.c.weekday,
            _window.c.start_minute,
            _window.c.end_minute,
            _window.c.purpose,
            _window.c.phase,
        ).where(_window.c.staff_id.in_(_ids)),
        select(
            _override.c.staff_id,
            literal(_OVERRIDE),
            _override.c.local_date,
            literal(0),
            _override.c.start_minute,
            _override.c.end_minute,
            literal(""),
            literal(""),
        ).where(_override.c.staff_id.in_(_ids), _override.c.local_date >= bindparam("since")),
        *(
            select(
                table.c.staff_id,
                literal(what),
                table.c.first_date,
                literal(0),
                literal(0),
                literal(0),
                table.c.last_date,
                extra,
            ).where(table.c.staff_id.in_(_ids), table.c.last_date >= bindparam("since"))
            for what, table, extra in (
                (_TRAVEL, _travel, _travel.c.zone),
                (_ABSENCE, _absence, _absence.c.colleague_id),
            )
        ),
    )
)


def hours_of(connection: Connection, staff_ids: Sequence[str], *, since: str) -> dict[str, HoursRecord]:
    """Hours and profiles by staff id, with what holds for dates from an ISO date on.

    Staff who set nothing are left out. One query.
    """
    found: dict[str, HoursRecord] = {}
    rows = _hours.rows(connection, {"staff_ids": list(staff_ids), "since": since})
    for staff_id, what, text, weekday, start, end, more, most in rows:
        record = found.setdefault(staff_id, HoursRecord(staff_id=staff_id))
        if what == _PROFILE:
            record.zone, record.about, record.focus_areas = text, more, most
            record.limits, record.has_agenda = OwnLimits(per_day=weekday, per_week=start), bool(end)
        elif what == _WINDOW:
            record.windows.append(Window(weekday, start, end, more, most))
        elif what == _OVERRIDE:
            record.overrides.append((text, start, end))
        else:
            (record.travels if what == _TRAVEL else record.absences).append((text, more, most))
    return found


def agenda_wanted(connection: Connection) -> list[str]:
    """Ids of those, of every program, who want their day sent to them; for the planner of those messages."""
    return list(connection.execute(select(_profile.c.staff_id).where(_profile.c.has_agenda == 1)).scalars())


def replace_hours(connection: Connection, record: HoursRecord, *, program_id: str, since: str) -> None:
    """Replace the weekly windows, and what holds for dates from an ISO date on; what is past stays as history."""
    owner = {"staff_id": record.staff_id, "program_id": program_id}
    connection.execute(delete(_window).where(_window.c.staff_id == record.staff_id))
    for table, day in (
        (_override, _override.c.local_date),
        (_travel, _travel.c.last_date),
        (_absence, _absence.c.last_date),
    ):
        connection.execute(delete(table).where(table.c.staff_id == record.staff_id, day >= since))
    rows = {
        _window: [_window_row(window) for window in record.windows],
        _override: [
            {"local_date": day, "start_minute": start, "end_minute": end} for day, start, end in record.overrides
        ],
        _travel: [
            {"first_date": first, "last_date": last, "zone": zone_name} for first, last, zone_name in record.travels
        ],
        _absence: [
            {"first_date": first, "last_date": last, "colleague_id": colleague}
            for first, last, colleague in record.absences
        ],
    }
    for table, of_table in rows.items():
        if of_table:
            connection.execute(insert(table), [owner | row for row in of_table])


def _window_row(window: Window) -> dict[str, Any]:
    return {
        "weekday": window.weekday,
        "start_minute": window.start,
        "end_minute": window.end,
        "purpose": window.purpose,
        "phase": window.phase,
    }


def save_profile(connection: Connection, values: Mapping[str, Any]) -> None:
    """Insert or change the given columns of a profile; the others keep what they hold."""
    staff_id = values["staff_id"]
    changed = connection.execute(_profile.update().where(_profile.c.staff_id == staff_id).values(**values)).rowcount
    if changed == 0:
        connection.execute(insert(_profile), _NEW_PROFILE | dict(values))


def replace_places(connection: Connection, *, staff_id: str, kind: str, places: Sequence[Mapping[str, Any]]) -> None:
    """Replace where sessions of a kind are held."""
    connection.execute(delete(_place).where(_place.c.staff_id == staff_id, _place.c.kind == kind))
    if places:
        connection.execute(insert(_place), [{"staff_id": staff_id, "kind": kind, **place} for place in places])


_is_place = (_place.c.staff_id == bindparam("staff_id")) & (_place.c.kind == bindparam("kind"))
_places = select(_place.c.site, _place.c.place_kind, _place.c.detail).where(_is_place)
_setting = Prepared(
    union_all(
        select(literal(_PROFILE), _profile.c.zone, literal(""), literal("")).where(
            _profile.c.staff_id == bindparam("staff_id")
        ),
        select(literal(_TRAVEL), _travel.c.first_date, _travel.c.last_date, _travel.c.zone).where(
            _travel.c.staff_id == bindparam("staff_id")
        ),
        select(literal(_PLACE), _place.c.site, _place.c.place_kind, _place.c.detail).where(_is_place),
    )
)


def places_of(connection: Connection, staff_id: str, kind: str) -> dict[str, tuple[str, str]]:
    """Place kind and detail by site; "" is every other site."""
    found = connection.execute(_places, {"staff_id": staff_id, "kind": kind})
    return {site: (place_kind, detail) for site, place_kind, detail in found}


class Setting(NamedTuple):
    """Where somebody meets people for a kind of session, by site, and the zone of their hours, "" for none."""

    places: dict[str, tuple[str, str]]
    zone: str
    travels: list[Span]


def setting_of(connection: Connection, staff_id: str, kind: str) -> Setting:
    """Places as `places_of` has them, the zone and all travels. One query."""
    places: dict[str, tuple[str, str]] = {}
    travels: list[Span] = []
    zone = ""
    for what, where, place_kind, detail in _setting.rows(connection, {"staff_id": staff_id, "kind": kind}):
        if what == _PROFILE:
            zone = where
        elif what == _TRAVEL:
            travels.append((where, place_kind, detail))
        else:
            places[where] = (place_kind, detail)
    return Setting(places, zone, travels)
