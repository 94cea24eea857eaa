"""Whose words an announcement holds: whoever has saved its form since it was begun, not only who did so last."""

from sqlalchemy import Connection

from services.announcements.facts import Announcement
from storage.program import audit_queries

WRITTEN, CHANGED = "written", "changed"
WRITING = (WRITTEN, CHANGED)
"""The deeds by which the trail knows who wrote; a copy begins a trail of its own."""


def own_of(connection: Connection, found: Announcement) -> set[str]:
    """The ids of those who can give no second yes to it: who sent it off, and all who wrote any version of it.

    One query.
    """
    return {found.author_id, found.written_by, *audit_queries.who_did(connection, found.id, WRITING)}
