"""People answer an event; seats, the line for them, and rivals for the last one, on both engines."""

from dataclasses import replace
from datetime import timedelta
from functools import partial
from typing import Any

import pytest
from sqlalchemy import Row

from domain.audience import Audience
from domain.errors import NotFound
from domain.event_answers import AnswersClosed, EventFull, Guest, NoSuchWay, Said
from domain.events import Attending, Event, EventBegun, EventFormat, EventOff
from domain.people import Role
from services.events.commands import CallOff
from services.events.plan import call_off
from storage.program import event_guest_queries
from tests.acting.rivals import at_once
from tests.builders.events import STARTS, put_event, say
from tests.builders.people import an_account, put_person
from tests.fixtures.desks import House, replica

ROOM, REMOTE = Attending.ROOM, Attending.REMOTE


def standing(house: House, event: Event) -> dict[str, tuple[str, str, str]]:
    """What everybody has said, in which way, and what they wait for."""
    with house.stores.program.read() as connection:
        rows = event_guest_queries.guests_of(connection, event.id)
    return {row.person_id: (row.said, row.way, row.waits_for) for row in rows}


def row_of(house: House, event: Event, person_id: str) -> Row[Any] | None:
    with house.stores.program.read() as connection:
        return event_guest_queries.guest_in(connection, event.id, person_id)


def test_yes_is_stored_with_its_way_and_can_be_changed_and_withdrawn(house: House) -> None:
    event = put_event(house)

    said = [say(house, "ada", event, each) for each in (Said.YES, Said.MAYBE, Said.NO)]

    assert [each.said for each in said] == [Said.YES, Said.MAYBE, Said.NO]
    assert said[0].way is ROOM
    assert standing(house, event) == {"ada": ("no", "", "")}


def test_same_press_delivered_again_changes_nothing(house: House) -> None:
    event = put_event(house)
    say(house, "ada", event, Said.YES, key="press-1")
    say(house, "ada", event, Said.NO, key="press-2")

    again = say(house, "ada", event, Said.YES, key="press-1")

    assert again.said is Said.NO
    assert standing(house, event) == {"ada": ("no", "", "")}


def test_same_answer_once_more_leaves_everything_as_it_was(house: House) -> None:
    event = put_event(house)
    say(house, "ada", event, Said.MAYBE)
    before = row_of(house, event, "ada")
    house.clock.advance(timedelta(minutes=1))

    say(house, "ada", event, Said.MAYBE)

    assert row_of(house, event, "ada") == before


def test_full_event_has_a_line_and_a_seat_that_comes_free_goes_to_the_first(house: House) -> None:
    event = put_event(house, room_seats=1)
    say(house, "ada", event)
    waits = [say(house, who, event) for who in ("bo", "cleo")]

    say(house, "ada", event, Said.NO)

    assert [each.waits_for for each in waits] == [ROOM, ROOM]
    assert standing(house, event) == {"ada": ("no", "", ""), "bo": ("yes", "room", ""), "cleo": ("", "", "room")}


def test_who_waits_and_presses_yes_again_keeps_their_place(house: House) -> None:
    event = put_event(house, room_seats=1)
    for who in ("ada", "bo", "cleo", "bo"):
        say(house, who, event)

    say(house, "ada", event, Said.NO)

    assert standing(house, event)["bo"] == ("yes", "room", "")


def test_full_event_without_a_line_refuses(house: House) -> None:
    event = put_event(house, room_seats=1, has_waitlist=False)
    say(house, "ada", event)

    with pytest.raises(EventFull):
        say(house, "bo", event)

    assert standing(house, event) == {"ada": ("yes", "room", "")}


def test_who_comes_online_may_wait_for_the_room_and_moves_there(house: House) -> None:
    event = put_event(house, format=EventFormat.HYBRID, room_seats=1, remote_seats=1)
    say(house, "ada", event, way=ROOM)
    say(house, "bo", event, way=REMOTE)
    both = say(house, "bo", event, way=ROOM)
    say(house, "cleo", event, way=REMOTE)

    say(house, "ada", event, Said.NO)

    assert (both.way, both.waits_for) == (REMOTE, ROOM)
    assert standing(house, event) == {
        "ada": ("no", "", ""),
        "bo": ("yes", "room", ""),
        "cleo": ("yes", "remote", ""),
    }


def test_way_that_the_event_has_not_is_refused(house: House) -> None:
    with pytest.raises(NoSuchWay):
        say(house, "ada", put_event(house), way=REMOTE)


