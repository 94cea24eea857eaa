"""Another audience for a deadline that stands: who newly belongs, who leaves, and what cannot be changed."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from domain.audience import Audience, NobodyFound
from domain.deadlines import Due, DueKind, RequestState
from domain.errors import NotFound
from domain.people import Role
from services.audit import trail
from services.deadlines.asking import Ask, ask, request_for_staff
from services.deadlines.change import change
from services.deadlines.extend import Extend, extend
from services.deadlines.look import deadline_for_staff, details, own_details, own_list, waiting_requests, whose_homes
from services.deadlines.meet import mark_done, mark_not_done
from services.deadlines.plan import plan_deadlines
from services.deadlines.regrouping import AudienceStays
from storage.program import opt_in_queries
from tests.builders.deadlines import (
    SCHOLARS,
    a_content,
    a_deadline,
    a_key,
    due_of,
    for_others,
    foreseen,
    ledger_of,
    regrouped,
)
from tests.builders.leaving import deactivated, touch
from tests.builders.people import PROGRAM, put_membership, put_person
from tests.fixtures.desks import House

DUE = datetime(2027, 1, 25, 17, tzinfo=UTC)


def go_to(house: House, instant: datetime) -> None:
    house.clock.advance(instant - house.clock.now())
    plan_deadlines(house.desk)


def test_who_newly_belongs_gets_the_next_rung_and_who_leaves_nothing_more(house: House) -> None:
    deadline = a_deadline(house)
    go_to(house, DUE - timedelta(days=7))

    numbers = regrouped(house, deadline, Audience(people=("ada", "max")))
    go_to(house, DUE - timedelta(hours=48))

    assert numbers == (1, 1)
    assert ledger_of(house, deadline) == [
        ("ada", "48h", "01-23 17:00", "pending"),
        ("ada", "7d", "01-18 17:00", "pending"),
        ("bo", "7d", "01-18 17:00", "superseded"),
        ("max", "48h", "01-23 17:00", "pending"),
    ]
    assert own_list(house.desk, house.person("bo")).due == ()
    with pytest.raises(NotFound):
        own_details(house.desk, house.person("bo"), deadline.id)


def test_who_newly_belongs_to_one_that_is_told_is_told(house: House) -> None:
    deadline = a_deadline(house, a_content(is_told=True))
    plan_deadlines(house.desk)
    house.clock.advance(timedelta(hours=1))

    regrouped(house, deadline, replace(SCHOLARS, people=("max",)))
    plan_deadlines(house.desk)

    assert [row for row in ledger_of(house, deadline) if row[0] == "max"] == [("max", "set", "01-11 13:00", "pending")]


def test_request_of_who_leaves_ends_and_staff_count_who_is_left(house: House) -> None:
    deadline = a_deadline(house)
    wish = Ask(request_key=a_key(), deadline_id=deadline.id, until=DUE + timedelta(days=1))
    ask(house.desk, house.person("bo"), wish)
    (waiting,) = waiting_requests(house.desk, house.person("sam"))

    regrouped(house, deadline, Audience(people=("ada",)))

    found = details(house.desk, house.person("sam"), deadline.id)
    assert request_for_staff(house.desk, house.person("sam"), waiting[0]).state is RequestState.OVER
    assert ([each.name for each in found.behind], found.deadline.people) == (["Ada"], 1)
    assert ("Sam", "changed whom it is for", "0 newly belong, 1 do not any more") in {
        (each.by, each.deed, each.detail) for each in trail(house.desk, house.person("sam"), deadline.id)
    }


def test_whose_account_is_off_just_now_stays_with_what_they_were_given_and_have_asked_for(house: House) -> None:
    deadline = a_deadline(house)
    until = DUE + timedelta(days=1)
    extend(
        house.desk, house.person("sam"), Extend(request_key=a_key(), id=deadline.id, until=until, person_ids=("bo",))
    )
    ask(
        house.desk,
        house.person("bo"),
        Ask(request_key=a_key(), deadline_id=deadline.id, until=until + timedelta(days=1)),
    )
    deactivated(house.stores.program, "bo")

    seen = foreseen(house, deadline, replace(SCHOLARS, people=("max",)))
    numbers = regrouped(house, deadline, replace(SCHOLARS, people=("max",)))
    off = foreseen(house, deadline, Audience(people=("ada", "max")))

    assert (seen.joining, seen.leaving, numbers) == (("Max",), (), (1, 0))
    assert (due_of(house, deadline, "bo"), deadline_for_staff(house.desk, house.person("sam"), deadline.id).people) == (
        until,
        3,
    )
    assert len(waiting_requests(house.desk, house.person("sam"))) == 1
    assert off.leaving == ("Bo",)


def test_same_audience_in_another_order_asks_nobody_anew(house: House) -> None:
    deadline = a_deadline(house, a_content(audience=Audience(people=("ada", "bo")), takes_newcomers=False))
    mark_done(house.desk, house.person("ada"), deadline.id)

    numbers = regrouped(house, deadline, Audience(people=("bo", "ada")))

    assert (numbers, len(details(house.desk, house.person("sam"), deadline.id).met)) == ((0, 0), 1)


def test_late_joiners_are_sought_by_the_new_audience(house: House) -> None:
    deadline = a_deadline(house)
    regrouped(house, deadline, Audience(roles=(Role.MENTOR,)))
    put_person(house.stores.program, "gus", Role.SCHOLAR)
    put_person(house.stores.program, "mia", Role.MENTOR)

    drawn: list[str] = []

    house.clock.advance(DUE - timedelta(days=3) - house.clock.now())
    plan_deadlines(house.desk, lambda *ids: drawn.extend(ids))
    go_to(house, DUE - timedelta(hours=48))

    assert {who for who, *_ in ledger_of(house, deadline)} == {"max", "mia"}
    assert drawn == ["mia"]


def test_it_is_due_first_for_whoever_of_those_it_is_for_now(house: House) -> None:
    put_person(house.stores.program, "gus", Role.SCHOLAR, zone="America/Los_Angeles", site="Berkeley")
    due = Due(kind=DueKind.PER_SITE, day=date(2027, 1, 25), minute=17 * 60)
    deadline = a_deadline(house, a_content(due=due, audience=Audience(people=("ada",))))

    regrouped(house, deadline, Audience(people=("gus",)))

    assert due_of(house, deadline, "gus") == DUE + timedelta(hours=8)
    assert deadline_for_staff(house.desk, house.person("sam"), deadline.id).due_at == DUE + timedelta(hours=8)


def test_nobody_newly_belongs_for_whom_it_is_past_due(house: House) -> None:
    deadline = a_deadline(house)
    house.clock.advance(timedelta(days=20))

    with pytest.raises(NobodyFound):
        regrouped(house, deadline, Audience(people=("max",)))

    assert regrouped(house, deadline, Audience(people=("ada", "max"))) == (0, 1)


def test_private_list_and_who_was_behind_stay_what_they_are(house: House) -> None:
    with house.stores.program.write() as connection:
        fresh = {"id": "list", "program_id": PROGRAM, "owner_id": "sam", "title": "Climbers", "about": ""}
        opt_in_queries.add_list(connection, fresh | {"created_at": 0, "closed_at": None})
        opt_in_queries.join(connection, "list", "ada", program_id=PROGRAM, at=0)
    of_all = a_deadline(house)
    of_list = a_deadline(house, a_content(audience=Audience(list_id="list")))
    of_late = a_deadline(house, a_content(audience=Audience(behind_deadline=of_all.id)))

    for deadline, audience in (
        (of_list, SCHOLARS),
        (of_late, SCHOLARS),
        (of_all, Audience(list_id="list")),
        (of_all, Audience(people=("ada",), private_list="list")),
        (of_all, Audience(behind_deadline=of_late.id)),
    ):
        with pytest.raises(AudienceStays):
            regrouped(house, deadline, audience)


LINK = "https://example.org/plan"


def test_who_has_met_it_and_leaves_sees_nothing_and_has_met_it_still_when_it_is_for_them_again(house: House) -> None:
    deadline = a_deadline(house, a_content(needs_proof=True, is_told=True))
    at = mark_done(house.desk, house.person("bo"), deadline.id, proof=LINK).at

    away = regrouped(house, deadline, Audience(people=("ada",)))
    house.clock.advance(timedelta(days=1))
    seen = own_list(house.desk, house.person("bo"))
    staff_see = details(house.desk, house.person("sam"), deadline.id)
    back = regrouped(house, deadline, SCHOLARS)
    go_to(house, DUE - timedelta(hours=48))

    assert (away, back) == ((0, 1), (1, 0))
    assert (seen.due, seen.met, staff_see.met, staff_see.deadline.people) == ((), (), (), 1)
    assert own_details(house.desk, house.person("bo"), deadline.id).deadline.done_at == at
    assert [(each.name, each.at, each.proof) for each in details(house.desk, house.person("sam"), deadline.id).met] == [
        ("Bo", at, LINK)
    ]
    assert [row for row in ledger_of(house, deadline) if row[0] == "bo"] == []


def test_what_is_taken_back_after_a_return_is_not_kept_a_second_time(house: House) -> None:
    deadline = a_deadline(house)
    mark_done(house.desk, house.person("bo"), deadline.id)
    for audience in (Audience(people=("ada",)), SCHOLARS):
        regrouped(house, deadline, audience)

    mark_not_done(house.desk, house.person("bo"), deadline.id)
    for audience in (Audience(people=("ada",)), SCHOLARS):
        regrouped(house, deadline, audience)

    assert own_details(house.desk, house.person("bo"), deadline.id).deadline.done_at is None


def test_who_has_not_met_it_and_comes_back_is_asked_again(house: House) -> None:
    deadline = a_deadline(house)
    for audience in (Audience(people=("ada",)), SCHOLARS):
        regrouped(house, deadline, audience)

    go_to(house, DUE - timedelta(days=7))

    assert own_details(house.desk, house.person("bo"), deadline.id).deadline.done_at is None
    assert ("bo", "7d", "01-18 17:00", "pending") in ledger_of(house, deadline)


def test_who_had_met_it_comes_back_though_it_is_past_due(house: House) -> None:
    deadline = a_deadline(house)
    mark_done(house.desk, house.person("bo"), deadline.id)
    regrouped(house, deadline, Audience(people=("ada",)))
    house.clock.advance(timedelta(days=20))

    numbers = regrouped(house, deadline, Audience(people=("ada", "bo", "max")))

    assert numbers == (1, 0)
    assert [each.name for each in details(house.desk, house.person("sam"), deadline.id).met] == ["Bo"]


def test_late_joiner_who_had_met_it_before_has_met_it_still(house: House) -> None:
    deadline = a_deadline(house)
    mark_done(house.desk, house.person("bo"), deadline.id)
    regrouped(house, deadline, Audience(roles=(Role.MENTOR,)))
    put_membership(house.stores.program, "bo", Role.MENTOR)
    touch(house.stores.program)

    plan_deadlines(house.desk)

    assert [each.name for each in details(house.desk, house.person("sam"), deadline.id).met] == ["Bo"]


def test_homes_of_who_leaves_and_joins_are_drawn_first_and_then_of_who_stays_and_has_not_met_it(house: House) -> None:
    put_person(house.stores.program, "gus", Role.SCHOLAR)
    deadline = a_deadline(house)
    mark_done(house.desk, house.person("gus"), deadline.id)

    done = change(house.desk, house.person("sam"), for_others(house, deadline, Audience(people=("ada", "gus", "max"))))

    stays = whose_homes(house.desk, house.person("sam"), deadline.id)
    assert (done.person_ids, set(stays)) == (("bo", "max"), {"ada", "max"})
    assert set(whose_homes(house.desk, house.person("sam"), deadline.id)) == {"ada", "max"}
