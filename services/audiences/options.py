"""What somebody can choose an audience from: what the roster has now, and what people may be behind with."""

from dataclasses import dataclass

from domain.people import Person, Role
from services.audiences.resolve import around
from services.desk import Desk
from storage.program import announcement_queries, audience_queries, opt_in_queries

_COLUMNS = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """Something to choose by its id."""

    id: str
    title: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AudienceOptions:
    """The choices of one form. `lists` are the private lists that the author owns."""

    cohorts: tuple[str, ...]
    phases: tuple[str, ...]
    streams: tuple[str, ...]
    roles: tuple[Role, ...]
    sites: tuple[str, ...]
    announcements: tuple[Named, ...] = ()
    deadlines: tuple[Named, ...] = ()
    lists: tuple[Named, ...] = ()


def audience_options(desk: Desk, author: Person) -> AudienceOptions:
    """What this member of staff can choose from. As many queries for a large program as for a small one."""
    now = desk.clock.now()
    with desk.program.read() as connection:
        rows = audience_queries.kinds_of_standing(connection, author.program_id, around=around(now))
        lists = opt_in_queries.open_lists(connection, author.program_id, person_id=author.id)
        asked = announcement_queries.open_for_acknowledgement(connection, author.program_id)
    cohorts, phases, streams, roles, sites = (_distinct(rows, column) for column in range(_COLUMNS))
    return AudienceOptions(
        cohorts=cohorts,
        phases=phases,
        streams=streams,
        roles=tuple(role for role in Role if role.value in roles),
        sites=sites,
        announcements=tuple(Named(id=id_, title=title) for id_, title in asked),
        lists=tuple(Named(id=each.id, title=each.title) for each in lists if each.owner_id == author.id),
    )


def _distinct(rows: list[tuple[str, ...]], column: int) -> tuple[str, ...]:
    return tuple(sorted({row[column] for row in rows} - {""}))
