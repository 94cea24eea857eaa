"""Where stores and key lie: what others on the machine can reach, and what lies together, is refused."""

from pathlib import Path

import pytest

from bot.places import CONFIDENTIAL, PROGRAM, check_places, missing_files
from bot.settings import Settings, read_settings
from domain.sealing import KeyProblem, SharedStore, StartRefused

NO_FILE = Path("/nowhere/.env")
POSTGRESQL = "postgresql+psycopg://somebody:hidden@db.example.org/scholarbot"


def laid_out(folder: Path, **changes: str) -> Settings:
    """Both stores made, each in a folder of its own, the key in a third."""
    for name in ("program", "confidential", "keys"):
        (folder / name).mkdir(mode=0o700, exist_ok=True)
        (folder / name / f"{name}.db").touch(mode=0o600)
    places = {
        PROGRAM: f"sqlite:///{folder}/program/program.db",
        CONFIDENTIAL: f"sqlite:///{folder}/confidential/confidential.db",
        "SCHOLARBOT_KEY_FILE": f"{folder}/keys/keys.json",
    }
    return read_settings(places | changes, NO_FILE)


@pytest.mark.parametrize(
    "changes",
    [
        {},
        {PROGRAM: "sqlite:///{}/new/program.db"},
        {PROGRAM: POSTGRESQL, CONFIDENTIAL: POSTGRESQL},
        {PROGRAM: "carrier-pigeon"},
        {CONFIDENTIAL: "", "SCHOLARBOT_KEY_FILE": "{}/program/keys.json"},
        {"SCHOLARBOT_KEY_PROVIDER": "env", "SCHOLARBOT_KEY_FILE": "{}/program/keys.json"},
    ],
    ids=["all made", "nothing made", "no files", "no address", "no support, no key", "no key file"],
)
def test_places_that_are_private_and_apart_are_accepted(tmp_path: Path, changes: dict[str, str]) -> None:
    check_places(laid_out(tmp_path, **{key: value.format(tmp_path) for key, value in changes.items()}))


@pytest.mark.parametrize("name", ["program", "confidential"])
@pytest.mark.parametrize("mode", [0o710, 0o705, 0o755])
def test_folder_of_a_store_that_others_can_enter_is_refused(tmp_path: Path, name: str, mode: int) -> None:
    settings = laid_out(tmp_path)
    (tmp_path / name).chmod(mode)

    assert refusal(settings) == (
        f"The folder {tmp_path}/{name} of the database in SCHOLARBOT_{name.upper()}_DATABASE_URL has the mode "
        f"{mode:04o}, so that others on this machine can look into it. Close it with: chmod 700 {tmp_path}/{name} - or "
        "name a file in a folder of its own below it, which scholarbot migrate makes."
    )


@pytest.mark.parametrize("name", ["program", "confidential"])
@pytest.mark.parametrize("mode", [0o640, 0o604, 0o620, 0o644])
def test_file_of_a_store_that_others_can_reach_is_refused(tmp_path: Path, name: str, mode: int) -> None:
    settings = laid_out(tmp_path)
    file = tmp_path / name / f"{name}.db"
    file.chmod(mode)

    assert refusal(settings) == (
        f"The database file {file} has the mode {mode:04o}, so that others on this machine can reach it. "
        f"Close it with: chmod 600 {file}"
    )


@pytest.mark.parametrize("ending", ["", "-wal", "-shm", "-journal"])
def test_what_sqlite_writes_beside_a_store_is_looked_at_too(tmp_path: Path, ending: str) -> None:
    settings = laid_out(tmp_path)
    beside = tmp_path / "confidential" / f"confidential.db{ending}"
    beside.touch()
    beside.chmod(0o644)

    assert refusal(settings).endswith(f"chmod 600 {beside}")


def test_link_to_a_store_is_followed_to_what_it_names(tmp_path: Path) -> None:
    settings = laid_out(tmp_path, **{PROGRAM: f"sqlite:///{tmp_path}/keys/link.db"})
    file = tmp_path / "program" / "program.db"
    (tmp_path / "keys" / "link.db").symlink_to(file)
    file.chmod(0o644)

    assert refusal(settings).endswith(f"chmod 600 {file}")


def test_folder_that_is_everybodys_is_not_to_be_closed(tmp_path: Path) -> None:
    settings = laid_out(tmp_path)
    (tmp_path / "program").chmod(0o1777)

    assert refusal(settings) == (
        f"{PROGRAM} names a file in {tmp_path}/program, which is everybody's. Give it a folder of its own."
    )


