"""What a digest says of events: those that are new to its reader, and their week at a glance."""

from collections.abc import Sequence
from dataclasses import dataclass

from domain.people import Person
from services.desk import Desk
from services.events.look import WEEK, EventLine, events_ahead


@dataclass(frozen=True, slots=True, kw_only=True)
class EventsSection:
    """`fresh` are events that nobody has told the reader of yet; `week` the other ones of the next seven days."""

    fresh: tuple[EventLine, ...]
    week: tuple[EventLine, ...]


def section(desk: Desk, person: Person, ids: Sequence[str]) -> EventsSection:
    """What to say; what has begun, or is not for the reader any more, is left out. One query.

    What was called off is fresh to who had said that they come: that news may be what waits.
    """
    now, wanted = desk.clock.now(), frozenset(ids)
    ahead = [line for line in events_ahead(desk, person) if now < line.event.plan.starts]
    others = [line for line in ahead if line.event.id not in wanted and line.event.is_open]
    return EventsSection(
        fresh=tuple(line for line in ahead if line.event.id in wanted),
        week=tuple(line for line in others if line.event.plan.starts < now + WEEK),
    )
