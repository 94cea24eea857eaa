"""Who is here, as a question within others: the same people as everywhere else, by the clocks of their sites."""

from datetime import timedelta

import pytest
from sqlalchemy import select, update

from domain.people import Role
from services.audiences.here import here
from storage.program.people_queries import member
from storage.program.people_queries import person as on_roster
from tests.builders.leaving import deactivated, membership_over, off_the_roster
from tests.builders.people import PROGRAM, account_of, an_account, put_membership, put_person, put_program
from tests.fixtures.desks import House
from tests.looking.queries import queries_of

EVERYBODY = ["ada", "bo", "cleo", "dev", "eli", "max", "sam"]


def ids_here(house: House) -> list[str]:
    with house.desk.program.read() as connection:
        return sorted(set(connection.execute(here(house.desk, connection, PROGRAM)).scalars()))


def found_by_id(house: House) -> list[str]:
    """Whom all other services take to be here."""
    with house.desk.program.read() as connection:
        asked = select(on_roster.c.id).where(on_roster.c.program_id == PROGRAM)
        ids = list(connection.execute(asked).scalars())
    return sorted(person.id for person in house.desk.people.people(ids))


def test_who_has_left_or_has_no_account_in_use_or_is_yet_to_come_is_not_here(house: House) -> None:
    store = house.stores.program
    membership_over(store, "bo")
    off_the_roster(store, "dev")
    deactivated(store, "eli")
    put_person(store, "new", first_day="2027-02-01")
    put_person(store, "gus", account=an_account("gus", is_guest=True))
    put_person(store, "mia", Role.MENTOR, account=an_account("mia", is_guest=True))
    put_person(store, "rob", account=an_account("rob", is_bot=True))
    put_person(store, "str", account=an_account("str", is_stranger=True))
    put_person(store, "off", account=an_account("off", team_id="T2"))
    put_program(store, "program-2")
    put_person(store, "yan", program_id="program-2")
    with store.write() as connection:
        lost = update(on_roster).where(on_roster.c.id == "cleo").values(slack_user_id=None)
        connection.execute(lost)

    assert ids_here(house) == found_by_id(house) == ["ada", "max", "mia", "sam"]


@pytest.mark.parametrize("hours", range(0, 72, 5))
def test_last_day_ends_and_first_day_begins_by_the_clocks_of_each_site(sqlite_house: House, hours: int) -> None:
    store = sqlite_house.stores.program
    for name, zone in (("kir", "Pacific/Kiritimati"), ("lax", "America/Los_Angeles"), ("mid", "Pacific/Midway")):
        put_person(store, name, zone=zone, last_day="2027-01-12")
        put_person(store, f"{name}2", zone=zone, first_day="2027-01-13")
    put_membership(store, "bo", Role.MENTOR, zone="Asia/Tokyo", first_day="2027-01-12", last_day="2027-01-12")
    membership_over(store, "bo", "2027-01-11")
    sqlite_house.clock.advance(timedelta(hours=hours))

    assert ids_here(sqlite_house) == found_by_id(sqlite_house)


def test_program_without_memberships_has_nobody_here(house: House) -> None:
    off_the_roster(house.stores.program, "ada")
    put_program(house.stores.program, "program-3")

    with house.desk.program.read() as connection:
        assert connection.execute(here(house.desk, connection, "program-3")).all() == []


def test_question_costs_one_other_however_many_people_there_are(house: House) -> None:
    with house.desk.program.read() as connection, queries_of(house.desk.program) as asked:
        here(house.desk, connection, PROGRAM)

    assert len(asked) == 1
    assert ids_here(house) == EVERYBODY
    with house.stores.program.write() as connection:
        gone = update(member).where(member.c.slack_user_id == account_of("ada")).values(is_deleted=True)
        connection.execute(gone)
    assert ids_here(house) == EVERYBODY[1:]
