"""One worker that sends what is due: the product's dispatcher over real stores, as a process of its own.

python -m benchmarks.servers.sender PROGRAM_URL CONFIDENTIAL_URL API_URL OWNER POSTS_PER_MINUTE SCALE

Says "ready" and waits for a line, so that several begin at the same instant; sends until nothing is due any more, and
says "done". Without an API_URL ("-") Slack answers at once. SCALE shortens the second between two cycles, and how long
one of them waits for tokens.
"""

import sys
import time

from slack_sdk import WebClient

from benchmarks.names import BOT_TOKEN, TEAM
from benchmarks.servers.messenger import InstantMessenger
from bot.clock import SystemClock
from bot.messenger import SlackMessenger
from bot.wiring import PATIENCE_SECONDS
from domain.delivery import Delivery, OutgoingMessage
from domain.ports import Message, Messenger
from services.delivery import Dispatcher, Ledger
from storage.confidential.delivery import ConfidentialDelivery
from storage.delivery import DeliveryQueue, real_time
from storage.engine import Store, table_of
from storage.program.delivery import ProgramDelivery

KIND = "measured"
LOCK_WAIT_SECONDS = 10
CYCLE_SECONDS = 1.0


def main() -> None:
    """Send when told to."""
    program_url, confidential_url, api_url, owner, per_minute, scale = sys.argv[1:]
    clock = SystemClock()
    stores = [Store(url, lock_wait_seconds=LOCK_WAIT_SECONDS) for url in (program_url, confidential_url)]
    tables = [table_of(ProgramDelivery), table_of(ConfidentialDelivery)]
    dispatcher = Dispatcher(
        ledgers=[Ledger(store, table) for store, table in zip(stores, tables, strict=True)],
        program=stores[0],
        workspace=TEAM,
        composers={KIND: _composed},
        messenger=_messenger(api_url),
        recipient=lambda person_id: person_id,
        clock=clock,
        owner=owner,
        posts_per_minute=int(per_minute),
        patience_seconds=PATIENCE_SECONDS / float(scale),
    )
    queue = DeliveryQueue(stores[0], tables[0], real_time(clock))
    _say("ready")
    for _line in sys.stdin:
        while queue.reading.oldest_due(clock.now()) is not None:
            began = time.monotonic()
            dispatcher.dispatch()
            time.sleep(max(0.0, CYCLE_SECONDS / float(scale) - (time.monotonic() - began)))
        _say("done")


def _composed(row: Delivery) -> OutgoingMessage:
    return OutgoingMessage(Message(text=f"{row.tier.value} {row.object_id}"))


def _messenger(api_url: str) -> Messenger:
    if api_url == "-":
        return InstantMessenger([])
    return SlackMessenger(WebClient(token=BOT_TOKEN, base_url=api_url, retry_handlers=[]))


def _say(word: str) -> None:
    sys.stdout.write(f"{word}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
