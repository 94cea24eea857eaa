"""The calendar file of a session: the same UID for life, a rising SEQUENCE, and nothing that names anybody.

METHOD follows RFC 5546: PUBLISH for what is set or moved (REQUEST demands an ATTENDEE, and naming one would tell the
calendar's owner's colleagues who has a session), CANCEL when it falls. See decision 0004.
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from domain.booking import Booked
from domain.sides import Side
from domain.times import instant_of

if TYPE_CHECKING:
    from icalendar import Event

PRODUCT = "-//Scholarbot//Sessions//EN"
SUMMARY = "Session"
FILENAME, SERIES_FILENAME = "session.ics", "sessions.ics"


def calendar_file(session: Booked | Side, *, ref: str, organizer: str) -> bytes:
    """The file for a session as it stands now, for the one who knows it by `ref`.

    `organizer` is the program's address. DTSTAMP is the instant of the change: the same bytes for the same version,
    never earlier than the one before.
    """
    method = "PUBLISH" if session.is_open else "CANCEL"
    return _calendar([_event(session, ref, organizer)], method)


def calendar_of(sides: Sequence[Side], *, organizer: str) -> bytes:
    """One file for somebody's sides of several sessions, each an event with its own UID and SEQUENCE.

    It is published even if they are off, which STATUS says of each: CANCEL is for events of one UID (RFC 5546, 3.2.5).
    """
    if len(sides) == 1:
        return calendar_file(sides[0], ref=sides[0].ref, organizer=organizer)
    return _calendar([_event(side, side.ref, organizer) for side in sides], "PUBLISH")


def _event(session: Booked | Side, ref: str, organizer: str) -> "Event":
    from icalendar import Event, vCalAddress  # noqa: PLC0415 as much to load as all of our own modules

    event = Event()
    event.add("uid", f"{ref}@scholarbot")
    event.add("sequence", session.sequence)
    event.add("dtstamp", instant_of(session.changed_at))
    event.add("dtstart", session.starts)
    event.add("dtend", session.ends)
    event.add("summary", SUMMARY)
    event.add("class", "PRIVATE")
    event.add("status", "CONFIRMED" if session.is_open else "CANCELLED")
    event.add("transp", "OPAQUE" if session.is_open else "TRANSPARENT")
    event["organizer"] = vCalAddress(f"mailto:{organizer}")
    return event


def _calendar(events: "Sequence[Event]", method: str) -> bytes:
    from icalendar import Calendar  # noqa: PLC0415 see above

    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("method", method)
    for event in events:
        calendar.add_component(event)
    return bytes(calendar.to_ical())
