"""What the digest has of announcements: those that waited and still hold, what has a new text, what was taken back."""

from collections.abc import Sequence

from sqlalchemy import Connection

from domain.announcements import State
from domain.people import Person
from services.announcements.deliveries import CHANGED
from services.announcements.facts import Announcement, announcement_of
from services.attention.sections import DigestLine, DigestSection, Waiting
from services.audiences.behind import is_behind
from services.desk import Desk
from storage.program import announcement_queries

_TOLD = (State.SENT, State.RETRACTED)


def section(desk: Desk, person: Person, waiting: Waiting) -> DigestSection:
    """The most urgent first, then in the order in which they were sent or taken back.

    Without what is for those who have not done something that this person has done by now. One query, or none, and one
    more for each such thing.
    """
    if not waiting:
        return DigestSection()
    now, changed = desk.clock.now(), {id_ for id_, rungs in waiting.items() if _is_change(rungs)}
    with desk.program.read() as connection:
        rows = announcement_queries.of_digest(connection, waiting, person.id, changed=changed)
        told = [
            each
            for each in map(announcement_of, rows)
            if each.state in _TOLD and not each.is_over(now) and _is_meant(connection, each, person)
        ]
    lines = sorted(
        (_line(each, has_changed=each.id in changed) for each in told),
        key=lambda each: (each.tier.priority, each.at or now),
    )
    return DigestSection(news=tuple(lines))


def _is_meant(connection: Connection, found: Announcement, person: Person) -> bool:
    """Whoever had it is told that it was taken back, whatever they have done meanwhile."""
    if found.state is State.RETRACTED:
        return True
    return is_behind(connection, found.audience, person.id, program_id=found.program_id)


def _is_change(rungs: Sequence[str]) -> bool:
    """Whether this reader had it before, and it waits for its new text alone."""
    return all(rung.startswith(CHANGED) for rung in rungs)


def _line(found: Announcement, *, has_changed: bool) -> DigestLine:
    """Of what was taken back only that it was: its words do not hold any more."""
    is_back = found.state is State.RETRACTED
    return DigestLine(
        object_id=found.id,
        title=found.text.title,
        text="" if is_back else found.text.body,
        at=found.ended_at if is_back else found.sent_at,
        tier=found.tier,
        ref=found.id,
        was_taken_back=is_back,
        has_changed=has_changed and not is_back,
    )
