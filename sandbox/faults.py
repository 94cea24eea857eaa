"""Trouble on demand, and the record of what happened."""

from dataclasses import dataclass
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, NonNegativeInt, PositiveInt

Kind = Literal["ratelimited", "error", "server_error", "lost_reply", "refuse", "slow"]


class Fault(BaseModel):
    """What shall go wrong with the next `times` calls of a method ("*" for any), perhaps only for one channel or user.

    `after` so many calls that it spares.

    ratelimited: HTTP 429 with Retry-After of `seconds`; error: `ok: false` with `error`; server_error: HTTP 500, done
    or not by `is_done`; lost_reply: the call is carried out and the connection closed; refuse: closed before that;
    slow: carried out, and the answer waits `seconds` of the workspace's time.
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


class Faults:
    """The faults that are still to come, the oldest first."""

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
        target = args.get("channel") or args.get("channel_id") or args.get("user_id")
        for fault in self._pending:
            if fault.method in ("*", method) and fault.channel in (None, target):
                if fault.after > 0:
                    fault.after -= 1
                    continue
                fault.times -= 1
                if fault.times <= 0:
                    self._pending.remove(fault)
                return fault
        return None


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """One call: whether it was carried out, what it was told, and when by the workspace's time. It holds no token."""

    method: str
    args: dict[str, Any]
    at: float
    is_accepted: bool
    answer: dict[str, Any]
