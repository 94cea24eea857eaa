"""What became of the question for a second yes: whoever was asked may open it long after somebody else has answered."""

from dataclasses import dataclass

from services.announcements.deeds import APPROVED, AS_IMPORTANT, ASKED, CHANGED, REFUSED, RETRACTED, SENT_OFF
from services.announcements.facts import Announcement
from services.desk import Desk
from storage.program import audit_queries, people_queries

_SINCE = (REFUSED, AS_IMPORTANT, CHANGED, ASKED, APPROVED, SENT_OFF, RETRACTED)
"""Of these the last says how it stands: what was changed or sent off after a no has it no more."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """The deed, `REFUSED` or `AS_IMPORTANT`, and whose it was, by name. For staff."""

    deed: str
    by: str


def answer_of(desk: Desk, found: Announcement) -> Answer | None:
    """The last answer, where it was no yes; None where there is none, or something else was done since. Two queries."""
    with desk.program.read() as connection:
        last = audit_queries.last_of(connection, found.id, _SINCE)
        if last is None or last.deed not in (REFUSED, AS_IMPORTANT):
            return None
        names = people_queries.names_of(connection, [last.by_id], program_id=found.program_id)
    return Answer(deed=last.deed, by=names.get(last.by_id, ""))
