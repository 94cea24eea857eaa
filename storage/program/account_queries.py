"""Statements that bring people and Slack accounts together."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from typing import NamedTuple

from sqlalchemy import ColumnElement, Connection, bindparam, or_, select, text, update

from domain.days import Days
from storage.batches import in_batches
from storage.program.people_queries import PersonRow, account_is_good, member, membership, person, person_rows

ROSTER_LOCK = "roster"
"""Everything that writes people or accounts takes it first, so that what it has read stays true until its commit."""


class RosterAddress(NamedTuple):
    """Somebody on the roster of a program, their address, and the account that was matched to it."""

    id: str
    program_id: str
    email: str
    slack_user_id: str | None


class Account(NamedTuple):
    """A Slack account and its address."""

    slack_user_id: str
    email: str | None


def roster_addresses(connection: Connection, *, slack_user_id: str | None = None) -> list[RosterAddress]:
    """Everybody, or those whom this account can concern: its owners, and who has its address."""
    everybody = select(*(person.c[name] for name in RosterAddress._fields)).order_by(person.c.id)
    if slack_user_id is not None:
        address = select(member.c.email).where(member.c.slack_user_id == slack_user_id).scalar_subquery()
        everybody = everybody.where(or_(person.c.email == address, person.c.slack_user_id == slack_user_id))
    return [RosterAddress._make(row) for row in connection.execute(everybody)]


def accounts_in_use(connection: Connection, *, team_id: str, among: Collection[str] | None = None) -> list[Account]:
    """The workspace's accounts that somebody uses, all or only some."""
    in_use = select(member.c.slack_user_id, member.c.email).where(account_is_good(member), member.c.team_id == team_id)
    if among is not None:
        in_use = in_use.where(member.c.slack_user_id.in_(among))
    return [Account._make(row) for row in connection.execute(in_use)]


def days_of(connection: Connection, person_ids: Collection[str] | None) -> dict[str, list[Days]]:
    """The days of the memberships, those removed left out, of everybody or of some people, by person."""
    memberships = select(membership.c.person_id, membership.c.starts_on, membership.c.ends_on).where(
        membership.c.removed_at.is_(None)
    )
    if person_ids is not None:
        memberships = memberships.where(membership.c.person_id.in_(person_ids))
    days: defaultdict[str, list[Days]] = defaultdict(list)
    for person_id, starts, ends in connection.execute(memberships):
        days[person_id].append((starts, ends))
    return days


def clear_accounts(connection: Connection, person_ids: Sequence[str]) -> None:
    """These people have no account any more. It comes before `set_accounts`: in a program an account has one owner."""
    for some in in_batches(person_ids):
        connection.execute(update(person).where(person.c.id.in_(some)).values(slack_user_id=None))


def set_accounts(connection: Connection, matches: Sequence[tuple[str, str]]) -> None:
    """Note whose account is whose: person and Slack user id."""
    match = update(person).where(person.c.id == bindparam("person_id")).values(slack_user_id=bindparam("account"))
    for some in in_batches(matches):
        connection.execute(match, [{"person_id": id_, "account": account} for id_, account in some])


def learn_sizes(connection: Connection) -> None:
    """Let PostgreSQL look at what this transaction has written, which else it joins as if the tables were still empty.

    Joining 10,000 people by statistics of empty tables takes it half a minute. SQLite plans by its indexes alone.
    """
    if connection.dialect.name == "postgresql":
        for table in (person, membership, member):
            connection.execute(text(f"ANALYZE {table.name}"))


def accounts_by_email(connection: Connection, *, team_id: str) -> dict[str, str]:
    """Accounts in use by their address."""
    accounts = accounts_in_use(connection, team_id=team_id)
    return {account.email: account.slack_user_id for account in accounts if account.email is not None}


def unwelcomed(connection: Connection, *, team_id: str, slack_user_id: str | None) -> list[PersonRow]:
    """The memberships of people with an account, all or only this one, who have not been welcomed."""
    wanted = person_rows.where(person.c.welcomed_at.is_(None), *_only(slack_user_id))
    return [PersonRow._make(row) for row in connection.execute(wanted, {"team_id": team_id})]


def mark_welcomed(connection: Connection, person_ids: Sequence[str], *, at: int) -> None:
    """Note that these people get their welcome (program time, epoch seconds)."""
    mark = update(person).where(person.c.id == bindparam("person_id")).values(welcomed_at=at)
    for some in in_batches(person_ids):
        connection.execute(mark, [{"person_id": id_} for id_ in some])


def _only(slack_user_id: str | None) -> tuple[ColumnElement[bool], ...]:
    return () if slack_user_id is None else (member.c.slack_user_id == slack_user_id,)
