"""Those who have not done something yet: not met a deadline, or not acknowledged an announcement."""

from typing import Any

from sqlalchemy import Connection, Select

from domain.audience import Audience
from domain.errors import NotFound
from services.audiences.stored import audience_from
from storage.program import announcement_queries, deadline_people_queries, deadline_queries, opt_in_queries


def behind(connection: Connection, audience: Audience, *, program_id: str, author_id: str) -> frozenset[str] | None:
    """The ids of all who are behind with what the audience names, with both where it names two; None for nothing.

    Raises `NotFound` for what went to a private list of somebody else: who is on it only its owner may know.
    """
    found = [
        look(connection, object_id, program_id, author_id)
        for look, object_id in ((_unacknowledged, audience.behind_announcement), (_unmet, audience.behind_deadline))
        if object_id
    ]
    return frozenset.intersection(*found) if found else None


def behind_now(audience: Audience, *, program_id: str) -> tuple[Select[Any], ...]:
    """The questions for the ids of all who are behind, one for each thing that the audience names.

    For many people what `is_behind` is for one, to be asked within a larger question.
    """
    found = []
    if audience.behind_announcement:
        asked = announcement_queries.ids_unacknowledged(audience.behind_announcement, program_id=program_id)
        found.append(asked)
    if audience.behind_deadline:
        found.append(deadline_people_queries.ids_not_met(audience.behind_deadline, program_id=program_id))
    return tuple(found)


def is_behind(connection: Connection, audience: Audience, person_id: str, *, program_id: str) -> bool:
    """Whether somebody is still behind with all that the audience names; so is everybody where it names nothing.

    Asked at the moment of sending, for one person. One query for each thing that is named.
    """
    if audience.behind_announcement:
        is_reader, at = announcement_queries.acknowledged_at(connection, audience.behind_announcement, person_id)
        if not is_reader or at is not None:
            return False
    if not audience.behind_deadline:
        return True
    return deadline_people_queries.has_not_met(connection, audience.behind_deadline, person_id, program_id=program_id)


def _unacknowledged(connection: Connection, announcement_id: str, program_id: str, author_id: str) -> frozenset[str]:
    row = announcement_queries.one(connection, announcement_id)
    if row is None or row.program_id != program_id:
        raise NotFound(field="behind")
    _check_list(connection, row.audience, program_id, author_id)
    return frozenset(announcement_queries.unacknowledged(connection, row.id, program_id=program_id))


def _unmet(connection: Connection, deadline_id: str, program_id: str, author_id: str) -> frozenset[str]:
    row = deadline_queries.one(connection, deadline_id)
    if row is None or row.program_id != program_id:
        raise NotFound(field="behind")
    _check_list(connection, row.audience, program_id, author_id)
    asked = deadline_people_queries.ids_not_met(deadline_id, program_id=program_id)
    return frozenset(str(found) for found in connection.execute(asked).scalars())


def _check_list(connection: Connection, audience: str, program_id: str, author_id: str) -> None:
    list_id = audience_from(audience).secret_list
    if list_id and opt_in_queries.owner_of(connection, list_id, program_id=program_id) != author_id:
        raise NotFound(field="behind")
