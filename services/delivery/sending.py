"""Sends one claimed row: asks for its words, passes the fence, posts, and writes down what became of it."""

import logging
from collections.abc import Callable
from enum import Enum

from domain.delivery import (
    AccessLost,
    Deferred,
    Delivery,
    DeliveryState,
    MessageRefused,
    MissingScope,
    OutcomeUnknown,
    Outgoing,
    OutgoingFile,
    OutgoingMessage,
    RateLimited,
    RecipientGone,
    Suppressed,
)
from domain.errors import StoreAway, StoreBusy, SupportUnavailable
from domain.ports import Posted
from services.delivery.ledger import Post
from services.delivery.pace import Pace
from storage.delivery import DeliveryQueue

SENDING_LEASE_MS = 30_000
"""Longer than the longest call to Slack (ten seconds), so that a lease never ends under a call."""
READ_BACK_AFTER_MS = 5_000
RETRY_MS = 5_000
RETRY_MAX_MS = 600_000
NOT_UPLOADED = "not uploaded"

RATE_LIMITED = "ratelimited"

logger = logging.getLogger(__name__)


class _NotUploaded(Exception):
    """The upload of a file did not come through; it can be begun afresh."""


class Step(Enum):
    """What the dispatcher does next."""

    GO_ON = "go on"
    WAIT = "wait"
    STOP = "stop"


class Sender:
    """Takes rows one by one from claimed to settled. Keeps nothing between rows but why Slack will not have us."""

    def __init__(self, post: Post, pace: Pace) -> None:
        self._post = post
        self._pace = pace

    def send(self, queue: DeliveryQueue, row: Delivery) -> Step:
        """Send the row, unless it need not be sent any more."""
        recipient = self._post.recipient(row.person_id)
        if recipient is None:
            return self._settle(queue, row, DeliveryState.SUPPRESSED, "gone")
        composer = self._post.composers.get(row.kind)
        if composer is None:
            return self._settle(queue, row, DeliveryState.DEAD, "nobody knows this kind of message")
        try:
            outgoing = composer(row)
        except (StoreBusy, StoreAway, SupportUnavailable):
            return self._put_back(queue, row, "the store is away")
        except Exception:  # one row that cannot be made must not hold up the others
            logger.exception("message not composed", extra={"kind": row.kind, "marker": row.marker})
            return self._put_back(queue, row, "could not be composed")
        return self._act_on(queue, row, recipient, outgoing)

    def _act_on(
        self, queue: DeliveryQueue, row: Delivery, recipient: str, outgoing: Outgoing | Suppressed | Deferred
    ) -> Step:
        match outgoing:
            case Suppressed(reason):
                return self._settle(queue, row, DeliveryState.SUPPRESSED, reason)
            case Deferred(until=until):
                queue.put_back(row, owner=self._post.owner, pause_ms=0, reason="deferred", until=until)
                return Step.GO_ON
            case OutgoingMessage():
                return self._guarded(queue, row, lambda: self._message(queue, row, recipient, outgoing))
            case OutgoingFile():
                return self._guarded(queue, row, lambda: self._file(queue, row, outgoing))

    def _message(self, queue: DeliveryQueue, row: Delivery, recipient: str, outgoing: OutgoingMessage) -> None:
        if queue.fence(row, owner=self._post.owner, lease_ms=SENDING_LEASE_MS):
            posted = self._post.messenger.post(channel=recipient, message=outgoing.message, key=row.marker)
            queue.finish(row, posted, owner=self._post.owner)

    def _file(self, queue: DeliveryQueue, row: Delivery, outgoing: OutgoingFile) -> None:
        place = queue.place_of(row.after) if row.after else None
        if place is None:
            self._settle(queue, row, DeliveryState.SUPPRESSED, "no message to follow")
            return
        file_id = row.file_id or self._upload(queue, row, outgoing)
        if file_id is not None and queue.fence(row, owner=self._post.owner, lease_ms=SENDING_LEASE_MS):
            self._post.messenger.finish_file(file_id=file_id, channel=place.channel, title=outgoing.title)
            queue.finish(row, Posted(channel=place.channel, ts=""), owner=self._post.owner)

    def _upload(self, queue: DeliveryQueue, row: Delivery, outgoing: OutgoingFile) -> str | None:
        try:
            file_id = self._post.messenger.begin_file(filename=outgoing.filename, content=outgoing.content)
        except OutcomeUnknown:
            raise _NotUploaded from None  # nobody was shown anything, so there is nothing to read back
        return file_id if queue.note_file(row, file_id, owner=self._post.owner) else None

    def _guarded(self, queue: DeliveryQueue, row: Delivery, act: Callable[[], None]) -> Step:
        owner = self._post.owner
        try:
            act()
        except RateLimited as limit:
            self._pace.bar(limit.retry_after_seconds)
            pause = int(limit.retry_after_seconds * 1000)
            queue.doubt(row, owner=owner, pause_ms=pause, reason=RATE_LIMITED, failed=False)
            return Step.WAIT
        except _NotUploaded:
            return self._put_back(queue, row, NOT_UPLOADED)
        except OutcomeUnknown as error:
            queue.doubt(row, owner=owner, pause_ms=READ_BACK_AFTER_MS, reason=str(error), failed=True)
        except (RecipientGone, MessageRefused) as error:
            self._settle(queue, row, DeliveryState.DEAD, str(error))
        except MissingScope as error:
            if row.after is None:
                return self._stop(queue, row, f"missing scope {error}")
            self._settle(queue, row, DeliveryState.SUPPRESSED, "files are not allowed")
        except AccessLost as error:
            return self._stop(queue, row, str(error))
        return Step.GO_ON

    def _stop(self, queue: DeliveryQueue, row: Delivery, reason: str) -> Step:
        queue.put_back(row, owner=self._post.owner, pause_ms=0, reason=reason)
        return Step.STOP

    def _put_back(self, queue: DeliveryQueue, row: Delivery, reason: str) -> Step:
        pause_ms = min(RETRY_MAX_MS, RETRY_MS * 2 ** min(row.attempt, 10))
        queue.put_back(row, owner=self._post.owner, pause_ms=pause_ms, reason=reason, failed=True)
        return Step.GO_ON

    def _settle(self, queue: DeliveryQueue, row: Delivery, state: DeliveryState, reason: str) -> Step:
        queue.settle(row, state, reason, owner=self._post.owner)
        return Step.GO_ON
