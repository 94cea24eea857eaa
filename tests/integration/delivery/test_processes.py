"""Real processes, killed in the middle of a send, and several of them at once. On each engine."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import update

from bot.clock import SystemClock
from domain.delivery import Tier
from sandbox.client import SandboxClient
from sandbox.seed import SeedUser
from services.delivery.stride import MOST
from storage.confidential.delivery import ConfidentialDelivery
from storage.engine import table_of
from storage.migrations import StoreName
from tests.builders.deliveries import a_delivery
from tests.builders.people import TEAM, account_of
from tests.fakes.ids import FakeIds
from tests.fixtures.engines import Stores
from tests.fixtures.products import a_workspace
from tests.looking.ledgers import LedgerBook

ROOT = Path(__file__).parents[3]
PAST = datetime(2026, 1, 1, tzinfo=UTC)
AN_HOUR_MS = 3_600_000


@contextmanager
def replica(stores: Stores, workspace: SandboxClient, owner: str) -> Iterator["subprocess.Popen[str]"]:
    """A dispatcher in a process of its own, ready to begin."""
    urls = [stores.url(StoreName.PROGRAM), stores.url(StoreName.CONFIDENTIAL), workspace.api_url]
    command = [sys.executable, "-m", "tests.integration.delivery.replica", *urls, owner]
    with subprocess.Popen(
        command,
        cwd=ROOT,
        text=True,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env=os.environ | {"PYTHONPATH": "."},
    ) as process:
        try:
            assert said(process) == "ready"
            yield process
        finally:
            process.kill()


def begin(process: "subprocess.Popen[str]") -> None:
    """Let it send what is due."""
    assert process.stdin is not None
    process.stdin.write("go\n")
    process.stdin.flush()


def said(process: "subprocess.Popen[str]") -> str:
    """Its next word; empty when it has ended."""
    assert process.stdout is not None
    return process.stdout.readline().strip()


def a_crowd(workspace: SandboxClient, people: int) -> list[str]:
    """A workspace with so many people in it; returns their ids."""
    ids = [f"p{number}" for number in range(people)]
    seed = a_workspace()
    seed.users += [SeedUser(id=account_of(id_), name=id_, real_name=id_, team_id=TEAM) for id_ in ids]
    workspace.reset(seed)
    return ids


def put(stores: Stores, people: list[str]) -> dict[str, LedgerBook]:
    """A row for each, every other one in the confidential ledger; returns the ledger by person."""
    program = LedgerBook(stores, SystemClock(), ids=FakeIds("program"))
    ids, table = FakeIds("confidential"), table_of(ConfidentialDelivery)
    books = [program, LedgerBook(stores, SystemClock(), store=stores.confidential, table=table, ids=ids)]
    for half, book in enumerate(books):
        book.put(*(a_delivery(id_, due=PAST, tier=Tier.SESSION) for id_ in people[half::2]))
    return {person: books[number % 2] for number, person in enumerate(people)}


def accepted_keys(workspace: SandboxClient) -> list[str]:
    """The keys of the posts that the workspace took."""
    calls = workspace.calls("chat.postMessage", accepted=True)
    return [call["args"]["metadata"]["event_payload"]["key"] for call in calls]


def let_leases_end(book: LedgerBook) -> None:
    """Make it an hour ago that anything was asked or taken, as far as the ledger knows."""
    columns = book.table.c
    with book.store.write() as connection:
        connection.execute(update(book.table).values(lease_until=0, not_before=0))
        connection.execute(
            update(book.table).where(columns.intent_at.is_not(None)).values(intent_at=columns.intent_at - AN_HOUR_MS)
        )


@pytest.mark.parametrize("victim", [3, pytest.param(38, marks=pytest.mark.soak)])
def test_process_killed_between_post_and_record_sends_nothing_twice(
    stores: Stores, workspace: SandboxClient, victim: int
) -> None:
    people = a_crowd(workspace, victim + 5)
    books = put(stores, people)
    slow = account_of(people[victim])
    # The workspace takes this post, and the answer does not come while the process lives.
    workspace.fault("chat.postMessage", "slow", seconds=3600, channel=slow)
    with replica(stores, workspace, "first") as first:
        begin(first)
        workspace.as_user(people[victim]).wait(messages=1)
        first.send_signal(signal.SIGKILL)
        first.wait()
    book = books[people[victim]]
    lost = book.key_of(people[victim])
    sending = {key for each in set(books.values()) for key, state in each.states().items() if state == "sending"}
    before = len(accepted_keys(workspace))
    for each in set(books.values()):
        let_leases_end(each)

    with replica(stores, workspace, "second") as second:
        for _ in range(2):
            begin(second)
            assert said(second) == "done"

    keys = accepted_keys(workspace)
    assert lost in sending
    assert len(sending) <= MOST
    assert before < len(people)
    assert len(keys) == len(set(keys)) == len(people)
    assert {state for each in set(books.values()) for state in each.states().values()} == {"sent"}
    assert book.row(lost).ts == workspace.as_user(people[victim]).messages()[0]["ts"]


@pytest.mark.parametrize("messages", [40, pytest.param(200, marks=pytest.mark.soak)])
def test_three_replicas_that_start_at_once_send_each_message_once(
    stores: Stores, workspace: SandboxClient, messages: int
) -> None:
    people = a_crowd(workspace, messages)
    books = put(stores, people)

    with ExitStack() as stack:
        replicas = [stack.enter_context(replica(stores, workspace, f"replica-{number}")) for number in range(3)]
        for each in replicas:
            begin(each)
        assert [said(each) for each in replicas] == ["done"] * 3

    keys = accepted_keys(workspace)
    assert len(keys) == len(set(keys)) == messages
    assert {state for each in set(books.values()) for state in each.states().values()} == {"sent"}
