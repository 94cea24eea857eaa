"""Office hours are time of those who help: nothing else can be in it, and it in nothing else (decision 0009)."""

from collections.abc import Callable, Iterable
from typing import TypeVar

from sqlalchemy import Connection

from domain.errors import StoreBusy
from domain.hours import WeeklyHours, set_aside
from domain.intervals import Interval, unite
from domain.office_hours import OFFICE_HOURS, HelpingAlready, OfficeHours, TimeTaken
from domain.people import Person
from domain.times import epoch_seconds, instant_of, local_label, time_label, zone
from services.desk import SupportDesk
from services.hours.aside import hold_hours
from services.hours.value import hours_value
from services.offers.availability import read_since
from services.office_hours.absence import check_there
from storage.confidential import office_time_queries
from storage.confidential.cell_queries import CellTaken
from storage.confidential.hours_queries import hours_of
from storage.confidential.taken_queries import Busy, taken

Done = TypeVar("Done")
_TRIES = 4
_TOLD = 3
_TAKEN = "Your time is taken then, buffers included: {when}. Please choose another time."
_ASIDE = "That lies in hours you have set aside: {when}. Please choose another time, or change them with /hours."


def in_own_time(desk: SupportDesk, deed: Callable[[Connection], Done]) -> Done:
    """Do what takes somebody's time, in one transaction; when a rival was quicker all is read anew."""
    for _ in range(_TRIES):
        try:
            with desk.store.write() as connection:
                return deed(connection)
        except CellTaken:
            continue
    raise StoreBusy


def take_time(desk: SupportDesk, connection: Connection, staff: Person, office: OfficeHours, *, field: str) -> Interval:
    """Take what is left of a sitting out of this person's time, behind their own lock; return it, in epoch seconds.

    Whatever takes their time stands in the way, on whichever side of it they are, and with its buffers. Raises
    `HelpingAlready` or `TimeTaken` at the field, which says when and nothing else, or `CellTaken` for a rival; and
    `DayShut` for a day on which they are away or the program is closed.
    """
    busy = office.busy(epoch_seconds(desk.clock.now()))
    hold_hours(desk, connection, staff.id)
    record = hours_of(connection, [staff.id], since=read_since(busy[0])).get(staff.id)
    hours = hours_value(record, staff.zone)
    check_there(desk, staff, hours, office, field=field)
    busy = _check_free(desk, connection, staff, office, busy, field)
    _check_aside(hours, staff, busy, field)
    office_time_queries.occupy(connection, office.id, staff.id, busy)
    return busy


def _check_free(
    desk: SupportDesk, connection: Connection, staff: Person, office: OfficeHours, busy: Interval, field: str
) -> Interval:
    """What of it is to be taken: all, but for the buffer after a session that is over, which is taken already.

    Whoever opens a line as soon as their session has ended wants it so; what they plan leaves room.
    """
    first, last = busy
    now = epoch_seconds(desk.clock.now())
    found = taken(connection, staff_ids=[staff.id], scholar_id="", first=first, last=last, since=last).busy
    others = [each for each in found if each.booking_id != office.id]
    if any(each.kind == OFFICE_HOURS for each in others):
        raise HelpingAlready(field=field)
    over = [each for each in others if each.ends_at <= now and office.starts_at <= now]
    meeting = [_of(staff, each) for each in others if each not in over]
    if meeting := [each for each in meeting if each[0] < last and first < each[1]]:
        raise TimeTaken(_TAKEN.format(when=_when(meeting, staff)), field=field)
    return min(max([first, *(_of(staff, each)[1] for each in over)]), last), last


def _check_aside(hours: WeeklyHours, staff: Person, busy: Interval, field: str) -> None:
    """Else a mentor could read from a time that is missing that somebody helps then (decision 0021)."""
    aside = set_aside(hours, *busy)
    if aside:
        raise TimeTaken(_ASIDE.format(when=_when(aside, staff)), field=field)


def _of(staff: Person, busy: Busy) -> Interval:
    """What it takes of them: as its scholar the session, else the buffers too."""
    return (busy.starts_at, busy.ends_at) if busy.scholar_id == staff.id else (busy.busy_from, busy.busy_to)


def _when(stretches: Iterable[Interval], staff: Person) -> str:
    united = unite(stretches)
    when = "; ".join(_label(each, staff) for each in united[:_TOLD])
    return f"{when}; and {len(united) - _TOLD} more" if len(united) > _TOLD else when


def _label(stretch: Interval, staff: Person) -> str:
    tz = zone(staff.zone)
    begins, ends = (instant_of(each) for each in stretch)
    is_same_day = begins.astimezone(tz).date() == ends.astimezone(tz).date()
    return f"{local_label(begins, tz)} to {time_label(ends, tz) if is_same_day else local_label(ends, tz)}"
