"""Who is meant by an audience at this moment, by name, and who of them cannot be reached."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Select

from domain.audience import Audience, EmptyAudience, NobodyFound, Standing
from domain.days import Term
from domain.errors import NotFound
from domain.people import Person, Role
from domain.times import epoch_seconds
from services.audiences.behind import behind
from services.desk import Desk
from services.people import GUEST_ROLES
from storage.program import audience_queries, opt_in_queries
from storage.program.audience_queries import StandingRow

ROLES_FIELD = "who"
"""Where a form says that nobody is chosen."""
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Reader:
    """Somebody something is for. `zone` is where their device is, else that of their membership."""

    person_id: str
    name: str
    slack_user_id: str
    zone: str
    site: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Resolved:
    """Who is meant, by name. `unreachable` are on the roster and have no account in use: shown, and not written to."""

    readers: tuple[Reader, ...]
    unreachable: tuple[Reader, ...] = ()

    @property
    def ids(self) -> frozenset[str]:
        """The ids of all who are written to."""
        return frozenset(each.person_id for each in self.readers)

    @property
    def everybody(self) -> frozenset[str]:
        """The ids of all who are meant, whether or not they can be written to just now."""
        return self.ids | {each.person_id for each in self.unreachable}

    def only(self, ids: Iterable[str]) -> "Resolved":
        """Those of them with one of these ids."""
        wanted = frozenset(ids)
        return Resolved(
            readers=tuple(each for each in self.readers if each.person_id in wanted),
            unreachable=tuple(each for each in self.unreachable if each.person_id in wanted),
        )


def resolve(desk: Desk, author: Person, audience: Audience) -> Resolved:
    """Who an audience is, of the author's program. At most three queries, however many people there are.

    Raises `EmptyAudience` when nothing is chosen, `NobodyFound` when nobody fits, and `NotFound` for a list that is
    somebody else's: who is on a list only its owner may know.
    """
    with desk.program.read() as connection:
        return resolved_in(desk, connection, audience, program_id=author.program_id, author_id=author.id)


def resolved_in(desk: Desk, connection: Connection, audience: Audience, *, program_id: str, author_id: str) -> Resolved:
    """The same in somebody's transaction, which freezes it. Raises as `resolve` does."""
    if audience.is_empty:
        raise EmptyAudience(field=ROLES_FIELD)
    meant = _meant(desk, connection, audience, program_id, author_id)
    if not meant.readers:
        raise NobodyFound(field=ROLES_FIELD)
    return meant


def newcomers(
    desk: Desk, connection: Connection, audience: Audience, *, program_id: str, author_id: str, known: Select[Any]
) -> Resolved:
    """Those of an audience whom the question `known` does not find; nobody, mostly, which then costs little.

    The database leaves out who is known: ten thousand people are not read to find the one who is new. Raises
    `NotFound` as `resolve` does.
    """
    return _meant(desk, connection, audience, program_id, author_id, known)


def _meant(
    desk: Desk,
    connection: Connection,
    audience: Audience,
    program_id: str,
    author_id: str,
    known: Select[Any] | None = None,
) -> Resolved:
    if audience.list_id:
        if opt_in_queries.owner_of(connection, audience.list_id, program_id=program_id) != author_id:
            raise NotFound(field="list")
        return of_people(desk, connection, program_id, opt_in_queries.members_of(connection, audience.list_id), known)
    late = behind(connection, audience, program_id=program_id, author_id=author_id)
    if late is None:
        return found(desk, connection, program_id, audience, known)
    if not (audience.has_query or audience.people):
        return of_people(desk, connection, program_id, sorted(late), known)
    return found(desk, connection, program_id, audience, known).only(late)


def found(
    desk: Desk, connection: Connection, program_id: str, audience: Audience, known: Select[Any] | None = None
) -> Resolved:
    """Who the query finds and who is named, now; what somebody is behind with is not looked at. One query.

    Without those whom the question `known` finds. Who is a guest of the workspace counts by the roles that guests may
    have, as everywhere.
    """
    now = desk.clock.now()
    rows = audience_queries.standings(
        connection, program_id, audience, team_id=desk.team_id, around=around(now), but_not=known
    )
    named = frozenset(audience.people)
    return _resolved([row for row in rows if _counts(row, audience, named, now)])


def of_people(
    desk: Desk, connection: Connection, program_id: str, ids: Sequence[str], known: Select[Any] | None = None
) -> Resolved:
    """The same of these people, who may have left meanwhile. One query."""
    return found(desk, connection, program_id, Audience(people=tuple(ids)), known)


def around(now: datetime) -> tuple[str, str]:
    """The dates (ISO) between which it is today on every clock."""
    return (now - _DAY).date().isoformat(), (now + _DAY).date().isoformat()


def _counts(row: StandingRow, audience: Audience, named: frozenset[str], now: datetime) -> bool:
    begin, end = Term(row.starts_on, row.ends_on, row.zone).instants
    if not begin <= epoch_seconds(now) < end or (row.is_guest and Role(row.role) not in GUEST_ROLES):
        return False
    standing = Standing(cohort=row.cohort, phase=row.phase, stream=row.stream, role=Role(row.role), site=row.site)
    return row.person_id in named or audience.takes(standing)


def _resolved(rows: Iterable[StandingRow]) -> Resolved:
    newest: dict[str, StandingRow] = {}
    for row in sorted(rows, key=lambda each: (each.starts_on, each.role)):
        newest[row.person_id] = row
    people = sorted(newest.values(), key=lambda row: (row.name, row.person_id))
    return Resolved(
        readers=tuple(_reader(row) for row in people if row.has_account),
        unreachable=tuple(_reader(row) for row in people if not row.has_account),
    )


def _reader(row: StandingRow) -> Reader:
    return Reader(
        person_id=row.person_id,
        name=row.name,
        slack_user_id=row.slack_user_id or "",
        zone=row.slack_zone or row.zone,
        site=row.site,
    )
