"""The calendar file of a session, read back as a calendar program reads it (case 47)."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest
from icalendar import Calendar

from domain.booking import Booked, BookingStatus
from domain.kinds import DEFAULT_KINDS
from domain.sides import side_of
from services.session_news.calendar_file import calendar_file, calendar_of
from tests.builders.bookings import a_booking

ORGANIZER = "support-desk-of-the-research-mentorship-program@london.example.org"
BOOKED = a_booking(version=1, changed="2027-01-11T12:00Z")
MOVED = a_booking(version=2, changed="2027-01-11T13:00Z", starts="2027-01-13T09:00Z")
CANCELED = a_booking(version=3, changed="2027-01-11T14:00Z", starts="2027-01-13T09:00Z", status=BookingStatus.CANCELED)


def file_of(booked: Booked) -> bytes:
    return calendar_file(booked, ref=booked.scholar_ref, organizer=ORGANIZER)


def read(content: bytes) -> dict[str, Any]:
    """All properties of the file's one event, and the calendar's own, as values."""
    calendar = Calendar.from_ical(content)
    (event,) = calendar.walk("VEVENT")
    return {name: getattr(value, "dt", value) for name, value in [*calendar.items(), *event.items()]}


@pytest.mark.parametrize(
    ("booked", "expected"),
    [
        pytest.param(
            BOOKED,
            {
                "METHOD": "PUBLISH",
                "SEQUENCE": 0,
                "DTSTAMP": datetime(2027, 1, 11, 12, tzinfo=UTC),
                "DTSTART": datetime(2027, 1, 12, 10, tzinfo=UTC),
                "DTEND": datetime(2027, 1, 12, 10, 45, tzinfo=UTC),
                "STATUS": "CONFIRMED",
                "TRANSP": "OPAQUE",
            },
            id="booked",
        ),
        pytest.param(
            MOVED,
            {
                "METHOD": "PUBLISH",
                "SEQUENCE": 1,
                "DTSTAMP": datetime(2027, 1, 11, 13, tzinfo=UTC),
                "DTSTART": datetime(2027, 1, 13, 9, tzinfo=UTC),
                "DTEND": datetime(2027, 1, 13, 9, 45, tzinfo=UTC),
                "STATUS": "CONFIRMED",
                "TRANSP": "OPAQUE",
            },
            id="moved",
        ),
        pytest.param(
            CANCELED,
            {
                "METHOD": "CANCEL",
                "SEQUENCE": 2,
                "DTSTAMP": datetime(2027, 1, 11, 14, tzinfo=UTC),
                "DTSTART": datetime(2027, 1, 13, 9, tzinfo=UTC),
                "DTEND": datetime(2027, 1, 13, 9, 45, tzinfo=UTC),
                "STATUS": "CANCELLED",
                "TRANSP": "TRANSPARENT",
            },
            id="canceled",
        ),
    ],
)
def test_calendar_file_through_its_life_is_one_event_with_nothing_but_the_time(
    booked: Booked, expected: dict[str, Any]
) -> None:
    always = {
        "PRODID": "-//Scholarbot//Sessions//EN",
        "VERSION": "2.0",
        "UID": "scholars-own@scholarbot",
        "SUMMARY": "Session",
        "CLASS": "PRIVATE",
        "ORGANIZER": f"mailto:{ORGANIZER}",
    }

    assert read(file_of(booked)) == always | expected


@pytest.mark.parametrize("booked", [BOOKED, MOVED, CANCELED])
def test_calendar_file_names_nobody(booked: Booked) -> None:
    content = file_of(booked).lower()

    told = [word for word in (b"ada", b"cleo", b"coach", b"community", b"attendee", b"sealed") if word in content]
    assert told == []


@pytest.mark.parametrize("booked", [BOOKED, MOVED, CANCELED])
def test_calendar_file_ends_every_line_in_crlf_and_folds_at_75_octets(booked: Booked) -> None:
    content = file_of(booked)

    lines = content.split(b"\r\n")
    assert (lines[-1], [line for line in lines if b"\n" in line or b"\r" in line]) == (b"", [])
    assert [line for line in lines if len(line) > 75] == []
    assert b"ORGANIZER:mailto:" + ORGANIZER.encode() in content.replace(b"\r\n ", b"")
    assert b"ORGANIZER:mailto:" + ORGANIZER.encode() not in content


def test_calendar_file_of_one_version_is_the_same_bytes_each_time() -> None:
    assert file_of(MOVED) == file_of(MOVED)


def test_files_of_all_kinds_of_session_are_the_same_bytes() -> None:
    starts = BOOKED.starts_at
    of_each = [replace(BOOKED, kind=kind.key, ends_at=kind.session(starts)[1]) for kind in DEFAULT_KINDS]

    assert len({file_of(booked) for booked in of_each}) == 1


@pytest.mark.parametrize(
    ("several", "method", "statuses"),
    [
        ((BOOKED,), "PUBLISH", ["CONFIRMED"]),
        ((CANCELED,), "CANCEL", ["CANCELLED"]),
        ((BOOKED, MOVED), "PUBLISH", ["CONFIRMED", "CONFIRMED"]),
        ((CANCELED, CANCELED), "PUBLISH", ["CANCELLED", "CANCELLED"]),
    ],
    ids=["one", "one canceled", "two", "two canceled"],
)
def test_method_cancel_is_for_events_of_one_uid(several: Sequence[Booked], method: str, statuses: list[str]) -> None:
    sides = [replace(side_of(booked, "ada"), ref=f"ref-{number}") for number, booked in enumerate(several)]

    calendar = Calendar.from_ical(calendar_of(sides, organizer=ORGANIZER))

    events = calendar.walk("VEVENT")
    assert (calendar["METHOD"], [event["STATUS"] for event in events]) == (method, statuses)
    assert [event["UID"] for event in events] == [f"ref-{number}@scholarbot" for number in range(len(several))]


def test_file_of_one_of_several_is_that_of_a_single_session() -> None:
    assert calendar_of([side_of(MOVED, "ada")], organizer=ORGANIZER) == file_of(MOVED)
