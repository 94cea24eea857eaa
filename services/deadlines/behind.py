"""Those who have not met a deadline, for audiences; and the deadlines to choose from."""

from sqlalchemy import Connection

from domain.deadlines import DeadlineState
from domain.errors import NotFound
from services.audiences.options import Named
from services.audiences.stored import audience_from
from storage.program import deadline_people_queries, deadline_queries

_CHOICES = 50


def people_behind(connection: Connection, deadline_id: str, *, program_id: str, author_id: str) -> frozenset[str]:
    """The ids of all of a program who have not met one of its deadlines. Two queries.

    Raises `NotFound` at field "behind" for one that is not there, or went to a private list of somebody else.
    """
    row = deadline_queries.one(connection, deadline_id)
    if (
        row is None
        or row.program_id != program_id
        or (audience_from(row.audience).list_id and row.author_id != author_id)
    ):
        raise NotFound(field="behind")
    asked = deadline_people_queries.ids_not_met(deadline_id, program_id=program_id)
    return frozenset(str(found) for found in connection.execute(asked).scalars())


def open_deadlines(connection: Connection, program_id: str, *, author_id: str) -> tuple[Named, ...]:
    """The open deadlines of a program that somebody may choose by, the soonest first. One query."""
    found = deadline_queries.of_program(
        connection, program_id, [DeadlineState.OPEN], at_most=_CHOICES, newest_first=False
    )
    rows = [each.row for each in found]
    may_choose = (row for row in rows if row.author_id == author_id or not audience_from(row.audience).list_id)
    return tuple(Named(id=row.id, title=row.title) for row in may_choose)
