"""Statements about who people are. Each answers its question in one query, however many people there are."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    Connection,
    FromClause,
    Select,
    and_,
    bindparam,
    exists,
    func,
    or_,
    select,
    union_all,
    update,
)

from storage.engine import table_of
from storage.prepared import Prepared
from storage.program.members import Member
from storage.program.people import Membership, Program, Recusal, RosterPerson

person = table_of(RosterPerson)
membership = table_of(Membership)
program = table_of(Program)
recusal = table_of(Recusal)
member = table_of(Member)


class PersonRow(NamedTuple):
    """One membership of one person, with the account behind them; several rows make a person."""

    id: str
    program_id: str
    name: str
    slack_user_id: str
    slack_zone: str
    is_guest: bool
    roster_version: int
    rules_version: int
    role: str
    site: str
    zone: str
    starts_on: str
    ends_on: str


def account_is_good(account: FromClause) -> ColumnElement[bool]:
    """Whether a person of the workspace uses this account; guests do."""
    return and_(account.c.is_deleted.is_(False), account.c.is_bot.is_(False), account.c.is_stranger.is_(False))


person_rows: Select[Any] = (
    select(
        person.c.id,
        person.c.program_id,
        person.c.name,
        person.c.slack_user_id,
        member.c.zone.label("slack_zone"),
        member.c.is_guest,
        program.c.roster_version,
        program.c.rules_version,
        membership.c.role,
        membership.c.site,
        membership.c.zone,
        membership.c.starts_on,
        membership.c.ends_on,
    )
    .join_from(person, member, member.c.slack_user_id == person.c.slack_user_id)
    .join(membership, membership.c.person_id == person.c.id)
    .join(program, program.c.id == person.c.program_id)
    .where(account_is_good(member), member.c.team_id == bindparam("team_id"), membership.c.removed_at.is_(None))
)
_by_account = Prepared(person_rows.where(person.c.slack_user_id == bindparam("slack_user_id")))
_by_ids = Prepared(person_rows.where(person.c.id.in_(bindparam("ids", expanding=True))))

_scholar = person.alias("scholar")
_theirs = membership.alias("theirs")
_mentors_them = exists().where(
    _theirs.c.person_id == bindparam("scholar_id"), _theirs.c.mentor_id == person.c.id, _theirs.c.removed_at.is_(None)
)
_recused = exists().where(recusal.c.supporter_id == person.c.id, recusal.c.scholar_id == bindparam("scholar_id"))
_holders = select(membership.c.person_id).where(membership.c.role == bindparam("role"))
_support = select(membership.c.person_id).where(membership.c.role.in_(bindparam("roles", expanding=True)))
_their_program = select(_scholar.c.program_id).where(_scholar.c.id == bindparam("scholar_id")).scalar_subquery()
_supporters = Prepared(
    person_rows.where(
        person.c.id.in_(_support.where(membership.c.program_id == _their_program)),
        person.c.id != bindparam("scholar_id"),
        ~_mentors_them,
        ~_recused,
    )
)
_mentored = exists().where(
    _theirs.c.person_id == person.c.id, _theirs.c.mentor_id == bindparam("staff_id"), _theirs.c.removed_at.is_(None)
)
_kept_apart = exists().where(recusal.c.supporter_id == bindparam("staff_id"), recusal.c.scholar_id == person.c.id)
_within_reach = Prepared(
    select(person.c.id).where(
        person.c.id.in_(bindparam("ids", expanding=True)),
        person.c.program_id == bindparam("program_id"),
        ~_mentored,
        ~_kept_apart,
    )
)
_of_program: BindParameter[str] = bindparam("program_id")
_pairs_apart = Prepared(
    union_all(
        select(membership.c.person_id, membership.c.mentor_id).where(
            membership.c.program_id == _of_program, membership.c.mentor_id != "", membership.c.removed_at.is_(None)
        ),
        select(recusal.c.scholar_id, recusal.c.supporter_id).where(recusal.c.program_id == _of_program),
    )
)
_of_role = Prepared(person_rows.where(person.c.id.in_(_holders)))
_account = (
    select(person.c.slack_user_id)
    .join_from(person, member, member.c.slack_user_id == person.c.slack_user_id)
    .where(person.c.id == bindparam("person_id"), member.c.team_id == bindparam("team_id"), account_is_good(member))
)
_last_zone = (
    _account.with_only_columns(func.coalesce(func.nullif(member.c.zone, ""), membership.c.zone))
    .join(membership, membership.c.person_id == person.c.id)
    .order_by(membership.c.ends_on.desc(), membership.c.id)
    .limit(1)
)


def by_account(connection: Connection, slack_user_id: str, *, team_id: str) -> list[PersonRow]:
    """The memberships of whoever has this account."""
    return _rows(connection, _by_account, slack_user_id=slack_user_id, team_id=team_id)


def by_ids(connection: Connection, ids: Iterable[str], *, team_id: str) -> list[PersonRow]:
    """The memberships of these people."""
    return _rows(connection, _by_ids, ids=list(ids), team_id=team_id)


def supporters(connection: Connection, *, scholar_id: str, roles: Sequence[str], team_id: str) -> list[PersonRow]:
    """The memberships of everyone of the scholar's program who ever held one of the roles and may meet this scholar."""
    return _rows(connection, _supporters, scholar_id=scholar_id, roles=list(roles), team_id=team_id)


