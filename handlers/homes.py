"""Draws Home tabs anew, never one person's twice at the same time.

Slack shows what was published last. Of two who draw the same tab, the one who has read first might publish last, and
the tab would show what is over.
"""

from collections.abc import Callable, Sequence
from threading import Event, Lock

from domain.delivery import DeliveryError
from domain.errors import DomainError
from domain.ports import Messenger, View
from services.homes import AT_ONCE

HomesOf = Callable[[Sequence[str]], Sequence[tuple[str, View]]]
"""Person ids -> Slack user id and Home view of each who is still here."""


class Homes:
    """Any number of threads may ask; whoever draws a tab already draws it once more for them."""

    def __init__(self, messenger: Messenger, homes_of: HomesOf) -> None:
        self._messenger = messenger
        self._homes_of = homes_of
        self._guard = Lock()
        self._stopping = Event()
        self._drawing: set[str] = set()
        self._again: set[str] = set()

    def draw(self, person_ids: Sequence[str]) -> None:
        """Publish these people's tabs as they are now, of many the first. One that fails keeps no other from it.

        Raises the first `DeliveryError` or `DomainError` in the end.
        """
        trouble: Exception | None = None
        mine = self._begin(list(dict.fromkeys(person_ids))[:AT_ONCE])
        try:
            while mine:
                found = self._publish(mine)
                trouble = trouble or found
                mine = self._asked_again(mine)
        finally:
            self._end(mine)
        if trouble is not None:
            raise trouble

    def stop(self) -> None:
        """Begin no other tab."""
        self._stopping.set()

    def _publish(self, person_ids: Sequence[str]) -> Exception | None:
        trouble: Exception | None = None
        try:
            for slack_user_id, view in self._homes_of(person_ids):
                if self._stopping.is_set():
                    break
                try:
                    self._messenger.publish_home(slack_user_id=slack_user_id, view=view)
                except DeliveryError as error:
                    trouble = trouble or error
        except DomainError as error:  # the store is away: nobody's tab could be read
            return error
        return trouble

    def _begin(self, person_ids: Sequence[str]) -> list[str]:
        with self._guard:
            mine = [each for each in dict.fromkeys(person_ids) if each not in self._drawing]
            self._again.update(set(person_ids) & self._drawing)
            self._drawing.update(mine)
        return mine

    def _asked_again(self, mine: Sequence[str]) -> list[str]:
        """Those of mine that somebody has asked for since they were read; the others are let go."""
        with self._guard:
            again = [each for each in mine if each in self._again]
            self._again.difference_update(mine)
            self._drawing.difference_update(set(mine) - set(again))
        return again

    def _end(self, mine: Sequence[str]) -> None:
        with self._guard:
            self._drawing.difference_update(mine)
            self._again.difference_update(mine)
