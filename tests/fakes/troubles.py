"""Trouble on demand for what stands in for Slack: which call fails next, and what the token may not do."""

from dataclasses import dataclass
from typing import NoReturn

from domain.delivery import MissingScope

ALL_SCOPES = ("chat:write", "im:write", "im:history", "files:write", "users:read", "channels:read")


@dataclass(slots=True, kw_only=True)
class Trouble:
    """An error that the next `times` calls of a method meet; `is_done` is one that was carried out all the same."""

    error: BaseException
    is_done: bool
    times: int
    on: str
    channel: str | None


class Troubled:
    """What can go wrong."""

    def __init__(self) -> None:
        self.scopes = set(ALL_SCOPES)
        self._troubles: list[Trouble] = []

    def fail(
        self,
        error: BaseException,
        *,
        times: int = 1,
        is_done: bool = False,
        on: str = "post",
        channel: str | None = None,
    ) -> None:
        """Let the next calls of a method of the port fail; `is_done` carries them out all the same."""
        self._troubles.append(Trouble(error=error, is_done=is_done, times=times, on=on, channel=channel))

    def mend(self) -> None:
        """End all trouble."""
        self._troubles.clear()

    def _needs(self, scope: str) -> None:
        if scope not in self.scopes:
            raise MissingScope(scope)

    def _strike(self, method: str, channel: str | None = None) -> Trouble | None:
        for trouble in self._troubles:
            if trouble.on == method and trouble.channel in (None, channel):
                trouble.times -= 1
                if trouble.times <= 0:
                    self._troubles.remove(trouble)
                return trouble if trouble.is_done else _raise(trouble.error)
        return None

    def _lose(self, trouble: Trouble | None) -> None:
        if trouble is not None:
            raise trouble.error


def _raise(error: BaseException) -> NoReturn:
    raise error
