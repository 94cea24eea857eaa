"""Takes the rows in hand that go next: of both ledgers together by (tier, instant), and one of a person at a time."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import islice, takewhile

from domain.delivery import Delivery, Way
from services.delivery.answering import Answering
from services.delivery.lanes import Lane, Lanes
from services.delivery.ledger import Post
from services.delivery.unwritten import Unwritten
from storage.delivery import DeliveryQueue, Head

ONE_A_SECOND = "one a second for each person"


@dataclass(frozen=True, slots=True)
class InHand:
    """A row that this replica has claimed, and its ledger."""

    queue: DeliveryQueue
    row: Delivery


@dataclass(frozen=True, slots=True)
class Short:
    """Rows are due and no token is at hand; the first could go in so many real seconds, without end while barred."""

    seconds: float


class Choosing:
    """Asks which rows are to go, and claims them."""

    def __init__(self, post: Post, lanes: Lanes, unwritten: Unwritten) -> None:
        self._post = post
        self._lanes = lanes
        self._unwritten = unwritten

    def next(self, answering: Answering, most: int) -> list[InHand] | Short | None:
        """The most urgent rows, all of one way; None when nothing is due, [] when others were quicker."""
        now = self._post.clock.now()
        heads = self._heads(answering, now, most)
        if heads is None or isinstance(heads, Short):
            return heads
        taken = self._claimed(answering, heads, now)
        answering.passed_over += [head.key for head, _queue in heads if head.key not in taken]
        found = [InHand(queue, taken[head.key]) for head, queue in heads if head.key in taken]
        return self._without_gaps(answering, found)

    def _heads(self, answering: Answering, now: datetime, most: int) -> list[tuple[Head, DeliveryQueue]] | Short | None:
        """What goes next by open lanes. The rows of a closed one stay where they are, untouched."""
        ways, short_of = set(Way), list[Lane]()
        while ways and (heads := answering.heads(now, ways=ways, most=min(most, self._widest(ways)))):
            way = heads[0][0].way
            lane = self._lanes.of(way)
            if room := lane.room(most):
                return list(islice(_alike(heads, way), room))
            short_of.append(lane)
            ways.discard(way)
        return Short(min(lane.comes_in() for lane in short_of)) if short_of else None

    def _widest(self, ways: set[Way]) -> int:
        return max(self._lanes.of(way).stride.rows for way in ways)

    def _claimed(
        self, answering: Answering, heads: Sequence[tuple[Head, DeliveryQueue]], now: datetime
    ) -> dict[str, Delivery]:
        taken: dict[str, Delivery] = {}
        for queue in answering:
            keys = [head.key for head, theirs in heads if theirs is queue]
            if keys:
                with answering.using(queue):
                    rows = queue.claim(keys, owner=self._post.owner, now=now)
                    taken.update((row.key, row) for row in rows)
        return taken

    def _without_gaps(self, answering: Answering, found: Sequence[InHand]) -> list[InHand]:
        """The rows without those whose person the other ledger wrote to a moment ago."""
        # The ledger a row is in has seen to its own gap; here the other one is asked.
        gaps: dict[str, int] = {}
        for asked in answering:
            theirs = [each.row.person_id for each in found if each.queue is not asked]
            if theirs:
                with answering.using(asked):
                    gaps |= asked.reading.gaps_ms(theirs)
        return [each for each in found if not self._is_put_off(each, gaps.get(each.row.person_id, 0))]

    def _is_put_off(self, each: InHand, gap_ms: int) -> bool:
        if gap_ms:
            self._unwritten.unsent(each.queue, [each.row], ONE_A_SECOND, pause_ms=gap_ms)
        return gap_ms > 0


def _alike(heads: Sequence[tuple[Head, DeliveryQueue]], way: Way) -> Iterator[tuple[Head, DeliveryQueue]]:
    """The first rows that go this way, one of a person: the others wait for it."""
    met = set[str]()
    for head, queue in takewhile(lambda each: each[0].way is way, heads):
        if head.person_id not in met:
            yield head, queue
        met.add(head.person_id)
