"""What somebody can choose an audience from: what the roster has now, and what people may be behind with."""

import hashlib
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from operator import itemgetter
from typing import Protocol

from sqlalchemy import Connection

from domain.audience import Audience
from domain.deadlines import DeadlineState
from domain.errors import DomainError
from domain.people import Person, Role
from services.audiences.resolve import around
from services.audiences.stored import audience_from
from services.desk import Desk
from storage.program import announcement_queries, audience_queries, deadline_queries, opt_in_queries, people_queries

_COLUMNS = 5
CHOICES = 50
"""Deadlines in a menu, the soonest first."""
_VALUE_LENGTH = 16


class UnknownValue(DomainError):
    """One of these is not on your program's roster. Please check how it is written, or open the form again."""


class _HasAudience(Protocol):
    @property
    def id(self) -> str: ...
    @property
    def title(self) -> str: ...
    @property
    def audience(self) -> str: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """Something to choose by its id; without a title it is not there any more."""

    id: str
    title: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AudienceOptions:
    """The choices of one form. `lists` are the private lists that the author owns, and the one that is chosen.

    `without_account` are those who are chosen by name and have no account in use, so that no picker has them.
    """

    cohorts: tuple[str, ...]
    phases: tuple[str, ...]
    streams: tuple[str, ...]
    roles: tuple[Role, ...]
    sites: tuple[str, ...]
    announcements: tuple[Named, ...] = ()
    deadlines: tuple[Named, ...] = ()
    lists: tuple[Named, ...] = ()
    without_account: tuple[Named, ...] = ()


def audience_options(desk: Desk, author: Person, chosen: Audience) -> AudienceOptions:
    """What this member of staff can choose from. As many queries for a large program as for a small one.

    What is `chosen` stays among it, whatever became of that: a form without it would be sent back for more people than
    were meant.
    """
    now = desk.clock.now()
    with desk.program.read() as connection:
        rows = audience_queries.kinds_of_standing(connection, author.program_id, around=around(now))
        lists = opt_in_queries.open_lists(connection, author.program_id, person_id=author.id)
        asked = announcement_queries.open_for_acknowledgement(connection, author.program_id)
        due = deadline_queries.of_program(
            connection, author.program_id, [DeadlineState.OPEN], at_most=CHOICES, newest_first=False
        )
        announced, deadline, private = _chosen(connection, author.program_id, chosen)
        without_account = _without_account(desk, connection, author.program_id, chosen.people)
    cohorts, phases, streams, roles, sites = (_distinct(rows, column) for column in range(_COLUMNS))
    own = {each.id for each in lists if each.owner_id == author.id}
    return AudienceOptions(
        cohorts=cohorts,
        phases=phases,
        streams=streams,
        roles=tuple(role for role in Role if role.value in roles or role in chosen.roles),
        sites=sites,
        announcements=_with(_without_lists(asked, own), announced),
        deadlines=_with(_without_lists([each.row for each in due], own), deadline),
        lists=_with(tuple(Named(id=each.id, title=each.title) for each in lists if each.id in own), private),
        without_account=without_account,
    )


def _chosen(connection: Connection, program_id: str, chosen: Audience) -> Iterator[tuple[Named, ...]]:
    """The announcement, the deadline and the list that are chosen, each with its title; no query for none."""
    rows = (
        (chosen.behind_announcement, announcement_queries.one),
        (chosen.behind_deadline, deadline_queries.one),
        (chosen.list_id, opt_in_queries.one),
    )
    for id_, one in rows:
        row = one(connection, id_) if id_ else None
        # A form may have been made up: what another program calls its own stays unknown.
        title = row.title if row is not None and row.program_id == program_id else ""
        yield (Named(id=id_, title=title),) if id_ else ()


def _without_account(desk: Desk, connection: Connection, program_id: str, ids: Sequence[str]) -> tuple[Named, ...]:
    if not ids:
        return ()
    known = audience_queries.accounts_in_use(connection, ids, team_id=desk.team_id)
    names = people_queries.names_of(connection, [each for each in ids if each not in known], program_id=program_id)
    return tuple(Named(id=id_, title=name) for id_, name in sorted(names.items(), key=itemgetter(1, 0)))


def _with(offered: tuple[Named, ...], chosen: tuple[Named, ...]) -> tuple[Named, ...]:
    known = {each.id for each in offered}
    return (*offered, *(each for each in chosen if each.id not in known))


def _without_lists(rows: Iterable[_HasAudience], own: Collection[str]) -> tuple[Named, ...]:
    """Those that somebody may choose by: who is on another one's private list stays unknown."""
    return tuple(
        Named(id=row.id, title=row.title) for row in rows if audience_from(row.audience).secret_list in ("", *own)
    )


def value_of(name: str) -> str:
    """What stands for a name in a menu: short, whatever the name, and telling nothing to who keeps forms."""
    return hashlib.sha256(name.encode()).hexdigest()[:_VALUE_LENGTH]


def with_names(options: AudienceOptions, audience: Audience) -> Audience:
    """The audience with names in place of the values of menus; what was typed may be the name itself.

    Raises `UnknownValue` at the field of the first one that the roster does not have, or not any more.
    """
    return replace(
        audience,
        cohorts=_names(options.cohorts, audience.cohorts, "cohorts"),
        phases=_names(options.phases, audience.phases, "phases"),
        streams=_names(options.streams, audience.streams, "streams"),
        sites=_names(options.sites, audience.sites, "sites"),
    )


def _names(names: Sequence[str], chosen: Sequence[str], field: str) -> tuple[str, ...]:
    known = {way: name for name in names for way in (name, value_of(name))}
    if any(each not in known for each in chosen):
        raise UnknownValue(field=field)
    return tuple(known[each] for each in chosen)


def _distinct(rows: list[tuple[str, ...]], column: int) -> tuple[str, ...]:
    return tuple(sorted({row[column] for row in rows} - {""}))
