"""Office hours and the days on which somebody is not there, or the program has none: they are not held then."""

from collections.abc import Iterable, Mapping, Sequence

from sqlalchemy import Connection

from domain.hours import WeeklyHours
from domain.hours.openings import Timetable, zone_at
from domain.hours.seasons import Shut
from domain.office_hours import DayShut, Helper, NotOfferedNow, OfficeHours
from domain.people import Person
from domain.times import day_label, instant_of, zone
from services.desk import SupportDesk
from services.hours.value import hours_value
from services.offers.availability import read_since
from storage.confidential.hours_queries import hours_of

_SENTENCES = {
    Shut.LEFT_OUT: "The program offers no office hours on {day}. Please choose another day.",
    Shut.CLOSED: "The program is closed on {day}. Please choose another day.",
    Shut.AWAY: "You are away on {day}. Please choose another day, or change your time away with /hours.",
}


def check_there(desk: SupportDesk, staff: Person, hours: WeeklyHours, office: OfficeHours, *, field: str) -> None:
    """Raises `DayShut` at the field, with the first such day, when office hours touch a day that is off for them.

    Raises `NotOfferedNow` for what has not begun where the program offers none.
    """
    if not (office.is_begun or desk.rules.of(staff).office_hours.is_offered):
        raise NotOfferedNow
    found = _timetable(desk, staff, hours).shut_between(office.starts_at, office.ends_at)
    if found is not None:
        at, shut = found
        day = instant_of(at).astimezone(zone(zone_at(hours, at))).date()
        raise DayShut(_SENTENCES[shut].format(day=day_label(day)), field=field)


def kept_away(
    desk: SupportDesk,
    connection: Connection,
    offices: Iterable[OfficeHours],
    helpers: Sequence[Helper],
    people: Mapping[str, Person],
) -> dict[tuple[str, str], Shut]:
    """By sitting and helper, why they will not be there, of what has not begun. One query, or none."""
    planned = {each.id: each for each in offices if not each.is_begun and each.closed_at is None}
    theirs = [each for each in helpers if each.office_id in planned and each.helper_id in people]
    if not theirs:
        return {}
    since = read_since(min(each.starts_at for each in planned.values()))
    records = hours_of(connection, sorted({each.helper_id for each in theirs}), since=since)
    timetables = {
        id_: _timetable(desk, people[id_], hours_value(records.get(id_), people[id_].zone))
        for id_ in {each.helper_id for each in theirs}
    }
    found = {}
    for each in theirs:
        if not desk.rules.of(people[each.helper_id]).office_hours.is_offered:
            found[each.office_id, each.helper_id] = Shut.LEFT_OUT
            continue
        office = planned[each.office_id]
        shut = timetables[each.helper_id].shut_between(office.starts_at, office.ends_at)
        if shut is not None:
            found[each.office_id, each.helper_id] = shut[1]
    return found


def _timetable(desk: SupportDesk, staff: Person, hours: WeeklyHours) -> Timetable:
    return Timetable.of(hours, desk.rules.of(staff).calendar_of_office_hours())
