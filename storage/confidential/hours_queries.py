"""Statements about hours and profiles. One query reads all that offering needs to know of any number of staff."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from sqlalchemy import BindParameter, Connection, bindparam, delete, insert, literal, select, union_all

from storage.confidential.hours import StaffOverride, StaffPlace, StaffProfile, StaffWindow
from storage.engine import table_of
from storage.prepared import Prepared

_profile = table_of(StaffProfile)
_window = table_of(StaffWindow)
_override = table_of(StaffOverride)
_place = table_of(StaffPlace)

Window = tuple[int, int, int]
"""Weekday (Monday is 0), start and end in minutes after local midnight."""
DatedWindow = tuple[str, int, int]
"""ISO date, start and end minute; 0 and 0 mean a day off."""


@dataclass(slots=True, kw_only=True)
class HoursRecord:
    """The stored hours and profile of one staff member, as they are; the domain makes sense of them."""

    staff_id: str
    zone: str = ""
    about: str = ""
    focus_areas: str = ""
    windows: list[Window] = field(default_factory=list)
    overrides: list[DatedWindow] = field(default_factory=list)


_PROFILE, _WINDOW, _OVERRIDE, _PLACE = "profile", "window", "override", "place"
_ids: BindParameter[Any] = bindparam("staff_ids", expanding=True)
_hours = Prepared(
    union_all(
        select(
            _profile.c.staff_id,
            literal(_PROFILE),
            _profile.c.zone,
            literal(0),
            literal(0),
            literal(0),
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
            literal(""),
            literal(""),
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
    )
)


def hours_of(connection: Connection, staff_ids: Sequence[str], *, since: str) -> dict[str, HoursRecord]:
    """Hours and profiles by staff id, with the overrides from an ISO date on. Staff who set nothing are left out."""
    found: dict[str, HoursRecord] = {}
    rows = _hours.rows(connection, {"staff_ids": list(staff_ids), "since": since})
    for staff_id, what, text, weekday, start, end, about, areas in rows:
        record = found.setdefault(staff_id, HoursRecord(staff_id=staff_id))
        if what == _PROFILE:
            record.zone, record.about, record.focus_areas = text, about, areas
        elif what == _WINDOW:
            record.windows.append((weekday, start, end))
        else:
            record.overrides.append((text, start, end))
    return found


def replace_hours(
    connection: Connection,
    *,
    staff_id: str,
    program_id: str,
    windows: Sequence[Window],
    overrides: Sequence[DatedWindow],
    since: str,
) -> None:
    """Replace the weekly windows, and the overrides from an ISO date on; past ones stay as history."""
    connection.execute(delete(_window).where(_window.c.staff_id == staff_id))
    connection.execute(delete(_override).where(_override.c.staff_id == staff_id, _override.c.local_date >= since))
    owner = {"staff_id": staff_id, "program_id": program_id}
    weekly = [owner | {"weekday": day, "start_minute": start, "end_minute": end} for day, start, end in windows]
    dated = [owner | {"local_date": day, "start_minute": start, "end_minute": end} for day, start, end in overrides]
    if weekly:
        connection.execute(insert(_window), weekly)
    if dated:
        connection.execute(insert(_override), dated)


def save_profile(connection: Connection, values: Mapping[str, Any]) -> None:
    """Insert or change the given columns of a profile; the others keep what they hold."""
    staff_id = values["staff_id"]
    changed = connection.execute(_profile.update().where(_profile.c.staff_id == staff_id).values(**values)).rowcount
    if changed == 0:
        connection.execute(insert(_profile), {"about": "", "focus_areas": "", **values})


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


def setting_of(connection: Connection, staff_id: str, kind: str) -> Setting:
    """Places as `places_of` has them, and the zone. One query."""
    places: dict[str, tuple[str, str]] = {}
    zone = ""
    for what, where, place_kind, detail in _setting.rows(connection, {"staff_id": staff_id, "kind": kind}):
        if what == _PROFILE:
            zone = where
        else:
            places[where] = (place_kind, detail)
    return Setting(places, zone)