def test_yes_is_refused_after_answers_are_closed_and_a_no_frees_the_seat_until_the_start(house: House) -> None:
    event = put_event(house, room_seats=1, closes=STARTS - timedelta(days=1))
    say(house, "ada", event)
    say(house, "bo", event)
    house.clock.advance(STARTS - timedelta(hours=1) - house.clock.now())

    with pytest.raises(AnswersClosed):
        say(house, "dev", event)
    say(house, "ada", event, Said.NO)

    assert standing(house, event) == {"ada": ("no", "", ""), "bo": ("yes", "room", "")}


def test_answers_close_to_the_second_for_yes_and_maybe_of_who_has_no_seat(house: House) -> None:
    closes = STARTS - timedelta(days=1)
    event = put_event(house, closes=closes)
    house.clock.advance(closes - timedelta(seconds=1) - house.clock.now())
    in_time = [say(house, "ada", event).said, say(house, "bo", event, Said.MAYBE).said]
    house.clock.advance(timedelta(seconds=1))

    for who, said in (("cleo", Said.YES), ("cleo", Said.MAYBE), ("bo", Said.YES)):
        with pytest.raises(AnswersClosed):
            say(house, who, event, said)
    assert in_time == [Said.YES, Said.MAYBE]
    assert say(house, "ada", event, Said.MAYBE).said is Said.MAYBE


def test_who_waits_when_answers_close_keeps_their_place_whatever_they_press(house: House) -> None:
    closes = STARTS - timedelta(days=1)
    event = put_event(house, room_seats=1, closes=closes)
    for who in ("ada", "bo"):
        say(house, who, event)
    house.clock.advance(closes - house.clock.now())

    waits = say(house, "bo", event)

    assert (waits.waits_for, waits.line_no) == (ROOM, 1)


def test_who_comes_online_and_presses_that_again_does_not_wait_for_the_room_any_more(house: House) -> None:
    event = put_event(house, format=EventFormat.HYBRID, room_seats=1)
    say(house, "ada", event, way=ROOM)
    for way in (REMOTE, ROOM, REMOTE):
        say(house, "bo", event, way=way)

    assert standing(house, event)["bo"] == ("yes", "remote", "")


def test_event_that_has_begun_or_is_off_takes_no_answer(house: House) -> None:
    begun, off = put_event(house), put_event(house)
    call_off(house.desk, house.person("sam"), CallOff(request_key="off", event_id=off.id))

    with pytest.raises(EventOff):
        say(house, "ada", off)
    house.clock.advance(STARTS - house.clock.now())
    with pytest.raises(EventBegun):
        say(house, "ada", begun)


def test_event_for_others_is_not_there_and_the_host_may_see_it(house: House) -> None:
    event = put_event(house, audience=Audience(roles=(Role.SCHOLAR,)), host_id="cleo")

    with pytest.raises(NotFound):
        say(house, "dev", event)
    with pytest.raises(NotFound):
        say(house, "ada", replace(event, id="no-such"))

    assert say(house, "cleo", event).has_yes


def test_who_joins_later_is_invited_and_a_guest_only_by_what_guests_are(house: House) -> None:
    for_scholars = put_event(house, audience=Audience(roles=(Role.SCHOLAR,)))
    for_mentors = put_event(house, audience=Audience(roles=(Role.MENTOR,)))
    put_person(house.stores.program, "late", first_day="2027-01-05")
    put_person(house.stores.program, "mo", Role.MENTOR, Role.SCHOLAR, account=an_account("mo", is_guest=True))

    assert say(house, "late", for_scholars).has_yes
    assert say(house, "mo", for_mentors).has_yes
    with pytest.raises(NotFound):
        say(house, "mo", for_scholars)


def test_rivals_for_the_last_seats_never_get_more_than_there_are(house: House) -> None:
    event = put_event(house, room_seats=3)
    people = [put_person(house.stores.program, f"rival-{number}") for number in range(8)]
    houses = [replica(house, lock_wait_seconds=30) for _ in people]

    outcomes = at_once([partial(say, at, who, event) for at, who in zip(houses, people, strict=True)])

    assert [each for each in outcomes if not isinstance(each, Guest)] == []
    found = list(standing(house, event).values())
    assert sorted(found) == sorted([("yes", "room", "")] * 3 + [("", "", "room")] * 5)


def test_rivals_who_give_back_and_wait_at_once_leave_no_seat_empty(house: House) -> None:
    event = put_event(house, room_seats=2)
    holders, others = ("ada", "bo"), ("cleo", "dev", "eli")
    for who in holders:
        say(house, who, event)
    houses = [replica(house, lock_wait_seconds=30) for _ in (*holders, *others)]
    deeds = [(who, Said.NO) for who in holders] + [(who, Said.YES) for who in others]

    at_once([partial(say, at, who, event, said) for at, (who, said) in zip(houses, deeds, strict=True)])

    found = list(standing(house, event).values())
    assert found.count(("yes", "room", "")) == 2
    assert found.count(("", "", "room")) == 1
