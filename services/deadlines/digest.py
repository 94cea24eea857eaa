"""The deadlines in somebody's digest: those of which they were to hear, and what is due within the week."""

from collections.abc import Collection
from datetime import datetime, timedelta

from domain.delivery import Tier
from domain.people import Person
from domain.times import epoch_seconds
from services.attention.sections import DigestLine, DigestSection, parted
from services.deadlines.facts import OwnDeadline, own_of
from services.desk import Desk
from storage.program import deadline_people_queries

AHEAD = timedelta(days=7)


def section(desk: Desk, person: Person, ids: Collection[str]) -> DigestSection:
    """What of these deadlines is still open for this person, and the others of the next days, the soonest first.

    All of them, however many there are: a deadline that is left out here is one that nobody tells. What is overdue is
    among them, and says so. What they have met, and what was closed, is not. One query.
    """
    now = desk.clock.now()
    with desk.program.ask() as connection:
        found = deadline_people_queries.due_by(connection, person.id, until=epoch_seconds(now + AHEAD), ids=ids)
    return parted([_line(own_of(each), now) for each in found if each.row.program_id == person.program_id], ids)


def _line(own: OwnDeadline, now: datetime) -> DigestLine:
    return DigestLine(
        object_id=own.id,
        title=own.text.title,
        text=own.text.words,
        at=own.due_at,
        is_over=own.due_at <= now,
        tier=Tier.IMPORTANT,
        ref=own.id,
    )
