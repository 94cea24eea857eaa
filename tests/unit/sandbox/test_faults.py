from typing import Any

import pytest
from pydantic import ValidationError

from sandbox.faults import Fault, Faults
from tests.fakes.sandbox_clock import StillClock

POST: dict[str, Any] = {"channel": "C1"}


def _armed(*faults: Fault, clock: StillClock | None = None) -> Faults:
    armed = Faults((clock or StillClock()).now)
    for fault in faults:
        armed.add(fault)
    return armed


def test_fault_strikes_its_method_so_many_times() -> None:
    faults = _armed(Fault(method="chat.postMessage", kind="refuse", times=2))

    struck = [faults.take(method, POST) for method in ("users.info", *["chat.postMessage"] * 3)]

    assert [fault is not None for fault in struck] == [False, True, True, False]


def test_fault_spares_as_many_calls_as_it_is_told_to() -> None:
    faults = _armed(Fault(method="users.list", kind="refuse", after=2))

    struck = [faults.take(method, {}) for method in ("users.list", "users.info", *["users.list"] * 3)]

    assert [fault is not None for fault in struck] == [False, False, False, True, False]


def test_fault_for_any_method_strikes_the_first_call() -> None:
    faults = _armed(Fault(method="*", kind="refuse"))

    assert [faults.take("users.info", {}) is not None for _ in range(2)] == [True, False]


@pytest.mark.parametrize("name", ["channel", "channel_id", "user_id"])
def test_fault_for_one_target_spares_the_others(name: str) -> None:
    faults = _armed(Fault(method="*", kind="refuse", channel="U1"))

    struck = [faults.take("views.publish", {name: target}) is not None for target in ("U2", "U1")]

    assert struck == [False, True]


def test_faults_strike_in_the_order_they_were_armed() -> None:
    faults = _armed(Fault(method="*", kind="slow", seconds=1), Fault(method="users.info", kind="refuse"))

    struck = [faults.take("users.info", {}) for _ in range(2)]

    assert [fault.kind for fault in struck if fault] == ["slow", "refuse"]


def test_cleared_faults_strike_nobody() -> None:
    faults = _armed(Fault(method="*", kind="refuse"))

    faults.clear()

    assert faults.take("users.info", {}) is None


def test_rate_limit_bars_every_call_of_its_method_and_caller_until_its_seconds_have_gone_by() -> None:
    clock = StillClock()
    faults = _armed(Fault(method="chat.postMessage", kind="ratelimited", seconds=7), clock=clock)

    struck = []
    for seconds in (0, 2.5, 4, 0.5):
        clock.advance(seconds)
        fault = faults.take("chat.postMessage", POST, caller="xoxb-1")
        struck.append(fault and (fault.kind, fault.retry_after))

    assert struck == [("ratelimited", "7"), ("ratelimited", "5"), ("ratelimited", "1"), None]


@pytest.mark.parametrize(
    ("method", "channel", "caller"),
    [("users.info", "C1", "xoxb-1"), ("chat.postMessage", "C2", "xoxb-1"), ("chat.postMessage", "C1", "xoxb-2")],
    ids=["another method", "another channel", "another app"],
)
def test_rate_limit_bars_nobody_else(method: str, channel: str, caller: str) -> None:
    faults = _armed(Fault(method="*", kind="ratelimited", seconds=7, channel="C1"))
    faults.take("chat.postMessage", POST, caller="xoxb-1")

    assert faults.take(method, {"channel": channel}, caller=caller) is None


def test_call_that_is_barred_uses_up_no_fault() -> None:
    clock = StillClock()
    faults = _armed(Fault(method="users.list", kind="ratelimited", seconds=7, times=2), clock=clock)

    struck = []
    for seconds in (0, 1, 6, 1, 6):
        clock.advance(seconds)
        fault = faults.take("users.list", {})
        struck.append(fault and fault.retry_after)

    assert struck == ["7", "6", "7", "6", None]


def test_cleared_faults_bar_nobody() -> None:
    faults = _armed(Fault(method="*", kind="ratelimited", seconds=7))
    faults.take("users.info", {})

    faults.clear()

    assert faults.take("users.info", {}) is None


@pytest.mark.parametrize(
    ("fault", "strikes_first", "error"),
    [
        (Fault(method="*", kind="ratelimited", error="other"), True, "ratelimited"),
        (Fault(method="*", kind="error", error="fatal_error"), True, "fatal_error"),
        (Fault(method="*", kind="server_error"), True, "internal_error"),
        (Fault(method="*", kind="server_error", is_done=True), False, "internal_error"),
        (Fault(method="*", kind="lost_reply"), False, "internal_error"),
        (Fault(method="*", kind="refuse"), True, "internal_error"),
        (Fault(method="*", kind="slow", seconds=5), False, "internal_error"),
    ],
    ids=lambda value: value.kind if isinstance(value, Fault) else None,
)
def test_fault_knows_whether_the_call_is_carried_out(fault: Fault, strikes_first: bool, error: str) -> None:  # noqa: FBT001 a case of the table
    assert (fault.strikes_first, fault.answer()) == (strikes_first, {"ok": False, "error": error})


@pytest.mark.parametrize("wrong", [{"kind": "sparkle"}, {"kind": "refuse", "times": 0}, {"kind": "refuse", "often": 1}])
def test_fault_of_unknown_shape_is_refused(wrong: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        Fault(method="*", **wrong)
