"""After a roster change: seats are freed, a co-host goes on alone, a session without hosts is off."""

from datetime import timedelta

import pytest
from sqlalchemy import delete, update

from domain.groups import Standing
from domain.people import Role
from services.booking.sweep import sweep_changed_programs
from services.groups.look import group_details, groups_for
from services.session_news.plan import plan_reminders
from services.sessions.own import WHO_LEFT
from storage.confidential.delivery import ConfidentialDelivery
from storage.engine import Store, table_of
from storage.program.people_queries import membership
from tests.builders import leaving
from tests.builders.groups import a_group_wish, news_for, ref_of, seated, set_up, waiting
from tests.builders.people import put_membership, put_person
from tests.fixtures.desks import House
from tests.looking.invariants import broken_invariants


def leave(store: Store, person_id: str) -> None:
    """Off the roster."""
    with store.write() as connection:
        connection.execute(update(membership).where(membership.c.person_id == person_id).values(removed_at=1))
    leaving.touch(store)


@pytest.mark.parametrize("apart", [leaving.became_mentor, leaving.recused])
def test_scholar_who_may_not_meet_the_host_any_more_loses_the_seat_to_the_line(
    house: House, apart: leaving.Change
) -> None:
    set_up(house, wish=a_group_wish(seats=2))
    zoe = put_person(house.stores.program, "zoe")
    seated(house, "ada", "bo")
    waiting(house, zoe)
    told: list[str] = []

    apart(house.stores.program)
    fell = sweep_changed_programs(house.desk, lambda *people: told.extend(people))

    assert (fell, told) == (2, ["ada", zoe])
    assert house.groups()[0][3:] == ({1: zoe, 2: "bo"}, [])
    assert news_for(house.messages(), "ada") == ["session.booked", "session.canceled"]
    assert groups_for(house.support, house.person("ada")) == ()
    assert broken_invariants(house.stores.confidential) == []
    assert sweep_changed_programs(house.desk) == 0


def test_who_waits_and_may_not_meet_the_host_any_more_waits_no_longer(house: House) -> None:
    set_up(house, wish=a_group_wish(seats=2))
    zoe, kay = put_person(house.stores.program, "zoe"), put_person(house.stores.program, "kay")
    seated(house, "bo", zoe)
    waiting(house, "ada", kay)

    leaving.recused(house.stores.program)
    sweep_changed_programs(house.desk)

    assert house.groups()[0][3:] == ({1: "bo", 2: zoe}, [kay])
    assert news_for(house.messages(), "ada") == ["wait.off"]
    assert news_for(house.messages(), kay) == []


def test_host_who_leaves_lets_the_co_host_go_on_alone(house: House) -> None:
    set_up(house, wish=a_group_wish(cohost="dev"))
    seated(house, "bo")

    leave(house.stores.program, "cleo")
    sweep_changed_programs(house.desk)

    assert house.groups()[0][2:4] == ("booked", {1: "bo"})
    assert news_for(house.messages(), "cleo")[-1] == "session.canceled"
    assert news_for(house.messages(), "dev") == news_for(house.messages(), "bo") == ["session.booked"]
    seen = group_details(house.support, house.person("bo"), ref_of(house, "bo"))
    assert (seen.host_names, seen.words.title) == (("Dev",), "Writing together")
    assert broken_invariants(house.stores.confidential) == []


def test_host_who_left_and_came_back_sees_nobody_in_it(house: House) -> None:
    set_up(house, wish=a_group_wish(cohost="dev"))
    seated(house, "bo")
    leave(house.stores.program, "cleo")
    sweep_changed_programs(house.desk)
    put_membership(house.stores.program, "cleo", Role.COACH, first_day="2027-01-02")

    seen = group_details(house.support, house.person("cleo"), ref_of(house, "cleo"))

    assert (seen.standing, seen.seated_names, seen.waiting, seen.is_open) == (Standing.OUTSIDE, None, None, False)


