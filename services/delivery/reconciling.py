"""Finds out what became of messages nobody knows about: reads the bot's own messages back, and decides.

Found: it was sent. Absent after a grace: it goes again. Cannot be read: twice is better than never, notices excepted.
"""

from datetime import timedelta

from domain.delivery import (
    AccessLost,
    CannotRead,
    Delivery,
    DeliveryError,
    DeliveryState,
    RateLimited,
    RecipientGone,
)
from domain.ports import Posted
from services.delivery.ledger import Post
from services.delivery.sending import RATE_LIMITED
from storage.delivery import DeliveryQueue

GRACE_MS = 60_000
"""How long Slack may take to show a message it accepted."""
LEASE_MS = 30_000
LOOK_AGAIN_MS = 30_000
AT_ONCE = 20
SINCE_MARGIN = timedelta(minutes=2)
"""Slack's clock and ours may differ."""
UNKNOWN = "nobody knows whether it arrived"


class Reconciler:
    """Settles doubtful rows of both ledgers. Any number of replicas may do so; a row is taken by one at a time."""

    def __init__(self, post: Post) -> None:
        self._post = post

    def reconcile(self) -> int:
        """Take back rows of processes that died, read back those in doubt, and return how many were looked at."""
        looked_at = 0
        for queue in self._post.queues:
            queue.recover()
            for row, age_ms in queue.claim_doubtful(owner=self._post.owner, lease_ms=LEASE_MS, at_most=AT_ONCE):
                self._look(queue, row, age_ms)
                looked_at += 1
        return looked_at

    def _look(self, queue: DeliveryQueue, row: Delivery, age_ms: int) -> None:
        try:
            found = self._find(queue, row, age_ms)
        except CannotRead:
            self._without_reading(queue, row)
        except RecipientGone as error:
            queue.settle(row, DeliveryState.DEAD, str(error), owner=self._post.owner)
        except RateLimited as limit:
            self._later(queue, row, int(limit.retry_after_seconds * 1000))
        except (AccessLost, DeliveryError):
            self._later(queue, row, LOOK_AGAIN_MS)
        else:
            self._decide(queue, row, found, age_ms)

    def _find(self, queue: DeliveryQueue, row: Delivery, age_ms: int) -> Posted | None:
        since = self._post.clock.wall() - timedelta(milliseconds=age_ms) - SINCE_MARGIN
        if row.after is None:
            recipient = self._post.recipient(row.person_id)
            if recipient is None:
                raise RecipientGone("gone")
            return self._post.messenger.find(channel=recipient, key=row.marker, since=since)
        place = queue.place_of(row.after)
        if place is None or row.file_id is None:
            return None
        is_there = self._post.messenger.find_file(channel=place.channel, file_id=row.file_id, since=since)
        return Posted(channel=place.channel, ts="") if is_there else None

    def _decide(self, queue: DeliveryQueue, row: Delivery, found: Posted | None, age_ms: int) -> None:
        if found is not None:
            queue.finish(row, found, owner=self._post.owner, state=DeliveryState.AMBIGUOUS)
        elif age_ms < GRACE_MS:
            self._later(queue, row, GRACE_MS - age_ms)
        else:
            queue.put_back(row, owner=self._post.owner, pause_ms=0, reason="it had not arrived")

    def _without_reading(self, queue: DeliveryQueue, row: Delivery) -> None:
        # A refusal for haste was most likely no delivery, so even a notice goes again after it.
        if row.tier.is_resent_blindly or queue.last_error(row) == RATE_LIMITED:
            queue.put_back(row, owner=self._post.owner, pause_ms=0, reason=UNKNOWN)
        else:
            queue.settle(row, DeliveryState.DEAD, UNKNOWN, owner=self._post.owner)

    def _later(self, queue: DeliveryQueue, row: Delivery, pause_ms: int) -> None:
        reason = queue.last_error(row)
        queue.doubt(row, owner=self._post.owner, pause_ms=pause_ms, reason=reason, failed=False)
