"""Who is recognized, as what, and when; judged from the local tables alone."""

from datetime import UTC, date, datetime

import pytest

from domain.errors import NotAllowed
from domain.people import Role
from domain.ports import WorkspaceMember
from domain.times import day_bounds, zone
from services.people import People
from tests.builders.people import (
    TEAM,
    a_person,
    account_of,
    an_account,
    put_account,
    put_membership,
    put_person,
    put_program,
    put_recusal,
    put_small_program,
)
from tests.fakes.clock import FakeClock
from tests.fixtures.engines import Stores
from tests.looking.queries import queries_of


def people_of(stores: Stores, clock: FakeClock | None = None) -> People:
    return People(stores.program, clock or FakeClock(), team_id=TEAM)


def at(instant: str) -> FakeClock:
    return FakeClock(datetime.fromisoformat(instant).astimezone(UTC))


def test_who_on_the_roster_is_recognized_in_one_query(stores: Stores) -> None:
    put_small_program(stores.program)
    people = people_of(stores)

    with queries_of(stores.program) as asked:
        found = people.who(account_of("ada"), TEAM)

    assert (found, len(asked)) == (a_person("ada"), 1)


@pytest.mark.parametrize(
    "account",
    [
        pytest.param(an_account(is_stranger=True), id="stranger"),
        pytest.param(an_account(is_bot=True), id="bot"),
        pytest.param(an_account(is_deleted=True), id="deactivated"),
        pytest.param(an_account(is_guest=True), id="guest"),
        pytest.param(an_account(team_id="T2"), id="of another workspace"),
    ],
)
def test_who_of_a_refused_sort_is_refused_everywhere_though_on_the_roster(
    stores: Stores, account: WorkspaceMember
) -> None:
    put_program(stores.program)
    put_person(stores.program, "ada", Role.SCHOLAR, Role.COACH, Role.STAFF, account=account)
    put_person(stores.program, "bo")
    people = people_of(stores)

    with pytest.raises(NotAllowed):
        people.who(account_of("ada"), TEAM)

    assert people.person("ada") is None
    assert people.people(["ada", "bo"]) == [a_person("bo")]
    assert people.supporters_for("bo", Role.COACH) == []
    assert people.holders(Role.STAFF) == []


def test_who_from_another_workspace_is_refused_though_the_account_is_ours(stores: Stores) -> None:
    put_small_program(stores.program)

    with pytest.raises(NotAllowed):
        people_of(stores).who(account_of("ada"), "T2")


@pytest.mark.parametrize("slack_user_id", [account_of("zoe"), "UNOBODY", ""])
def test_who_without_a_place_on_the_roster_is_refused(stores: Stores, slack_user_id: str) -> None:
    put_small_program(stores.program)
    put_account(stores.program, an_account("zoe"))

    with pytest.raises(NotAllowed):
        people_of(stores).who(slack_user_id, TEAM)


def test_who_was_removed_from_the_roster_is_refused_at_once(stores: Stores) -> None:
    put_program(stores.program)
    put_person(stores.program, "ada", last_day="2027-01-01")
    put_membership(stores.program, "ada", Role.COACH, removed_at=1)

    with pytest.raises(NotAllowed):
        people_of(stores).who(account_of("ada"), TEAM)


def test_refusals_of_every_sort_read_alike(stores: Stores) -> None:
    put_program(stores.program)
    put_person(stores.program, "ada", account=an_account("ada", is_bot=True))
    put_person(stores.program, "bo", last_day="2027-01-01")
    people = people_of(stores)

    refusals = set()
    for slack_user_id, team in [(account_of("ada"), TEAM), (account_of("bo"), TEAM), ("U0", TEAM), ("U0", "T2")]:
        with pytest.raises(NotAllowed) as refusal:
            people.who(slack_user_id, team)
        refusals.add(refusal.value.message)

    assert len(refusals) == 1


