"""Builders of people, accounts and whole programs; every argument has a default, so a test names only what matters."""

from collections.abc import Iterable
from datetime import date

from sqlalchemy import insert, update

from domain.people import Person, Role
from domain.ports import WorkspaceMember
from domain.times import day_bounds
from domain.times import zone as zone_of
from storage.batches import in_batches
from storage.engine import Store
from storage.program.people_queries import member, membership, person, program, recusal

TEAM = "T1"
PROGRAM = "program-1"
FIRST_DAY, LAST_DAY = "2027-01-01", "2027-12-31"


def a_person(
    id: str = "ada",  # noqa: A002
    *,
    roles: Iterable[Role] = (Role.SCHOLAR,),
    program_id: str = PROGRAM,
    name: str | None = None,
    zone: str = "Europe/London",
    site: str = "London",
    last_day: str = LAST_DAY,
    roster_version: int = 0,
) -> Person:
    """Somebody as the services see them; what `put_person` puts in reads back as this."""
    return Person(
        id=id,
        program_id=program_id,
        name=name or id.title(),
        slack_user_id=account_of(id),
        zone=zone,
        site=site,
        until=dict.fromkeys(roles, day_bounds(date.fromisoformat(last_day), zone_of(zone))[1]),
        roster_version=roster_version,
    )


def account_of(person_id: str) -> str:
    """The Slack user id that `put_person` gives somebody."""
    return f"U{person_id.upper()}"


def address_of(person_id: str) -> str:
    """The e-mail address that `put_person` gives somebody."""
    return f"{person_id}@example.org"


def an_account(
    id: str = "ada",  # noqa: A002
    *,
    team_id: str = TEAM,
    email: str | None = "",
    zone: str = "",
    is_deleted: bool = False,
    is_bot: bool = False,
    is_guest: bool = False,
    is_stranger: bool = False,
    updated: int = 0,
) -> WorkspaceMember:
    """The Slack account of the person with this id; an empty address is theirs on the roster."""
    return WorkspaceMember(
        slack_user_id=account_of(id),
        team_id=team_id,
        name=id.title(),
        email=address_of(id) if email == "" else email,
        zone=zone,
        is_deleted=is_deleted,
        is_bot=is_bot,
        is_guest=is_guest,
        is_stranger=is_stranger,
        updated=updated,
    )


def put_program(store: Store, id: str = PROGRAM) -> str:  # noqa: A002
    """A program without people."""
    with store.write() as connection:
        connection.execute(insert(program), {"id": id, "name": f"Program {id}"})
    return id


def put_person(
    store: Store,
    id: str = "ada",  # noqa: A002
    *roles: Role,
    account: WorkspaceMember | None = None,
    program_id: str = PROGRAM,
    zone: str = "Europe/London",
    site: str = "London",
    mentor: str = "",
    first_day: str = FIRST_DAY,
    last_day: str = LAST_DAY,
) -> str:
    """Somebody on the roster with a membership for each role (scholar unless told) and an account; returns the id."""
    account = account or an_account(id)
    put_on_roster(store, id, program_id=program_id, slack_user_id=account.slack_user_id)
    put_account(store, account)
    for role in roles or (Role.SCHOLAR,):
        put_membership(
            store,
            id,
            role,
            program_id=program_id,
            zone=zone,
            site=site,
            mentor=mentor,
            first_day=first_day,
            last_day=last_day,
        )
    return id


A_STATEMENT = 200
"""So many rows a statement has: a server that has other work has to answer within the store's time."""


def put_scholars(store: Store, number: int) -> list[str]:
    """Many scholars at once, p0000 and so on; returns their ids."""
    ids = [f"p{each:04}" for each in range(number)]
    for some in in_batches(ids, A_STATEMENT):
        with store.write() as connection:
            connection.execute(insert(person), [_on_roster(each, PROGRAM, account_of(each)) for each in some])
            connection.execute(insert(member), [_account(an_account(each)) for each in some])
            connection.execute(insert(membership), [_membership(each) for each in some])
    return ids


def put_on_roster(
    store: Store,
    id: str,  # noqa: A002
    *,
    program_id: str = PROGRAM,
    slack_user_id: str | None = None,
) -> None:
    """Somebody's name, without a membership; their account is known already, or comes later."""
    with store.write() as connection:
        connection.execute(insert(person), _on_roster(id, program_id, slack_user_id or account_of(id)))


def _on_roster(person_id: str, program_id: str, slack_user_id: str) -> dict[str, object]:
    return {
        "id": person_id,
        "program_id": program_id,
        "email": address_of(person_id),
        "name": person_id.title(),
        "slack_user_id": slack_user_id,
        "welcomed_at": 0,
    }


def put_account(store: Store, account: WorkspaceMember) -> None:
    """An account in the member table."""
    with store.write() as connection:
        connection.execute(insert(member), _account(account))


def _account(account: WorkspaceMember) -> dict[str, object]:
    return {name: getattr(account, name) for name in WorkspaceMember.__slots__} | {"seen_at": 0}


def travel(store: Store, person_id: str, zone: str) -> None:
    """The person's device is in another zone now."""
    with store.write() as connection:
        connection.execute(update(member).where(member.c.slack_user_id == account_of(person_id)).values(zone=zone))


def put_membership(
    store: Store,
    person_id: str,
    role: Role,
    *,
    program_id: str = PROGRAM,
    zone: str = "Europe/London",
    site: str = "London",
    mentor: str = "",
    first_day: str = FIRST_DAY,
    last_day: str = LAST_DAY,
    removed_at: int | None = None,
) -> None:
    """One more membership of somebody."""
    changed = {"program_id": program_id, "site": site, "zone": zone, "removed_at": removed_at}
    row = _membership(person_id, role, mentor=mentor, first_day=first_day, last_day=last_day) | changed
    with store.write() as connection:
        connection.execute(insert(membership), row)


def _membership(
    person_id: str,
    role: Role = Role.SCHOLAR,
    *,
    mentor: str = "",
    first_day: str = FIRST_DAY,
    last_day: str = LAST_DAY,
) -> dict[str, object]:
    return {
        "id": f"{person_id} {role} {first_day} {last_day} {mentor}",
        "program_id": PROGRAM,
        "person_id": person_id,
        "cohort": "2027",
        "role": role.value,
        "stream": f"Stream {mentor}" if mentor else "",
        "mentor_id": mentor,
        "phase": "Research",
        "site": "London",
        "zone": "Europe/London",
        "starts_on": first_day,
        "ends_on": last_day,
        "removed_at": None,
    }


def put_recusal(store: Store, supporter: str, scholar: str, *, program_id: str = PROGRAM) -> None:
    """A pair who never meet in support."""
    row = {"supporter_id": supporter, "scholar_id": scholar, "program_id": program_id}
    with store.write() as connection:
        connection.execute(insert(recusal), row)


def put_small_program(store: Store) -> None:
    """Scholars ada and bo under the mentor max, coaches cleo and dev, community manager eli, sam of staff."""
    put_program(store)
    put_person(store, "max", Role.MENTOR)
    put_person(store, "ada", mentor="max")
    put_person(store, "bo", mentor="max")
    put_person(store, "cleo", Role.COACH)
    put_person(store, "dev", Role.COACH)
    put_person(store, "eli", Role.COMMUNITY_MANAGER)
    put_person(store, "sam", Role.STAFF)
