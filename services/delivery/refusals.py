"""What it means for a row when Slack refuses it or does not answer."""

from domain.delivery import (
    AccessLost,
    ChannelClosed,
    Delivery,
    DeliveryError,
    MessageGone,
    MissingScope,
    OutcomeUnknown,
    RateLimited,
    RecipientGone,
    Unreachable,
    UploadUnknown,
    Way,
)
from services.delivery.lanes import Lanes
from services.delivery.settling import GONE, Settling, Step
from storage.delivery import DeliveryQueue

READ_BACK_AFTER_MS = 5_000
RATE_LIMITED = "ratelimited"


class Refusals:
    """For the rows this replica, `owner`, has in hand."""

    def __init__(self, owner: str, lanes: Lanes, settling: Settling) -> None:
        self._owner = owner
        self._lanes = lanes
        self._settling = settling

    def answer(self, queue: DeliveryQueue, row: Delivery, error: DeliveryError) -> Step:
        """Write down what becomes of the row. Raises what its store raises."""
        match error:
            case RateLimited():
                return self._slow_down(queue, row, error.retry_after_seconds)
            case Unreachable():
                return self._settling.put_back(queue, row, str(error), step=Step.UNANSWERED)
            case OutcomeUnknown():
                return self._unanswered(queue, row, str(error))
            case MissingScope() | AccessLost():
                return self._shut_out(queue, row, error)
            case _:
                return self._refused(queue, row, error)

    def _refused(self, queue: DeliveryQueue, row: Delivery, error: DeliveryError) -> Step:
        match error:
            case MessageGone():
                return self._settling.let_go(queue, row, "the message is gone")
            case RecipientGone() if row.channel_meant is None:
                # As if the table of accounts had known it already. An alert would tell staff, who may have closed the
                # account a moment ago, that its owner had a session.
                return self._settling.let_go(queue, row, GONE)
            case RecipientGone() | ChannelClosed() if row.channel_meant is not None and row.way is Way.POST:
                # Its author was told that before it was sent, and is told now. It is no fault of the bot's.
                return self._settling.keep(queue, row, str(error))
            case UploadUnknown():
                queue.forget_file(row, owner=self._owner)
                return self._settling.retry_or_hold(queue, row, str(error))
            case _:
                return self._settling.hold(queue, row, str(error))

    def _shut_out(self, queue: DeliveryQueue, row: Delivery, error: AccessLost | MissingScope) -> Step:
        if isinstance(error, AccessLost):
            return self._settling.put_back(queue, row, str(error), step=Step.SHUT_OUT)
        if row.way is Way.FILE:
            return self._settling.let_go(queue, row, "files are not allowed")
        return self._settling.put_back(queue, row, f"missing scope {error}", step=Step.SHUT_OUT)

    def _unanswered(self, queue: DeliveryQueue, row: Delivery, reason: str) -> Step:
        if row.way is Way.UPDATE:  # the same words once more do no harm
            return self._settling.retry(queue, row, reason, step=Step.UNANSWERED)
        queue.doubt(row, owner=self._owner, pause_ms=READ_BACK_AFTER_MS, reason=reason, failed=True)
        return Step.UNANSWERED

    def _slow_down(self, queue: DeliveryQueue, row: Delivery, seconds: float) -> Step:
        self._lanes.of(row.way).pace.bar(seconds)
        pause_ms = int(seconds * 1000)
        # Slack has been seen to deliver what it refused for haste. A file that is not yet shared has no such doubt, and
        # an update may go twice.
        is_doubtful = row.way is not Way.UPDATE
        if not (is_doubtful and queue.doubt(row, owner=self._owner, pause_ms=pause_ms, reason=RATE_LIMITED)):
            self._settling.put_back(queue, row, RATE_LIMITED, pause_ms=pause_ms)
        return Step.WAIT
