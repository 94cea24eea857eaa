"""Trouble on demand, and the record of what happened."""

from dataclasses import dataclass
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict

Kind = Literal["ratelimited", "error", "server_error", "lost_reply", "refuse", "slow"]


class Fault(BaseModel):
    """What shall go wrong with the next `times` calls of a method ("*" for any), perhaps only for one channel or user.

    ratelimited: HTTP 429 with Retry-After of `seconds`; error: `ok: false` with `error`; server_error: HTTP 500, done
    or not by `is_done`; lost_reply: the call is carried out and the connection closed; refuse: closed before that;
    slow: the answer waits `seconds`.
    """

    model_config = ConfigDict(extra="forbid")

    method: str
    kind: Kind
    times: int = 1
    seconds: float = 0
    error: str = "internal_error"
    is_done: bool = False
    channel: str | None = None


class Faults:
    """The faults that are still to come."""

    def __init__(self) -> None:
        self._pending: list[Fault] = []

    def add(self, fault: Fault) -> None:
        """Arm a fault."""
        self._pending.append(fault)

    def clear(self) -> None:
        """Disarm all."""
        self._pending.clear()

    def take(self, method: str, args: dict[str, Any]) -> Fault | None:
        """The fault that strikes this call, used up by one."""
        for fault in self._pending:
            target = args.get("channel") or args.get("channel_id") or args.get("user_id")
            if fault.method in ("*", method) and fault.channel in (None, target):
                fault.times -= 1
                if fault.times <= 0:
                    self._pending.remove(fault)
                return fault
        return None


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """One call of the Web API: whether it was carried out, and what it was told."""

    method: str
    args: dict[str, Any]
    at: float
    is_accepted: bool
    answer: dict[str, Any]
