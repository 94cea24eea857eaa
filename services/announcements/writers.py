"""Whose words an announcement holds: of all who have saved its form since it was begun, and of those it copied."""

from sqlalchemy import Connection

from services.announcements.deeds import CHANGED, COPIED, CORRECTED, CORRECTION, WRITTEN
from services.announcements.facts import Announcement
from storage.program import audit_queries
from storage.program.audit_queries import Deeds

WRITING = Deeds((WRITTEN, CHANGED), about=(COPIED,))
"""The deeds by which the trail knows who wrote. A copy has a trail of its own, with those whose words it took."""
_IN_ALL = WRITING._replace(by=(*WRITING.by, CORRECTION, CORRECTED))


def own_of(connection: Connection, found: Announcement) -> set[str]:
    """The ids of those who can give no second yes to it: who sent it off, and all who wrote any version of it.

    One query.
    """
    return {found.author_id, found.written_by, *audit_queries.who_did(connection, found.id, WRITING)}


def copied_from(connection: Connection, model: Announcement) -> set[str]:
    """The ids of all whose words a copy of this takes: who wrote in it, or wrote another text for it once it was out.

    One query.
    """
    return {model.written_by, *audit_queries.who_did(connection, model.id, _IN_ALL)}
