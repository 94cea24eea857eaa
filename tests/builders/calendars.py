"""Builders of calendars as other programs write them."""

from domain.feeds import FeedQuestion, FeedReading
from tests.builders.scheduling import at, utc_labels

ADDRESS = "https://calendar.example.org/private-abc123/basic.ics"


def a_calendar(*entries: str, head: str = "") -> bytes:
    """A whole calendar around these entries; `head` are lines of its own."""
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Example//EN", *head.split("\n"), *entries, "END:VCALENDAR"]
    return "\r\n".join("\r\n".join(lines).splitlines()).replace("\r\n\r\n", "\r\n").encode() + b"\r\n"


def an_entry(start: str, end: str = "", *more: str, uid: str = "dentist@example.org") -> str:
    """An appointment from what stands behind DTSTART to what stands behind DTEND, such as ":20270112T090000Z"."""
    ends = [f"DTEND{end}"] if end else []
    lines = ["BEGIN:VEVENT", f"UID:{uid}", "SUMMARY:Dentist", f"DTSTART{start}", *ends, *more, "END:VEVENT"]
    return "\r\n".join(lines)


def a_question(
    first: str = "2027-01-01T00:00Z",
    last: str = "2027-12-31T00:00Z",
    *,
    zone: str = "Europe/London",
    emails: tuple[str, ...] = (),
    etag: str = "",
) -> FeedQuestion:
    """What is taken in a window, all of 2027 unless told."""
    return FeedQuestion(first=at(first), last=at(last), zone=zone, emails=frozenset(emails), etag=etag)


def busy_labels(reading: FeedReading | None) -> list[str]:
    """What is taken, as texts such as 2027-01-12T09:00Z/10:00Z, with the reference of our own sessions."""
    assert reading is not None
    return [labeled(begin, end) + (f" {ref}" if ref else "") for begin, end, ref in sorted(reading.busy)]


def labeled(begin: int, end: int) -> str:
    """A stretch as a text."""
    first, last = utc_labels([begin, end])
    return f"{first}/{last.partition('T')[2]}" if first[:10] == last[:10] else f"{first}/{last}"
