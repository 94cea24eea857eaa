"""Who can host an event: somebody of the program who is here and has an account."""

from domain.errors import DomainError
from domain.people import Person
from services.desk import Desk
from storage.program import audience_queries


class BadHost(DomainError):
    """This person is not in your program, or has no account here. Please choose somebody else as the host."""


def check_host(desk: Desk, staff: Person, host_id: str) -> None:
    """Raises `BadHost` at field "host". One query, or none for oneself."""
    if host_id == staff.id:
        return
    host = desk.people.person(host_id)
    if host is None or host.program_id != staff.program_id:
        raise BadHost(field="host")


def host_of_account(desk: Desk, staff: Person, slack_user_id: str) -> str:
    """The id of whoever was picked by account. Raises `BadHost` at field "host". One query, or none for oneself."""
    if slack_user_id == staff.slack_user_id:
        return staff.id
    with desk.program.ask() as connection:
        found = audience_queries.ids_of_accounts(connection, [slack_user_id], program_id=staff.program_id)
    if slack_user_id not in found:
        raise BadHost(field="host")
    return found[slack_user_id]
