"""Home tabs that several threads want drawn: none shows what is over, and none is drawn more often than it helps."""

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from threading import Event

import pytest

from domain.delivery import OutcomeUnknown
from domain.errors import StoreAway
from domain.ports import View
from handlers.homes import Homes
from services.homes import AT_ONCE
from tests.unit.handlers.recorder import Recorder

WAIT_SECONDS = 10


class Tabs:
    """What each tab would show now, and how often they were asked for; the first look at Ada's can be held up."""

    def __init__(self) -> None:
        self.shows = {"ada": 1, "bo": 1}
        self.looks: list[tuple[str, ...]] = []
        self.looked, self.go_on = Event(), Event()

    def __call__(self, person_ids: Sequence[str]) -> list[tuple[str, View]]:
        self.looks.append(tuple(person_ids))
        found: list[tuple[str, View]] = [(id_, {"type": "home", "shows": self.shows[id_]}) for id_ in person_ids]
        if "ada" in person_ids and not self.looked.is_set():
            self.looked.set()
            assert self.go_on.wait(WAIT_SECONDS)
        return found


def published(recorder: Recorder) -> list[tuple[str, int]]:
    return [(arguments["slack_user_id"], arguments["view"]["shows"]) for _, arguments in recorder.calls]


def test_who_asks_while_a_tab_is_drawn_returns_at_once_and_the_tab_ends_with_the_newest() -> None:
    tabs, recorder = Tabs(), Recorder()
    homes = Homes(recorder, tabs)
    with ThreadPoolExecutor(1) as slow:
        drawing = slow.submit(homes.draw, ["ada"])
        assert tabs.looked.wait(WAIT_SECONDS)
        tabs.shows["ada"] = 2
        for _ in range(5):
            homes.draw(["ada", "bo"])
        meanwhile = published(recorder)
        tabs.go_on.set()
        drawing.result(WAIT_SECONDS)

    assert meanwhile == [("bo", 1)] * 5
    assert published(recorder)[5:] == [("ada", 1), ("ada", 2)]
    assert tabs.looks.count(("ada",)) == 2


def test_a_tab_that_was_drawn_is_drawn_anew_when_somebody_asks_again() -> None:
    tabs, recorder = Tabs(), Recorder()
    tabs.go_on.set()
    homes = Homes(recorder, tabs)

    for _ in range(2):
        homes.draw(["ada", "bo", "ada"])

    assert tabs.looks == [("ada", "bo")] * 2
    assert len(recorder.calls) == 4


def test_a_tab_that_cannot_be_shown_keeps_no_other_from_it_and_can_be_drawn_again() -> None:
    tabs, recorder = Tabs(), Recorder()
    homes = Homes(recorder, tabs)
    failing = True

    def fail_for_the_first(_name: str) -> None:
        nonlocal failing
        if failing:
            failing = False
            raise OutcomeUnknown("timeout")

    recorder.before = fail_for_the_first
    with ThreadPoolExecutor(1) as slow:
        drawing = slow.submit(homes.draw, ["ada", "bo"])
        assert tabs.looked.wait(WAIT_SECONDS)
        tabs.shows["bo"] = 2
        homes.draw(["bo"])
        tabs.go_on.set()
        with pytest.raises(OutcomeUnknown):
            drawing.result(WAIT_SECONDS)
    homes.draw(["ada"])

    assert published(recorder) == [("bo", 1), ("bo", 2), ("ada", 1)]


def test_tabs_that_cannot_be_read_are_let_go_and_can_be_drawn_later() -> None:
    recorder, is_away = Recorder(), True

    def homes_of(person_ids: Sequence[str]) -> list[tuple[str, View]]:
        if is_away:
            raise StoreAway
        return [(id_, {"type": "home", "shows": 1}) for id_ in person_ids]

    homes = Homes(recorder, homes_of)
    with pytest.raises(StoreAway):
        homes.draw(["ada"])
    is_away = False
    homes.draw(["ada"])

    assert published(recorder) == [("ada", 1)]


def test_after_the_stop_no_tab_is_begun() -> None:
    tabs, recorder = Tabs(), Recorder()
    homes = Homes(recorder, tabs)
    homes.stop()

    homes.draw(["bo"])

    assert recorder.calls == []


def test_of_very_many_people_the_first_hundred_tabs_are_drawn_each_once() -> None:
    recorder = Recorder()
    homes = Homes(recorder, lambda ids: [(id_, {"type": "home", "shows": 1}) for id_ in ids])
    people = [f"p{number}" for number in range(AT_ONCE + 1)]

    homes.draw([people[0], *people])

    assert published(recorder) == [(id_, 1) for id_ in people[:AT_ONCE]]
