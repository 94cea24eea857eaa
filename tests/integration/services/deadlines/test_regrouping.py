"""Another audience for a deadline that stands: who newly belongs, who leaves, and what cannot be changed."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from domain.audience import Audience, NobodyFound
from domain.deadlines import Due, DueKind, PastAtASite, PastDue, RequestState
from domain.errors import NotFound
from domain.people import Role
from domain.times import TimeSkipped
from services.audit import trail
from services.deadlines.asking import Ask, ask, request_for_staff
from services.deadlines.change import Change, change
from services.deadlines.extend import Extend, extend
from services.deadlines.facts import Deadline
from services.deadlines.look import deadline_for_staff, details, own_details, own_list, waiting_requests, whose_homes
from services.deadlines.meet import mark_done, mark_not_done
from services.deadlines.moving import Notice
from services.deadlines.plan import plan_deadlines
from services.deadlines.regrouping import AudienceStays, Foreseen, foresee
from storage.program import opt_in_queries
from tests.builders.deadlines import SCHOLARS, a_change, a_content, a_deadline, a_key, due_of, in_london, ledger_of
from tests.builders.leaving import deactivated, off_the_roster, touch
from tests.builders.people import PROGRAM, put_membership, put_person, put_program
from tests.fixtures.desks import House

DUE = datetime(2027, 1, 25, 17, tzinfo=UTC)


def for_others(house: House, deadline: Deadline, audience: Audience) -> Change:
    now = deadline_for_staff(house.desk, house.person("sam"), deadline.id)
    return a_change(now, audience=audience)


def regrouped(house: House, deadline: Deadline, audience: Audience) -> tuple[int, int]:
    done = change(house.desk, house.person("sam"), for_others(house, deadline, audience))
    return done.joined, done.left


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


def foreseen(house: House, deadline: Deadline, audience: Audience | None, due: Due | None = None) -> Foreseen:
    return foresee(house.desk, house.person("sam"), deadline.id, audience, due or deadline.due)


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
