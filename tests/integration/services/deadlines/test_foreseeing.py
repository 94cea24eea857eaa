"""What a change of a deadline's audience or time comes to, as it is shown before it is saved."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from domain.audience import Audience
from domain.deadlines import Due, DueKind, PastAtASite, PastDue
from domain.errors import NotFound
from domain.people import Role
from domain.times import TimeSkipped
from services.deadlines.change import change
from services.deadlines.extend import Extend, extend
from services.deadlines.look import deadline_for_staff
from services.deadlines.meet import mark_done
from services.deadlines.moving import Notice
from services.deadlines.plan import plan_deadlines
from services.deadlines.regrouping import foresee
from tests.builders.deadlines import (
    SCHOLARS,
    a_content,
    a_deadline,
    a_key,
    for_others,
    foreseen,
    in_london,
    ledger_of,
)
from tests.builders.leaving import off_the_roster
from tests.builders.people import put_person, put_program
from tests.fixtures.desks import House

DUE = datetime(2027, 1, 25, 17, tzinfo=UTC)


def test_names_of_who_would_come_and_go_are_those_who_then_do_and_nothing_is_saved_by_looking(house: House) -> None:
    deadline, wanted = a_deadline(house), Audience(people=("ada", "max"))

    seen = foreseen(house, deadline, wanted)
    kept = deadline_for_staff(house.desk, house.person("sam"), deadline.id)
    done = change(house.desk, house.person("sam"), for_others(house, deadline, wanted))

    assert (seen.joining, seen.leaving, seen.changes_anything) == (("Max",), ("Bo",), True)
    assert kept == deadline
    assert done.person_ids[:2] == ("bo", "max")
    assert not foreseen(house, deadline, wanted).changes_anything


def test_what_was_looked_at_is_another_thing_once_somebody_else_would_come(house: House) -> None:
    deadline, mentors = a_deadline(house), Audience(roles=(Role.MENTOR,))
    before = foreseen(house, deadline, mentors)
    put_person(house.stores.program, "mia", Role.MENTOR)

    after = foreseen(house, deadline, mentors)

    assert (before.joining, after.joining) == (("Max",), ("Max", "Mia"))
    assert before.key != after.key


def test_names_are_not_looked_at_for_a_time_that_cannot_be_saved(house: House) -> None:
    deadline = a_deadline(house)

    with pytest.raises(PastDue):
        foreseen(house, deadline, Audience(people=("ada",)), in_london("2027-01-01"))


def test_other_time_says_how_short_the_notice_is_and_how_many_hear_of_it_now(house: House) -> None:
    for each in ("eve", "fay"):
        put_person(house.stores.program, each, Role.SCHOLAR)
    deadline = a_deadline(house)
    mark_done(house.desk, house.person("bo"), deadline.id)
    until = DUE + timedelta(days=2)
    more = Extend(request_key=a_key(), id=deadline.id, until=until, person_ids=("eve",))
    extend(house.desk, house.person("sam"), more)
    now = deadline_for_staff(house.desk, house.person("sam"), deadline.id)

    sooner = foreseen(house, now, None, in_london("2027-01-14"))
    later = foreseen(house, now, None, in_london("2027-01-26"))
    beyond = foreseen(house, now, None, in_london("2027-01-28"))

    first = datetime(2027, 1, 14, 17, tzinfo=UTC)
    assert sooner.notice == Notice(first=first, lead_days=3, rule_days=7)
    assert later.notice == Notice(first=datetime(2027, 1, 26, 17, tzinfo=UTC), lead_days=None, rule_days=7)
    assert [each.told for each in (sooner, later, beyond)] == [2, 2, 3]
    assert sooner.changes_anything
    assert len({each.key for each in (sooner, later, beyond)}) == 3
    change(
        house.desk,
        house.person("sam"),
        replace(for_others(house, now, now.audience), due=in_london("2027-01-14")),
    )
    plan_deadlines(house.desk)
    moved = {who for who, rung, _, _ in ledger_of(house, deadline) if rung.startswith("moved ")}
    assert moved == {"ada", "fay"}


@pytest.mark.parametrize(("day", "is_told"), [("2027-01-26", True), ("2027-01-26", False), ("2027-01-11", False)])
def test_another_time_for_others_tells_who_newly_belongs_as_it_says(house: House, day: str, *, is_told: bool) -> None:
    deadline = a_deadline(house, a_content(is_told=is_told, ladder="24h"))
    others = Audience(people=("max",))
    seen = foreseen(house, deadline, others, in_london(day))

    change(house.desk, house.person("sam"), replace(for_others(house, deadline, others), due=in_london(day)))
    plan_deadlines(house.desk)

    told = [who for who, rung, _, state in ledger_of(house, deadline) if state == "pending" and rung == "set"]
    is_at_once = is_told or day == "2027-01-11"
    assert (seen.told, seen.stays, seen.newly_told, seen.newly_later) == (0, 0, is_at_once, not is_at_once)
    assert told == ["max"] * is_at_once


def test_who_had_met_it_before_is_told_nothing_when_it_is_for_them_again(house: House) -> None:
    deadline, sam = a_deadline(house, a_content(is_told=True)), house.person("sam")
    mark_done(house.desk, house.person("bo"), deadline.id)
    without = change(house.desk, sam, for_others(house, deadline, Audience(people=("ada",)))).deadline

    seen = foreseen(house, without, Audience(people=("ada", "bo")))

    assert (seen.joining, seen.newly_told, seen.newly_later, seen.stays) == (("Bo",), 0, 0, 1)


def test_who_has_left_is_not_counted_with_those_who_hear_of_another_time(house: House) -> None:
    deadline = a_deadline(house)
    off_the_roster(house.stores.program, "ada")

    assert foreseen(house, deadline, None, in_london("2027-01-26")).told == 1


def test_time_that_has_passed_is_said_of_one_moment_and_of_one_of_the_sites(house: House) -> None:
    moment = a_deadline(house)
    by_site = Due(kind=DueKind.PER_SITE, day=date(2027, 1, 25), minute=17 * 60)
    sites = a_deadline(house, a_content(due=by_site))

    with pytest.raises(PastDue, match=r"^That time has passed\. Please"):
        foreseen(house, moment, None, in_london("2027-01-01"))
    with pytest.raises(PastAtASite, match=r"at least at one of the sites"):
        foreseen(house, sites, None, replace(by_site, day=date(2027, 1, 1)))
    with pytest.raises(PastDue, match=r"^That time has passed\. Please"):
        a_deadline(house, a_content(due=in_london("2027-01-01")))


def test_time_counts_for_those_whom_it_is_for_then(house: House) -> None:
    put_person(house.stores.program, "tom", zone="Asia/Tokyo", site="Tokyo")
    put_person(house.stores.program, "ned", Role.MENTOR, zone="America/New_York", site="New York")
    by_site = Due(kind=DueKind.PER_SITE, day=date(2027, 1, 25), minute=17 * 60)
    deadline = a_deadline(house, a_content(due=by_site))
    house.clock.advance(datetime(2027, 1, 20, 10, tzinfo=UTC) - house.clock.now())
    today = replace(by_site, day=date(2027, 1, 20))

    with pytest.raises(PastAtASite):  # in Tokyo
        foreseen(house, deadline, None, today)
    without_tokyo = foreseen(house, deadline, Audience(people=("ada", "bo")), today)
    with pytest.raises(TimeSkipped):  # in New York
        foreseen(
            house, deadline, replace(SCHOLARS, people=("ned",)), replace(by_site, day=date(2027, 3, 14), minute=150)
        )

    assert without_tokyo.leaving == ("Tom",)
    assert without_tokyo.notice == Notice(first=datetime(2027, 1, 20, 17, tzinfo=UTC), lead_days=0, rule_days=7)


def test_time_and_people_that_stay_are_not_looked_at(house: House) -> None:
    deadline = a_deadline(house)

    seen = foreseen(house, deadline, None)

    assert (seen.changes_anything, seen.notice, seen.told) == (False, None, 0)


def test_names_are_for_staff_of_the_program_alone(house: House) -> None:
    deadline = a_deadline(house)
    put_program(house.stores.program, "program-2")
    put_person(house.stores.program, "yan", Role.STAFF, program_id="program-2")

    with pytest.raises(NotFound):
        foresee(house.desk, house.person("yan"), deadline.id, SCHOLARS, deadline.due)


def test_whoever_leaves_is_not_counted_among_those_who_hear_of_the_new_time(house: House) -> None:
    deadline = a_deadline(house)

    seen = foreseen(house, deadline, Audience(people=("ada",)), in_london("2027-01-26"))

    assert (seen.leaving, seen.told) == (("Bo",), 1)
