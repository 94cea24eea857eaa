"""The calendar file of a session: the same UID for life, a rising SEQUENCE, and nothing that names anybody.

METHOD follows RFC 5546: PUBLISH for what is set or moved (REQUEST demands an ATTENDEE, and naming one would tell the
calendar's owner's colleagues who has a session), CANCEL when it falls. See decision 0004.
"""

from datetime import datetime

from domain.booking import Booked
from domain.sides import Side

PRODUCT = "-//Scholarbot//Sessions//EN"
SUMMARY = "Session"
FILENAME = "session.ics"


def calendar_file(session: Booked | Side, *, ref: str, organizer: str, stamp: datetime) -> bytes:
    """The file for a session as it stands now, for the one who knows it by `ref`.

    `organizer` is the program's address, `stamp` the instant of writing.
    """
    from icalendar import Calendar, Event, vCalAddress  # noqa: PLC0415 as much to load as all of our own modules

    event = Event()
    event.add("uid", f"{ref}@scholarbot")
    event.add("sequence", session.sequence)
    event.add("dtstamp", stamp)
    event.add("dtstart", session.starts)
    event.add("dtend", session.ends)
    event.add("summary", SUMMARY)
    event.add("class", "PRIVATE")
    event.add("status", "CONFIRMED" if session.is_open else "CANCELLED")
    event.add("transp", "OPAQUE" if session.is_open else "TRANSPARENT")
    event["organizer"] = vCalAddress(f"mailto:{organizer}")
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH" if session.is_open else "CANCEL")
    calendar.add_component(event)
    return bytes(calendar.to_ical())
