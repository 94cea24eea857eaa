"""How people hear of a new event: no message of its own. It waits for the next digest of each who is invited."""

from sqlalchemy import Connection

from domain.attention import Subject
from domain.events import Event
from domain.people import Person
from services.attention.waiting import put_in_digests
from services.audiences.resolve import found
from services.desk import Desk


def invite(desk: Desk, connection: Connection, staff: Person, event: Event) -> tuple[str, ...]:
    """Let it wait for everybody invited now but who plans it; who joins later sees it on Home and in /events.

    In the caller's transaction, with a number of queries that does not grow with the people. Returns who is invited.
    """
    meant = found(desk, connection, event.program_id, event.plan.audience)
    others = [each for each in meant.readers if each.person_id != staff.id]
    put_in_digests(connection, desk, others, Subject.EVENT, event.id)
    return tuple(sorted(meant.ids))


def whose_homes(desk: Desk, connection: Connection, event: Event, *, was: Event) -> tuple[str, ...]:
    """Those whose Home tabs show an event otherwise after it was changed: first who is invited newly, or no more.

    A query, and another where it is for others now.
    """
    after = found(desk, connection, event.program_id, event.plan.audience).ids
    is_same = event.plan.audience == was.plan.audience
    before = after if is_same else found(desk, connection, was.program_id, was.plan.audience).ids
    return (*sorted(before ^ after), *sorted(before & after))