@pytest.mark.parametrize("apart", [leaving.became_mentor, leaving.recused])
def test_host_reads_of_nobody_whom_they_may_not_meet_any_more_before_the_sweep(
    house: House, apart: leaving.Change
) -> None:
    set_up(house, wish=a_group_wish(seats=2, cohost="dev"))
    seated(house, "ada", "bo")
    waiting(house, put_person(house.stores.program, "zoe"))

    apart(house.stores.program)

    seen = {who: group_details(house.support, house.person(who), ref_of(house, who)) for who in ("cleo", "dev")}
    assert (seen["cleo"].seated_names, seen["cleo"].waiting, seen["cleo"].has_free_seats) == (("Bo",), 1, True)
    assert (seen["dev"].seated_names, seen["dev"].waiting, seen["dev"].has_free_seats) == (("Ada", "Bo"), 1, False)


def test_host_is_not_told_that_somebody_waits_whom_they_may_not_meet_any_more(house: House) -> None:
    set_up(house, wish=a_group_wish(seats=2))
    seated(house, "bo", put_person(house.stores.program, "zoe"))
    waiting(house, "ada")

    leaving.recused(house.stores.program)

    seen = group_details(house.support, house.person("cleo"), ref_of(house, "cleo"))
    assert (seen.seated_names, seen.waiting) == (("Bo", "Zoe"), 0)


def test_host_of_what_is_over_reads_only_of_those_whom_they_may_meet_now(house: House) -> None:
    set_up(house)
    seated(house, "ada", "bo")
    house.clock.advance(timedelta(days=3))
    leave(house.stores.program, "bo")

    leaving.became_mentor(house.stores.program)
    sweep_changed_programs(house.desk)

    seen = group_details(house.support, house.person("cleo"), ref_of(house, "cleo"))
    assert seen.seated_names == (WHO_LEFT,)


def test_scholar_taken_out_of_it_sees_that_it_is_off_for_them(house: House) -> None:
    set_up(house)
    seated(house, "ada")
    leaving.recused(house.stores.program)
    sweep_changed_programs(house.desk)

    seen = group_details(house.support, house.person("ada"), ref_of(house, "ada"))

    assert (seen.standing, seen.is_open) == (Standing.OUTSIDE, False)


def test_session_without_any_host_is_off_and_everybody_is_told(house: House) -> None:
    set_up(house)
    seated(house, "ada", "bo")

    leave(house.stores.program, "cleo")
    sweep_changed_programs(house.desk)

    assert (house.groups()[0][2:], house.cells()) == (("canceled", {}, []), {})
    assert [news_for(house.messages(), who)[-1] for who in ("ada", "bo", "cleo")] == ["session.canceled"] * 3


def test_scholar_whose_last_day_comes_before_it_gives_the_seat_up(house: House) -> None:
    set_up(house)
    seated(house, "ada", "bo")
    with house.stores.program.write() as connection:
        connection.execute(update(membership).where(membership.c.person_id == "ada").values(ends_on="2027-01-12"))
    leaving.touch(house.stores.program)

    sweep_changed_programs(house.desk)

    assert house.groups()[0][3] == {2: "bo"}


def test_host_who_changes_the_support_role_stays(house: House) -> None:
    set_up(house)
    seated(house, "ada")
    with house.stores.program.write() as connection:
        connection.execute(update(membership).where(membership.c.person_id == "cleo").values(ends_on="2027-01-10"))
    put_membership(house.stores.program, "cleo", Role.COMMUNITY_MANAGER, first_day="2027-01-11")
    leaving.touch(house.stores.program)

    assert sweep_changed_programs(house.desk) == 0


def test_reminders_that_are_missing_are_planned_for_everybody_in_it(house: House) -> None:
    set_up(house)
    seated(house, "ada")
    with house.stores.confidential.write() as connection:
        connection.execute(delete(table_of(ConfidentialDelivery)))
    house.clock.advance(timedelta(days=1, hours=1, minutes=30))

    assert (plan_reminders(house.desk), plan_reminders(house.desk)) == (4, 0)
    assert {who for kind, who, *_ in house.messages() if kind == "session.reminder"} == {"ada", "cleo"}
