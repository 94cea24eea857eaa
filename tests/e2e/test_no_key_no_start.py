"""Promise six: whatever would be unsafe to start on is named, with the cure, and nothing starts."""

import os
import subprocess
from collections.abc import Callable

import pytest
from sqlalchemy import text

from storage.confidential.identity import open_sealer
from storage.confidential.keys import open_key_ring
from storage.confidential.keys.secret_key import key_text
from storage.migrations import StoreName
from tests.builders.keys import a_key, a_row, an_entry, keyset_text, write_key_file
from tests.fakes.clock import FakeClock
from tests.fakes.ids import FakeIds
from tests.fixtures.engines import Stores, an_empty_database
from tests.fixtures.processes import Installation

pytestmark = pytest.mark.usefixtures("logging_as_it_was")

Spoil = Callable[[Installation], None]
NO_SLACK = "http://127.0.0.1:9/"


def seal(installation: Installation) -> None:
    """Give the store its identity under the key that is there now."""
    keys = open_key_ring("file", file=installation.key_file, value="")
    open_sealer(installation.stores.confidential, keys=keys, ids=FakeIds(), clock=FakeClock())


def missing_key(installation: Installation) -> None:
    seal(installation)
    installation.key_file.unlink()


def wrong_key(installation: Installation) -> None:
    seal(installation)
    write_key_file(installation.key_file, [an_entry("second", key=a_key(2))])


def open_key(installation: Installation) -> None:
    installation.key_file.chmod(0o644)


def linked_key(installation: Installation) -> None:
    moved = installation.key_file.rename(installation.folder / "elsewhere.json")
    installation.key_file.symlink_to(moved)


def short_key(installation: Installation) -> None:
    write_key_file(installation.key_file, keyset_text(a_row(key=key_text(a_key()[:16]))))


def default_key(installation: Installation) -> None:
    installation.changes |= {"SCHOLARBOT_KEY_PROVIDER": "env", "SCHOLARBOT_KEY": key_text(bytes(32))}


def empty_key(installation: Installation) -> None:
    installation.changes |= {"SCHOLARBOT_KEY_PROVIDER": "env", "SCHOLARBOT_KEY": ""}


def one_file(installation: Installation) -> None:
    program = installation.stores.url(StoreName.PROGRAM)
    installation.changes["SCHOLARBOT_CONFIDENTIAL_DATABASE_URL"] = program


def hard_link(installation: Installation) -> None:
    linked = installation.folder / "confidential" / "linked.db"
    os.link(installation.folder / "program" / "program.db", linked)
    installation.changes["SCHOLARBOT_CONFIDENTIAL_DATABASE_URL"] = f"sqlite:///{linked}"


def swapped(installation: Installation) -> None:
    program, confidential = (installation.stores.url(which) for which in StoreName)
    installation.changes["SCHOLARBOT_PROGRAM_DATABASE_URL"] = confidential
    installation.changes["SCHOLARBOT_CONFIDENTIAL_DATABASE_URL"] = program


def open_folder(installation: Installation) -> None:
    (installation.folder / "confidential").chmod(0o755)


def open_store(installation: Installation) -> None:
    (installation.folder / "program" / "program.db").chmod(0o644)


def one_folder(installation: Installation) -> None:
    moved = installation.folder / "program" / "confidential.db"
    (installation.folder / "confidential" / "confidential.db").rename(moved)
    installation.changes["SCHOLARBOT_CONFIDENTIAL_DATABASE_URL"] = f"sqlite:///{moved}"


def key_beside_data(installation: Installation) -> None:
    moved = installation.key_file.rename(installation.folder / "confidential" / "keys.json")
    installation.changes["SCHOLARBOT_KEY_FILE"] = str(moved)


def unmigrated(installation: Installation) -> None:
    empty = an_empty_database(installation.folder)
    installation.changes["SCHOLARBOT_CONFIDENTIAL_DATABASE_URL"] = f"sqlite:///{empty}"


def mistyped(installation: Installation) -> None:
    url = installation.stores.url(StoreName.CONFIDENTIAL).replace("confidential.db", "confidental.db")
    installation.changes["SCHOLARBOT_CONFIDENTIAL_DATABASE_URL"] = url


