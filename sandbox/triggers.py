"""Trigger ids: three seconds, once."""

from dataclasses import dataclass

from sandbox.clock import SandboxClock
from sandbox.errors import ApiError
from sandbox.ids import Ids

LIFE_SECONDS = 3.0


@dataclass(slots=True)
class _Trigger:
    user_id: str
    app_id: str
    born: float
    is_used: bool = False


class Triggers:
    """Hands out trigger ids and takes each back once."""

    def __init__(self, clock: SandboxClock, ids: Ids) -> None:
        self._clock = clock
        self._ids = ids
        self._issued: dict[str, _Trigger] = {}

    def issue(self, *, user_id: str, app_id: str) -> str:
        """A new trigger for something this person just did with this app."""
        trigger_id = self._ids.trigger()
        self._issued[trigger_id] = _Trigger(user_id, app_id, self._clock.now())
        return trigger_id

    def exchange(self, trigger_id: str, *, app_id: str) -> str:
        """Use a trigger up and return whose it was. Raises `ApiError` with the codes of the method reference."""
        trigger = self._issued.get(trigger_id)
        if trigger is None or trigger.app_id != app_id:
            raise ApiError("invalid_trigger_id")
        if trigger.is_used:
            raise ApiError("exchanged_trigger_id")
        if self._clock.now() - trigger.born > LIFE_SECONDS:
            raise ApiError("expired_trigger_id")
        trigger.is_used = True
        return trigger.user_id