def within_reach(connection: Connection, ids: Iterable[str], *, staff_id: str, program_id: str) -> set[str]:
    """Those of these scholars whom nothing keeps apart from a staff member: same program, no mentor, no recusal."""
    asked = {"ids": list(ids), "staff_id": staff_id, "program_id": program_id}
    return {str(found) for (found,) in _within_reach.rows(connection, asked)}


def kept_apart(connection: Connection, program_id: str) -> set[tuple[str, str]]:
    """Every scholar of a program with everybody who may not meet them in support: their mentor, and by recusal."""
    found = _pairs_apart.rows(connection, {"program_id": program_id})
    return {(str(scholar_id), str(staff_id)) for scholar_id, staff_id in found}


def holders(connection: Connection, *, role: str, team_id: str) -> list[PersonRow]:
    """The memberships of everyone who ever held the role."""
    return _rows(connection, _of_role, role=role, team_id=team_id)


def names_of(connection: Connection, ids: Iterable[str], *, program_id: str) -> dict[str, str]:
    """The names of these people of a program by id, on the roster or not."""
    asked = select(person.c.id, person.c.name).where(person.c.id.in_(list(ids)), person.c.program_id == program_id)
    return {str(person_id): str(name) for person_id, name in connection.execute(asked)}


def named(connection: Connection, ids: Select[Any], *, at_most: int) -> tuple[list[str], int]:
    """The names of the people with these ids, the first in the order of names, and how many there are. One query."""
    asked = select(person.c.name, func.count().over()).where(person.c.id.in_(ids))
    rows = connection.execute(asked.order_by(person.c.name, person.c.id).limit(at_most)).all()
    return [str(name) for name, _ in rows], int(rows[0][1]) if rows else 0


def account_of(connection: Connection, person_id: str, *, team_id: str) -> str | None:
    """The Slack user id of somebody whose account is in use; on the roster or not."""
    found = connection.execute(_account, {"person_id": person_id, "team_id": team_id}).scalar()
    return None if found is None else str(found)


def last_zone(connection: Connection, person_id: str, *, team_id: str) -> str | None:
    """The zone of somebody whose account is in use, on the roster or not: Slack's, else their last membership's."""
    found = connection.execute(_last_zone, {"person_id": person_id, "team_id": team_id}).scalar()
    return None if found is None else str(found)


def unswept(connection: Connection, hour: str) -> list[tuple[str, int]]:
    """Programs not rechecked since the roster changed, or in this UTC hour (ISO); with the roster's version."""
    found = connection.execute(
        select(program.c.id, program.c.roster_version).where(
            or_(program.c.swept_version < program.c.roster_version, program.c.swept_on < hour)
        )
    )
    return [(program_id, version) for program_id, version in found]


def newer_rosters(connection: Connection, versions: Mapping[str, int]) -> dict[str, int]:
    """Of programs with a version each, those whose roster is newer, with its version."""
    found = connection.execute(select(program.c.id, program.c.roster_version).where(program.c.id.in_(versions)))
    return {program_id: version for program_id, version in found if version > versions[program_id]}


def mark_swept(connection: Connection, program_id: str, version: int, hour: str) -> None:
    """Note that sessions were rechecked against this version in this UTC hour; what a later sweep has marked stays."""
    connection.execute(
        update(program)
        .where(program.c.id == program_id, program.c.swept_version <= version)
        .values(swept_version=version, swept_on=hour)
    )


def touch(connection: Connection, program_ids: Sequence[str]) -> None:
    """Let the roster's version rise: who may meet whom may have changed."""
    connection.execute(
        update(program).where(program.c.id.in_(program_ids)).values(roster_version=program.c.roster_version + 1)
    )


def programs_of_accounts(connection: Connection, slack_user_ids: Sequence[str]) -> list[str]:
    """Programs in which somebody has one of these accounts."""
    found = connection.execute(select(person.c.program_id).where(person.c.slack_user_id.in_(slack_user_ids)).distinct())
    return sorted(found.scalars())


def _rows(connection: Connection, statement: Prepared, **values: object) -> list[PersonRow]:
    """What a narrowing of `person_rows` finds."""
    return [PersonRow._make(row) for row in statement.rows(connection, values)]


def email_of(connection: Connection, person_id: str) -> str | None:
    """Somebody's address on the roster, as stored."""
    found: str | None = connection.execute(select(person.c.email).where(person.c.id == person_id)).scalar()
    return found