def newer(installation: Installation) -> None:
    with installation.stores.program.write() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))


def unknown_setting(installation: Installation) -> None:
    installation.changes["SCHOLARBOT_KEY_FIEL"] = "keys.json"


def unreadable_address(installation: Installation) -> None:
    installation.changes["SCHOLARBOT_PROGRAM_DATABASE_URL"] = "postgres//user:hidden-password@nowhere"


CASES: tuple[tuple[Spoil, str, str], ...] = (
    (missing_key, "There is no key file at ", "restore the one it was sealed with"),
    (wrong_key, "was sealed with key first version 1", "Bring back the right key, or name the right store."),
    (open_key, "has the mode 0644", "chmod 600"),
    (linked_key, "is a symbolic link", "Name the file itself."),
    (short_key, "has 16 bytes, not 32", "Restore the file from where you keep it"),
    (default_key, "looks typed or taken from an example", "Put a random one there"),
    (empty_key, "SCHOLARBOT_KEY is empty", "SCHOLARBOT_KEY_PROVIDER=file"),
    (one_file, "lead to the same database", "Give each store a database of its own."),
    (hard_link, "lead to the same database", "Give each store a database of its own."),
    (swapped, "Perhaps the two addresses are swapped", "give each store a database of its own."),
    (open_folder, "has the mode 0755, so that others on this machine can look into it", "chmod 700"),
    (open_store, "has the mode 0644, so that others on this machine can reach it", "chmod 600"),
    (one_folder, "Both stores lie in ", "Move each to a folder of its own"),
    (key_beside_data, "the folder of a database: a copy of that folder would hold both", "Keep the key in a folder"),
    (unmigrated, "not at this version's tables", "Run: scholarbot migrate"),
    (mistyped, "There is no database at ", "Check SCHOLARBOT_CONFIDENTIAL_DATABASE_URL"),
    (newer, "has the tables of a later version (9999; this one knows ", "restore the backup from before it"),
    (unknown_setting, "SCHOLARBOT_KEY_FIEL (in the environment) is not a setting.", "Check its spelling"),
    (unreadable_address, "SCHOLARBOT_PROGRAM_DATABASE_URL is not an address I can use", "postgresql+psycopg://"),
)


@pytest.mark.parametrize(("spoil", "reason", "cure"), CASES, ids=[case[0].__name__ for case in CASES])
def test_run_refuses_to_start_and_names_reason_and_cure(
    installation: Installation, spoil: Spoil, reason: str, cure: str
) -> None:
    spoil(installation)

    ended = installation.command("run")

    assert_refused(ended, reason, cure)


@pytest.mark.parametrize("command", ["run", "doctor", "migrate", "deliveries"])
@pytest.mark.parametrize(
    "address",
    [
        "postgres//user:hidden-password@nowhere",
        "postgresql+psycopg://bot:hidden-password",
        "postgresql+psycopg://bot:p@ss:hidden-password@nowhere/scholarbot",
        "postgresql+psycopg://bot:hidden-password@nowhere:port/scholarbot",
        "nothing+known://bot:hidden-password@nowhere/scholarbot",
    ],
)
def test_an_address_that_cannot_be_read_is_refused_without_a_part_of_it(
    installation: Installation, command: str, address: str
) -> None:
    installation.changes["SCHOLARBOT_CONFIDENTIAL_DATABASE_URL"] = address

    ended = installation.command(command)

    said = unwrapped(ended.stdout + ended.stderr)
    assert ended.returncode == 1
    assert "SCHOLARBOT_CONFIDENTIAL_DATABASE_URL is not an address I can use" in said
    assert not any(part in said for part in ("hidden", "password", "Traceback"))


@pytest.mark.parametrize(("spoil", "reason", "cure"), CASES, ids=[case[0].__name__ for case in CASES])
def test_run_names_what_is_wrong_on_this_machine_before_it_asks_slack(
    installation: Installation, spoil: Spoil, reason: str, cure: str
) -> None:
    spoil(installation)
    installation.changes["SLACK_API_URL"] = NO_SLACK

    ended = installation.command("run")

    assert_refused(ended, reason, cure)
    assert len(ended.stderr.splitlines()) == 1


