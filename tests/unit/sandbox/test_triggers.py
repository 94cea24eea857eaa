import pytest

from sandbox.errors import ApiError
from sandbox.ids import Ids
from sandbox.triggers import Triggers
from tests.fakes.sandbox_clock import StillClock

APP, OTHER_APP = "A0000000001", "A0000000002"
USER = "U0000000001"


@pytest.fixture
def clock() -> StillClock:
    return StillClock()


@pytest.fixture
def triggers(clock: StillClock) -> Triggers:
    return Triggers(clock, Ids(clock))


def test_trigger_within_three_seconds_tells_whose_it_was(clock: StillClock, triggers: Triggers) -> None:
    trigger = triggers.issue(user_id=USER, app_id=APP)
    clock.advance(3)

    assert triggers.exchange(trigger, app_id=APP) == USER


def test_trigger_after_three_seconds_is_expired(clock: StillClock, triggers: Triggers) -> None:
    trigger = triggers.issue(user_id=USER, app_id=APP)
    clock.advance(3.1)

    with pytest.raises(ApiError, match="expired_trigger_id"):
        triggers.exchange(trigger, app_id=APP)


def test_trigger_used_before_is_exchanged_even_when_it_is_old(clock: StillClock, triggers: Triggers) -> None:
    trigger = triggers.issue(user_id=USER, app_id=APP)
    triggers.exchange(trigger, app_id=APP)
    clock.advance(60)

    with pytest.raises(ApiError, match="exchanged_trigger_id"):
        triggers.exchange(trigger, app_id=APP)


def test_trigger_of_another_app_or_made_up_is_invalid_and_stays_good(triggers: Triggers) -> None:
    trigger = triggers.issue(user_id=USER, app_id=APP)

    for wrong, app in ((trigger, OTHER_APP), ("1.2.abc", APP)):
        with pytest.raises(ApiError, match="invalid_trigger_id"):
            triggers.exchange(wrong, app_id=app)

    assert triggers.exchange(trigger, app_id=APP) == USER
