"""Those who have not done something yet: not acknowledged an announcement."""

from sqlalchemy import Connection

from domain.audience import Audience
from storage.program import announcement_queries


def behind(connection: Connection, audience: Audience, *, program_id: str) -> frozenset[str] | None:
    """The ids of all who are behind with what the audience names; None when it names nothing."""
    if not audience.is_narrowed:
        return None
    return frozenset(
        announcement_queries.unacknowledged(connection, audience.behind_announcement, program_id=program_id)
    )