def test_guest_keeps_the_mentor_role_only(stores: Stores) -> None:
    put_program(stores.program)
    guest = an_account("max", is_guest=True)
    put_person(stores.program, "max", Role.MENTOR, Role.COACH, Role.STAFF, account=guest)
    put_person(stores.program, "ada")
    people = people_of(stores)

    assert people.who(account_of("max"), TEAM) == a_person("max", roles=[Role.MENTOR])
    assert people.supporters_for("ada", Role.COACH) == []


def test_roles_come_from_all_memberships_in_force(stores: Stores) -> None:
    put_program(stores.program)
    put_person(stores.program, "ada", Role.SCHOLAR, Role.STAFF)
    put_membership(stores.program, "ada", Role.ALUMNUS, first_day="2028-01-01", last_day="2028-12-31")
    put_membership(stores.program, "ada", Role.GRADER, first_day="2026-01-01", last_day="2026-12-31")

    found = people_of(stores).who(account_of("ada"), TEAM)

    assert found.roles == {Role.SCHOLAR, Role.STAFF}


@pytest.mark.parametrize(
    ("instant", "is_in_force"),
    [
        ("2027-01-30T10:59:59+00:00", False),
        ("2027-01-30T11:00:00+00:00", True),
        ("2027-01-31T10:59:59+00:00", True),
        ("2027-01-31T11:00:00+00:00", False),
    ],
)
def test_membership_of_a_day_is_in_force_from_midnight_to_midnight_in_its_zone(
    stores: Stores, instant: str, *, is_in_force: bool
) -> None:
    put_program(stores.program)
    put_person(stores.program, "ada", zone="Pacific/Auckland", first_day="2027-01-31", last_day="2027-01-31")

    found = people_of(stores, at(instant)).person("ada")

    assert (found is not None) is is_in_force


@pytest.mark.parametrize(
    ("instant", "roles"),
    [
        ("2027-03-31T23:59:59-07:00", {Role.SCHOLAR}),
        ("2027-04-01T00:00:00-07:00", {Role.COACH}),
    ],
)
def test_change_of_role_happens_at_midnight_in_its_zone(stores: Stores, instant: str, roles: set[Role]) -> None:
    put_program(stores.program)
    put_person(stores.program, "ada", zone="America/Los_Angeles", last_day="2027-03-31")
    put_membership(stores.program, "ada", Role.COACH, zone="America/Los_Angeles", first_day="2027-04-01")

    found = people_of(stores, at(instant)).who(account_of("ada"), TEAM)

    assert found.roles == roles


@pytest.mark.parametrize(
    ("first_day", "last_day", "until"),
    [
        ("2027-04-01", "2027-06-30", "2027-07-01"),  # the next day
        ("2027-03-15", "2027-06-30", "2027-07-01"),  # before the first has ended
        ("2027-02-01", "2027-02-28", "2027-04-01"),  # inside the first
        ("2027-04-02", "2027-06-30", "2027-04-01"),  # a day between
    ],
)
def test_role_is_held_until_the_last_of_the_memberships_without_a_day_between(
    stores: Stores, first_day: str, last_day: str, until: str
) -> None:
    put_program(stores.program)
    put_membership(stores.program, "ada", Role.SCHOLAR, first_day=first_day, last_day=last_day)
    put_person(stores.program, "ada", last_day="2027-03-31")
    put_membership(stores.program, "ada", Role.STAFF, first_day="2027-04-01", last_day="2027-12-31")

    found = people_of(stores, at("2027-02-10T12:00Z")).person("ada")

    midnight, _ = day_bounds(date.fromisoformat(until), zone("Europe/London"))
    assert found is not None
    assert (found.holds_until(Role.SCHOLAR), found.holds_until(Role.STAFF)) == (midnight, 0)


