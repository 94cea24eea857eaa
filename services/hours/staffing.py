"""Who in support has set hours, and how long the longest are: about staff, so staff may know; nothing of sessions."""

from collections.abc import Iterator, Sequence
from datetime import timedelta
from itertools import chain

from domain.hours import WeeklyHours
from domain.intervals import Interval
from domain.people import Person
from domain.times import DAY_MINUTES
from services.desk import SupportDesk
from services.hours.value import hours_value
from storage.confidential import hours_queries, staffing_queries


def without_hours(desk: SupportDesk, staff: Sequence[Person]) -> tuple[Person, ...]:
    """Those of these people who have neither weekly hours for scholars nor hours on a date ahead. One query."""
    with desk.store.read() as connection:
        found = staffing_queries.with_hours(connection, [person.id for person in staff], since=_since(desk))
    return tuple(person for person in staff if person.id not in found)


def longest_hours(desk: SupportDesk, staff: Sequence[Person], *, purpose: str = "") -> int:
    """Minutes of the longest stretch in anybody's hours for scholars, or set aside for the kind that `purpose` names.

    Weeks of phases are among them. 0 when nobody has any. One query, however many people there are. What touches
    midnight may go on beyond it, and counts as a whole day.
    """
    with desk.store.read() as connection:
        stored = hours_queries.hours_of(connection, [person.id for person in staff], since=_since(desk))
    stretches = (each for record in stored.values() for each in _stretches(hours_value(record, "UTC"), purpose))
    return max((_minutes(start, end) for start, end in stretches), default=0)


def _stretches(hours: WeeklyHours, purpose: str) -> Iterator[Interval]:
    """Minutes of a day from when to when; dates that differ only cut into hours set aside."""
    if purpose:
        days = [*hours.week(purpose=purpose)]
    else:
        phases = (hours.week(phase=phase) for phase in hours.own_phases)
        days = [*hours.week(), *chain.from_iterable(phases), *hours.dates().values()]
    return chain.from_iterable(days)


def _minutes(start: int, end: int) -> int:
    return end - start if start > 0 and end < DAY_MINUTES else DAY_MINUTES


def _since(desk: SupportDesk) -> str:
    # Somewhere it is still yesterday.
    return (desk.clock.now().date() - timedelta(days=1)).isoformat()
