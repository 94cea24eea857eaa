"""Who is still missing from an announcement: one rule for lists, nudges, numbers and the report."""

from collections.abc import Sequence

from sqlalchemy import Connection

from domain.people import Person
from services.announcements.facts import Announcement
from services.audiences.behind import behind_now
from services.audiences.here import here
from services.desk import Desk
from storage.program import announcement_missing_queries as queries
from storage.program import opt_in_queries
from storage.program.announcement_missing_queries import Still


def still(desk: Desk, connection: Connection, found: Announcement) -> Still:
    """The questions that whoever is still missing from one answers. One query is asked for it.

    They are here, and where it is for those alone who have not done something, they have not done it since.
    """
    behind = behind_now(found.audience, program_id=found.program_id)
    return Still(here=here(desk, connection, found.program_id), behind=behind)


def numbers_missing(desk: Desk, connection: Connection, found: Sequence[Announcement]) -> dict[str, int]:
    """How many are still missing from each of these of one program, by id. Two queries at most."""
    if not found:
        return {}
    are_here = here(desk, connection, found[0].program_id)
    asked = {
        each.id: Still(here=are_here, behind=behind_now(each.audience, program_id=each.program_id)) for each in found
    }
    return queries.numbers_missing(connection, asked, here=are_here)


def hides_names(connection: Connection, found: Announcement, staff: Person) -> bool:
    """Whether it went to another one's private list, so that this member of staff sees no names. One query at most."""
    list_id = found.audience.secret_list
    return bool(list_id) and opt_in_queries.owner_of(connection, list_id, program_id=found.program_id) != staff.id
