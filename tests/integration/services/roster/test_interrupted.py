"""An import that does not come to its end leaves everything as it was, and can be repeated."""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import event

from domain.errors import StoreBusy
from storage.engine import Store
from storage.migrations import StoreName
from storage.program.account_queries import ROSTER_LOCK
from tests.builders.people import an_account, put_account
from tests.builders.rosters import SMALL_ROSTER, Importer, Row, a_row
from tests.fakes.ids import FakeIds
from tests.fixtures.engines import Stores
from tests.looking.queries import queries_of
from tests.looking.tables import everything

ROOT = Path(__file__).parents[4]
NEXT: tuple[Row, ...] = (
    *(row for row in SMALL_ROSTER if row["name"] not in {"Bo", "Cleo"}),
    a_row("cleo", role="coach", name="Cleo Clear"),
    a_row("dev", role="coach"),
)
"""Somebody new, somebody renamed, somebody gone."""
PAIRS = [("dev", "ada")]
IMPATIENT_SECONDS = 0.2
ENOUGH_SECONDS = 30


class PulledOut(Exception):
    """The end, in the middle."""


def test_import_that_breaks_off_anywhere_leaves_everything_as_it_was(stores: Stores) -> None:
    for id_ in ("ada", "dev"):
        put_account(stores.program, an_account(id_))
    Importer(stores.program)(recusals=[("cleo", "ada")])
    before = everything(stores.program)
    with queries_of(stores.program) as queries:
        Importer(stores.program)(NEXT, recusals=PAIRS, dry_run=True)

    left = []
    for number in range(len(queries)):
        with breaking_off(stores.program, at=number), pytest.raises(PulledOut):
            importer_of_its_own(stores.program)(NEXT, recusals=PAIRS)
        left.append(everything(stores.program) == before)

    assert left == [True] * len(queries)
    assert len([query for query in queries if not query.startswith("SELECT")]) >= 6
    report = importer_of_its_own(stores.program)(NEXT, recusals=PAIRS)
    assert (report.added, report.renamed, report.deactivated, report.recusals_changed) == (1, 1, 1, 2)


def test_import_beside_another_says_busy_and_leaves_everything_as_it_was(stores: Stores) -> None:
    Importer(stores.program)()
    before = everything(stores.program)
    other, patient = stores.program, stores.open(StoreName.PROGRAM, lock_wait_seconds=IMPATIENT_SECONDS)

    with other.write() as connection:
        other.lock(connection, ROSTER_LOCK)
        with pytest.raises(StoreBusy):
            importer_of_its_own(patient)(NEXT)

    assert everything(stores.program) == before
    assert importer_of_its_own(patient)(NEXT).added == 1


def test_import_killed_in_the_middle_leaves_nothing_and_does_not_block_the_next(stores: Stores) -> None:
    before = everything(stores.program)
    command = [sys.executable, "-m", "tests.children.importer", stores.url(StoreName.PROGRAM)]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        said = process.stdout.readline()
        process.kill()
        process.wait(ENOUGH_SECONDS)

    assert said == "half\n"
    assert everything(stores.program) == before
    assert importer_of_its_own(stores.open(StoreName.PROGRAM, lock_wait_seconds=ENOUGH_SECONDS))().added == 6


def importer_of_its_own(store: Store) -> Importer:
    """An import by another process: its ids are of its own."""
    return Importer(store, ids=FakeIds("other"))


@contextmanager
def breaking_off(store: Store, *, at: int) -> Iterator[None]:
    """The statement of this number, counted from 0, does not come about."""
    seen = 0

    def count(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        nonlocal seen
        if seen == at and not statement.startswith(("BEGIN", "PRAGMA")):
            raise PulledOut
        seen += 1

    event.listen(store.engine, "before_cursor_execute", count)
    try:
        yield
    finally:
        event.remove(store.engine, "before_cursor_execute", count)
