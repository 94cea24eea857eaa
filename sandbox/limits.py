"""Slack's rate limits, where the workspace shall enforce them: on posts by channel and in all, on the rest by tier.

Slack counts by method, workspace and app. It names the tiers (so many calls a minute), and of posts only that about one
a second may go to a channel, "several hundred a minute" to a workspace, and that short bursts are let pass; so the
figures for posts are settings.
"""

import math
from collections import deque
from collections.abc import Callable, Hashable, Mapping
from types import MappingProxyType
from typing import Protocol

from pydantic import BaseModel, ConfigDict, PositiveFloat, PositiveInt

POST = "chat.postMessage"
MINUTE_SECONDS = 60.0
PER_MINUTE: Mapping[int, int] = MappingProxyType({1: 1, 2: 20, 3: 50, 4: 100})
"""Calls a minute by tier."""
TIERS: Mapping[str, int] = MappingProxyType(
    {
        "apps.connections.open": 3,
        "chat.delete": 3,
        "chat.deleteScheduledMessage": 3,
        "chat.postEphemeral": 4,
        "chat.scheduleMessage": 3,
        "chat.scheduledMessages.list": 3,
        "chat.update": 3,
        "conversations.history": 3,
        "conversations.info": 3,
        "conversations.join": 3,
        "conversations.list": 2,
        "conversations.members": 4,
        "conversations.open": 3,
        "files.completeUploadExternal": 4,
        "files.getUploadURLExternal": 4,
        "files.info": 4,
        "team.info": 3,
        "usergroups.list": 2,
        "usergroups.users.list": 2,
        "users.info": 4,
        "users.list": 2,
        "users.lookupByEmail": 3,
        "views.open": 4,
        "views.publish": 4,
        "views.push": 4,
        "views.update": 4,
    }
)
"""Methods whose tier the reference names."""
_ROUNDING = 1e-5
"""Seconds: whoever waits just as long as told is not early."""
SPECIAL = frozenset({POST, "auth.test", "blocks.validate", "chat.getPermalink"})
"""Those of a limit of their own, of which only that on posts is known."""


class Limits(BaseModel):
    """What to enforce. `scale` multiplies all rates, so that what takes an hour can be looked at in seconds.

    Of posts, a burst and then the rate go, in all and to each channel: in any minute no more than both together. Of a
    method with a tier no more than that says.
    """

    model_config = ConfigDict(extra="forbid")

    scale: PositiveFloat = 1.0
    posts_per_minute: PositiveFloat = 240.0
    posts_burst: PositiveInt = 20
    channel_per_minute: PositiveFloat = 60.0
    channel_burst: PositiveInt = 3


class Limiter:
    """Counts the calls of each app. `now` is the workspace's time; `standing` limits outlive a reset."""

    def __init__(self, now: Callable[[], float], *, standing: Limits | None = None) -> None:
        self._now = now
        self._standing = standing
        self._limits = standing
        self._gates: dict[Hashable, _Gate] = {}

    def enforce(self, limits: Limits | None) -> None:
        """Enforce these from now on, or none; nothing has been called yet."""
        self._limits = limits
        self._gates.clear()

    def reset(self) -> None:
        """Nothing has been called yet, and what stands is enforced."""
        self.enforce(self._standing)

    def take(self, caller: str, method: str, place: str = "") -> float | None:
        """Count a call, a post by the channel or DM it goes to; or the seconds to wait, when it is too much.

        Slack tells whole seconds, which `scale` divides like all else. Whoever does not wait so long is refused again.
        """
        if self._limits is None or not caller:
            return None
        now = self._now()
        gates = self._gates_of(self._limits, caller, method, place)
        full = [gate for gate in gates if gate.wait(now) > 0]
        for gate in [] if full else gates:
            gate.count(now)
        return max((gate.close(now, self._limits.scale) for gate in full), default=None)

    def _gates_of(self, limits: Limits, caller: str, method: str, place: str) -> "list[_Gate]":
        counters: dict[Hashable, Callable[[], _Counter]] = {}
        if method == POST:
            every, own = limits.posts_per_minute * limits.scale, limits.channel_per_minute * limits.scale
            counters[caller, POST] = lambda: _Bucket(every, limits.posts_burst)
            counters[caller, POST, place] = lambda: _Bucket(own, limits.channel_burst)
        elif method in TIERS:
            most, seconds = PER_MINUTE[TIERS[method]], MINUTE_SECONDS / limits.scale
            counters[caller, method] = lambda: _Window(most, seconds)
        return [self._gates.setdefault(key, _Gate(make())) for key, make in counters.items()]


class _Counter(Protocol):
    def wait(self, now: float) -> float: ...

    def count(self, now: float) -> None: ...


class _Gate:
    """A counter, and until when it is closed to whoever came too early."""

    def __init__(self, counter: _Counter) -> None:
        self._counter = counter
        self._closed_until = -math.inf

    def wait(self, now: float) -> float:
        seconds = max(self._closed_until - now, self._counter.wait(now))
        return seconds if seconds > _ROUNDING else 0.0

    def close(self, now: float, scale: float) -> float:
        """Close, unless it is closed already; the seconds until it opens."""
        if self._closed_until - now <= _ROUNDING:
            self._closed_until = now + math.ceil(self._counter.wait(now) * scale - _ROUNDING) / scale
        return math.ceil((self._closed_until - now) * scale - _ROUNDING) / scale

    def count(self, now: float) -> None:
        self._counter.count(now)


class _Bucket:
    """So many at once, and then so many a minute."""

    def __init__(self, per_minute: float, burst: int) -> None:
        self._per_second = per_minute / MINUTE_SECONDS
        self._burst = burst
        self._spent, self._at = 0.0, -math.inf

    def wait(self, now: float) -> float:
        spent = self._spent_at(now)
        return max(0.0, spent + 1 - self._burst) / self._per_second

    def count(self, now: float) -> None:
        self._spent, self._at = self._spent_at(now) + 1, now

    def _spent_at(self, now: float) -> float:
        return max(0.0, self._spent - (now - self._at) * self._per_second)


class _Window:
    """So many in any stretch of so many seconds."""

    def __init__(self, most: int, seconds: float) -> None:
        self._most, self._seconds = most, seconds
        self._times: deque[float] = deque()

    def wait(self, now: float) -> float:
        while self._times and self._times[0] <= now - self._seconds:
            self._times.popleft()
        return self._times[0] + self._seconds - now if len(self._times) >= self._most else 0.0

    def count(self, now: float) -> None:
        self._times.append(now)