@pytest.mark.parametrize(
    ("instant", "site"),
    [
        ("2027-01-12T23:59:59+00:00", "London"),
        ("2027-01-13T00:00:00+00:00", "London"),  # over in London, not begun in Los Angeles
        ("2027-01-13T07:59:59+00:00", "London"),
        ("2027-01-13T08:00:00+00:00", "Berkeley"),
    ],
)
def test_somebody_who_goes_west_between_two_memberships_is_there_all_along(
    stores: Stores, instant: str, site: str
) -> None:
    put_program(stores.program)
    put_person(stores.program, "ada", last_day="2027-01-12")
    put_membership(
        stores.program, "ada", Role.SCHOLAR, zone="America/Los_Angeles", site="Berkeley", first_day="2027-01-13"
    )

    found = people_of(stores, at(instant)).person("ada")

    assert found is not None
    assert (found.site, found.has(Role.SCHOLAR)) == (site, True)


def test_zone_is_the_accounts_and_else_the_rosters(stores: Stores) -> None:
    put_program(stores.program)
    put_person(stores.program, "ada", account=an_account("ada", zone="Asia/Tokyo"))
    put_person(stores.program, "bo", account=an_account("bo", zone=""))

    zones = [person.zone for person in people_of(stores).people(["ada", "bo"])]

    assert zones == ["Asia/Tokyo", "Europe/London"]


def test_site_is_that_of_the_newest_membership(stores: Stores) -> None:
    put_program(stores.program)
    put_person(stores.program, "ada", site="London")
    put_membership(stores.program, "ada", Role.SCHOLAR, site="Berkeley", first_day="2027-01-10")

    found = people_of(stores).who(account_of("ada"), TEAM)

    assert found.site == "Berkeley"


def test_people_are_found_in_one_query_whatever_their_number(stores: Stores) -> None:
    put_small_program(stores.program)
    people = people_of(stores)

    with queries_of(stores.program) as asked:
        found = people.people(["dev", "ada", "cleo", "nobody"])

    assert [person.id for person in found] == ["ada", "cleo", "dev"]
    assert len(asked) == 1


def test_people_of_nobody_are_none(stores: Stores) -> None:
    put_small_program(stores.program)

    assert people_of(stores).people([]) == []


def test_supporters_are_found_in_one_query_with_all_their_roles(stores: Stores) -> None:
    put_small_program(stores.program)
    put_membership(stores.program, "dev", Role.STAFF)
    people = people_of(stores)

    with queries_of(stores.program) as asked:
        found = people.supporters_for("ada", Role.COACH)

    assert found == [a_person("cleo", roles=[Role.COACH]), a_person("dev", roles=[Role.COACH, Role.STAFF])]
    assert len(asked) == 1


def test_supporters_leave_out_who_mentors_or_mentored_the_scholar(stores: Stores) -> None:
    put_small_program(stores.program)
    put_membership(stores.program, "max", Role.COACH)
    put_membership(stores.program, "dev", Role.MENTOR)
    put_membership(stores.program, "ada", Role.SCHOLAR, mentor="dev", first_day="2026-01-01", last_day="2026-12-31")
    people = people_of(stores)

    assert [person.id for person in people.supporters_for("ada", Role.COACH)] == ["cleo"]
    assert [person.id for person in people.supporters_for("bo", Role.COACH)] == ["cleo", "dev"]


def test_supporters_leave_out_who_is_recused_from_the_scholar_only(stores: Stores) -> None:
    put_small_program(stores.program)
    put_recusal(stores.program, "cleo", "ada")
    people = people_of(stores)

    assert [person.id for person in people.supporters_for("ada", Role.COACH)] == ["dev"]
    assert [person.id for person in people.supporters_for("bo", Role.COACH)] == ["cleo", "dev"]


def test_supporters_leave_out_the_scholar_and_other_programs(stores: Stores) -> None:
    put_small_program(stores.program)
    put_membership(stores.program, "ada", Role.COACH)
    put_program(stores.program, "program-2")
    put_person(stores.program, "flo", Role.COACH, program_id="program-2")

    found = people_of(stores).supporters_for("ada", Role.COACH)

    assert [person.id for person in found] == ["cleo", "dev"]


