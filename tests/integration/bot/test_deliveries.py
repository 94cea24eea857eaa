"""`scholarbot deliveries` over both engines: what it lists, what it lets go, and what it says otherwise."""

from datetime import timedelta
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from bot.cli import REFUSED, app
from bot.clock import SystemClock
from bot.deliveries import KINDS
from bot.settings import KEYS
from handlers.outbox import composers
from storage.confidential.delivery import ConfidentialDelivery
from storage.engine import table_of
from storage.migrations import StoreName
from tests.builders.deliveries import a_delivery
from tests.fakes.clock import FakeClock
from tests.fixtures.desks import House
from tests.fixtures.engines import Stores, an_empty_database
from tests.looking.ledgers import LedgerBook

USAGE = 2
DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
def _folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for key in KEYS:
        monkeypatch.delenv(key, raising=False)
    monkeypatch.chdir(tmp_path)


@pytest.fixture
def program(stores: Stores) -> LedgerBook:
    """The program's ledger; its clock stands at the machine's time, which the command goes by."""
    return LedgerBook(stores, FakeClock(SystemClock().now()))


@pytest.fixture
def confidential(stores: Stores, program: LedgerBook) -> LedgerBook:
    """The other ledger."""
    return LedgerBook(stores, program.clock, store=stores.confidential, table=table_of(ConfidentialDelivery))


def scholarbot(stores: Stores, *arguments: str, **changes: str) -> Result:
    """`scholarbot deliveries ...` on these stores; it needs neither Slack nor a key."""
    environment = {
        "SCHOLARBOT_PROGRAM_DATABASE_URL": stores.url(StoreName.PROGRAM),
        "SCHOLARBOT_CONFIDENTIAL_DATABASE_URL": stores.url(StoreName.CONFIDENTIAL),
        "COLUMNS": "200",
    }
    return CliRunner().invoke(app, ["deliveries", *arguments], env=environment | changes)


def hold(book: LedgerBook, person: str = "ada", *, kind: str = "news", reason: str, is_over: bool = False) -> str:
    """A message that was given up, a day ago."""
    now = book.clock.now()
    (key,) = book.put(a_delivery(person, kind=kind, object_id=f"session-of-{person}", due=now - DAY))
    book.give_up(key, reason)
    if is_over:
        book.set_expiry(key, now - timedelta(seconds=1))
    return key


def rows(result: Result) -> list[list[str]]:
    """The table's rows, cell by cell."""
    lines = [line for line in result.stdout.splitlines() if line.startswith("│")]
    return [[cell.strip() for cell in line.strip("│").split("│")] for line in lines]


def test_deliveries_lists_sorts_and_numbers_and_names_nobody(
    stores: Stores, program: LedgerBook, confidential: LedgerBook
) -> None:
    hold(program, "ada", kind="welcome", reason="user_disabled")
    hold(confidential, "ada", kind="booked", reason="msg_too_long")
    hold(confidential, "bo", kind="booked", reason="msg_too_long", is_over=True)

    result = scholarbot(stores)

    day = f"{program.clock.now() - DAY:%Y-%m-%d}"
    assert result.exit_code == 0
    assert rows(result) == [
        ["program", "welcome", "user_disabled", "1", "1", day],
        ["confidential", "booked", "msg_too_long", "2", "1", day],
    ]
    assert [word for word in ("ada", "bo", "session-of", "marker") if f"{word}-" in result.stdout] == []


def test_deliveries_without_anything_held_says_so(stores: Stores, program: LedgerBook) -> None:
    program.put(a_delivery())

    results = [scholarbot(stores), scholarbot(stores, "requeue"), scholarbot(stores, "requeue", "--kind", "welcome")]

    assert [(result.exit_code, result.stdout) for result in results] == [(0, "No message is held.\n")] * 3


def test_requeue_of_a_kind_that_there_is_not_names_the_kinds(stores: Stores) -> None:
    result = scholarbot(stores, "requeue", "--kind", "nope")

    assert (result.exit_code, result.stdout) == (REFUSED, "")
    assert result.stderr.startswith("There is no such kind of message. The kinds are: ")
    assert [kind for kind in KINDS if kind not in result.stderr] == []


def test_kinds_that_are_named_are_those_that_are_sent(sqlite_house: House) -> None:
    assert set(composers(sqlite_house.desk)) == KINDS


def test_requeue_lets_those_go_that_match_in_both_stores(
    stores: Stores, program: LedgerBook, confidential: LedgerBook
) -> None:
    ours, theirs = (hold(book, reason="channel_not_found") for book in (program, confidential))
    other = hold(confidential, "bo", reason="msg_too_long")

    result = scholarbot(stores, "requeue", "--reason", "channel_not_found")

    assert (result.exit_code, result.stdout) == (
        0,
        "2 messages go out again; a running bot sends within seconds.\n",
    )
    assert program.states() == {ours: "pending"}
    assert confidential.states() == {theirs: "pending", other: "dead"}


def test_requeue_of_what_is_over_says_so_and_changes_nothing(stores: Stores, program: LedgerBook) -> None:
    key = hold(program, reason="msg_too_long", is_over=True)

    result = scholarbot(stores, "requeue")

    assert (result.exit_code, result.stdout) == (0, "The time of all these messages is over, so none is sent.\n")
    assert program.states() == {key: "dead"}


@pytest.mark.parametrize("arguments", [["--kind", "nwes"], ["--kind", ""], ["--reason", "MSG_TOO_LONG"]])
def test_requeue_of_what_is_not_held_names_what_is(stores: Stores, program: LedgerBook, arguments: list[str]) -> None:
    key = hold(program, reason="msg_too_long")

    result = scholarbot(stores, "requeue", *arguments)

    assert (result.exit_code, result.stdout) == (REFUSED, "")
    assert result.stderr == (
        "No held message is of that kind and reason. These are, by kind (and reason): news (msg_too_long).\n"
    )
    assert program.states() == {key: "dead"}


def test_deliveries_work_without_the_confidential_store(
    stores: Stores, program: LedgerBook, confidential: LedgerBook
) -> None:
    ours, theirs = (hold(book, reason="channel_not_found") for book in (program, confidential))

    listed = scholarbot(stores, SCHOLARBOT_CONFIDENTIAL_DATABASE_URL="")
    result = scholarbot(stores, "requeue", SCHOLARBOT_CONFIDENTIAL_DATABASE_URL="")

    assert [row[0] for row in rows(listed)] == ["program"]
    assert result.stdout == "1 message goes out again; a running bot sends within seconds.\n"
    assert (program.states(), confidential.states()) == ({ours: "pending"}, {theirs: "dead"})


def test_deliveries_of_a_store_that_is_not_migrated_says_what_to_do(stores: Stores, tmp_path: Path) -> None:
    empty = an_empty_database(tmp_path)

    result = scholarbot(stores, SCHOLARBOT_PROGRAM_DATABASE_URL=f"sqlite:///{empty}")

    assert result.exit_code == REFUSED
    assert result.stderr == "The program store is not at this version's tables. Run: scholarbot migrate\n"


@pytest.mark.parametrize("arguments", [["dance"], ["requeue", "all"], ["requeue", "--person", "ada"]])
def test_deliveries_with_words_it_does_not_know_ends_with_2(sqlite_stores: Stores, arguments: list[str]) -> None:
    assert scholarbot(sqlite_stores, *arguments).exit_code == USAGE
