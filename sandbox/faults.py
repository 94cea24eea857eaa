"""Trouble on demand, and the record of what happened."""

import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, NonNegativeInt, PositiveInt

Kind = Literal["ratelimited", "error", "server_error", "lost_reply", "refuse", "slow"]


class Fault(BaseModel):
    """What shall go wrong with the next `times` calls of a method ("*" for any), perhaps only for one channel or user.

    `after` so many calls that it spares.

    ratelimited: HTTP 429 with Retry-After of `seconds`, and so each further call of that method by that app (to that
    channel or user, where the fault is for one) until they have gone by in the workspace's time; error: `ok: false`
    with `error`; server_error: HTTP 500, done or not by `is_done`; lost_reply: the call is carried out and the
    connection closed; refuse: closed before that; slow: carried out, and the answer waits `seconds` of the workspace's
    time.
    """

    model_config = ConfigDict(extra="forbid")

    method: str
    kind: Kind
    times: PositiveInt = 1
    after: NonNegativeInt = 0
    seconds: float = 0
    error: str = "internal_error"
    is_done: bool = False
    channel: str | None = None

    @property
    def strikes_first(self) -> bool:
        """Whether the call is not carried out."""
        return self.kind in {"ratelimited", "error", "refuse"} or (self.kind == "server_error" and not self.is_done)

    def answer(self) -> dict[str, Any]:
        """The body that goes with it."""
        return {"ok": False, "error": "ratelimited" if self.kind == "ratelimited" else self.error}

    @property
    def retry_after(self) -> str:
        """The header of that name: whole seconds, none too few."""
        return str(math.ceil(self.seconds))

    def is_for(self, method: str, target: Any) -> bool:
        """Whether it may strike a call of a method, to a channel or a user."""
        return self.method in ("*", method) and self.channel in (None, target)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Bar:
    """What a rate limit leaves behind: a caller barred from a method `until` an instant of the workspace's time."""

    fault: Fault
    method: str
    caller: str
    until: float


class Faults:
    """The faults that are still to come, the oldest first, and who is barred for now. `now` is the workspace's time."""

    def __init__(self, now: Callable[[], float]) -> None:
        self._now = now
        self._pending: list[Fault] = []
        self._bars: list[_Bar] = []

    def add(self, fault: Fault) -> None:
        """Arm a fault."""
        self._pending.append(fault)

    def clear(self) -> None:
        """Disarm all, and lift what bars anybody."""
        self._pending.clear()
        self._bars.clear()

    def take(self, method: str, args: dict[str, Any], *, caller: str = "") -> Fault | None:
        """The fault that strikes this call, used up by one; a rate limit that still lasts comes first, with its rest.

        `caller` is whose token the call brought, "" where Slack takes none.
        """
        target = args.get("channel") or args.get("channel_id") or args.get("user_id")
        barred = self._rest_of_a_limit(method, target, caller)
        if barred is not None:
            return barred
        for fault in self._pending:
            if fault.is_for(method, target):
                if fault.after > 0:
                    fault.after -= 1
                    continue
                self._use_up(fault)
                if fault.kind == "ratelimited":
                    until = self._now() + fault.seconds
                    self._bars.append(_Bar(fault=fault, method=method, caller=caller, until=until))
                return fault
        return None

    def _rest_of_a_limit(self, method: str, target: Any, caller: str) -> Fault | None:
        now = self._now()
        self._bars = [each for each in self._bars if each.until > now]
        for bar in self._bars:
            if (bar.method, bar.caller) == (method, caller) and bar.fault.channel in (None, target):
                return bar.fault.model_copy(update={"seconds": bar.until - now})
        return None

    def _use_up(self, fault: Fault) -> None:
        fault.times -= 1
        if fault.times <= 0:
            self._pending.remove(fault)


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """One call: whether it was carried out, what it was told, and when by the workspace's time. It holds no token."""

    method: str
    args: dict[str, Any]
    at: float
    is_accepted: bool
    answer: dict[str, Any]
