"""Which events a digest has: those that are new to its reader, and the others of their week."""

from collections.abc import Sequence

from domain.people import Person
from services.desk import Desk
from services.events.look import WEEK, EventLine, events_ahead


def told_of(desk: Desk, person: Person, ids: Sequence[str]) -> tuple[EventLine, ...]:
    """Those of the ids that are still ahead for the reader, and what is on within a week, the soonest first. One query.

    What has begun, or is not for the reader any more, is left out. What was called off stays for who had said that they
    come, if it waits: that may be the news.
    """
    now = desk.clock.now()
    ahead = [line for line in events_ahead(desk, person) if now < line.event.plan.starts]
    return tuple(
        line for line in ahead if line.event.id in ids or (line.event.is_open and line.event.plan.starts < now + WEEK)
    )
