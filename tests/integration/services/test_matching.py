"""Whose Slack account is whose: by address, one owner in a program, one program at a time."""

import pytest
from sqlalchemy import select, update

from domain.people import Role
from services.matching import match_accounts
from storage.program.people_queries import member, membership, person
from tests.builders.people import TEAM, account_of, address_of, an_account, put_account, put_person, put_program
from tests.fixtures.engines import Stores

OTHER = "program-2"
SECOND = "USECOND"


def on_the_roster(stores: Stores, id: str = "ada", *, program_id: str = "program-1", **days: str) -> None:  # noqa: A002
    """Somebody with the address of `ada`, whom nobody has matched yet."""
    put_person(stores.program, id, Role.SCHOLAR, account=an_account(id, email=None), program_id=program_id, **days)
    with stores.program.write() as connection:
        connection.execute(update(person).where(person.c.id == id).values(slack_user_id=None, email=address_of("ada")))


def with_address(stores: Stores, slack_user_id: str, *, bad: str = "") -> None:
    """An account with the address of `ada`; `bad` is a column that says that nobody may use it."""
    put_account(stores.program, an_account(slack_user_id.removeprefix("U").lower(), email=address_of("ada")))
    if bad:
        with stores.program.write() as connection:
            connection.execute(update(member).where(member.c.slack_user_id == slack_user_id).values({bad: True}))


def matched(stores: Stores, only: str | None = None) -> dict[str, str | None]:
    with stores.program.write() as connection:
        match_accounts(connection, team_id=TEAM, slack_user_id=only)
        rows = connection.execute(select(person.c.id, person.c.slack_user_id))
        return {row.id: row.slack_user_id for row in rows}


def owns(stores: Stores, id: str, slack_user_id: str) -> None:  # noqa: A002
    with stores.program.write() as connection:
        connection.execute(update(person).where(person.c.id == id).values(slack_user_id=slack_user_id))


def taken_off(stores: Stores, id: str) -> None:  # noqa: A002
    """This person is not in the file any more."""
    with stores.program.write() as connection:
        connection.execute(update(membership).where(membership.c.person_id == id).values(removed_at=1))


@pytest.mark.parametrize("only", [None, SECOND])
def test_account_with_the_address_becomes_theirs_and_stays(stores: Stores, only: str | None) -> None:
    put_program(stores.program)
    on_the_roster(stores)
    with_address(stores, SECOND)

    assert matched(stores, only) == {"ada": SECOND}
    with_address(stores, "UANOTHER")
    assert matched(stores, "UANOTHER") == matched(stores) == {"ada": SECOND}


def test_of_two_accounts_with_one_address_the_first_is_taken_and_news_of_one_concern_it_alone(stores: Stores) -> None:
    put_program(stores.program)
    on_the_roster(stores)
    for account in (SECOND, "UFIRST", "UTHIRD"):
        with_address(stores, account)

    assert matched(stores, "UTHIRD") == {"ada": "UTHIRD"}
    owns(stores, "ada", "UGONE")
    assert matched(stores) == {"ada": "UFIRST"}


def test_account_that_is_gone_makes_room_for_another_with_the_address(stores: Stores) -> None:
    put_program(stores.program)
    on_the_roster(stores)
    with_address(stores, SECOND)
    matched(stores)
    with stores.program.write() as connection:
        connection.execute(update(member).where(member.c.slack_user_id == SECOND).values(is_deleted=True))
    with_address(stores, "UTHIRD")

    assert matched(stores) == {"ada": "UTHIRD"}


@pytest.mark.parametrize("bad", ["is_deleted", "is_bot", "is_stranger"])
def test_account_that_nobody_may_use_is_nobodys(stores: Stores, bad: str) -> None:
    put_program(stores.program)
    on_the_roster(stores)
    with_address(stores, SECOND, bad=bad)

    assert matched(stores) == {"ada": None}


@pytest.mark.parametrize("first_day", ["2027-01-01", "2027-07-02"])
def test_account_that_somebody_of_the_program_has_is_not_given_away(stores: Stores, first_day: str) -> None:
    put_program(stores.program)
    put_person(stores.program, "bo", last_day="2027-06-30")
    on_the_roster(stores, first_day=first_day)
    with stores.program.write() as connection:
        connection.execute(
            update(member).where(member.c.slack_user_id == account_of("bo")).values(email=address_of("ada"))
        )

    assert matched(stores) == {"ada": None, "bo": account_of("bo")}


@pytest.mark.parametrize("only", [None, SECOND])
def test_account_of_whoever_was_taken_off_the_roster_goes_to_whoever_has_its_address_now(
    stores: Stores, only: str | None
) -> None:
    put_program(stores.program)
    put_person(stores.program, "bo", account=an_account("second", email=address_of("ada")))
    taken_off(stores, "bo")
    before = matched(stores, only)
    on_the_roster(stores)

    assert (before, matched(stores, only)) == ({"bo": SECOND}, {"ada": SECOND, "bo": None})


def test_nobody_who_was_taken_off_the_roster_is_given_an_account(stores: Stores) -> None:
    put_program(stores.program)
    on_the_roster(stores)
    taken_off(stores, "ada")
    with_address(stores, SECOND)

    assert matched(stores) == {"ada": None}


def test_account_of_whoever_was_taken_off_another_program_stays_theirs_there(stores: Stores) -> None:
    put_program(stores.program)
    put_program(stores.program, OTHER)
    put_person(stores.program, "bo", program_id=OTHER, account=an_account("second", email=address_of("ada")))
    taken_off(stores, "bo")
    on_the_roster(stores)

    assert matched(stores) == {"ada": SECOND, "bo": SECOND}


@pytest.mark.parametrize("only", [None, SECOND])
@pytest.mark.parametrize(
    ("first_day", "expected"),
    [("2027-06-15", {"ada": SECOND, "later": None}), ("2027-07-02", {"ada": SECOND, "later": SECOND})],
)
def test_two_of_two_programs_share_an_account_only_on_other_days(
    stores: Stores, only: str | None, first_day: str, expected: dict[str, str | None]
) -> None:
    put_program(stores.program)
    put_program(stores.program, OTHER)
    on_the_roster(stores, last_day="2027-06-30")
    on_the_roster(stores, "later", program_id=OTHER, first_day=first_day)
    with_address(stores, SECOND)

    assert matched(stores, only) == expected
    assert matched(stores, only) == expected
