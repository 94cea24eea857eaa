"""A replica's dispatcher as a process of its own, over real stores and a real workspace: what the kills kill.

python -m tests.integration.delivery.replica PROGRAM_URL CONFIDENTIAL_URL API_URL OWNER

Says "ready" and waits for a line, so that several can start at the same instant; then sends until nothing is due,
says "done", and goes on with whatever it is told: each line is one more round.
"""

import sys

from slack_sdk import WebClient

from bot.clock import SystemClock
from bot.messenger import SlackMessenger
from services.delivery import Dispatcher, Ledger
from storage.confidential.delivery import ConfidentialDelivery
from storage.engine import Store, table_of
from storage.program.delivery import ProgramDelivery
from tests.builders.people import TEAM, account_of
from tests.looking.dispatching import COMPOSERS

POSTS_PER_MINUTE = 60_000
BURST = 1000
TOKEN = "xoxb-test"


def main() -> None:
    program_url, confidential_url, api_url, owner = sys.argv[1:]
    program, confidential = Store(program_url, lock_wait_seconds=10), Store(confidential_url, lock_wait_seconds=10)
    dispatcher = Dispatcher(
        ledgers=[
            Ledger(program, table_of(ProgramDelivery)),
            Ledger(confidential, table_of(ConfidentialDelivery)),
        ],
        program=program,
        workspace=TEAM,
        composers=COMPOSERS,
        messenger=SlackMessenger(WebClient(token=TOKEN, base_url=api_url)),
        recipient=account_of,
        clock=SystemClock(),
        owner=owner,
        posts_per_minute=POSTS_PER_MINUTE,
        burst=BURST,
    )
    say("ready")
    for _line in sys.stdin:
        while dispatcher.dispatch():
            pass
        dispatcher.reconcile()
        say("done")


def say(word: str) -> None:
    sys.stdout.write(f"{word}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
