from datetime import timedelta

from services.delivery.breaker import Breaker
from tests.fakes.clock import FakeClock


def pause_of(breaker: Breaker, clock: FakeClock) -> int:
    """How many whole seconds pass until something may be tried."""
    seconds = 0
    while not breaker.may_try():
        clock.advance(timedelta(seconds=1))
        seconds += 1
    return seconds


def test_breaker_lets_try_at_first() -> None:
    assert Breaker(FakeClock()).may_try()


def test_pause_doubles_up_to_a_minute_and_the_third_is_an_outage() -> None:
    clock = FakeClock()
    breaker = Breaker(clock)

    told, pauses = [], []
    for _ in range(8):
        told.append(breaker.unanswered())
        pauses.append(pause_of(breaker, clock))

    assert pauses == [2, 4, 8, 16, 32, 60, 60, 60]
    assert told == [False, False, True, True, True, True, True, True]


def test_answer_starts_the_pauses_anew() -> None:
    clock = FakeClock()
    breaker = Breaker(clock)
    for _ in range(3):
        breaker.unanswered()

    breaker.answered()

    assert breaker.may_try()
    assert not breaker.unanswered()
    assert pause_of(breaker, clock) == 2


def test_bot_that_is_shut_out_tries_once_a_minute() -> None:
    clock = FakeClock()
    breaker = Breaker(clock)

    breaker.shut_out()

    assert pause_of(breaker, clock) == 60
