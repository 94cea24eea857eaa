"""Brings people on the roster and Slack accounts together, by e-mail address."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from sqlalchemy import Connection

from domain.days import Days, at_once
from storage.program import account_queries, people_queries
from storage.program.account_queries import Account, RosterAddress

MANY = 1000
"""From so many new matches on the tables are not what the database has counted any more."""
Match = tuple[RosterAddress, str]
"""A person and the account that is to be theirs."""


def match_accounts(connection: Connection, *, team_id: str, slack_user_id: str | None = None) -> None:
    """Give everybody without an account in use the one with their address, among all accounts or only this one.

    An account stays with its owner; one whose owner is in another program on the same days belongs to them alone,
    since nobody is in two at once. Whoever was taken off the roster gives theirs up when somebody of that program has
    its address: it may be they, under a new one that the roster had before Slack. Call it behind `ROSTER_LOCK`. Reads
    everybody and compares here: a database that has no statistics of its tables, or those of empty ones, may compare
    everybody with everybody.
    """
    people = account_queries.roster_addresses(connection, slack_user_id=slack_user_id)
    concerned = None if slack_user_id is None else {slack_user_id, *_accounts_of(people)}
    accounts = account_queries.accounts_in_use(connection, team_id=team_id, among=concerned)
    days = account_queries.days_of(connection, {person.id for person in people} if concerned is not None else None)
    here = [person for person in people if person.id in days]
    matches = list(_in_one_program(_matches(here, accounts), here, days))
    if matches:
        gone = [person for person in people if person.id not in days]
        account_queries.clear_accounts(connection, list(_giving_up(gone, matches)))
        account_queries.set_accounts(connection, [(person.id, account) for person, account in matches])
        # Who can be written to now is looked for by whatever was sent before.
        people_queries.touch(connection, sorted({person.program_id for person, _ in matches}))
    if len(matches) >= MANY:
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


def _giving_up(gone: Iterable[RosterAddress], matches: Iterable[Match]) -> Iterator[str]:
    """Those taken off the roster whose account is somebody else's of their program now."""
    taken = {(person.program_id, account) for person, account in matches}
    return (person.id for person in gone if (person.program_id, person.slack_user_id) in taken)


def _accounts_of(people: Iterable[RosterAddress]) -> Iterator[str]:
    return (person.slack_user_id for person in people if person.slack_user_id is not None)
