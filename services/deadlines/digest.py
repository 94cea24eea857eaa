"""The deadlines in somebody's digest: those of which they were to hear, and what is due within the week."""

from collections.abc import Sequence
from datetime import timedelta

from domain.delivery import Tier
from domain.people import Person
from services.attention.sections import DigestLine, DigestSection
from services.deadlines.facts import OwnDeadline, own_of
from services.desk import Desk
from storage.program import deadline_people_queries

AHEAD = timedelta(days=7)
LISTED = 10


def section(desk: Desk, person: Person, ids: Sequence[str]) -> DigestSection:
    """What of these deadlines is still due for this person, and the others of the next days, the soonest first.

    What they have met, and what was closed, is left out. One query.
    """
    wanted, until = frozenset(ids), desk.clock.now() + AHEAD
    with desk.program.ask() as connection:
        found = deadline_people_queries.due_for(connection, person.id, at_most=LISTED + len(wanted))
    due = [own_of(each) for each in found if each.row.program_id == person.program_id]
    return DigestSection(
        news=tuple(_line(each) for each in due if each.id in wanted),
        ahead=tuple(_line(each) for each in due if each.id not in wanted and each.due_at <= until)[:LISTED],
    )


def _line(own: OwnDeadline) -> DigestLine:
    return DigestLine(
        object_id=own.id, title=own.text.title, text=own.text.words, at=own.due_at, tier=Tier.IMPORTANT, ref=own.id
    )
