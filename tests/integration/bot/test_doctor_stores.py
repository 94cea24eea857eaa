"""A store that cannot be asked is a line of the doctor's table like any other, and the lines after it come too."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from bot.doctor import examine
from sandbox.client import SandboxClient
from storage.migrations import StoreName
from tests.fixtures.engines import Stores
from tests.fixtures.products import a_workspace
from tests.integration.bot.installations import Installation, an_installation


@pytest.fixture
def installation(workspace: SandboxClient, sqlite_stores: Stores, tmp_path: Path) -> Installation:
    """Everything as it should be."""
    workspace.reset(a_workspace())
    return an_installation(workspace, sqlite_stores, tmp_path)


def said_of_stores(installation: Installation) -> str:
    """What is wrong with the stores; nothing else is, and it was all looked at."""
    findings = list(examine(installation.settings()))
    assert findings[-1].about == "Socket Mode"
    [wrong] = [finding for finding in findings if not finding.is_fine]
    assert wrong.about == "stores and keys"
    return wrong.says


def files_of(stores: Stores) -> list[Path]:
    """The files of both stores, with nobody connected any more."""
    stores.close()
    return [Path(stores.url(which).removeprefix("sqlite:///")) for which in StoreName]


@pytest.mark.parametrize("number", [0, 1], ids=["program", "confidential"])
def test_doctor_names_a_store_that_is_locked(installation: Installation, sqlite_stores: Stores, number: int) -> None:
    name = list(StoreName)[number].value.upper()
    with closing(sqlite3.connect(files_of(sqlite_stores)[number], isolation_level=None)) as rival:
        rival.execute("PRAGMA locking_mode=EXCLUSIVE")
        rival.execute("BEGIN EXCLUSIVE")

        found = said_of_stores(installation)

    assert found == (
        f"The database of SCHOLARBOT_{name}_DATABASE_URL is locked by another process. End what holds it, or wait for "
        "it, then try again."
    )


def test_doctor_goes_on_when_a_store_is_locked_at_its_first_writing(
    installation: Installation, sqlite_stores: Stores
) -> None:
    with closing(sqlite3.connect(files_of(sqlite_stores)[1], isolation_level=None)) as rival:
        rival.execute("BEGIN IMMEDIATE")

        found = said_of_stores(installation)

    assert found == (
        "A database stopped answering while I looked at it, or another process keeps it locked. End what holds it, or "
        "wait for it, then try again."
    )


def test_doctor_names_a_file_that_is_no_database(installation: Installation, sqlite_stores: Stores) -> None:
    files_of(sqlite_stores)[1].write_bytes(b"no database " * 100)

    assert said_of_stores(installation) == (
        "The database of SCHOLARBOT_CONFIDENTIAL_DATABASE_URL is not a database, or a damaged one. Restore it from a "
        "backup, or name another file."
    )
