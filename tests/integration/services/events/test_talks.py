"""Lightning talks: sign up in order, wait for a slot, withdraw, and a host who arranges them."""

from dataclasses import replace
from datetime import timedelta
from functools import partial
from typing import Any

import pytest

from domain.audience import Audience
from domain.booking import TextTooLong
from domain.errors import NotFound
from domain.event_answers import Said
from domain.events import Event, EventBegun
from domain.people import Role
from domain.talks import NoTalks, NoTitle
from services.events.answer import say_to_event
from services.events.commands import EditEvent, SayToEvent
from services.events.deliveries import EventMessage
from services.events.look import event_details, event_trail
from services.events.news import EventNews, event_news
from services.events.plan import edit_event
from services.events.talks import raise_talk, remove_talk, sign_up, withdraw_talk
from tests.acting.rivals import at_once
from tests.builders.event_messages import event_rows, told
from tests.builders.events import STARTS, put_event
from tests.fixtures.desks import House, replica


def with_talks(house: House, slots: int = 2, **changes: Any) -> Event:
    return put_event(house, talk_slots=slots, talk_minutes=5, host_id="cleo", **changes)


def sign(house: House, who: str, event: Event, title: str = "", *, key: str = "") -> None:
    sign_up(house.desk, house.person(who), event.id, title or f"{who}'s", request_key=key or house.ids.new())


def edit(house: House, event: Event, slots: int) -> Event:
    plan = replace(event.plan, talk_slots=slots)
    wish = EditEvent(request_key=house.ids.new(), event_id=event.id, version=event.version, plan=plan)
    return edit_event(house.desk, house.person("sam"), wish).event


def order(house: House, event: Event) -> list[tuple[str, str, bool]]:
    found = event_details(house.desk, house.person("ada"), event.id).talks
    return [(each.name, each.talk.title, each.has_slot) for each in found]


def test_talks_stand_in_the_order_of_signing_up_and_the_rest_waits(house: House) -> None:
    event = with_talks(house)
    for who in ("bo", "ada", "dev"):
        sign(house, who, event)
    sign(house, "bo", event, "Another   title")

    assert order(house, event) == [("Bo", "Another title", True), ("Ada", "ada's", True), ("Dev", "dev's", False)]


def test_who_withdraws_lets_the_next_come_up_who_is_told(house: House) -> None:
    event = with_talks(house)
    for who in ("ada", "bo", "dev"):
        sign(house, who, event)

    for key in ("back", "back again"):
        withdraw_talk(house.desk, house.person("ada"), event.id, request_key=key)

    assert [name for name, _, has_slot in order(house, event) if has_slot] == ["Bo", "Dev"]
    assert [row[:3] for row in told(house, EventMessage.SLOT)] == [("event.slot", "dev", "talk")]


def test_who_withdraws_and_signs_up_again_stands_behind_everybody(house: House) -> None:
    event = with_talks(house)
    for who in ("ada", "bo", "dev"):
        sign(house, who, event)
    withdraw_talk(house.desk, house.person("ada"), event.id, request_key="back")

    sign(house, "ada", event)

    assert [name for name, _, _ in order(house, event)] == ["Bo", "Dev", "Ada"]


def test_host_raises_and_removes_talks_and_nobody_else_does(house: House) -> None:
    event, host = with_talks(house), house.person("cleo")
    for who in ("ada", "bo", "dev"):
        sign(house, who, event)

    raise_talk(house.desk, host, event.id, "dev", request_key="up")
    raised = order(house, event)
    remove_talk(house.desk, host, event.id, "ada", request_key="away")

    assert [name for name, _, _ in raised] == ["Ada", "Dev", "Bo"]
    assert [name for name, _, _ in order(house, event)] == ["Dev", "Bo"]
    assert sorted(row[1:3] for row in told(house, EventMessage.SLOT)) == [
        ("ada", "off"),
        ("bo", "line"),
        ("bo", "talk"),
        ("dev", "talk"),
    ]
    with pytest.raises(NotFound):
        raise_talk(house.desk, house.person("ada"), event.id, "dev", request_key="mine")
    with pytest.raises(NotFound):
        remove_talk(house.desk, host, event.id, "ada", request_key="gone")
    with pytest.raises(NotFound):
        raise_talk(house.desk, host, event.id, "ada", request_key="gone too")


def test_same_press_delivered_again_raises_a_talk_once(house: House) -> None:
    event = with_talks(house)
    for who in ("ada", "bo", "dev"):
        sign(house, who, event)

    for _ in range(2):
        raise_talk(house.desk, house.person("cleo"), event.id, "dev", request_key="up")

    assert [name for name, _, _ in order(house, event)] == ["Ada", "Dev", "Bo"]


def news(house: House) -> dict[tuple[str, str], bool]:
    """Whom what was told of their talk, and whether it would be said if it went now."""
    rows = event_rows(house, EventMessage.SLOT)
    return {(row.person_id, row.rung): isinstance(event_news(house.desk, row), EventNews) for row in rows}


