"""Staff and hosts plan, change and call off events; who comes hears of it once."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from domain.errors import NotAllowed, NotFound
from domain.event_answers import Said
from domain.events import (
    Attending,
    Event,
    EventBegun,
    EventChanged,
    EventFormat,
    EventOff,
    InvalidEvent,
    PastEvent,
    SeatsBelowYes,
    Status,
)
from domain.people import Role
from services.events.commands import CallOff, EditEvent
from services.events.deliveries import EventMessage, ledger
from services.events.host import BadHost
from services.events.look import event_details, event_trail, events_ahead, past_events
from services.events.plan import call_off, edit_event
from services.events.repeat import WEEKS_MAX, repeat_weekly
from tests.builders.event_messages import event_rows, told
from tests.builders.events import STARTS, a_plan, put_event, say
from tests.builders.people import put_person, put_program
from tests.fixtures.desks import House

ROOM, REMOTE = Attending.ROOM, Attending.REMOTE


def edit(house: House, event: Event, *, who: str = "sam", key: str = "", **changes: Any) -> Event:
    wish = EditEvent(
        request_key=key or house.ids.new(),
        event_id=event.id,
        version=event.version,
        plan=replace(event.plan, **changes),
    )
    return edit_event(house.desk, house.person(who), wish).event


def off(house: House, event: Event, *, who: str = "sam", reason: str = "") -> Event:
    wish = CallOff(request_key=house.ids.new(), event_id=event.id, reason=reason)
    return call_off(house.desk, house.person(who), wish).event


def test_same_form_delivered_again_plans_one_event(house: House) -> None:
    one, other = put_event(house, key="form-1"), put_event(house, key="form-1")

    assert one == other
    assert one.plan == a_plan()


def test_only_staff_plan_and_staff_and_host_change(house: House) -> None:
    event = put_event(house, host_id="cleo")

    with pytest.raises(NotAllowed):
        put_event(house, who="cleo")
    with pytest.raises(NotFound):
        edit(house, event, who="ada", title="Mine")
    assert edit(house, event, who="cleo", title="Cleo's").plan.title == "Cleo's"


def test_staff_of_another_program_do_not_find_it(house: House) -> None:
    put_program(house.stores.program, "program-2")
    put_person(house.stores.program, "yan", Role.STAFF, program_id="program-2")
    event = put_event(house)

    with pytest.raises(NotFound):
        edit(house, event, who="yan")
    with pytest.raises(NotFound):
        off(house, event, who="yan")


@pytest.mark.parametrize("host", ["nobody", "yan"])
def test_host_without_an_account_or_of_another_program_is_refused(house: House, host: str) -> None:
    put_program(house.stores.program, "program-2")
    put_person(house.stores.program, "yan", program_id="program-2")

    with pytest.raises(BadHost) as refused:
        put_event(house, host_id=host)

    assert refused.value.field == "host"
    with pytest.raises(BadHost):
        edit(house, put_event(house), host_id=host)


def test_event_that_would_be_over_cannot_be_planned_nor_moved_there(house: House) -> None:
    event, long_ago = put_event(house), house.clock.now() - timedelta(hours=2)

    with pytest.raises(PastEvent):
        put_event(house, starts=long_ago)
    with pytest.raises(PastEvent):
        edit(house, event, starts=long_ago, ends=long_ago + timedelta(hours=1))


def test_time_has_a_version_of_its_own_that_other_words_leave_as_it_is(house: House) -> None:
    event = put_event(house)

    worded = edit(house, event, title="Another title", text="More words")
    moved = edit(house, worded, starts=STARTS + timedelta(minutes=5))

    assert [(each.version, each.time_version) for each in (event, worded, moved)] == [(1, 1), (2, 1), (3, 2)]


def test_two_who_change_it_do_not_overwrite_each_other(house: House) -> None:
    event = put_event(house)
    edit(house, event, title="Sam's")

    with pytest.raises(EventChanged):
        edit(house, event, title="Mine")


def test_fewer_seats_than_people_who_said_yes_are_refused_with_their_number(house: House) -> None:
    event = put_event(house, room_seats=3)
    for who in ("ada", "bo"):
        say(house, who, event)

    with pytest.raises(SeatsBelowYes) as refused:
        edit(house, event, room_seats=1)

    assert refused.value.field == "room_seats"
    assert refused.value.message == "2 people have said yes already, so there have to be at least 2 seats."
    assert edit(house, event, room_seats=2).plan.room_seats == 2


def test_more_seats_go_to_the_line_and_who_comes_up_is_told(house: House) -> None:
    event = put_event(house, room_seats=1)
    for who in ("ada", "bo", "cleo"):
        say(house, who, event)

    edit(house, event, room_seats=2)

    assert [row[:3] for row in told(house, EventMessage.SEAT)] == [("event.seat", "bo", "seat 1")]


def test_another_time_is_told_once_to_who_comes_waits_or_said_maybe_and_reminders_follow_it(house: House) -> None:
    event = put_event(house, room_seats=1)
    say(house, "ada", event)
    say(house, "bo", event)
    say(house, "cleo", event, Said.MAYBE)
    say(house, "dev", event, Said.NO)

    moved = edit(house, event, starts=STARTS + timedelta(days=1), ends=STARTS + timedelta(days=1, hours=1))
    edit(house, moved, title="Another title")

    assert [row[:3] for row in told(house, EventMessage.MOVED)] == [
        ("event.moved", "ada", "v2"),
        ("event.moved", "bo", "v2"),
        ("event.moved", "cleo", "v2"),
    ]
    assert told(house, EventMessage.REMINDER) == [
        ("event.reminder", "ada", "day v2", "2027-01-14T12:00Z"),
        ("event.reminder", "ada", "15m v2", "2027-01-15T11:45Z"),
    ]


def test_time_that_moves_away_and_back_before_anybody_is_told_leaves_one_message_and_its_reminders(
    house: House,
) -> None:
    event = put_event(house)
    say(house, "ada", event)
    later = edit(house, event, starts=STARTS + timedelta(hours=1), ends=STARTS + timedelta(hours=2))

    edit(house, later, starts=STARTS, ends=STARTS + timedelta(hours=1))

    assert [row[2] for row in told(house)] == ["v3", "day v3", "15m v3"]


def test_room_that_is_lost_makes_everybody_come_online(house: House) -> None:
    event = put_event(house, format=EventFormat.HYBRID, room_seats=2, link="https://meet.example.org/a")
    say(house, "ada", event, way=ROOM)
    say(house, "bo", event, way=REMOTE)

    edit(house, event, format=EventFormat.REMOTE, place="", room_seats=None)

    details = event_details(house.desk, house.person("sam"), event.id)
    assert details.numbers.yes == {ROOM: 0, REMOTE: 2}
    assert [row[1] for row in told(house, EventMessage.MOVED)] == ["ada", "bo"]


def test_who_waits_for_a_room_that_is_lost_waits_online_or_has_what_they_wanted(house: House) -> None:
    event = put_event(house, format=EventFormat.HYBRID, room_seats=1, remote_seats=2)
    for who, way in (("ada", ROOM), ("bo", REMOTE), ("bo", ROOM), ("cleo", ROOM)):
        say(house, who, event, way=way)

    edit(house, event, format=EventFormat.REMOTE, place="", room_seats=None)

    found = {who: event_details(house.desk, house.person(who), event.id).line.guest for who in ("ada", "bo", "cleo")}
    assert {who: (each.way, each.waits_for) for who, each in found.items()} == {
        "ada": (REMOTE, None),
        "bo": (REMOTE, None),
        "cleo": (None, REMOTE),
    }


def test_seats_that_are_added_once_it_has_begun_go_to_nobody_by_themselves(house: House) -> None:
    event = put_event(house, room_seats=1)
    for who in ("ada", "bo"):
        say(house, who, event)
    house.clock.advance(STARTS - house.clock.now())

    edit(house, event, room_seats=2)

    assert told(house, EventMessage.SEAT) == []


def test_too_few_seats_online_for_those_of_the_room_are_refused(house: House) -> None:
    event = put_event(house, format=EventFormat.HYBRID, remote_seats=1)
    say(house, "ada", event, way=ROOM)
    say(house, "bo", event, way=REMOTE)

    with pytest.raises(SeatsBelowYes) as refused:
        edit(house, event, format=EventFormat.REMOTE, place="")

    assert refused.value.field == "remote_seats"


def test_called_off_event_is_told_to_yes_maybe_and_waiting_once_and_nothing_else_is_sent(house: House) -> None:
    event = put_event(house, room_seats=1)
    for who, said in (("ada", Said.YES), ("bo", Said.YES), ("cleo", Said.MAYBE), ("dev", Said.NO)):
        say(house, who, event, said)

    off(house, event, reason="The speaker is ill.")
    again = off(house, event)

    assert (again.status, again.reason) == (Status.CALLED_OFF, "The speaker is ill.")
    assert [row[:2] for row in told(house)] == [("event.called_off", who) for who in ("ada", "bo", "cleo")]
    assert {row.expires_at for row in event_rows(house)} == {STARTS + timedelta(hours=1)}
    with pytest.raises(EventOff):
        edit(house, again, title="Not so")


def test_event_is_called_off_until_its_end_and_not_after_it(house: House) -> None:
    held, over = put_event(house, starts=STARTS + timedelta(minutes=30)), put_event(house)
    say(house, "ada", held)
    house.clock.advance(over.plan.ends - house.clock.now())

    with pytest.raises(EventBegun):
        off(house, over)
    off(house, held)

    assert [row[:2] for row in told(house, EventMessage.CALLED_OFF)] == [("event.called_off", "ada")]


def test_event_that_is_held_is_changed_until_its_end_and_who_was_told_already_is_told_of_the_next_change(
    house: House,
) -> None:
    event = put_event(house)
    say(house, "ada", event)
    house.clock.advance(event.plan.ends - timedelta(seconds=1) - house.clock.now())
    elsewhere = edit(house, event, place="Room 5")
    with house.stores.program.write() as connection:
        connection.execute(ledger.update().where(ledger.c.kind == EventMessage.MOVED).values(state="sent"))
    again = edit(house, elsewhere, place="Room 6")
    house.clock.advance(timedelta(seconds=1))

    with pytest.raises(EventBegun):
        edit(house, again, place="Room 7")
    assert [row[:3] for row in told(house, EventMessage.MOVED)] == [("event.moved", "ada", "v3")]


def test_trail_has_who_planned_moved_handed_on_and_called_it_off_for_who_runs_it_alone(house: House) -> None:
    event = put_event(house)
    moved = edit(house, event, starts=STARTS + timedelta(hours=2), ends=STARTS + timedelta(hours=3))
    changed = edit(house, moved, host_id="cleo")
    off(house, changed, who="cleo")

    found = [event_trail(house.desk, house.person(who), event.id) for who in ("sam", "cleo")]

    assert [(each.deed, each.by, each.about, each.detail) for each in found[0]] == [
        ("called off", "Cleo", "", ""),
        ("named another host", "Sam", "Cleo", ""),
        ("changed", "Sam", "", ""),
        ("moved", "Sam", "", "2027-01-14T12:00Z to 2027-01-14T14:00Z"),
        ("planned", "Sam", "", ""),
    ]
    assert found[0] == found[1]
    with pytest.raises(NotFound):
        event_trail(house.desk, house.person("ada"), event.id)


def test_event_repeats_weekly_at_the_same_time_of_day_across_a_change_of_clocks(house: House) -> None:
    march = STARTS.replace(month=3, day=24, hour=12)
    event = put_event(house, starts=march, closes=march - timedelta(hours=1))
    say(house, "ada", event)

    planned = repeat_weekly(house.desk, house.person("sam"), event.id, 2, request_key="again")
    same = repeat_weekly(house.desk, house.person("sam"), event.id, 2, request_key="again")

    assert planned == same
    assert [f"{each.plan.starts:%m-%d %H:%M}" for each in planned] == ["03-31 11:00", "04-07 11:00"]
    assert [each.plan.starts - (each.plan.closes or march) for each in planned] == [timedelta(hours=1)] * 2
    assert event_details(house.desk, house.person("sam"), planned[0].id).numbers.all_yes == 0


def test_as_many_weeks_as_the_form_takes_are_planned(house: House) -> None:
    event = put_event(house)

    planned = repeat_weekly(house.desk, house.person("sam"), event.id, WEEKS_MAX, request_key="again")

    days = [(each.plan.starts.date() - event.plan.starts.date()).days for each in planned]
    assert days == [7 * number for number in range(1, WEEKS_MAX + 1)]


@pytest.mark.parametrize("weeks", [0, 13])
def test_weeks_beyond_the_form_are_refused_at_their_field(house: House, weeks: int) -> None:
    with pytest.raises(InvalidEvent) as refused:
        repeat_weekly(house.desk, house.person("sam"), put_event(house).id, weeks, request_key="again")

    assert refused.value.field == "weeks"


def test_weeks_that_lead_beyond_a_year_plan_nothing_and_a_host_repeats_nothing(house: House) -> None:
    event = put_event(house, starts=STARTS + timedelta(days=350), host_id="cleo")

    with pytest.raises(InvalidEvent):
        repeat_weekly(house.desk, house.person("sam"), event.id, 3, request_key="again")
    with pytest.raises(NotAllowed):
        repeat_weekly(house.desk, house.person("cleo"), event.id, 1, request_key="mine")

    assert len(events_ahead(house.desk, house.person("sam"))) == 1


def test_events_that_are_over_are_listed_for_staff_and_their_host_alone(house: House) -> None:
    event = put_event(house, host_id="cleo")
    house.clock.advance(timedelta(days=4))

    seen = {
        who: [each.event.id for each in past_events(house.desk, house.person(who))] for who in ("sam", "cleo", "ada")
    }

    assert seen == {"sam": [event.id], "cleo": [event.id], "ada": []}