def test_scholars_within_reach_are_of_ones_own_program_and_nothing_keeps_apart(stores: Stores) -> None:
    put_small_program(stores.program)
    put_membership(stores.program, "ada", Role.SCHOLAR, mentor="cleo", first_day="2026-01-01", last_day="2026-12-31")
    put_person(stores.program, "eve", Role.SCHOLAR)
    put_recusal(stores.program, "cleo", "eve")
    put_program(stores.program, "program-2")
    put_person(stores.program, "flo", Role.SCHOLAR, program_id="program-2")
    people = people_of(stores)

    with queries_of(stores.program) as asked:
        found = people.scholars_for(a_person("cleo", roles=[Role.COACH]), ["ada", "bo", "eve", "flo"])

    assert (found, len(asked)) == (frozenset({"bo"}), 1)


def test_supporters_are_those_whose_membership_is_in_force(stores: Stores) -> None:
    put_small_program(stores.program)
    put_membership(stores.program, "sam", Role.COACH, first_day="2027-02-01")
    put_membership(stores.program, "max", Role.COACH, removed_at=1)
    put_person(stores.program, "flo", Role.COACH, last_day="2027-01-10")

    found = people_of(stores).supporters_for("bo", Role.COACH)

    assert [person.id for person in found] == ["cleo", "dev"]


def test_supporters_of_nobody_are_none(stores: Stores) -> None:
    put_small_program(stores.program)

    assert people_of(stores).supporters_for("nobody", Role.COACH) == []


def test_holders_of_a_role_are_those_in_force_in_any_program(stores: Stores) -> None:
    put_small_program(stores.program)
    put_program(stores.program, "program-2")
    put_person(stores.program, "flo", Role.STAFF, program_id="program-2")
    put_person(stores.program, "gus", Role.STAFF, last_day="2027-01-10")

    found = people_of(stores).holders(Role.STAFF)

    assert [person.id for person in found] == ["flo", "sam"]


@pytest.mark.parametrize(
    ("account", "recipient"),
    [
        (an_account(), account_of("ada")),
        (an_account(is_guest=True), account_of("ada")),
        (an_account(is_deleted=True), None),
        (an_account(is_bot=True), None),
        (an_account(is_stranger=True), None),
        (an_account(team_id="T2"), None),
    ],
)
def test_recipient_is_the_account_while_it_is_in_use(
    stores: Stores, account: WorkspaceMember, recipient: str | None
) -> None:
    put_program(stores.program)
    put_person(stores.program, "ada", account=account)

    assert people_of(stores).recipient("ada") == recipient


def test_recipient_is_nobody_without_an_account(stores: Stores) -> None:
    put_small_program(stores.program)

    assert people_of(stores).recipient("nobody") is None


def test_recipient_is_still_written_to_when_the_roster_has_let_them_go(stores: Stores) -> None:
    put_program(stores.program)
    put_person(stores.program, "ada", last_day="2027-01-01")

    assert people_of(stores).recipient("ada") == account_of("ada")


@pytest.mark.parametrize(
    ("account", "zone"),
    [
        (an_account(zone="Asia/Tokyo"), "Asia/Tokyo"),
        (an_account(zone=""), "Europe/London"),
        (an_account(is_deleted=True), None),
    ],
)
def test_zone_of_somebody_whom_the_roster_has_let_go_is_their_accounts(
    stores: Stores, account: WorkspaceMember, zone: str | None
) -> None:
    put_program(stores.program)
    put_person(stores.program, "ada", last_day="2027-01-01", account=account)

    assert people_of(stores).zone_of_recipient("ada") == zone


def test_zone_of_somebody_whom_slack_gives_none_is_that_of_their_last_membership(stores: Stores) -> None:
    put_program(stores.program)
    put_person(stores.program, "ada", last_day="2027-01-02", zone="Asia/Tokyo")
    put_membership(stores.program, "ada", Role.SCHOLAR, last_day="2027-01-03", zone="Europe/Rome")

    assert people_of(stores).zone_of_recipient("ada") == "Europe/Rome"