def test_speaker_whose_talk_the_host_takes_off_is_told_until_they_sign_up_again(house: House) -> None:
    event, host = with_talks(house), house.person("cleo")
    for who in ("ada", "cleo"):
        sign(house, who, event)
    for number, who in enumerate(("ada", "cleo")):
        remove_talk(house.desk, host, event.id, who, request_key=f"away {number}")
    off = news(house)

    sign(house, "ada", event)

    assert (off, news(house)) == ({("ada", "off"): True}, {("ada", "off"): False})


def test_speaker_who_loses_the_slot_to_a_raised_talk_is_told_that_they_wait_until_they_have_one_again(
    house: House,
) -> None:
    event, host = with_talks(house, 1), house.person("cleo")
    for who in ("ada", "bo", "dev"):
        sign(house, who, event)

    raise_talk(house.desk, host, event.id, "bo", request_key="up")
    lost = news(house)
    raise_talk(house.desk, host, event.id, "dev", request_key="up again")
    remove_talk(house.desk, host, event.id, "bo", request_key="away")
    remove_talk(house.desk, host, event.id, "dev", request_key="away too")

    assert lost == {("bo", "talk"): True, ("ada", "line"): True}
    assert {pair for pair, is_true in news(house).items() if is_true} == {
        ("ada", "talk"),
        ("bo", "off"),
        ("dev", "off"),
    }


def test_fewer_slots_and_more_are_told_to_who_loses_or_gains_one(house: House) -> None:
    event = with_talks(house, 1)
    for who in ("ada", "bo", "dev"):
        sign(house, who, event)
    found = []
    for slots in (2, 2, 1, 0, 3):
        house.clock.advance(timedelta(minutes=1))
        event = edit(house, event, slots)
        found.append(sorted(pair for pair, is_true in news(house).items() if is_true))

    assert found == [
        [("bo", "talk")],
        [("bo", "talk")],
        [("bo", "line")],
        [("ada", "off"), ("bo", "off"), ("dev", "off")],
        [("ada", "talk"), ("bo", "talk"), ("dev", "talk")],
    ]


def test_who_says_no_hears_of_their_talk_while_the_event_has_talks(house: House) -> None:
    event = with_talks(house)
    sign(house, "ada", event)
    found = []
    for slots in (2, 0):
        event = edit(house, event, slots)
        wish = SayToEvent(request_key=house.ids.new(), event_id=event.id, said=Said.NO)
        found.append(say_to_event(house.desk, house.person("ada"), wish)[0].has_talk)

    assert found == [True, False]


def test_news_of_a_talk_is_not_told_once_the_event_has_begun(house: House) -> None:
    event = with_talks(house)
    sign(house, "ada", event)
    remove_talk(house.desk, house.person("cleo"), event.id, "ada", request_key="away")
    found = []
    for moment in (STARTS - timedelta(seconds=1), STARTS):
        house.clock.advance(moment - house.clock.now())
        found.append(news(house))

    assert found == [{("ada", "off"): True}, {("ada", "off"): False}]


def test_trail_of_talks_has_who_was_raised_and_removed_by_whom(house: House) -> None:
    event, host = with_talks(house), house.person("cleo")
    for who in ("ada", "bo"):
        sign(house, who, event)
    raise_talk(house.desk, host, event.id, "bo", request_key="up")
    remove_talk(house.desk, host, event.id, "ada", request_key="away")

    done = event_trail(house.desk, host, event.id)

    assert [(each.by, each.deed, each.about) for each in done] == [
        ("Cleo", "removed a talk", "Ada"),
        ("Cleo", "moved a talk up", "Bo"),
        ("Sam", "planned", ""),
    ]


@pytest.mark.parametrize(("title", "error"), [(" \n ", NoTitle), ("x" * 121, TextTooLong)])
def test_title_that_is_missing_or_too_long_is_told(house: House, title: str, error: type[Exception]) -> None:
    event = with_talks(house)

    with pytest.raises(error):
        sign_up(house.desk, house.person("ada"), event.id, title, request_key="form")

    assert order(house, event) == []


def test_event_without_talks_one_for_others_and_one_that_has_begun_take_none(house: House) -> None:
    plain, others, begun = (
        put_event(house),
        with_talks(house, audience=Audience(roles=(Role.MENTOR,))),
        with_talks(house),
    )

    with pytest.raises(NoTalks):
        sign(house, "ada", plain)
    with pytest.raises(NotFound):
        sign(house, "ada", others)
    house.clock.advance(STARTS + timedelta(seconds=1) - house.clock.now())
    with pytest.raises(EventBegun):
        sign(house, "ada", begun)


def test_rivals_for_the_last_slot_each_have_a_place_of_their_own(house: House) -> None:
    event = with_talks(house, 1)
    who = ("ada", "bo", "dev", "eli")
    houses = [replica(house, lock_wait_seconds=30) for _ in who]

    at_once([partial(sign, at, each, event) for at, each in zip(houses, who, strict=True)])

    talks = event_details(house.desk, house.person("ada"), event.id).talks
    assert sorted(each.talk.place_no for each in talks) == [1, 2, 3, 4]
    assert sum(each.has_slot for each in talks) == 1
