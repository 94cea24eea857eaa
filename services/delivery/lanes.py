"""Messages, files and updates each by a road of its own: Slack limits its methods one by one.

Uploads go to another host too. So a refusal or a silence that a file meets holds up files, and one that a message
meets holds up messages.
"""

from dataclasses import dataclass
from math import inf

from domain.delivery import Way
from services.delivery.breaker import Breaker
from services.delivery.ledger import Post
from services.delivery.pace import (
    BURST,
    FILE_METHOD,
    FILES_PER_MINUTE,
    POST_METHOD,
    UPDATE_METHOD,
    UPDATES_PER_MINUTE,
    Pace,
)
from services.delivery.stride import Stride


@dataclass(frozen=True, slots=True)
class Lane:
    """What all replicas may ask of a method, and whether this process may try it."""

    pace: Pace
    breaker: Breaker
    stride: Stride

    def room(self, most: int) -> int:
        """How many rows could go just now, `most` of them. Takes no token, and no lock."""
        return self.pace.at_hand(min(most, self.stride.rows)) if self.breaker.may_try() else 0

    def comes_in(self) -> float:
        """Real seconds until a row could go, as far as that is known."""
        return self.pace.comes_in() if self.breaker.may_try() else inf


class Lanes:
    """One lane for each way to Slack."""

    def __init__(self, post: Post, *, per_minute: int, burst: int = BURST) -> None:
        def lane(method: str, most: int) -> Lane:
            pace = Pace(post, method, per_minute=min(per_minute, most), burst=burst)
            return Lane(pace, Breaker(post.clock), Stride())

        self._by_way = {
            Way.POST: lane(POST_METHOD, per_minute),
            Way.FILE: lane(FILE_METHOD, FILES_PER_MINUTE),
            Way.UPDATE: lane(UPDATE_METHOD, UPDATES_PER_MINUTE),
        }

    def of(self, way: Way) -> Lane:
        """The lane of the rows that go this way."""
        return self._by_way[way]

    def may_try(self) -> bool:
        """Whether this process may try anything."""
        return any(lane.breaker.may_try() for lane in self._by_way.values())

    def shut_out(self) -> None:
        """The token does not do any more, for whatever it is."""
        for lane in self._by_way.values():
            lane.breaker.shut_out()
