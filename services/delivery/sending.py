"""Sends the rows in hand: asks for their words, takes them through the fence, posts, and writes down what came of it.

Each of these steps is one for all of them, but for Slack, which is asked about one after the other.
"""

import logging
from collections.abc import Sequence

from domain.delivery import DeliveryError
from domain.errors import StoreAway, StoreBusy
from services.delivery.answering import Answering
from services.delivery.choosing import InHand
from services.delivery.composing import Call, Composing
from services.delivery.hurry import Hurry
from services.delivery.lanes import Lane, Lanes
from services.delivery.ledger import Post
from services.delivery.refusals import Refusals
from services.delivery.settling import Step
from services.delivery.unwritten import Unwritten
from storage.delivery import CHANNEL_GAP_MS

SENDING_LEASE_MS = 30_000
STORE_BUSY = "its store was busy"
NO_TURN = "another replica was quicker"
NOT_ASKED = "a row before it was in trouble"

logger = logging.getLogger(__name__)


class Sender:
    """Takes rows of one way from claimed to settled."""

    def __init__(
        self, post: Post, lanes: Lanes, composing: Composing, refusals: Refusals, unwritten: Unwritten
    ) -> None:
        self._post = post
        self._lanes = lanes
        self._composing = composing
        self._refusals = refusals
        self._unwritten = unwritten

    def send(self, answering: Answering, rows: Sequence[InHand]) -> list[Step]:
        """Send the rows, unless they need not be sent any more, and say what became of them."""
        steps: list[Step] = []
        calls: list[Call] = []
        for each in rows:
            composed = self._composed(answering, each)
            if isinstance(composed, Call):
                calls.append(composed)
            else:
                steps.append(composed)
        if calls:
            steps += self._send(answering, calls)
        self._write_down(answering)
        return steps

    def _composed(self, answering: Answering, each: InHand) -> Call | Step:
        composed: Call | Step | None = None
        if each.queue in answering:
            with answering.using(each.queue):
                composed = self._composing.compose(each)
        if composed is None:
            self._unwritten.unsent(each.queue, [each.row], STORE_BUSY)
            return Step.NOT_SENT
        return composed

    def _send(self, answering: Answering, calls: Sequence[Call]) -> list[Step]:
        lane = self._lanes.of(calls[0].row.way)
        tokens = self._tokens(lane, calls)
        self._unsent(calls[tokens:], NO_TURN)
        passed = self._passed(answering, calls[:tokens])
        began = self._post.clock.monotonic()
        steps = self._ask_each(answering, passed)
        if passed and steps == [Step.SENT] * len(passed):
            lane.stride.went(len(steps), seconds=self._post.clock.monotonic() - began)
        else:
            lane.stride.stumbled()
        return [*steps, Step.WAIT] if tokens < len(calls) else steps

    def _tokens(self, lane: Lane, calls: Sequence[Call]) -> int:
        try:
            return lane.pace.take(len(calls))
        except (StoreBusy, StoreAway) as error:  # the pace, which all rows need
            logger.warning("dispatch interrupted", extra={"error": type(error).__name__})
            return 0

    def _passed(self, answering: Answering, calls: Sequence[Call]) -> list[Call]:
        """The fence, and who passes it: Slack may be asked about these now."""
        passed = set[str]()
        for queue in answering:
            rows = [call.row for call in calls if call.queue is queue]
            if rows:
                with answering.using(queue):
                    passed |= queue.fence(
                        rows, owner=self._post.owner, lease_ms=SENDING_LEASE_MS, now=self._post.clock.now()
                    )
        self._unsent([call for call in calls if call.row.key not in passed], NO_TURN, pause_ms=CHANNEL_GAP_MS)
        return [call for call in calls if call.row.key in passed]

    def _ask_each(self, answering: Answering, calls: Sequence[Call]) -> list[Step]:
        """Ask Slack about one after the other, until one is in trouble."""
        steps: list[Step] = []
        hurry = Hurry(self._post.clock)
        for call in calls:
            if not self._may_ask(answering, call, hurry):
                break
            steps.append(self._ask(answering, call))
            if steps[-1] not in (Step.SENT, Step.NOT_SENT):
                break
            if hurry.is_time_to_write():
                self._write_down(answering)
        self._unsent(calls[len(steps) :], NOT_ASKED)
        return steps

    def _may_ask(self, answering: Answering, call: Call, hurry: Hurry) -> bool:
        return call.queue in answering and hurry.may_ask() and not self._post.stopping.is_set()

    def _ask(self, answering: Answering, call: Call) -> Step:
        step = Step.SENT
        try:
            self._unwritten.arrived(call.queue, call.row, call.ask())
        except DeliveryError as error:
            step = Step.NOT_SENT
            with answering.using(call.queue):
                step = self._refusals.answer(call.queue, call.row, error)
        return step

    def _unsent(self, calls: Sequence[Call], reason: str, *, pause_ms: int = 0) -> None:
        for call in calls:
            self._unwritten.unsent(call.queue, [call.row], reason, pause_ms=pause_ms)

    def _write_down(self, answering: Answering) -> None:
        for queue in answering:
            with answering.using(queue):
                self._unwritten.write_down(queue)
