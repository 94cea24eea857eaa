"""`scholarbot init`: what a new installation gets, what is left alone, and what is refused."""

from pathlib import Path

import pytest

from bot.cli import REFUSED
from bot.example import example
from bot.settings import read_settings
from bot.stores import opened_stores
from storage.confidential.keys import FileKeyRing
from tests.fakes.clock import FakeClock
from tests.fakes.ids import FakeIds
from tests.integration.bot.commands import run, tree

pytestmark = pytest.mark.usefixtures("folder")


def test_init_makes_a_key_and_an_env_that_only_the_owner_can_read(folder: Path) -> None:
    result = run("init")

    made = tree(folder)
    assert result.exit_code == 0
    assert {name: mode for name, (mode, _) in made.items()} == {".env": 0o600, "var/keys/keys.json": 0o600}
    assert made[".env"][1].decode() == example()
    assert "keep a copy, away from the databases" in result.stdout


def test_init_again_touches_nothing(folder: Path) -> None:
    run("init")
    before = tree(folder)

    result = run("init")

    assert (result.exit_code, tree(folder)) == (0, before)
    assert result.stdout.count("is there already; I left it as it is.") == 2


def test_init_reads_the_env_that_is_there(folder: Path) -> None:
    (folder / ".env").touch(mode=0o600)
    (folder / ".env").write_text("SCHOLARBOT_KEY_FILE=elsewhere/keys.json\n", "utf-8")

    run("init")

    assert sorted(tree(folder)) == [".env", "elsewhere/keys.json"]


@pytest.fixture
def sealed(folder: Path) -> str:
    """A store in this folder that was used with its key, whose id this is; then the key file was lost."""
    run("init")
    run("migrate")
    settings = read_settings({}, folder / ".env")
    with opened_stores(settings, clock=FakeClock(), ids=FakeIds()):
        key_id = FileKeyRing(settings.scholarbot_key_file).primary_key_id()
    settings.scholarbot_key_file.unlink()
    return key_id


def test_init_makes_no_new_key_for_a_store_sealed_with_the_lost_one(folder: Path, sealed: str) -> None:
    before = set(tree(folder))

    result = run("init")

    assert (result.exit_code, set(tree(folder))) == (REFUSED, before)
    assert result.stderr == (
        f"The confidential store was sealed with the key {sealed}, and there is no key file at var/keys/keys.json. "
        "Restore that file from where you keep it: with a new key nothing in the store would open. No key was made.\n"
    )


def test_init_makes_a_key_for_a_store_in_which_nothing_was_sealed(folder: Path) -> None:
    run("init")
    run("migrate")
    (folder / "var" / "keys" / "keys.json").unlink()

    result = run("init")

    assert result.exit_code == 0
    assert "Made var/keys/keys.json." in result.stdout


@pytest.mark.parametrize("address", ["postgresql+psycopg://nobody@127.0.0.1:9/nothing", "carrier-pigeon"])
def test_init_makes_no_key_while_it_cannot_ask_the_store(folder: Path, address: str) -> None:
    result = run("init", environment={"SCHOLARBOT_CONFIDENTIAL_DATABASE_URL": address})

    assert result.exit_code == REFUSED
    assert result.stderr.startswith("The database of SCHOLARBOT_CONFIDENTIAL_DATABASE_URL ")
    assert sorted(tree(folder)) == [".env"]


@pytest.mark.parametrize("scheme", ["postgres", "mysql"])
def test_address_of_another_kind_is_told_how_one_is_written(folder: Path, scheme: str) -> None:
    result = run("init", environment={"SCHOLARBOT_CONFIDENTIAL_DATABASE_URL": f"{scheme}://bot:hidden@nowhere/x"})

    assert result.exit_code == REFUSED
    assert result.stderr.endswith("Write sqlite:/// and a path, or postgresql+psycopg://USER:PASSWORD@HOST/DATABASE.\n")
    assert "hidden" not in result.stderr
    assert sorted(tree(folder)) == [".env"]


def test_init_makes_no_key_beside_the_data(folder: Path) -> None:
    result = run("init", environment={"SCHOLARBOT_KEY_FILE": "var/data/confidential/keys.json"})

    assert result.exit_code == REFUSED
    assert "Keep the key in a folder of its own" in result.stderr
    assert sorted(tree(folder)) == [".env"]


def test_init_where_a_file_is_in_the_way_names_it(folder: Path) -> None:
    (folder / "var").touch()

    result = run("init")

    assert result.exit_code == REFUSED
    assert result.stderr == (
        "The folder var/keys cannot be made: Not a directory. Make room for it, or name another place in "
        "SCHOLARBOT_KEY_FILE.\n"
    )


def test_init_in_a_place_where_no_env_can_be_made_says_so(folder: Path) -> None:
    (folder / ".env").symlink_to(folder / "nowhere" / ".env")

    result = run("init")

    assert result.exit_code == REFUSED
    assert result.stderr == ("I cannot make .env: no such file or directory. Work in a folder that you may write to.\n")


def test_init_where_it_may_not_look_for_the_key_says_so(folder: Path) -> None:
    name = "x" * 300  # nobody may: root, as whom tests may run, is stopped by no permission

    result = run("init", environment={"SCHOLARBOT_KEY_FILE": name})

    assert result.exit_code == REFUSED
    assert result.stderr == f"I cannot look at {name}: file name too long. Name a place that you may enter.\n"
    assert sorted(tree(folder)) == [".env"]


def test_init_where_it_may_not_look_for_the_env_says_so(folder: Path) -> None:
    (folder / ".env").symlink_to("x" * 300)

    result = run("init")

    assert result.exit_code == REFUSED
    assert result.stderr == "I cannot look at .env: file name too long. Name a place that you may enter.\n"


def test_init_names_an_env_that_others_can_read_and_leaves_it(folder: Path) -> None:
    (folder / ".env").touch(mode=0o644)

    result = run("init")

    assert result.exit_code == 0
    assert "chmod 600 .env\n" in result.stdout
    assert tree(folder)[".env"] == (0o644, b"")
