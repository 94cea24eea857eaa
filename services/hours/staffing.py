"""Who in support has set hours, and how long the longest are: about staff, so staff may know; nothing of sessions."""

from collections.abc import Sequence
from datetime import timedelta

from domain.people import Person
from domain.times import DAY_MINUTES
from services.desk import SupportDesk
from services.hours.value import hours_value
from storage.confidential import hours_queries, staffing_queries


def without_hours(desk: SupportDesk, staff: Sequence[Person]) -> tuple[Person, ...]:
    """Those of these people who have neither weekly hours nor hours on a date ahead. One query, however many."""
    with desk.store.read() as connection:
        found = staffing_queries.with_hours(connection, [person.id for person in staff], since=_since(desk))
    return tuple(person for person in staff if person.id not in found)


def longest_hours(desk: SupportDesk, staff: Sequence[Person]) -> int:
    """Minutes of the longest stretch in anybody's hours; 0 when nobody has any. One query, however many.

    What touches midnight may go on beyond it, and counts as a whole day.
    """
    with desk.store.read() as connection:
        stored = hours_queries.hours_of(connection, [person.id for person in staff], since=_since(desk))
    hours = [hours_value(record, "UTC") for record in stored.values()]
    stretches = [stretch for each in hours for day in (*each.week(), *each.dates().values()) for stretch in day]
    return max((_minutes(start, end) for start, end in stretches), default=0)


def _minutes(start: int, end: int) -> int:
    return end - start if start > 0 and end < DAY_MINUTES else DAY_MINUTES


def _since(desk: SupportDesk) -> str:
    # Somewhere it is still yesterday.
    return (desk.clock.now().date() - timedelta(days=1)).isoformat()
