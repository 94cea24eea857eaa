"""Sends one claimed row: asks for its words, passes the fence, posts, and writes down what became of it."""

import logging
from collections.abc import Callable

from domain.delivery import (
    AccessLost,
    Deferred,
    Delivery,
    DeliveryError,
    MessageGone,
    MissingScope,
    OutcomeUnknown,
    Outgoing,
    OutgoingFile,
    OutgoingMessage,
    RateLimited,
    RecipientGone,
    Suppressed,
    Unreachable,
    UploadUnknown,
    Way,
)
from domain.errors import StoreAway, StoreBusy, SupportUnavailable
from domain.ports import Message, Posted
from services.delivery.lanes import Lane, Lanes
from services.delivery.ledger import Post
from services.delivery.settling import GONE, RETRY_MS, Settling, Step
from services.delivery.unwritten import Unwritten
from storage.delivery import CHANNEL_GAP_MS, DeliveryQueue

SENDING_LEASE_MS = 30_000
"""Longer than the longest call to Slack (ten seconds), so that a lease never ends under a call."""
READ_BACK_AFTER_MS = 5_000
NOT_UPLOADED = "not uploaded"
NOT_COMPOSED = "could not be composed"
NO_TURN = "another replica was quicker"
NO_PACE = "the store of the pace is away"
RATE_LIMITED = "ratelimited"

logger = logging.getLogger(__name__)


class _NotUploaded(Exception):
    """The upload of a file did not come through; it can be begun afresh."""


