"""Asks for a row's words, and makes of them what Slack is to be asked; or settles a row that need not go."""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from domain.delivery import (
    Deferred,
    Delivery,
    DeliveryError,
    OutcomeUnknown,
    Outgoing,
    OutgoingFile,
    OutgoingMessage,
    Suppressed,
    UploadUnknown,
    Way,
)
from domain.errors import StoreAway, StoreBusy, SupportUnavailable
from domain.ports import Message, Posted
from services.delivery.choosing import InHand
from services.delivery.ledger import Post
from services.delivery.refusals import Refusals
from services.delivery.settling import GONE, RETRY_MS, Settling, Step
from storage.delivery import DeliveryQueue

NOT_COMPOSED = "could not be composed"
NOT_UPLOADED = "not uploaded"

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Call:
    """A row that is ready. `ask` asks Slack and returns where the message is; it raises `DeliveryError`."""

    queue: DeliveryQueue
    row: Delivery
    ask: Callable[[], Posted]


class Composing:
    """Turns rows in hand into calls."""

    def __init__(self, post: Post, settling: Settling, refusals: Refusals) -> None:
        self._post = post
        self._settling = settling
        self._refusals = refusals

    def compose(self, each: InHand) -> Call | Step:
        """What Slack is to be asked for the row; or what became of it, if nothing. Raises what its store raises."""
        queue, row = each.queue, each.row
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
        return self._call(queue, row, recipient or "", outgoing)

    def _call(
        self, queue: DeliveryQueue, row: Delivery, recipient: str, outgoing: Outgoing | Suppressed | Deferred
    ) -> Call | Step:
        match outgoing:
            case Suppressed(reason):
                return self._settling.let_go(queue, row, reason)
            case Deferred(until=until):
                queue.put_back(row, owner=self._post.owner, pause_ms=0, reason="deferred", until=until)
                return Step.NOT_SENT
            case OutgoingMessage(message) if row.way is Way.UPDATE:
                return self._update(queue, row, message)
            case OutgoingMessage(message):
                post = self._post.messenger.post
                return Call(queue, row, partial(post, channel=recipient, message=message, key=row.marker))
            case OutgoingFile():
                return self._file(queue, row, outgoing)

    def _update(self, queue: DeliveryQueue, row: Delivery, message: Message) -> Call | Step:
        place = queue.reading.place_of(row.after) if row.after else None
        if place is None:
            return self._settling.let_go(queue, row, "no message to bring up to date")

        def ask() -> Posted:
            self._post.messenger.update(channel=place.channel, ts=place.ts, message=message)
            return place

        return Call(queue, row, ask)

    def _file(self, queue: DeliveryQueue, row: Delivery, outgoing: OutgoingFile) -> Call | Step:
        place = queue.reading.place_of(row.after) if row.after else None
        if place is None:
            return self._settling.let_go(queue, row, "no message to follow")
        try:
            file_id = row.file_id or self._upload(queue, row, outgoing)
        except OutcomeUnknown:  # nobody was shown anything, so there is nothing to read back
            return self._settling.retry(queue, row, NOT_UPLOADED, step=Step.UNANSWERED)
        except DeliveryError as error:
            return self._refusals.answer(queue, row, error)
        return Call(queue, row, partial(self._show, row, file_id, place.channel, outgoing.title))

    def _upload(self, queue: DeliveryQueue, row: Delivery, outgoing: OutgoingFile) -> str:
        file_id = self._post.messenger.begin_file(filename=outgoing.filename, content=outgoing.content)
        queue.note_file(row, file_id, owner=self._post.owner)
        return file_id

    def _show(self, row: Delivery, file_id: str, channel: str, title: str) -> Posted:
        try:
            self._post.messenger.finish_file(file_id=file_id, channel=channel, title=title)
        except UploadUnknown:
            if not row.was_asked:
                raise
            # Slack shows an upload once: the earlier try, whose answer was lost, did.
        return Posted(channel=channel, ts="")
