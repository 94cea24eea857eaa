"""Lightning talks: sign up in order, wait for a slot, withdraw, and a host who arranges them."""

from datetime import timedelta
from functools import partial
from typing import Any

import pytest

from domain.audience import Audience
from domain.booking import TextTooLong
from domain.errors import NotFound
from domain.events import Event, EventBegun
from domain.people import Role
from domain.talks import NoTalks, NoTitle
from services.events.look import event_details
from services.events.talks import raise_talk, remove_talk, sign_up, withdraw_talk
from tests.acting.rivals import at_once
from tests.builders.event_messages import told
from tests.builders.events import STARTS, put_event
from tests.fixtures.desks import House, replica


def with_talks(house: House, slots: int = 2, **changes: Any) -> Event:
    return put_event(house, talk_slots=slots, talk_minutes=5, host_id="cleo", **changes)


def sign(house: House, who: str, event: Event, title: str = "", *, key: str = "") -> None:
    sign_up(house.desk, house.person(who), event.id, title or f"{who}'s", request_key=key or house.ids.new())


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
    assert [row[:3] for row in told(house)] == [("event.slot", "dev", "talk")]


def test_host_raises_and_removes_talks_and_nobody_else_does(house: House) -> None:
    event, host = with_talks(house), house.person("cleo")
    for who in ("ada", "bo", "dev"):
        sign(house, who, event)

    raise_talk(house.desk, host, event.id, "dev", request_key="up")
    raised = order(house, event)
    remove_talk(house.desk, host, event.id, "ada", request_key="away")

    assert [name for name, _, _ in raised] == ["Ada", "Dev", "Bo"]
    assert [name for name, _, _ in order(house, event)] == ["Dev", "Bo"]
    assert sorted(row[1] for row in told(house)) == ["bo", "dev"]
    with pytest.raises(NotFound):
        raise_talk(house.desk, house.person("ada"), event.id, "dev", request_key="mine")
    with pytest.raises(NotFound):
        remove_talk(house.desk, host, event.id, "ada", request_key="gone")
    with pytest.raises(NotFound):
        raise_talk(house.desk, host, event.id, "ada", request_key="gone too")


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
