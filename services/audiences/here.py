"""Who is here still: nobody waits for a press of somebody who has left, or has no account in use."""

from typing import Any

from sqlalchemy import Connection, Select

from domain.times import zone
from services.desk import Desk
from services.people import GUEST_ROLES
from storage.program import here_queries


def here(desk: Desk, connection: Connection, program_id: str) -> Select[Any]:
    """The question for the ids of all who are in a program at this moment and can be written to.

    To be asked within a larger question, however many people there are; it finds whom `People.people` finds. One query
    is asked for it.
    """
    now, days = desk.clock.now(), dict[str, list[str]]()
    for name in here_queries.zones_of(connection, program_id):
        days.setdefault(now.astimezone(zone(name)).date().isoformat(), []).append(name)
    return here_queries.ids_here(program_id, team_id=desk.team_id, days=days, guest_roles=GUEST_ROLES)
