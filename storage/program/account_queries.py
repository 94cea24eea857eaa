"""Statements that bring people and Slack accounts together."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, bindparam, func, literal, select, update

from storage.batches import in_batches
from storage.program.people_queries import (
    PersonRow,
    account_is_good,
    member,
    membership,
    person,
    person_rows,
)

DAY_BETWEEN = timedelta(days=1)
"""Between two programs of one person: a day that has ended in one zone has not in another."""
ROSTER_LOCK = "roster"
"""Everything that writes people or accounts takes it first, so that what it has read stays true until its commit."""

_theirs = member.alias("theirs")
_news = member.alias("news")
_other = person.alias("other")
# Scalar subqueries: PostgreSQL would make joins of everything else, and takes everybody with everybody when it has no
# statistics or those of a table that was empty: minutes for 10,000 people, where a look into an index for each is
# wanted. What must not be looked up by is hidden from it, since all indexes of a table without rows are alike to it.
_account = select(literal(1)).where(
    _theirs.c.slack_user_id == person.c.slack_user_id,
    account_is_good(_theirs),
    _theirs.c.team_id == bindparam("team_id"),
)
_owner = (
    select(literal(1))
    .where(_other.c.program_id + "" == person.c.program_id, _other.c.slack_user_id == member.c.slack_user_id)
    .correlate(person, member)
)
_has_no_account = _account.limit(1).scalar_subquery().is_(None)
_is_free = _owner.limit(1).scalar_subquery().is_(None)
_of_address = (
    select(func.min(member.c.slack_user_id))
    .where(
        member.c.email == person.c.email, account_is_good(member), member.c.team_id == bindparam("team_id"), _is_free
    )
    .group_by(member.c.email)  # one group; without, PostgreSQL walks all accounts in order until one of them fits
    .correlate(person)
)
_account_of = select(person.c.slack_user_id).where(person.c.id == membership.c.person_id).correlate(membership)
_days = select(
    membership.c.person_id, _account_of.scalar_subquery(), membership.c.starts_on, membership.c.ends_on
).where(membership.c.removed_at.is_(None))


def match_accounts(connection: Connection, *, team_id: str, slack_user_id: str | None = None) -> None:
    """Give everybody without an account in use the one with their address, among all accounts or only this one.

    An account whose owner is in another program on the same days stays with them alone: nobody is in two at once.
    """
    found = connection.execute(_matches(slack_user_id), {"team_id": team_id})
    matched = _in_one_program(connection, [(str(id_), str(account)) for id_, account in found if account is not None])
    match = update(person).where(person.c.id == bindparam("person_id")).values(slack_user_id=bindparam("account"))
    for some in in_batches(matched):
        connection.execute(match, [{"person_id": id_, "account": account} for id_, account in some])


def _matches(slack_user_id: str | None) -> Select[Any]:
    """Everybody without an account in use, and the free one with their address if there is one."""
    account = _of_address.where(*_only(slack_user_id)).scalar_subquery()
    wanted = select(person.c.id, account).where(_has_no_account)
    if slack_user_id is None:
        return wanted
    address = select(_news.c.email).where(_news.c.slack_user_id == slack_user_id)
    return wanted.where(person.c.email == address.scalar_subquery())


def _in_one_program(connection: Connection, found: Sequence[tuple[str, str]]) -> list[tuple[str, str]]:
    """Those matches, a person and an account each, that put nobody into two programs on one day.

    Compared here: a query that compares days takes PostgreSQL minutes for 10,000 people it has no statistics of.
    """
    if not found:
        return []
    days: defaultdict[str, list[tuple[str, str]]] = defaultdict(list)
    for id_, account, starts, ends in connection.execute(_days):
        days[id_].append((starts, ends))
        if account is not None:
            days[account].append((starts, ends))
    return [
        (id_, account)
        for id_, account in found
        if not any(at_once(one, other) for one in days[id_] for other in days[account])
    ]


def at_once(one: tuple[str, str], other: tuple[str, str]) -> bool:
    """Whether two stretches of ISO dates have a day in common, or less than a day between them."""
    (starts, ends), (other_starts, other_ends) = (map(date.fromisoformat, each) for each in (one, other))
    return starts - DAY_BETWEEN <= other_ends and other_starts - DAY_BETWEEN <= ends


def accounts_by_email(connection: Connection, *, team_id: str) -> dict[str, str]:
    """Accounts in use by their address."""
    with_address = select(member.c.email, member.c.slack_user_id).where(
        account_is_good(member), member.c.team_id == team_id, member.c.email.is_not(None)
    )
    return {str(email): str(account) for email, account in connection.execute(with_address)}


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