def test_slack_out_of_reach_is_one_sentence(installation: Installation) -> None:
    installation.changes["SLACK_API_URL"] = NO_SLACK

    ended = installation.scholarbot("run")

    assert (ended.returncode, ended.stderr) == (
        1,
        "I cannot reach Slack. Check the network, and SLACK_API_URL if it is set.\n",
    )


@pytest.mark.parametrize("spoil", [wrong_key, swapped, unknown_setting], ids=lambda spoil: str(spoil.__name__))
def test_a_process_that_refuses_to_start_ends(installation: Installation, spoil: Spoil) -> None:
    spoil(installation)
    reason, cure = next((reason, cure) for each, reason, cure in CASES if each is spoil)

    ended = installation.scholarbot("run")

    assert_refused(ended, reason, cure)


@pytest.mark.parametrize(
    "spoil",
    [open_key, open_folder, open_store, one_folder, key_beside_data, unmigrated],
    ids=lambda spoil: str(spoil.__name__),
)
def test_doctor_names_the_same_reason_in_its_table(installation: Installation, spoil: Spoil) -> None:
    spoil(installation)
    reason, cure = next((reason, cure) for each, reason, cure in CASES if each is spoil)

    ended = installation.command("doctor")

    assert ended.returncode == 1
    assert reason in unwrapped(ended.stdout)
    assert cure in unwrapped(ended.stdout)
    assert "Traceback" not in ended.stderr


@pytest.mark.parametrize("spoil", [one_file, swapped, newer], ids=lambda spoil: str(spoil.__name__))
def test_migrate_refuses_stores_that_are_one_swapped_or_newer(installation: Installation, spoil: Spoil) -> None:
    spoil(installation)
    reason = next(reason for each, reason, _ in CASES if each is spoil)

    ended = installation.command("migrate")

    assert ended.returncode == 1
    assert reason in last_line(ended.stderr)


def test_one_postgresql_database_for_both_is_refused_whatever_it_is_called(
    postgresql_installation: Installation,
) -> None:
    program = postgresql_installation.stores.url(StoreName.PROGRAM)
    postgresql_installation.changes["SCHOLARBOT_CONFIDENTIAL_DATABASE_URL"] = f"{program}&application_name=other"

    ended = postgresql_installation.command("run")

    assert ended.returncode == 1
    assert "lead to the same database" in last_line(ended.stderr)


def test_a_refused_start_leaves_the_store_as_it_was(installation: Installation, sqlite_stores: Stores) -> None:
    wrong_key(installation)
    sqlite_stores.close()
    file = installation.folder / "confidential" / "confidential.db"
    before = file.read_bytes()

    installation.scholarbot("run")

    assert file.read_bytes() == before


def test_doctor_finds_a_good_installation_well(installation: Installation) -> None:
    ended = installation.scholarbot("doctor")

    assert (ended.returncode, ended.stderr) == (0, "")
    assert "both are ready, and the key opens the confidential one" in unwrapped(ended.stdout)


def assert_refused(ended: "subprocess.CompletedProcess[str]", reason: str, cure: str) -> None:
    assert ended.returncode == 1
    assert reason in last_line(ended.stderr)
    assert cure in last_line(ended.stderr)
    assert_holds_no_secret(ended.stdout + ended.stderr)
    assert ended.stdout == ""


def last_line(said: str) -> str:
    """The refusal; the log may have said something before."""
    assert "Traceback" not in said
    return said.strip().splitlines()[-1]


def unwrapped(table: str) -> str:
    """The words of a table's cells, without its lines."""
    return " ".join(table.replace("│", " ").split())


def assert_holds_no_secret(said: str) -> None:
    secrets = [key_text(a_key(number)) for number in (1, 2)] + [
        key_text(a_key()[:16]),
        key_text(bytes(32)),
        "hidden-password",
    ]
    assert [secret for secret in secrets if secret in said] == []