def test_folder_that_is_sticky_and_private_is_accepted(tmp_path: Path) -> None:
    settings = laid_out(tmp_path)
    (tmp_path / "program").chmod(0o1700)

    check_places(settings)


def test_volume_that_a_group_may_write_to_holds_a_store_in_a_folder_below(tmp_path: Path) -> None:
    settings = laid_out(tmp_path, **{PROGRAM: f"sqlite:///{tmp_path}/volume/program/program.db"})
    (tmp_path / "volume").mkdir()
    (tmp_path / "volume").chmod(0o2775)
    (tmp_path / "volume" / "program").mkdir(mode=0o700)

    check_places(settings)


@pytest.mark.parametrize("name", [PROGRAM, CONFIDENTIAL, "SCHOLARBOT_KEY_FILE"])
@pytest.mark.parametrize(
    ("place", "reason"),
    [
        ("loop/file", "its links lead in a circle"),
        ("loop", "its links lead in a circle"),
        ("a\0b/file", "it holds a character that no path has"),
        ("a\0b", "it holds a character that no path has"),
    ],
)
def test_path_that_leads_nowhere_is_refused_in_a_sentence(tmp_path: Path, name: str, place: str, reason: str) -> None:
    (tmp_path / "loop").symlink_to("loop")
    scheme = "" if name == "SCHOLARBOT_KEY_FILE" else "sqlite:///"
    settings = laid_out(tmp_path, **{name: f"{scheme}{tmp_path}/{place}"})

    assert refusal(settings) == f"{name} names no file: {reason}. Check the setting."


def test_both_stores_in_one_folder_are_refused(tmp_path: Path) -> None:
    settings = laid_out(tmp_path, **{CONFIDENTIAL: f"sqlite:///{tmp_path}/keys/../program/other.db"})

    assert refusal(settings, SharedStore) == (
        f"Both stores lie in {tmp_path}/program, so that one copy or backup would hold both. Move each to a folder of "
        f"its own and name it in {PROGRAM} and {CONFIDENTIAL}."
    )


@pytest.mark.parametrize("place", ["program", "confidential", "confidential/keys", "keys/../program"])
def test_key_file_in_the_folder_of_a_store_is_refused(tmp_path: Path, place: str) -> None:
    key_file = tmp_path / place / "keys.json"
    settings = laid_out(tmp_path, SCHOLARBOT_KEY_FILE=str(key_file))

    said = refusal(settings, KeyProblem)

    folder = tmp_path / ("program" if "program" in place else "confidential")
    assert said.startswith(f"The key file {key_file} lies in {folder}, the folder of a database: ")
    assert said.endswith("Keep the key in a folder of its own, away from the data, and name it in SCHOLARBOT_KEY_FILE.")


@pytest.mark.parametrize("url", ["sqlite://", "sqlite:///:memory:", "sqlite:///file:x.db?uri=true"])
def test_sqlite_that_is_no_plain_file_is_refused(tmp_path: Path, url: str) -> None:
    settings = laid_out(tmp_path, **{PROGRAM: url})

    assert refusal(settings) == f"{PROGRAM} must name a file, like sqlite:///var/data/program/program.db."


def refusal(settings: Settings, kind: type[StartRefused] = StartRefused) -> str:
    """What the operator reads."""
    with pytest.raises(kind) as refused:
        check_places(settings)
    return str(refused.value)


def test_file_that_this_process_may_not_look_at_is_refused_by_name(tmp_path: Path) -> None:
    name = f"{'x' * 300}.db"  # nobody may: root, as whom tests may run, is stopped by no permission
    settings = laid_out(tmp_path, **{PROGRAM: f"sqlite:///{tmp_path}/program/{name}"})

    assert refusal(settings) == (
        f"The database in {PROGRAM} cannot be reached ({tmp_path}/program/{name}: file name too long). Check the "
        "setting; the file must belong to the user that this process runs as."
    )


def test_files_that_are_missing_are_named_by_their_settings(tmp_path: Path) -> None:
    (tmp_path / "program").mkdir(mode=0o700)
    settings = laid_out(tmp_path, **{CONFIDENTIAL: f"sqlite:///{tmp_path}/program/../elsewhere/other.db"})

    assert missing_files(settings) == {CONFIDENTIAL: tmp_path / "elsewhere" / "other.db"}
