"""The calendar file of an event: who may have one, once for a press, and a new one behind each change."""

from dataclasses import replace
from datetime import timedelta

import pytest

from domain.delivery import Suppressed
from domain.errors import NotFound
from domain.event_answers import Said
from domain.events import Event, EventBegun, EventOff
from services.events.calendar import file_of, send_calendar
from services.events.commands import CallOff, EditEvent
from services.events.deliveries import EventMessage
from services.events.plan import call_off, edit_event
from tests.builders.event_messages import event_rows
from tests.builders.events import STARTS, put_event, say
from tests.fixtures.desks import House


def press(house: House, who: str, event: Event, key: str = "") -> None:
    send_calendar(house.desk, house.person(who), event.id, request_key=key or house.ids.new())


def files(house: House) -> list[tuple[str, str, str]]:
    """Reader and rung of each file that waits, and the kind of what it follows."""
    kinds = {row.key: row.kind for row in event_rows(house)}
    rows = event_rows(house, EventMessage.FILE)
    return [(row.person_id, row.rung, kinds[row.after or ""]) for row in rows]


def test_file_is_for_who_has_a_seat_and_the_same_press_sends_one(house: House) -> None:
    event = put_event(house, room_seats=1)
    for who, said in (("ada", Said.YES), ("bo", Said.YES), ("cleo", Said.MAYBE)):
        say(house, who, event, said)

    for _ in range(2):
        press(house, "ada", event, "press")
        house.clock.advance(timedelta(minutes=1))

    assert files(house) == [("ada", "v1", EventMessage.CALENDAR)]
    for who in ("bo", "cleo", "dev"):
        with pytest.raises(NotFound):
            press(house, who, event)


def test_new_file_follows_each_change_and_the_end_for_who_had_asked_for_one(house: House) -> None:
    event = put_event(house)
    for who in ("ada", "bo"):
        say(house, who, event)
    press(house, "ada", event)
    plan = replace(event.plan, place="Room 5")
    wish = EditEvent(request_key="edit", event_id=event.id, version=1, plan=plan)
    edit_event(house.desk, house.person("sam"), wish)
    changed = files(house)

    call_off(house.desk, house.person("sam"), CallOff(request_key="off", event_id=event.id))

    assert changed == [("ada", "v2", EventMessage.MOVED)]
    assert files(house) == [("ada", "v3", EventMessage.CALLED_OFF)]


def test_file_is_not_to_be_had_of_what_is_off_or_has_begun(house: House) -> None:
    off, begun = put_event(house), put_event(house)
    for each in (off, begun):
        say(house, "ada", each)
    call_off(house.desk, house.person("sam"), CallOff(request_key="off", event_id=off.id))

    with pytest.raises(EventOff):
        press(house, "ada", off)
    house.clock.advance(STARTS - house.clock.now())
    with pytest.raises(EventBegun):
        press(house, "ada", begun)


def test_file_is_made_of_the_event_as_it_stands_when_it_is_sent(house: House) -> None:
    event = put_event(house)
    say(house, "ada", event)
    press(house, "ada", event)
    [row] = event_rows(house, EventMessage.FILE)
    plan = replace(event.plan, title="Another title")
    wish = EditEvent(request_key="edit", event_id=event.id, version=1, plan=plan)
    edit_event(house.desk, house.person("sam"), wish)

    content = file_of(house.desk, row)

    assert isinstance(content, bytes)
    assert b"SUMMARY:Another title" in content
    assert file_of(house.desk, replace(row, object_id="no-such")) == Suppressed("no such event")
