"""Brings people on the roster and Slack accounts together, by e-mail address."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from sqlalchemy import Connection

from domain.days import Days, at_once
from storage.program import account_queries
from storage.program.account_queries import Account, RosterAddress

MANY = 1000
"""From so many new matches on the tables are not what the database has counted any more."""
Match = tuple[RosterAddress, str]
"""A person and the account that is to be theirs."""


def match_accounts(connection: Connection, *, team_id: str, slack_user_id: str | None = None) -> None:
    """Give everybody without an account in use the one with their address, among all accounts or only this one.

    An account stays with its owner; one whose owner is in another program on the same days belongs to them alone,
    since nobody is in two at once. Call it behind `ROSTER_LOCK`. Reads everybody and compares here: a database that has
    no statistics of its tables, or those of empty ones, may compare everybody with everybody.
    """
    people = account_queries.roster_addresses(connection, slack_user_id=slack_user_id)
    concerned = None if slack_user_id is None else {slack_user_id, *_accounts_of(people)}
    accounts = account_queries.accounts_in_use(connection, team_id=team_id, among=concerned)
    found = list(_matches(people, accounts))
    if found:
        days = account_queries.days_of(connection, {person.id for person in people} if concerned else None)
        account_queries.set_accounts(
            connection, [(person.id, account) for person, account in _in_one_program(found, people, days)]
        )
    if len(found) >= MANY:
        account_queries.learn_sizes(connection)


def _matches(people: Sequence[RosterAddress], accounts: Sequence[Account]) -> Iterator[Match]:
    """For everybody without an account in use the first with their address that nobody of their program has."""
    in_use = {account.slack_user_id for account in accounts}
    by_address: defaultdict[str, list[str]] = defaultdict(list)
    for account in accounts:
        if account.email is not None:
            by_address[account.email].append(account.slack_user_id)
    owned = {(person.program_id, person.slack_user_id) for person in people}
    for person in people:
        if person.slack_user_id in in_use:
            continue
        theirs = [each for each in by_address[person.email] if (person.program_id, each) not in owned]
        if theirs:
            yield person, min(theirs)


def _in_one_program(
    found: Iterable[Match], people: Iterable[RosterAddress], days: Mapping[str, Sequence[Days]]
) -> Iterator[Match]:
    """Those matches that put nobody into two programs on one day."""
    owners: defaultdict[str, list[str]] = defaultdict(list)
    for person in people:
        if person.slack_user_id is not None:
            owners[person.slack_user_id].append(person.id)
    for person, account in found:
        taken = [each for owner in owners[account] for each in days.get(owner, ())]
        if not any(at_once(one, other) for one in days.get(person.id, ()) for other in taken):
            owners[account].append(person.id)
            yield person, account


def _accounts_of(people: Iterable[RosterAddress]) -> Iterator[str]:
    return (person.slack_user_id for person in people if person.slack_user_id is not None)
