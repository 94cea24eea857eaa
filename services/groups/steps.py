"""Each step in the life of a group session, and of somebody's part in it, is written down: what, when and by whom."""

from sqlalchemy import Connection

from domain.booking import Change
from domain.groups import Group, GroupPart
from storage.confidential import booking_queries


def add_step(connection: Connection, of: Group | GroupPart, change: Change, *, by_id: str) -> None:
    """Append what brought it to its present version."""
    booking_queries.add_change(
        connection,
        {
            "booking_id": of.id,
            "version": of.version,
            "program_id": of.program_id,
            "what": change.value,
            "by_id": by_id,
            "at": of.changed_at,
            "starts_at": of.starts_at,
            "reason": None,
        },
    )
