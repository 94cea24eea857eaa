"""What staff are asked about before they plan an event; none of it is refused."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

from domain.audience import Audience
from domain.people import Role
from domain.rules import EventRules
from services.events.commands import CallOff
from services.events.plan import call_off
from services.events.warnings import Warned, Warns, warnings_of
from tests.builders.events import STARTS, a_plan, put_event, say
from tests.builders.people import an_account, put_person, travel
from tests.builders.rules import closed_days, set_rules
from tests.fixtures.desks import House
from tests.looking.queries import queries_of

SCHOLARS, MENTORS = Audience(roles=(Role.SCHOLAR,)), Audience(roles=(Role.MENTOR,))


def warned(house: House, *, but_not: str = "", **changes: Any) -> tuple[Warned, ...]:
    return warnings_of(house.desk, house.person("sam"), [a_plan(**changes)], but_not=but_not)


def fill_week(house: House, number: int = 3, audience: Audience = SCHOLARS) -> None:
    for each in range(number):
        put_event(house, starts=STARTS + timedelta(hours=2 + 2 * each), audience=audience)


def test_one_more_than_agreed_for_the_same_people_is_asked_about_with_their_number(house: House) -> None:
    fill_week(house)

    assert warned(house, audience=SCHOLARS) == (Warned(of=Warns.MANY, starts=STARTS, people=2, number=4),)
    assert warned(house, audience=MENTORS) == ()


def test_events_of_the_week_before_and_after_do_not_count(house: House) -> None:
    fill_week(house)

    assert warned(house, starts=STARTS + timedelta(days=4), audience=SCHOLARS) == ()
    assert warned(house, starts=STARTS + timedelta(days=3), audience=SCHOLARS)[0].of is Warns.MANY


def test_sunday_is_the_last_day_of_the_week(house: House) -> None:
    for each in range(3):
        put_event(house, starts=STARTS + timedelta(days=3, hours=each), audience=SCHOLARS)

    assert warned(house, audience=SCHOLARS) == (Warned(of=Warns.MANY, starts=STARTS, people=2, number=4),)
    assert warned(house, starts=STARTS + timedelta(days=4), audience=SCHOLARS) == ()


def test_most_that_one_of_them_would_have_is_said(house: House) -> None:
    fill_week(house)
    put_event(house, starts=STARTS + timedelta(hours=9), audience=Audience(people=("ada",)))

    assert warned(house, audience=SCHOLARS) == (Warned(of=Warns.MANY, starts=STARTS, people=2, number=5),)


def test_only_who_can_be_invited_now_is_counted(house: House) -> None:
    put_person(house.stores.program, "gone", account=an_account("gone", is_deleted=True))
    put_person(house.stores.program, "past", last_day="2027-01-10")
    put_person(house.stores.program, "visitor", Role.MENTOR, Role.SCHOLAR, account=an_account("visitor", is_guest=True))
    put_event(house, title="Social", audience=SCHOLARS)

    clash = Warned(of=Warns.CLASH, starts=STARTS, people=2, name="Social")
    assert warned(house, audience=SCHOLARS) == (clash,)


def test_program_sets_how_many_and_may_switch_it_off(house: House) -> None:
    fill_week(house)

    set_rules(house.stores.program, lambda rules: replace(rules, events=EventRules(per_week=4)))
    assert warned(house, audience=SCHOLARS) == ()

    set_rules(house.stores.program, lambda rules: replace(rules, events=EventRules(per_week=0)))
    assert warned(house, audience=SCHOLARS) == ()


def test_another_event_of_the_same_people_at_the_time_is_named(house: House) -> None:
    event = put_event(house, title="Social", audience=SCHOLARS)

    clash = Warned(of=Warns.CLASH, starts=STARTS + timedelta(minutes=30), people=2, name="Social")
    half_past = STARTS + timedelta(minutes=30)
    assert warned(house, starts=half_past) == (clash,)
    assert warned(house, starts=half_past, audience=MENTORS) == ()
    assert warned(house, starts=STARTS + timedelta(hours=1)) == ()
    assert warned(house, starts=half_past, but_not=event.id) == ()
    assert warned(house, starts=STARTS - timedelta(hours=1)) == ()


def test_host_is_not_told_of_an_event_that_they_may_not_see_nor_for_whom_any_is(house: House) -> None:
    put_person(house.stores.program, "mia", Role.MENTOR)
    mia = house.person("mia")
    for each in range(4):
        put_event(house, title=f"Grief circle {each}", audience=Audience(people=("ada",)))
    put_event(house, title="For mentors", audience=MENTORS)
    mine = put_event(house, title="Reading group", host_id="mia", audience=SCHOLARS)
    put_event(house, title="Mine too", host_id="mia", audience=Audience(people=("ada",)))
    off = put_event(house, title="Off", audience=MENTORS)
    say(house, "mia", off)
    call_off(house.desk, house.person("sam"), CallOff(request_key="off", event_id=off.id))

    found = {
        who: warnings_of(house.desk, mia, [a_plan(audience=Audience(people=(who,)))], but_not=mine.id)
        for who in ("ada", "bo")
    }

    clash = Warned(of=Warns.CLASH, starts=STARTS, people=0, name="For mentors")
    assert {frozenset(each) for each in found.values()} == {frozenset([clash, replace(clash, name="Mine too")])}


def test_host_is_told_of_what_meets_the_time_alone(house: House) -> None:
    put_event(house, title="For mentors", audience=MENTORS)
    put_person(house.stores.program, "mia", Role.MENTOR)
    set_rules(house.stores.program, lambda rules: replace(rules, closed=(closed_days("2027-01-14", name="Retreat"),)))
    hours = timedelta(hours=1)

    found = [
        warnings_of(house.desk, house.person("mia"), [a_plan(starts=STARTS + each * hours, host_id="mia")])
        for each in (-1, 0, 0.5, 1)
    ]

    assert [[each.of for each in some] for some in found] == [
        [Warns.CLOSED],
        [Warns.CLASH, Warns.CLOSED],
        [Warns.CLASH, Warns.CLOSED],
        [Warns.CLOSED],
    ]


def test_closed_day_and_a_start_that_has_passed_are_asked_about(house: House) -> None:
    closed = (closed_days("2027-01-14", name="Retreat"),)
    set_rules(house.stores.program, lambda rules: replace(rules, closed=closed))
    begun = house.clock.now() - timedelta(minutes=10)

    assert warned(house) == (Warned(of=Warns.CLOSED, starts=STARTS, name="Retreat"),)
    assert warned(house, starts=begun) == (Warned(of=Warns.BEGUN, starts=begun),)
    assert [each.of for each in warned(house, starts=house.clock.now())] == [Warns.BEGUN]


def test_day_is_closed_by_the_calendar_of_who_plans(house: House) -> None:
    set_rules(house.stores.program, lambda rules: replace(rules, closed=(closed_days("2027-01-14", name="Retreat"),)))
    travel(house.stores.program, "sam", "Pacific/Auckland")

    assert warned(house) == ()
    assert warned(house, starts=STARTS - timedelta(days=1)) == (
        Warned(of=Warns.CLOSED, starts=STARTS - timedelta(days=1), name="Retreat"),
    )


def test_events_of_a_series_count_among_themselves(house: House) -> None:
    fill_week(house, 2)
    plans = [a_plan(starts=STARTS + timedelta(hours=each), audience=SCHOLARS) for each in (-4, -2)]

    found = warnings_of(house.desk, house.person("sam"), plans)

    assert [(each.of, each.starts) for each in found] == [(Warns.MANY, plans[1].starts)]


def test_questions_do_not_grow_with_people_or_events(house: House) -> None:
    counts = []
    warned(house)  # the rules are read once
    for number in (1, 6):
        fill_week(house, number)
        put_person(house.stores.program, f"scholar-{number}")
        with queries_of(house.stores.program) as asked:
            warned(house)
        counts.append(len(asked))

    assert counts[0] == counts[1]
