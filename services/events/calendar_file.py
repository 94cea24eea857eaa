"""The calendar file of an event: one UID for life, a rising SEQUENCE. It names nobody; an event is no secret."""

from typing import TYPE_CHECKING

from domain.events import Event

if TYPE_CHECKING:
    from icalendar import Calendar

PRODUCT = "-//Scholarbot//Events//EN"
FILENAME = "event.ics"


def event_file(event: Event, *, organizer: str) -> bytes:
    """The file for an event as it stands; the same bytes for the same version. `organizer` may be "" (no store).

    METHOD is PUBLISH, or CANCEL for one that was called off (RFC 5546); nobody is an ATTENDEE.
    """
    from icalendar import Event as Entry  # noqa: PLC0415 as much to load as all of our own modules
    from icalendar import vCalAddress  # noqa: PLC0415 the same

    plan, entry = event.plan, Entry()
    entry.add("uid", f"event-{event.id}@scholarbot")
    entry.add("sequence", event.version - 1)
    entry.add("dtstamp", event.changed)
    entry.add("dtstart", plan.starts)
    entry.add("dtend", plan.ends)
    entry.add("summary", plan.title)
    place = ", ".join(filter(None, (plan.place, plan.site)))
    for name, value in (("description", plan.text), ("location", place or plan.link), ("url", plan.link)):
        if value:
            entry.add(name, value)
    entry.add("status", "CONFIRMED" if event.is_open else "CANCELLED")
    if organizer:
        entry["organizer"] = vCalAddress(f"mailto:{organizer}")
    calendar = _calendar("PUBLISH" if event.is_open else "CANCEL")
    calendar.add_component(entry)
    return bytes(calendar.to_ical())


def _calendar(method: str) -> "Calendar":
    from icalendar import Calendar  # noqa: PLC0415 see above

    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("method", method)
    return calendar
