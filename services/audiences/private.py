"""What comes from a private list, however many steps away: who is meant by it only the list's owner may know."""

from dataclasses import replace

from sqlalchemy import Connection

from domain.audience import Audience
from services.audiences.stored import audience_from, audience_json
from storage.program import announcement_queries, deadline_queries


def kept_json(connection: Connection, audience: Audience) -> str:
    """The audience as the store keeps it, with the list that those are from who are behind with something.

    An announcement to a list, and one to those of its readers who have not acknowledged it, are for the same people.
    Everything that has an audience is written through here. At most two queries.
    """
    found: list[str] = []
    if audience.behind_announcement:
        announced = announcement_queries.one(connection, audience.behind_announcement)
        found.append("" if announced is None else audience_from(announced.audience).secret_list)
    if audience.behind_deadline:
        due = deadline_queries.one(connection, audience.behind_deadline)
        found.append("" if due is None else audience_from(due.audience).secret_list)
    return audience_json(replace(audience, private_list=next(filter(None, found), "")))
