"""Slack's rate limits, enforced: how many calls go through, how long to wait, and who is counted with whom."""

from typing import Any

import pytest
from pydantic import ValidationError

from sandbox.api.table import METHODS
from sandbox.limits import PER_MINUTE, POST, SPECIAL, TIERS, Limiter, Limits
from tests.fakes.sandbox_clock import StillClock
from tests.looking.pacing import busiest

APP = "xoxb-1"


class Calls:
    """An app that calls, on a clock of its own; `went` is when a call went through."""

    def __init__(self, limits: Limits | None = None, *, standing: Limits | None = None) -> None:
        self.clock = StillClock()
        self.limiter = Limiter(self.clock.now, standing=standing)
        if limits is not None:
            self.limiter.enforce(limits)
        self.went: list[float] = []

    def call(self, method: str = POST, place: str = "C1", *, app: str = APP) -> float | None:
        wait = self.limiter.take(app, method, place)
        if wait is None:
            self.went.append(self.clock.now())
        return wait

    def post_as_fast_as_told(self, number: int) -> None:
        """So many posts to as many places, waiting as long as it is told to."""
        for each in range(number):
            while (wait := self.call(place=f"D{each}")) is not None:
                self.clock.advance(wait)


def test_without_limits_everything_goes() -> None:
    calls = Calls()

    assert {calls.call() for _ in range(1000)} == {None}


def test_channel_takes_a_short_burst_and_then_one_a_second() -> None:
    calls = Calls(Limits(channel_burst=3))

    burst = [calls.call() for _ in range(4)]
    calls.clock.advance(1)
    later = [calls.call() for _ in range(2)]

    assert burst == [None, None, None, 1]
    assert later == [None, 1]


def test_channel_that_is_full_holds_up_no_other() -> None:
    calls = Calls(Limits(channel_burst=1))

    assert [calls.call(place=place) for place in ("C1", "C1", "C2")] == [None, 1, None]


def test_workspace_takes_its_burst_and_then_its_rate() -> None:
    calls = Calls(Limits(posts_per_minute=240, posts_burst=20))

    calls.post_as_fast_as_told(500)

    assert busiest(calls.went, 60) <= 240 + 20
    assert len(calls.went) == 500


def test_refused_call_is_counted_nowhere() -> None:
    calls = Calls(Limits(posts_burst=2, posts_per_minute=60, channel_burst=1))
    refused = [calls.call(place=place) for place in ("C1", "C1", "C1")]

    assert refused == [None, 1, 1]
    assert calls.call(place="C2") is None


def test_whoever_does_not_wait_as_long_as_told_is_refused_again() -> None:
    calls = Calls(Limits(posts_per_minute=240, posts_burst=1))
    calls.call(place="D1")

    told = calls.call(place="D2")
    calls.clock.advance(0.5)  # the rate would let it pass by now
    again = calls.call(place="D2")
    calls.clock.advance(0.5)

    assert (told, again) == (1, 1)
    assert calls.call(place="D2") is None


@pytest.mark.parametrize("method", ["chat.update", "conversations.open", "conversations.members", "users.list"])
def test_method_takes_as_many_calls_in_any_minute_as_its_tier_says(method: str) -> None:
    calls, most = Calls(Limits()), PER_MINUTE[TIERS[method]]

    refused = [calls.call(method) for _ in range(most + 1)]
    calls.clock.advance(59)
    early = calls.call(method)
    calls.clock.advance(1)

    assert refused == [None] * most + [60]
    assert early == 1
    assert calls.call(method) is None


def test_methods_and_apps_are_counted_apart() -> None:
    calls = Calls(Limits())
    for _ in range(50):
        calls.call("chat.update")

    assert calls.call("chat.update") is not None
    assert calls.call("conversations.open") is None
    assert calls.call("chat.update", app="xoxb-2") is None


def test_scale_multiplies_all_rates_and_divides_all_waits() -> None:
    calls = Calls(Limits(scale=100, posts_burst=1, channel_burst=1))

    waits = [calls.call(place=place) for place in ("D1", "D2")]
    tier = [calls.call("chat.update") for _ in range(51)]
    calls.post_as_fast_as_told(1000)

    assert waits == [None, 0.01]
    assert tier == [None] * 50 + [0.6]
    assert busiest(calls.went[51:], 0.6) <= 240 + 1


def test_call_without_a_token_is_nobodys() -> None:
    calls = Calls(Limits(channel_burst=1))

    assert [calls.call(app="") for _ in range(3)] == [None] * 3


def test_reset_forgets_the_calls_and_keeps_only_the_limits_that_stand() -> None:
    standing, armed = Calls(standing=Limits(channel_burst=1)), Calls(Limits(channel_burst=1))
    for calls in (standing, armed):
        calls.call()
        calls.limiter.reset()

    assert [standing.call(), standing.call()] == [None, 1]
    assert [armed.call(), armed.call()] == [None, None]


@pytest.mark.parametrize("wrong", [{"scale": 0}, {"posts_burst": 0}, {"channel_per_minute": -1}, {"sparkle": 1}])
def test_limits_that_make_no_sense_are_refused(wrong: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        Limits(**wrong)


def test_every_method_has_a_tier_or_is_known_to_have_none() -> None:
    assert set(METHODS) == set(TIERS) | SPECIAL
