"""Finds out what became of messages nobody knows about: reads the bot's own messages back, and decides.

Found: it was sent. Absent after a grace: it goes again. Cannot be read: twice is better than never, notices excepted.
"""

from collections.abc import Callable
from datetime import timedelta

from domain.delivery import (
    CannotRead,
    Delivery,
    DeliveryError,
    MessageRefused,
    RateLimited,
    RecipientGone,
    Way,
)
from domain.ports import Posted
from services.delivery.ledger import Post
from services.delivery.pace import Pace
from services.delivery.refusals import RATE_LIMITED
from services.delivery.settling import ATTEMPTS_MAX, GONE, Settling, pause_before
from storage.delivery import LEASE_MAX_MS, DeliveryQueue

GRACE_MS = 60_000
"""How long Slack may take to show a message it accepted."""
LEASE_MS = LEASE_MAX_MS
"""Longer than a look takes: naming the DM and some pages of its history, ten seconds each at the most."""
LOOK_AGAIN_MS = 30_000
AT_ONCE = 20
READS_PER_MINUTE = 40
"""Naming the DM and reading it are Tier 3 methods: 50 a minute."""
SINCE_MARGIN = timedelta(days=1)
"""Slack's clock and ours may differ, and ours may have been set. What it writes to one person in a day is a page."""
UNKNOWN = "nobody knows whether it arrived"
NOT_ARRIVED = "it had not arrived"


class Reconciler:
    """Settles doubtful rows. Any number of replicas may do so; a row is taken by one at a time."""

    def __init__(self, post: Post, pace: Pace, settling: Settling, *, arrived: Callable[[Delivery], object]) -> None:
        """`arrived` is called with what is found to have arrived."""
        self._post = post
        self._pace = pace
        self._settling = settling
        self._arrived = arrived

    def reconcile(self, queue: DeliveryQueue) -> int:
        """Take back rows of processes that died, read back those in doubt, and return how many were looked at."""
        queue.doubts.recover()
        looked_at = 0
        while looked_at < AT_ONCE and not self._post.stopping.is_set() and self._pace.at_hand():
            taken = queue.doubts.claim(owner=self._post.owner, lease_ms=LEASE_MS)
            if taken is None:
                break
            looked_at += 1
            if not self._look(queue, *taken):
                break
        return looked_at

    def _look(self, queue: DeliveryQueue, row: Delivery, age_ms: int) -> bool:
        """Look for one row; False when Slack should not be asked about others either just now."""
        if row.way is Way.UPDATE:  # the same words once more do no harm
            queue.doubts.dispel(row, owner=self._post.owner, reason=UNKNOWN)
            return True
        try:
            found = self._find(queue, row, age_ms)
        except RecipientGone:
            self._settling.let_go(queue, row, GONE)
        except (CannotRead, MessageRefused):
            self._without_reading(queue, row)
        except RateLimited as limit:
            self._pace.bar(limit.retry_after_seconds)
            return self._later(queue, row, int(limit.retry_after_seconds * 1000), go_on=False)
        except DeliveryError:
            return self._later(queue, row, LOOK_AGAIN_MS, go_on=False)
        else:
            self._decide(queue, row, found, age_ms)
        return True

    def _find(self, queue: DeliveryQueue, row: Delivery, age_ms: int) -> Posted | None:
        self._pace.take()
        since = self._post.clock.wall() - timedelta(milliseconds=age_ms) - SINCE_MARGIN
        if row.channel_meant is not None:
            raise CannotRead("channels are not read")  # what people write there is none of the bot's business
        if row.after is None:
            recipient = self._post.recipient_of(row)
            if recipient is None:
                raise RecipientGone(GONE)
            return self._post.messenger.find(channel=recipient, key=row.marker, since=since)
        place = queue.reading.place_of(row.after)
        if place is None or row.file_id is None:
            return None
        is_there = self._post.messenger.find_file(channel=place.channel, file_id=row.file_id, since=since)
        return Posted(channel=place.channel, ts="") if is_there else None

    def _decide(self, queue: DeliveryQueue, row: Delivery, found: Posted | None, age_ms: int) -> None:
        if found is not None:
            queue.finish([(row, found)], owner=self._post.owner)
            self._arrived(row)
        elif age_ms < GRACE_MS:
            self._later(queue, row, GRACE_MS - age_ms)
        else:
            queue.doubts.dispel(row, owner=self._post.owner, reason=NOT_ARRIVED)

    def _without_reading(self, queue: DeliveryQueue, row: Delivery) -> None:
        # A refusal for haste was most likely no delivery, so even a notice goes again after it.
        is_refused = queue.doubts.reason(row) == RATE_LIMITED
        if is_refused and row.way is Way.FILE:
            # And no upload of it that is gone was seen by anybody: with the doubt its file would count as sent. Should
            # Slack have shown it all the same, there are two of it. That is better than none.
            queue.doubts.dispel(row, owner=self._post.owner, reason=RATE_LIMITED)
        elif (is_refused or row.tier.is_resent_blindly) and row.attempt < ATTEMPTS_MAX:
            # Each time later: while every answer is lost, every try may be one more copy.
            pause_ms, is_lost = pause_before(row.attempt), not is_refused
            queue.put_back(row, owner=self._post.owner, pause_ms=pause_ms, reason=UNKNOWN, is_lost=is_lost)
        else:
            self._settling.hold(queue, row, UNKNOWN, is_lost=True)

    def _later(self, queue: DeliveryQueue, row: Delivery, pause_ms: int, *, go_on: bool = True) -> bool:
        queue.doubt(row, owner=self._post.owner, pause_ms=pause_ms)
        return go_on
