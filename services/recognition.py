"""Recognizes people, but not from a member table that may have forgotten who has left."""

import logging
from collections.abc import Callable
from threading import Lock, Thread

from domain.delivery import DeliveryError
from domain.errors import DomainError, StoreAway, StoreBusy
from domain.people import Person
from domain.ports import Clock
from services.members import Members
from services.people import People

STALE_SECONDS = 3 * 3600.0
"""The table is read hourly; after two failures in a row it is not trusted any more."""
LOOK_EVERY_SECONDS = 60.0

logger = logging.getLogger(__name__)

Start = Callable[[Callable[[], None]], None]


class JustChecking(DomainError):
    """I am just looking up who is here. Please try again in a few seconds."""


def in_background(run: Callable[[], None]) -> None:
    """Run in a thread that does not keep the process."""
    Thread(target=run, name="members", daemon=True).start()


class Recognition:
    """`who` for the router. A stale table is read anew in the background, since a large workspace takes many calls."""

    def __init__(self, people: People, members: Members, clock: Clock, *, start: Start = in_background) -> None:
        self._people = people
        self._members = members
        self._clock = clock
        self._start = start
        self._looked_at = float("-inf")
        self._is_refreshing = Lock()

    def who(self, slack_user_id: str, team_id: str) -> Person:
        """Whoever has this account now. Raises `NotAllowed`, or `JustChecking` while the table is stale."""
        if self._clock.monotonic() - self._looked_at > LOOK_EVERY_SECONDS:
            self._look()
        return self._people.who(slack_user_id, team_id)

    def _look(self) -> None:
        if self._members.age() > STALE_SECONDS:
            if self._is_refreshing.acquire(blocking=False):
                self._start(self._refresh)
            raise JustChecking
        self._looked_at = self._clock.monotonic()

    def _refresh(self) -> None:
        try:
            self._members.refresh()
        except (DeliveryError, StoreBusy, StoreAway) as error:
            logger.warning("members not refreshed", extra={"error": type(error).__name__})
        finally:
            self._is_refreshing.release()
