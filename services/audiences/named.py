"""People whom somebody picks by their Slack account, as people of the program, and back."""

from collections.abc import Iterable

from domain.errors import DomainError
from domain.people import Person
from services.desk import Desk
from storage.program import audience_queries, people_queries


class NotOnRoster(DomainError):
    """One of the people you chose is not in your program. Please choose only people who are on its roster."""


def picked(desk: Desk, author: Person, slack_user_ids: Iterable[str], *, field: str) -> tuple[str, ...]:
    """The ids of these accounts' owners, in the order of the accounts. Raises `NotOnRoster` at the field. One query."""
    accounts = tuple(dict.fromkeys(slack_user_ids))
    if not accounts:
        return ()
    with desk.program.ask() as connection:
        known = audience_queries.ids_of_accounts(connection, accounts, program_id=author.program_id)
    if len(known) < len(accounts):
        raise NotOnRoster(field=field)
    return tuple(known[account] for account in accounts)


def kept(desk: Desk, author: Person, person_ids: Iterable[str], *, field: str) -> tuple[str, ...]:
    """These people of the author's program, of whom no picker has an account. Raises `NotOnRoster` at the field."""
    ids = tuple(dict.fromkeys(person_ids))
    if not ids:
        return ()
    with desk.program.ask() as connection:
        known = people_queries.names_of(connection, ids, program_id=author.program_id)
    if len(known) < len(ids):
        raise NotOnRoster(field=field)
    return ids


def accounts_in_use(desk: Desk, person_ids: Iterable[str]) -> tuple[str, ...]:
    """The accounts of those of these people who can be picked, for a form that shows them again. One query, or none.

    Whoever's account is off is not in it: where people are chosen for an audience they stand in the form by name.
    """
    ids = tuple(person_ids)
    if not ids:
        return ()
    with desk.program.ask() as connection:
        known = audience_queries.accounts_in_use(connection, ids, team_id=desk.team_id)
    return tuple(known[each] for each in ids if each in known)
