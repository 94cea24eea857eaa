"""Who is meant by an audience: by the roster of this moment, on both engines."""

from datetime import UTC, datetime

import pytest

from domain.audience import Audience, EmptyAudience, NobodyFound
from domain.errors import NotFound
from domain.people import Role
from services.audiences.resolve import Resolved, resolve
from storage.program import opt_in_queries
from tests.builders.people import PROGRAM, an_account, put_membership, put_person, put_program
from tests.fixtures.desks import House
from tests.looking.queries import queries_of

SCHOLARS = Audience(roles=(Role.SCHOLAR,))


def names(found: Resolved) -> tuple[list[str], list[str]]:
    return [each.name for each in found.readers], [each.name for each in found.unreachable]


def who(house: House, audience: Audience, *, author: str = "sam") -> tuple[list[str], list[str]]:
    return names(resolve(house.desk, house.person(author), audience))


def test_resolve_by_role_finds_all_who_hold_it_by_name(house: House) -> None:
    assert who(house, SCHOLARS) == (["Ada", "Bo"], [])


def test_resolve_everyone_takes_staff_too_and_nobody_twice(house: House) -> None:
    put_membership(house.stores.program, "sam", Role.OPS)

    assert who(house, Audience(everyone=True)) == (["Ada", "Bo", "Cleo", "Dev", "Eli", "Max", "Sam"], [])


def test_resolve_of_two_fields_wants_both_by_one_membership(house: House) -> None:
    put_person(house.stores.program, "gus", Role.SCHOLAR, site="Berkeley")
    put_membership(house.stores.program, "gus", Role.GRADER, site="London")

    found = who(house, Audience(roles=(Role.SCHOLAR,), sites=("London",)))

    assert found == (["Ada", "Bo"], [])


def test_resolve_adds_people_who_are_named_though_the_query_does_not_find_them(house: House) -> None:
    assert who(house, Audience(roles=(Role.SCHOLAR,), people=("cleo",))) == (["Ada", "Bo", "Cleo"], [])


def test_resolve_leaves_out_who_has_left_and_who_has_not_come(house: House) -> None:
    put_person(house.stores.program, "past", Role.SCHOLAR, first_day="2026-01-01", last_day="2026-12-31")
    put_person(house.stores.program, "soon", Role.SCHOLAR, first_day="2027-06-01")

    assert who(house, SCHOLARS) == (["Ada", "Bo"], [])


def test_resolve_goes_by_the_midnight_of_the_members_own_zone(house: House) -> None:
    put_person(house.stores.program, "west", Role.SCHOLAR, zone="America/Los_Angeles", last_day="2027-01-31")
    put_person(house.stores.program, "east", Role.SCHOLAR, zone="Asia/Tokyo", last_day="2027-01-31")
    house.clock.advance(datetime(2027, 2, 1, 6, tzinfo=UTC) - house.clock.now())

    assert who(house, SCHOLARS) == (["Ada", "Bo", "West"], [])


def test_resolve_lists_who_has_no_account_apart_from_those_who_are_written_to(house: House) -> None:
    put_person(house.stores.program, "gone", Role.SCHOLAR, account=an_account("gone", is_deleted=True))

    assert who(house, SCHOLARS) == (["Ada", "Bo"], ["Gone"])


def test_resolve_takes_guests_only_by_the_roles_that_guests_may_have(house: House) -> None:
    put_person(house.stores.program, "guest", Role.SCHOLAR, account=an_account("guest", is_guest=True))
    put_person(house.stores.program, "outside", Role.MENTOR, account=an_account("outside", is_guest=True))

    assert who(house, Audience(roles=(Role.SCHOLAR, Role.MENTOR))) == (["Ada", "Bo", "Max", "Outside"], [])


def test_resolve_of_another_programs_people_finds_nobody(house: House) -> None:
    put_program(house.stores.program, "other")
    put_person(house.stores.program, "zed", Role.SCHOLAR, program_id="other")

    assert who(house, Audience(roles=(Role.SCHOLAR,), people=("zed",))) == (["Ada", "Bo"], [])


@pytest.mark.parametrize(
    ("audience", "refusal"), [(Audience(), EmptyAudience), (Audience(cohorts=("1999",)), NobodyFound)]
)
def test_resolve_of_nobody_asks_at_the_first_field(
    sqlite_house: House, audience: Audience, refusal: type[Exception]
) -> None:
    with pytest.raises(refusal) as refused:
        who(sqlite_house, audience)

    assert getattr(refused.value, "field", None) == "who"


def test_resolve_of_a_private_list_is_for_its_owner_alone(house: House) -> None:
    put_person(house.stores.program, "sue", Role.STAFF)
    with house.desk.program.write() as connection:
        values = {"id": "l1", "program_id": PROGRAM, "owner_id": "sam", "title": "Grants", "about": "", "created_at": 1}
        opt_in_queries.add_list(connection, values)
        opt_in_queries.join(connection, "l1", "bo", program_id=PROGRAM, at=2)

    found = who(house, Audience(list_id="l1"))

    assert found == (["Bo"], [])
    with pytest.raises(NotFound):
        who(house, Audience(list_id="l1"), author="sue")


def test_resolve_asks_as_often_for_forty_people_as_for_two(house: House) -> None:
    with queries_of(house.stores.program) as few:
        who(house, SCHOLARS)
    for number in range(40):
        put_person(house.stores.program, f"s{number}")

    with queries_of(house.stores.program) as many:
        found, _ = who(house, SCHOLARS)

    assert (len(found), len(many)) == (42, len(few))
