"""Ids and timestamps shaped like Slack's."""

import itertools
import secrets

from sandbox.clock import SandboxClock

_ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"


class Ids:
    """Makes ids such as U02ABCDEFGH and timestamps that are unique and rise within the workspace."""

    def __init__(self, clock: SandboxClock) -> None:
        self._clock = clock
        self._last_micros = 0
        self._counter = itertools.count(1)

    def reset(self) -> None:
        """Let timestamps begin at the clock again."""
        self._last_micros = 0

    def new(self, prefix: str) -> str:
        """An id with Slack's prefix for its kind: T, C, D, G, U, B, A, V, F, S, Ev."""
        return prefix + "0" + "".join(secrets.choice(_ALPHABET) for _ in range(9))

    def ts(self) -> str:
        """A message timestamp, `seconds.micros`."""
        micros = max(int(self._clock.now() * 1_000_000), self._last_micros + 1)
        self._last_micros = micros
        return f"{micros // 1_000_000}.{micros % 1_000_000:06d}"

    def scheduled(self) -> str:
        """The id of a scheduled message."""
        return f"Q{10**9 + secrets.randbelow(9 * 10**9)}"

    def trigger(self) -> str:
        """A trigger id."""
        return f"{next(self._counter)}.{secrets.randbelow(10**12)}.{secrets.token_hex(16)}"

    def view_hash(self) -> str:
        """A view's hash: changes with every update."""
        return f"{int(self._clock.now())}.{secrets.token_hex(4)}"
