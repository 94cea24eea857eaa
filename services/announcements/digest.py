"""What the digest has of announcements: those that waited for it, as far as they still hold for this reader."""

from collections.abc import Sequence

from domain.announcements import State
from domain.people import Person
from services.announcements.facts import announcement_of
from services.attention.sections import DigestLine, DigestSection
from services.desk import Desk
from storage.program import announcement_queries


def section(desk: Desk, person: Person, ids: Sequence[str]) -> DigestSection:
    """The most urgent first, then in the order in which they were sent. One query, or none."""
    if not ids:
        return DigestSection()
    with desk.program.ask() as connection:
        rows = announcement_queries.unread_of(connection, ids, person.id)
    now = desk.clock.now()
    open_ = [each for each in map(announcement_of, rows) if each.state is State.SENT and not each.is_over(now)]
    ordered = sorted(open_, key=lambda each: (each.tier.priority, each.sent_at or now))
    lines = [
        DigestLine(
            object_id=each.id, title=each.text.title, text=each.text.body, at=each.sent_at, tier=each.tier, ref=each.id
        )
        for each in ordered
    ]
    return DigestSection(news=tuple(lines))
