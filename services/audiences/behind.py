"""Those who have not done something yet: not acknowledged an announcement."""

from sqlalchemy import Connection

from domain.audience import Audience
from domain.errors import NotFound
from services.audiences.stored import audience_from
from storage.program import announcement_queries, opt_in_queries


def behind(connection: Connection, audience: Audience, *, program_id: str, author_id: str) -> frozenset[str] | None:
    """The ids of all who are behind with what the audience names; None when it names nothing.

    Raises `NotFound` for what went to a private list of somebody else: who is on it only its owner may know.
    """
    if not audience.is_narrowed:
        return None
    row = announcement_queries.one(connection, audience.behind_announcement)
    if row is None or row.program_id != program_id:
        raise NotFound(field="behind")
    list_id = audience_from(row.audience).list_id
    if list_id and opt_in_queries.owner_of(connection, list_id, program_id=program_id) != author_id:
        raise NotFound(field="behind")
    return frozenset(announcement_queries.unacknowledged(connection, row.id, program_id=program_id))
