"""Statements about who is what in a program, for audiences; one query each, however many people there are."""

from collections.abc import Iterable
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Connection, Select, and_, case, or_, select, true

from domain.audience import Audience
from storage.program.people_queries import account_is_good, member, membership, person, program


class StandingRow(NamedTuple):
    """One membership of somebody that was not removed, with whether their account is in use."""

    person_id: str
    name: str
    slack_user_id: str | None
    is_guest: bool
    has_account: bool
    slack_zone: str | None
    cohort: str
    phase: str
    stream: str
    role: str
    site: str
    zone: str
    starts_on: str
    ends_on: str


def standings(
    connection: Connection,
    program_id: str,
    audience: Audience,
    *,
    team_id: str,
    around: tuple[str, str],
    but_not: Select[Any] | None = None,
) -> list[StandingRow]:
    """The memberships that an audience's query asks for, and all of the people it names.

    `around` are the ISO dates of yesterday and tomorrow: what cannot be in force on any clock is left out. So is
    everybody whose id the question `but_not` finds.
    """
    yesterday, tomorrow = around
    asked = _rows(team_id).where(
        membership.c.program_id == program_id,
        membership.c.removed_at.is_(None),
        membership.c.starts_on <= tomorrow,
        membership.c.ends_on >= yesterday,
        _is_asked_for(audience),
        true() if but_not is None else membership.c.person_id.not_in(but_not),
    )
    return [StandingRow._make(row) for row in connection.execute(asked)]


def roster_version(connection: Connection, program_id: str) -> int:
    """Which roster a program has."""
    found = connection.execute(select(program.c.roster_version).where(program.c.id == program_id)).scalar()
    return int(found or 0)


def kinds_of_standing(connection: Connection, program_id: str, *, around: tuple[str, str]) -> list[tuple[str, ...]]:
    """Every cohort, phase, stream, role and site of a program that is in force about now, once each together."""
    yesterday, tomorrow = around
    of_membership = membership.c
    columns = (of_membership.cohort, of_membership.phase, of_membership.stream, of_membership.role, of_membership.site)
    asked = (
        select(*columns)
        .where(
            of_membership.program_id == program_id,
            of_membership.removed_at.is_(None),
            of_membership.starts_on <= tomorrow,
            of_membership.ends_on >= yesterday,
        )
        .distinct()
    )
    return [tuple(map(str, row)) for row in connection.execute(asked)]


def ids_of_accounts(connection: Connection, slack_user_ids: Iterable[str], *, program_id: str) -> dict[str, str]:
    """The people of a program by their account, for those of these accounts that somebody has."""
    asked = select(person.c.slack_user_id, person.c.id).where(
        person.c.slack_user_id.in_(list(slack_user_ids)), person.c.program_id == program_id
    )
    return {str(account): str(id_) for account, id_ in connection.execute(asked)}


def accounts_of(connection: Connection, person_ids: Iterable[str]) -> dict[str, str]:
    """The accounts of people who have one, by person id."""
    asked = select(person.c.id, person.c.slack_user_id).where(
        person.c.id.in_(list(person_ids)), person.c.slack_user_id.is_not(None)
    )
    return {str(id_): str(account) for id_, account in connection.execute(asked)}


def accounts_in_use(connection: Connection, person_ids: Iterable[str], *, team_id: str) -> dict[str, str]:
    """The same of those whose account somebody of the workspace uses."""
    asked = (
        select(person.c.id, person.c.slack_user_id)
        .join_from(person, member, member.c.slack_user_id == person.c.slack_user_id)
        .where(person.c.id.in_(list(person_ids)), account_is_good(member), member.c.team_id == team_id)
    )
    return {str(id_): str(account) for id_, account in connection.execute(asked)}


def _rows(team_id: str) -> Select[Any]:
    is_good = and_(account_is_good(member), member.c.team_id == team_id)
    return select(
        person.c.id.label("person_id"),
        person.c.name,
        person.c.slack_user_id,
        case((member.c.is_guest.is_(True), True), else_=False).label("is_guest"),
        case((is_good, True), else_=False).label("has_account"),
        member.c.zone.label("slack_zone"),
        membership.c.cohort,
        membership.c.phase,
        membership.c.stream,
        membership.c.role,
        membership.c.site,
        membership.c.zone,
        membership.c.starts_on,
        membership.c.ends_on,
    ).select_from(
        membership.join(person, person.c.id == membership.c.person_id).outerjoin(
            member, member.c.slack_user_id == person.c.slack_user_id
        )
    )


def _is_asked_for(audience: Audience) -> ColumnElement[bool]:
    columns = membership.c
    chosen = (
        (columns.cohort, audience.cohorts),
        (columns.phase, audience.phases),
        (columns.stream, audience.streams),
        (columns.role, [role.value for role in audience.roles]),
        (columns.site, audience.sites),
    )
    narrowed = [column.in_(list(values)) for column, values in chosen if values]
    named = membership.c.person_id.in_(list(audience.people))
    if not audience.has_query:
        return named
    return or_(and_(*narrowed), named) if narrowed else true()
