"""One cycle of sending, and what others may know about how it goes."""

import logging
from collections.abc import Callable, Mapping, Sequence

from domain.delivery import Composer
from domain.errors import StoreAway, StoreBusy
from domain.ports import Clock, Messenger
from services.delivery.ledger import Alert, Ledger, Post
from services.delivery.pace import BURST, Pace
from services.delivery.reconciling import Reconciler
from services.delivery.sending import Sender, Step
from services.delivery.steadiness import Steadiness
from services.delivery.watch import CLOCK_STEPPED, NO_ACCESS, Watch
from storage.delivery import DeliveryQueue, RealTime, real_time
from storage.engine import Store

CLAIM_LEASE_MS = 30_000
PER_CYCLE = 100
"""A cycle ends after so many, so that the other jobs' locks and a stop are never far away."""
TRY_AGAIN_SECONDS = 60.0
"""After Slack has shut us out, one attempt a minute finds out whether it lets us in again."""
CHANNEL_GAP_MS = 1000

logger = logging.getLogger(__name__)


class Dispatcher:
    """Merges both ledgers by (tier, instant) and sends one row after the other. Any number of replicas may run."""

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
        alert: Alert = lambda _code: None,
        real: RealTime | None = None,
    ) -> None:
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
        self._pace = Pace(self._post, posts_per_minute=posts_per_minute, burst=burst)
        self._sender = Sender(self._post, self._pace)
        self._reconciler = Reconciler(self._post)
        self._steadiness = Steadiness(clock)
        self._clock = clock
        self._shut_until = float("-inf")
        self.watch = Watch(self._post, alert)

    def dispatch(self) -> int:
        """Send what is due now, as fast as the pace allows; return how many rows were taken in hand.

        An unreachable store ends the cycle quietly: nothing was lost, and the next cycle comes in a second.
        """
        if not self._may_send():
            return 0
        try:
            return self._cycle()
        except (StoreBusy, StoreAway) as error:
            logger.warning("dispatch interrupted", extra={"error": type(error).__name__})
            return 0

    def reconcile(self) -> int:
        """Settle rows in doubt; return how many were looked at."""
        try:
            return self._reconciler.reconcile()
        except (StoreBusy, StoreAway) as error:
            logger.warning("reconcile interrupted", extra={"error": type(error).__name__})
            return 0

    def beat(self) -> None:
        """Give a sign of life, and tell staff when messages are late."""
        self.watch.beat()

    def _may_send(self) -> bool:
        if not self._steadiness.check():
            self.watch.trouble(CLOCK_STEPPED)
            return False
        self.watch.clear(CLOCK_STEPPED)
        return self._clock.monotonic() >= self._shut_until

    def _cycle(self) -> int:
        now = self._clock.now()
        for queue in self._post.queues:
            queue.tidy(now)
        taken = 0
        while taken < PER_CYCLE:
            step = self._one()
            if step is not Step.GO_ON:
                break
            taken += 1
        return taken

    def _one(self) -> Step:
        now = self._clock.now()
        heads = [(head, queue) for queue in self._post.queues if (head := queue.head(now)) is not None]
        if not heads or not self._pace.take():
            return Step.WAIT
        head, queue = min(heads, key=lambda each: each[0])
        row = queue.claim(head.key, owner=self._post.owner, now=now, lease_ms=CLAIM_LEASE_MS)
        if row is None:
            return Step.GO_ON  # another replica was quicker; the token is lost, which is harmless
        gap_ms = self._gap(queue, row.person_id)
        if gap_ms > 0:
            queue.put_back(row, owner=self._post.owner, pause_ms=gap_ms, reason="one a second for each person")
            return Step.GO_ON
        step = self._sender.send(queue, row)
        if step is Step.STOP:
            self._shut_until = self._clock.monotonic() + TRY_AGAIN_SECONDS
            self.watch.trouble(NO_ACCESS)
        else:
            self.watch.clear(NO_ACCESS)
        return step

    def _gap(self, own: DeliveryQueue, person_id: str) -> int:
        # The ledger a row is in has seen to its own gap; here the other one is asked.
        others = [queue.since_last_ms(person_id) for queue in self._post.queues if queue is not own]
        return max((CHANNEL_GAP_MS - each for each in others if each is not None), default=0)
