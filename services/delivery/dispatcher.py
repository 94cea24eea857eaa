"""One cycle of sending, and what others may know about how it goes."""

import logging
from collections.abc import Callable, Mapping, Sequence

from domain.delivery import Composer, Delivery, Way
from domain.errors import StoreAway, StoreBusy
from domain.ports import Clock, Messenger
from services.delivery.answering import Answering
from services.delivery.choosing import Choosing, Short
from services.delivery.composing import Composing
from services.delivery.lanes import Lanes
from services.delivery.ledger import ALERT, Alert, Ledger, Post
from services.delivery.pace import BURST, READ_METHOD, Pace
from services.delivery.reconciling import READS_PER_MINUTE, Reconciler
from services.delivery.refusals import Refusals
from services.delivery.sending import Sender
from services.delivery.settling import Settling, Step
from services.delivery.steadiness import Steadiness
from services.delivery.unwritten import Unwritten
from services.delivery.watch import CLOCK_STEPPED, HELD, NO_ACCESS, OUTAGE, STORE_AWAY, Watch
from storage.delivery import DeliveryQueue, RealTime, real_time
from storage.engine import Store

PER_CYCLE = 100
"""A cycle ends after so many, so that the other jobs' locks and a stop are never far away."""
SHORTEST_WAIT_SECONDS = 0.05
"""Where tokens come faster, several go together: each look costs the stores something."""

logger = logging.getLogger(__name__)


class Dispatcher:
    """Merges both ledgers by (tier, instant) and sends their rows in that order. Any number of replicas may run."""

    def __init__(
        self,
        *,
        ledgers: Sequence[Ledger],
        program: Store,
        workspace: str,
        composers: Mapping[str, Composer],
        messenger: Messenger,
        recipient: Callable[[str], str | None],
        clock: Clock,
        owner: str,
        posts_per_minute: int,
        burst: int = BURST,
        patience_seconds: float = 0.0,
        alert: Alert = lambda _code: None,
        real: RealTime | None = None,
        arrived: Callable[[Delivery], object] = lambda _row: None,
    ) -> None:
        """`arrived` is called with each row once it is known to have been sent; it must not wait or raise.

        With patience a cycle waits for tokens, so long in all, while rows are due: otherwise what is due goes in
        bursts, one a cycle, and the last row up to a cycle after its token.
        """
        measured = real or real_time(clock)
        self._post = Post(
            queues=[DeliveryQueue(ledger.store, ledger.table, measured) for ledger in ledgers],
            composers=composers,
            messenger=messenger,
            recipient=recipient,
            program=program,
            workspace=workspace,
            clock=clock,
            real=measured,
            owner=owner,
        )
        self._lanes = Lanes(self._post, per_minute=posts_per_minute, burst=burst)
        self.watch = Watch(self._post, self._lanes, alert)
        settling = Settling(owner, self._held)
        refusals = Refusals(owner, self._lanes, settling)
        self._unwritten = Unwritten(owner, arrived)
        self._choosing = Choosing(self._post, self._lanes, self._unwritten)
        composing = Composing(self._post, settling, refusals)
        self._sender = Sender(self._post, self._lanes, composing, refusals, self._unwritten)
        reading = Pace(self._post, READ_METHOD, per_minute=READS_PER_MINUTE)
        self._reconciler = Reconciler(self._post, reading, settling, arrived=self._found)
        self._steadiness = Steadiness(clock)
        self._patience_seconds = patience_seconds
        self._clock = clock
        self._arrived = arrived

    def dispatch(self) -> int:
        """Send what is due now, as fast as the pace allows; return how many rows were taken in hand.

        An unreachable store ends the cycle quietly: nothing was lost, and the next cycle comes in a second.
        """
        self.watch.cycled()
        answering = Answering(self._post.queues, self.watch)
        try:
            self._write_down(answering)
            return self._cycle(answering) if self._may_send() else 0
        except (StoreBusy, StoreAway) as error:  # the pace, which all rows need
            logger.warning("dispatch interrupted", extra={"error": type(error).__name__})
            return 0

    def reconcile(self) -> int:
        """Settle rows in doubt, in each ledger that answers; return how many were looked at."""
        looked_at = 0
        for queue in self._post.queues:
            try:
                self._unwritten.write_down(queue)
                looked_at += self._reconciler.reconcile(queue)
            except (StoreBusy, StoreAway) as error:
                logger.warning("reconcile interrupted", extra={"error": type(error).__name__})
        return looked_at

    def beat(self) -> None:
        """Give a sign of life, and tell staff when messages are late."""
        self.watch.beat()

    def stop(self) -> None:
        """The process is to end: what is in hand is finished, and the rest is left to the next process."""
        self._post.stopping.set()

    def _may_send(self) -> bool:
        if not self._steadiness.check():
            self.watch.trouble(CLOCK_STEPPED)
            return False
        self.watch.clear(CLOCK_STEPPED)
        return self._lanes.may_try()

    def _write_down(self, answering: Answering) -> None:
        for queue in answering:
            with answering.using(queue):
                self._unwritten.write_down(queue)

    def _cycle(self, answering: Answering) -> int:
        answering.tidy(self._clock.now())
        taken = 0
        patience = self._patience_seconds
        goes_on = True
        while goes_on and taken < PER_CYCLE and not self._post.stopping.is_set():
            rows = self._choosing.next(answering, PER_CYCLE - taken)
            if isinstance(rows, Short) and (wait := max(rows.seconds, SHORTEST_WAIT_SECONDS)) <= patience:
                patience -= wait
                self._post.stopping.wait(wait)
                continue
            if rows is None or isinstance(rows, Short):
                break
            taken += max(1, len(rows))
            for step in self._sender.send(answering, rows):
                goes_on = self._goes_on(step, rows[0].row.way) and goes_on
            self.watch.cycled()
        if answering.is_whole():
            self.watch.clear(STORE_AWAY)
        return taken

    def _goes_on(self, step: Step, way: Way) -> bool:
        lane, is_message = self._lanes.of(way), way is Way.POST
        match step:
            case Step.SENT:
                lane.breaker.answered()
                self.watch.clear(NO_ACCESS)
                if is_message:
                    self.watch.clear(OUTAGE)
            case Step.UNANSWERED:
                if lane.breaker.unanswered() and is_message:
                    self.watch.trouble(OUTAGE)
            case Step.SHUT_OUT:
                self._lanes.shut_out()
                self.watch.trouble(NO_ACCESS)
            case Step.NOT_SENT | Step.WAIT:
                pass
        return step in (Step.SENT, Step.NOT_SENT)

    def _found(self, row: Delivery) -> None:
        if row.way is Way.POST:
            self.watch.clear(OUTAGE)
        self._arrived(row)

    def _held(self, row: Delivery) -> None:
        if row.kind != ALERT:  # an alert about an alert would bring the next one
            self.watch.tell(HELD)
