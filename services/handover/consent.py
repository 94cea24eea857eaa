"""Whether a successor may read what was noted and logged before: the one question that everything earlier asks."""

from sqlalchemy import Connection

from domain.handover import Consent
from domain.people import Person, Role
from services.desk import SupportDesk
from services.handover.standing import now_of
from storage.confidential import handover_queries


def may_read_earlier(
    desk: SupportDesk, connection: Connection, successor: Person, scholar: Person, author_id: str, *, role: Role
) -> bool:
    """Whether somebody may read what `author_id` wrote about a scholar in a support role, of which they are no part.

    Only whoever took the scholar over from the author in that role, from its day on, as long as nobody else has taken
    them over since, the two may meet, and the scholar's word is yes. Whatever is not known is no.
    """
    now = now_of(desk)
    begun = [
        each
        for each in handover_queries.open_of_scholar(connection, scholar.id)
        if each.role == role and each.from_at <= now
    ]
    if not begun or not successor.has(role):
        return False
    last = begun[-1]
    is_between = (last.to_id, last.from_id, last.consent) == (successor.id, author_id, Consent.GIVEN)
    return is_between and scholar.id in desk.people.scholars_for(successor, [scholar.id])
