"""A broadcast: its rows in the program's ledger, its recipients in a workspace, and the workers that send it."""

import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import func, select

from benchmarks.databases import Urls
from benchmarks.names import BOT_TOKEN, SIGNING_SECRET, TEAM
from benchmarks.servers.sender import KIND
from bot.clock import SystemClock
from bot.ids import RandomIds
from bot.manifest import manifest
from domain.delivery import DeliveryState, NewDelivery, Tier
from sandbox.seed import Seed, SeedApp, SeedUser
from storage.delivery import enqueue
from storage.engine import Store, table_of
from storage.migrations import StoreName
from storage.program.delivery import ProgramDelivery

WORKERS = 3
UNHURRIED = 1_000_000
"""Posts a minute where no pace is to be kept."""
_table = table_of(ProgramDelivery)


class NotSentOnce(Exception):
    """A row was not sent, or not just once, so that something else was measured."""


def account(number: int) -> str:
    """The account of a recipient, which is their id too."""
    return f"U0READER{number}"


def workspace_of(people: int) -> Seed:
    """Everybody a broadcast goes to, and the bot."""
    app = SeedApp(manifest=manifest(), bot_token=BOT_TOKEN, app_token="xapp-unused", signing_secret=SIGNING_SECRET)  # noqa: S106
    users = [SeedUser(id=account(number), name=f"reader-{number}", real_name="Reader") for number in range(people)]
    return Seed(team_id=TEAM, users=users, apps=[app])


def put_broadcast(urls: Urls, object_id: str, people: Sequence[int], tier: Tier) -> None:
    """A row that is due now for each of these people."""
    clock = SystemClock()
    due = clock.now() - timedelta(seconds=1)
    rows = [
        NewDelivery(
            kind=KIND,
            program_id="measured",
            object_id=object_id,
            object_version=1,
            person_id=account(number),
            rung="once",
            tier=tier,
            due=due,
            send_at=due,
        )
        for number in people
    ]
    store = Store(urls[StoreName.PROGRAM], lock_wait_seconds=10)
    with store.write() as connection:
        enqueue(connection, _table, rows, ids=RandomIds(), now=clock.now())
    store.dispose()


def check_sent(urls: Urls, number: int) -> None:
    """Raise `NotSentOnce` unless so many rows were sent and no other is there."""
    store = Store(urls[StoreName.PROGRAM], lock_wait_seconds=10)
    with store.read() as connection:
        counted = connection.execute(select(_table.c.state, func.count()).group_by(_table.c.state))
        found = {state: int(count) for state, count in counted}
    store.dispose()
    if found != {DeliveryState.SENT.value: number}:
        raise NotSentOnce(f"{found} of {number}")


@dataclass(frozen=True, slots=True)
class Workers:
    """Workers that are ready."""

    processes: Sequence["subprocess.Popen[str]"]

    def begin(self) -> None:
        """Let all of them send."""
        for process in self.processes:
            _tell(process)

    def wait(self) -> None:
        """Until nothing is due any more. Raises `RuntimeError` for one that ended."""
        for process in self.processes:
            _expect(process, "done")


@contextmanager
def workers(urls: Urls, *, api_url: str = "-", per_minute: int = UNHURRIED, scale: float = 1.0) -> Iterator[Workers]:
    """Three of them, for as long as the block runs."""
    with ExitStack() as stack:
        processes = []
        for number in range(WORKERS):
            command = [sys.executable, "-m", "benchmarks.servers.sender"]
            command += [urls[StoreName.PROGRAM], urls[StoreName.CONFIDENTIAL], api_url]
            command += [f"worker-{number}", str(per_minute), str(scale)]
            process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
            stack.enter_context(process)
            stack.callback(process.kill)
            processes.append(process)
        for process in processes:
            _expect(process, "ready")
        yield Workers(processes)


def _tell(process: "subprocess.Popen[str]") -> None:
    if process.stdin is not None:
        process.stdin.write("go\n")
        process.stdin.flush()


def _expect(process: "subprocess.Popen[str]", word: str) -> None:
    line = process.stdout.readline().strip() if process.stdout else ""
    if line != word:
        raise RuntimeError(f"a worker said {line!r} and not {word!r}")
