"""Who hosts an event, and whose Home tabs show it: both change with it, and who is concerned learns of it."""

from dataclasses import replace
from typing import Any

import pytest

from domain.audience import Audience
from domain.events import AudienceOfStaff, Event, EventChanged
from domain.people import Role
from services.events.commands import CallOff, EditEvent, PlanEvent
from services.events.deliveries import EventMessage, ledger
from services.events.plan import call_off, edit_event, event_to_run, plan_event
from services.events.repeat import repeat_weekly
from tests.builders.event_messages import told
from tests.builders.events import a_plan, put_event
from tests.builders.leaving import off_the_roster
from tests.fixtures.desks import House


def edit(house: House, event: Event, *, who: str = "sam", **changes: Any) -> Event:
    plan = replace(event.plan, **changes)
    wish = EditEvent(request_key=house.ids.new(), event_id=event.id, version=event.version, plan=plan)
    return edit_event(house.desk, house.person(who), wish).event


def hosting(house: House) -> list[tuple[str, str]]:
    return [(person_id, rung) for _, person_id, rung, _ in told(house, EventMessage.HOST)]


def mark_sent(house: House) -> None:
    with house.stores.program.write() as connection:
        connection.execute(ledger.update().where(ledger.c.kind == EventMessage.HOST).values(state="sent"))


def test_host_is_told_once_by_whoever_planned_it_and_not_by_themselves(house: House) -> None:
    put_event(house)
    for _ in range(2):
        put_event(house, key="form-1", host_id="cleo")

    assert hosting(house) == [("cleo", "host v1")]


def test_host_who_is_replaced_and_the_new_one_are_both_told_but_not_who_did_it(house: House) -> None:
    event = put_event(house, host_id="cleo")
    mark_sent(house)

    given = edit(house, event, host_id="dev")
    by_staff = hosting(house)
    mark_sent(house)
    back = edit(house, given, who="dev", host_id="cleo")
    by_host = hosting(house)
    mark_sent(house)
    edit(house, back, who="cleo", title="Mine")

    assert by_staff == [("cleo", "no_host v2"), ("dev", "host v2")]
    assert by_host == [("cleo", "host v3")]
    assert hosting(house) == []


def test_host_who_is_replaced_before_they_heard_of_it_hears_nothing(house: House) -> None:
    event = put_event(house, host_id="cleo")

    edit(house, event, host_id="dev")

    assert hosting(house) == [("dev", "host v2")]


def test_host_who_is_host_again_before_they_heard_otherwise_hears_nothing(house: House) -> None:
    event = put_event(house, host_id="cleo")
    mark_sent(house)

    edit(house, edit(house, event, host_id="dev"), host_id="cleo")

    assert hosting(house) == []


def test_host_hears_of_a_series_once(house: House) -> None:
    event = put_event(house, host_id="cleo")
    mark_sent(house)

    for _ in range(2):
        repeat_weekly(house.desk, house.person("sam"), event.id, 3, request_key="again")

    assert hosting(house) == [("cleo", "weekly v1")]


def test_host_of_one_more_hears_of_that_one(house: House) -> None:
    event = put_event(house, host_id="cleo")
    mark_sent(house)

    repeat_weekly(house.desk, house.person("sam"), event.id, 1, request_key="again")

    assert hosting(house) == [("cleo", "host v1")]


def test_event_whose_host_has_left_can_be_changed_in_other_ways(house: House) -> None:
    event = put_event(house, host_id="cleo")
    off_the_roster(house.stores.program, "cleo")

    assert edit(house, event, title="Another title").plan == replace(event.plan, title="Another title")


def test_homes_of_both_hosts_are_drawn_anew(house: House) -> None:
    wish = PlanEvent(request_key="plan", plan=a_plan(host_id="cleo"))
    planned = plan_event(house.desk, house.person("sam"), wish)
    plan = replace(planned.event.plan, host_id="dev")
    change = EditEvent(request_key="edit", event_id=planned.event.id, version=1, plan=plan)

    edited = edit_event(house.desk, house.person("sam"), change)

    assert (planned.person_ids, edited.person_ids) == (("cleo",), ("cleo", "dev"))


def test_homes_of_everybody_invited_are_drawn_anew_first_of_who_is_newly_or_not_any_more(house: House) -> None:
    scholars = Audience(roles=(Role.SCHOLAR,))
    wish = PlanEvent(request_key="plan", plan=a_plan(audience=scholars))
    planned = plan_event(house.desk, house.person("sam"), wish)
    plan = replace(planned.event.plan, audience=Audience(people=("max", "ada")))
    change = EditEvent(request_key="edit", event_id=planned.event.id, version=1, plan=plan)

    edited = edit_event(house.desk, house.person("sam"), change)
    called_off = call_off(house.desk, house.person("sam"), CallOff(request_key="off", event_id=planned.event.id))

    assert planned.invited_ids == ("ada", "bo")
    assert edited.invited_ids == ("bo", "max", "ada")
    assert called_off.invited_ids == ("ada", "max")


@pytest.mark.parametrize(
    "audience",
    [
        Audience(everyone=True),
        Audience(roles=(Role.SCHOLAR, Role.MENTOR)),
        Audience(roles=(Role.SCHOLAR,), people=("max",)),
        Audience(streams=("S1",)),
        Audience(behind_deadline="deadline-1"),
    ],
    ids=str,
)
def test_host_who_is_not_staff_cannot_make_it_for_others_and_nothing_else_is_changed(
    house: House, audience: Audience
) -> None:
    event = put_event(house, host_id="ada", audience=Audience(roles=(Role.SCHOLAR,)))

    with pytest.raises(AudienceOfStaff) as refused:
        edit(house, event, who="ada", audience=audience, title="Mine")

    assert refused.value.field == "who"
    assert event_to_run(house.desk, house.person("ada"), event.id) == event


def test_host_who_is_staff_makes_it_for_others_and_who_is_not_changes_the_rest(house: House) -> None:
    event = put_event(house, host_id="ada", audience=Audience(roles=(Role.SCHOLAR,)))

    mine = edit(house, event, who="ada", title="Mine", room_seats=4)
    wider = edit(house, mine, audience=Audience(everyone=True))

    assert (mine.plan.title, mine.plan.room_seats, mine.plan.audience) == ("Mine", 4, event.plan.audience)
    assert wider.plan.audience == Audience(everyone=True)


def test_host_whose_staff_changed_meanwhile_whom_it_is_for_hears_that_it_was_changed(house: House) -> None:
    event = put_event(house, host_id="ada", audience=Audience(roles=(Role.SCHOLAR,)))
    edit(house, event, audience=Audience(everyone=True))

    with pytest.raises(EventChanged):
        edit(house, event, who="ada", title="Mine")
