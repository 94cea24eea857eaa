"""A list ends while somebody puts themselves on it: nobody is left on a list that has ended.

The second one is on another replica; on SQLite there is one writer at a time anyway.
"""

from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor, wait
from contextlib import contextmanager
from typing import Any

import pytest

from domain.errors import NotFound
from services.audiences.lists import begin_list, end_list, put_on_list, take_off_list
from storage.program import opt_in_queries
from tests.fixtures.desks import House, replica

LONG_ENOUGH_SECONDS = 0.3
"""For a rival that does not wait to have written."""


@pytest.fixture
def list_id(house: House) -> str:
    """A list of Sam's with Bo on it."""
    found = begin_list(house.desk, house.person("sam"), title="Climbers", about="", request_key="begin")
    put_on_list(house.desk, house.person("bo"), found)
    return found


@contextmanager
def just_before(
    house: House, patch: pytest.MonkeyPatch, name: str, act: Callable[[House], None]
) -> Iterator[list[Future[None]]]:
    """What comes of somebody's act at another replica, which begins when this is about to be written."""
    real, other, outcomes = getattr(opt_in_queries, name), replica(house), list[Future[None]]()
    assert other.desk.program.answers()  # connected, so that it is not late

    with ThreadPoolExecutor(1) as pool:

        def later(*given: Any, **named: Any) -> Any:
            outcomes.append(pool.submit(act, other))
            wait(outcomes, timeout=LONG_ENOUGH_SECONDS)
            return real(*given, **named)

        patch.setattr(opt_in_queries, name, later)
        yield outcomes


def members(house: House, list_id: str) -> list[str]:
    with house.stores.program.read() as connection:
        return opt_in_queries.members_of(connection, list_id)


def test_who_comes_on_a_list_that_is_just_ending_is_forgotten_with_the_others(
    house: House, list_id: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def end(other: House) -> None:
        end_list(other.desk, other.person("sam"), list_id)

    with just_before(house, monkeypatch, "join", end) as outcomes:
        put_on_list(house.desk, house.person("ada"), list_id)

    assert [each.exception() for each in outcomes] == [None]
    assert members(house, list_id) == []


def test_nobody_comes_on_a_list_that_has_ended_meanwhile(
    house: House, list_id: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def come(other: House) -> None:
        put_on_list(other.desk, other.person("ada"), list_id)

    with just_before(house, monkeypatch, "close_list", come) as outcomes:
        end_list(house.desk, house.person("sam"), list_id)

    assert [type(each.exception()) for each in outcomes] == [NotFound]
    assert members(house, list_id) == []


def test_whoever_goes_while_it_ends_is_not_on_it(house: House, list_id: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def go(other: House) -> None:
        take_off_list(other.desk, other.person("bo"), list_id)

    with just_before(house, monkeypatch, "close_list", go) as outcomes:
        end_list(house.desk, house.person("sam"), list_id)

    assert [each.exception() for each in outcomes] == [None]
    assert members(house, list_id) == []
