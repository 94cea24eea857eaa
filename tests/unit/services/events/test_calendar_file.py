"""The calendar file of an event: one UID for life, a rising SEQUENCE, and nobody's name."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

from icalendar import Calendar

from domain.events import Event, Status
from services.events.calendar_file import event_file
from tests.builders.events import STARTS, a_plan, an_event
from tests.fakes.clock import NOON


def read(event: Event, *, organizer: str = "support@example.org") -> tuple[Any, Any]:
    calendar: Any = Calendar.from_ical(event_file(event, organizer=organizer))
    [entry] = calendar.walk("VEVENT")
    return calendar, entry


def test_file_says_what_when_and_where() -> None:
    event = an_event(a_plan(text="Bring one; or two, please.", site="London", link="https://x.org/a"))

    calendar, entry = read(event)

    assert (calendar["METHOD"], entry["UID"], entry["SEQUENCE"]) == ("PUBLISH", "event-event-1@scholarbot", 0)
    assert (entry["DTSTART"].dt, entry["DTEND"].dt, entry["DTSTAMP"].dt) == (STARTS, STARTS + timedelta(hours=1), NOON)
    assert [str(entry[name]) for name in ("SUMMARY", "DESCRIPTION", "LOCATION", "URL", "ORGANIZER")] == [
        "How to read a paper",
        "Bring one; or two, please.",
        "Room 4, London",
        "https://x.org/a",
        "mailto:support@example.org",
    ]


def test_later_version_has_the_same_uid_and_a_higher_sequence_and_one_called_off_cancels() -> None:
    event = replace(an_event(), version=4, status=Status.CALLED_OFF)

    calendar, entry = read(event, organizer="")

    assert (calendar["METHOD"], entry["STATUS"], entry["UID"], entry["SEQUENCE"]) == (
        "CANCEL",
        "CANCELLED",
        "event-event-1@scholarbot",
        3,
    )
    assert "ORGANIZER" not in entry


def test_file_of_the_same_version_is_the_same_bytes() -> None:
    assert event_file(an_event(), organizer="a@b.org") == event_file(an_event(), organizer="a@b.org")