class Sender:
    """Takes rows one by one from claimed to settled."""

    def __init__(self, post: Post, lanes: Lanes, settling: Settling, unwritten: Unwritten) -> None:
        self._post = post
        self._lanes = lanes
        self._settling = settling
        self._unwritten = unwritten

    def send(self, queue: DeliveryQueue, row: Delivery) -> Step:
        """Send the row, unless it need not be sent any more."""
        composer = self._post.composers.get(row.kind)
        if composer is None:
            return self._settling.hold(queue, row, "nobody knows this kind of message")
        try:
            recipient = self._post.recipient_of(row)
            outgoing = Suppressed(GONE) if recipient is None else composer(row)
        except (StoreBusy, StoreAway, SupportUnavailable):
            return self._settling.put_back(queue, row, "the store is away", pause_ms=RETRY_MS)
        except Exception:  # one row that cannot be made must not hold up the others
            logger.exception("message not composed", extra={"kind": row.kind, "marker": row.marker})
            return self._settling.retry_or_hold(queue, row, NOT_COMPOSED)
        return self._act_on(queue, row, recipient or "", outgoing)

    def _act_on(
        self, queue: DeliveryQueue, row: Delivery, recipient: str, outgoing: Outgoing | Suppressed | Deferred
    ) -> Step:
        match outgoing:
            case Suppressed(reason):
                return self._settling.let_go(queue, row, reason)
            case Deferred(until=until):
                queue.put_back(row, owner=self._post.owner, pause_ms=0, reason="deferred", until=until)
                return Step.NOT_SENT
            case OutgoingMessage(message) if row.way is Way.UPDATE:
                return self._guarded(queue, row, lambda: self._update(queue, row, message))
            case OutgoingMessage():
                return self._guarded(queue, row, lambda: self._message(queue, row, recipient, outgoing))
            case OutgoingFile():
                return self._guarded(queue, row, lambda: self._file(queue, row, outgoing))

    def _message(self, queue: DeliveryQueue, row: Delivery, recipient: str, outgoing: OutgoingMessage) -> Step:
        step = self._pass(queue, row)
        if step is Step.SENT:
            posted = self._post.messenger.post(channel=recipient, message=outgoing.message, key=row.marker)
            self._accepted(queue, row, posted)
        return step

    def _update(self, queue: DeliveryQueue, row: Delivery, message: Message) -> Step:
        place = queue.reading.place_of(row.after) if row.after else None
        if place is None:
            return self._settling.let_go(queue, row, "no message to bring up to date")
        step = self._pass(queue, row)
        if step is Step.SENT:
            self._post.messenger.update(channel=place.channel, ts=place.ts, message=message)
            self._accepted(queue, row, place)
        return step

    def _file(self, queue: DeliveryQueue, row: Delivery, outgoing: OutgoingFile) -> Step:
        place = queue.reading.place_of(row.after) if row.after else None
        if place is None:
            return self._settling.let_go(queue, row, "no message to follow")
        file_id = row.file_id or self._upload(queue, row, outgoing)
        step = self._pass(queue, row)
        if step is not Step.SENT:
            return step
        try:
            self._post.messenger.finish_file(file_id=file_id, channel=place.channel, title=outgoing.title)
        except UploadUnknown as error:
            if not row.was_asked:
                queue.forget_file(row, owner=self._post.owner)
                return self._settling.retry_or_hold(queue, row, str(error))
            # Slack shows an upload once: the earlier try, whose answer was lost, did.
        self._accepted(queue, row, Posted(channel=place.channel, ts=""))
        return Step.SENT

    def _upload(self, queue: DeliveryQueue, row: Delivery, outgoing: OutgoingFile) -> str:
        try:
            file_id = self._post.messenger.begin_file(filename=outgoing.filename, content=outgoing.content)
        except OutcomeUnknown:
            raise _NotUploaded from None  # nobody was shown anything, so there is nothing to read back
        queue.note_file(row, file_id, owner=self._post.owner)
        return file_id

    def _pass(self, queue: DeliveryQueue, row: Delivery) -> Step:
        """A token, then the fence. `SENT` means: Slack may be asked now."""
        if not self._has_token(queue, row):
            return self._settling.put_back(queue, row, NO_TURN, step=Step.WAIT)
        if not queue.fence(row, owner=self._post.owner, lease_ms=SENDING_LEASE_MS, now=self._post.clock.now()):
            return self._settling.put_back(queue, row, NO_TURN, pause_ms=CHANNEL_GAP_MS)
        return Step.SENT

    def _has_token(self, queue: DeliveryQueue, row: Delivery) -> bool:
        try:
            return self._lane(row).pace.take()
        except (StoreBusy, StoreAway):
            self._settling.put_back(queue, row, NO_PACE)  # else it would wait until its lease is over
            raise

    def _lane(self, row: Delivery) -> Lane:
        return self._lanes.of(row.way)

    def _accepted(self, queue: DeliveryQueue, row: Delivery, posted: Posted) -> None:
        self._unwritten.note(queue, row, posted)
        self._unwritten.write_down(queue)

    def _guarded(self, queue: DeliveryQueue, row: Delivery, act: Callable[[], Step]) -> Step:
        try:
            return act()
        except RateLimited as limit:
            self._lane(row).pace.bar(limit.retry_after_seconds)
            return self._slow_down(queue, row, int(limit.retry_after_seconds * 1000))
        except _NotUploaded:
            return self._settling.retry(queue, row, NOT_UPLOADED, step=Step.UNANSWERED)
        except Unreachable as error:
            return self._settling.put_back(queue, row, str(error), step=Step.UNANSWERED)
        except OutcomeUnknown as error:
            return self._unanswered(queue, row, str(error))
        except DeliveryError as error:
            return self._refused(queue, row, error)

    def _refused(self, queue: DeliveryQueue, row: Delivery, error: DeliveryError) -> Step:
        match error:
            case MessageGone():
                return self._settling.let_go(queue, row, "the message is gone")
            case MissingScope() if row.way is Way.FILE:
                return self._settling.let_go(queue, row, "files are not allowed")
            case MissingScope():
                return self._settling.put_back(queue, row, f"missing scope {error}", step=Step.SHUT_OUT)
            case RecipientGone() if row.channel_meant is None:
                # As if the table of accounts had known it already. An alert would tell staff, who may have closed the
                # account a moment ago, that its owner had a session.
                return self._settling.let_go(queue, row, GONE)
            case AccessLost():
                return self._settling.put_back(queue, row, str(error), step=Step.SHUT_OUT)
            case _:
                return self._settling.hold(queue, row, str(error))

    def _unanswered(self, queue: DeliveryQueue, row: Delivery, reason: str) -> Step:
        if row.way is Way.UPDATE:  # the same words once more do no harm
            return self._settling.retry(queue, row, reason, step=Step.UNANSWERED)
        queue.doubt(row, owner=self._post.owner, pause_ms=READ_BACK_AFTER_MS, reason=reason, failed=True)
        return Step.UNANSWERED

    def _slow_down(self, queue: DeliveryQueue, row: Delivery, pause_ms: int) -> Step:
        # Slack has been seen to deliver what it refused for haste. A file that is not yet shared has no such doubt, and
        # an update may go twice.
        is_doubtful = row.way is not Way.UPDATE
        if not (is_doubtful and queue.doubt(row, owner=self._post.owner, pause_ms=pause_ms, reason=RATE_LIMITED)):
            self._settling.put_back(queue, row, RATE_LIMITED, pause_ms=pause_ms)
        return Step.WAIT
