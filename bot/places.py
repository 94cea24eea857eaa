"""Where secrets lie on the disk: what others on the machine can reach, or what lies together, is refused."""

import stat
from os import stat_result
from pathlib import Path

from sqlalchemy import make_url
from sqlalchemy.exc import ArgumentError

from bot.reasons import in_words
from bot.settings import KeyProvider, Settings
from domain.sealing import KeyProblem, SharedStore, StartRefused

PROGRAM = "SCHOLARBOT_PROGRAM_DATABASE_URL"
CONFIDENTIAL = "SCHOLARBOT_CONFIDENTIAL_DATABASE_URL"
COMPANIONS = ("", "-wal", "-shm", "-journal")
"""What SQLite writes beside a database holds the same."""
_OTHERS = stat.S_IRWXG | stat.S_IRWXO


def check_places(settings: Settings) -> None:
    """Look at the files of both stores and at where the key lies. Raises `StartRefused` with reason and cure.

    A store on SQLite has a folder of its own that nobody else can enter (0700) and a file that nobody else can reach
    (0600). What is not there yet is made like that.
    """
    files = store_files(settings)
    for setting, file in files.items():
        _check_private(file, setting)
    _check_apart(files)
    check_key_place(settings)


def check_env_file(path: Path) -> None:
    """Refuse a settings file that others can reach, since it holds tokens: raises `StartRefused`."""
    if path.is_file() and path.stat().st_mode & _OTHERS:
        raise StartRefused(
            f"The settings file {path} has the mode {_mode(path.stat())}, so that others on this machine can reach the "
            f"tokens in it. Close it with: chmod 600 {path}"
        )


def check_key_place(settings: Settings) -> None:
    """Refuse a key file in the folder of a store, where one copy would hold both: raises `KeyProblem`."""
    if settings.scholarbot_key_provider is not KeyProvider.FILE or not settings.scholarbot_confidential_database_url:
        return
    _resolved(settings.scholarbot_key_file, "SCHOLARBOT_KEY_FILE")
    folder = settings.scholarbot_key_file.parent.resolve()
    for file in store_files(settings).values():
        if file.parent in (folder, *folder.parents):
            raise KeyProblem(
                f"The key file {settings.scholarbot_key_file} lies in {file.parent}, the folder of a database: a copy "
                "of that folder would hold both. Keep the key in a folder of its own, away from the data, and name it "
                "in SCHOLARBOT_KEY_FILE."
            )


def check_made(settings: Settings) -> None:
    """Refuse a store on SQLite that is not there: raises `StartRefused`. To open it would make an empty one."""
    for setting, file in missing_files(settings).items():
        raise StartRefused(
            f"There is no database at {file}. Check {setting}, or restore the file from its backup. For a new "
            "installation make it with: scholarbot migrate"
        )


def missing_files(settings: Settings) -> dict[str, Path]:
    """The files of `store_files` that are not there. Raises `StartRefused` where this process may not look."""
    return {setting: file for setting, file in store_files(settings).items() if _status(file, setting) is None}


def store_files(settings: Settings) -> dict[str, Path]:
    """The files of the stores that are on SQLite, by the setting that names them. Raises `StartRefused` for no file."""
    urls = {
        PROGRAM: settings.scholarbot_program_database_url,
        CONFIDENTIAL: settings.scholarbot_confidential_database_url,
    }
    found = {setting: _sqlite_file(url, setting) for setting, url in urls.items()}
    return {setting: file for setting, file in found.items() if file is not None}


def _sqlite_file(url: str, setting: str) -> Path | None:
    """None on another engine, and for what is no address: who opens it says so."""
    try:
        parsed = make_url(url)
    except (ArgumentError, ValueError):  # a wrong port is the latter; the texts of both hold parts of the address
        return None
    if parsed.get_backend_name() != "sqlite":
        return None
    name = parsed.database or ""
    if not name or name.startswith((":", "file:")):
        raise StartRefused(f"{setting} must name a file, like sqlite:///var/data/program/program.db.")
    return _resolved(Path(name), setting)


def _resolved(path: Path, setting: str) -> Path:
    try:
        return path.resolve()
    except RuntimeError:
        reason = "its links lead in a circle"
    except ValueError:
        reason = "it holds a character that no path has"
    raise StartRefused(f"{setting} names no file: {reason}. Check the setting.")


def _check_private(file: Path, setting: str) -> None:
    folder = file.parent
    status = _status(folder, setting)
    if status is not None and status.st_mode & stat.S_ISVTX and status.st_mode & stat.S_IWOTH:
        raise StartRefused(f"{setting} names a file in {folder}, which is everybody's. Give it a folder of its own.")
    if status is not None and status.st_mode & _OTHERS:
        raise StartRefused(
            f"The folder {folder} of the database in {setting} has the mode {_mode(status)}, so that others on this "
            f"machine can look into it. Close it with: chmod 700 {folder} - or name a file in a folder of its own "
            "below it, which scholarbot migrate makes."
        )
    for each in (file.with_name(f"{file.name}{ending}") for ending in COMPANIONS):
        status = _status(each, setting)
        if status is not None and status.st_mode & _OTHERS:
            raise StartRefused(
                f"The database file {each} has the mode {_mode(status)}, so that others on this machine can reach it. "
                f"Close it with: chmod 600 {each}"
            )


def _check_apart(files: dict[str, Path]) -> None:
    program, confidential = files.get(PROGRAM), files.get(CONFIDENTIAL)
    # One file for both is found once it is open, however it is spelled.
    if program and confidential and program != confidential and program.parent == confidential.parent:
        raise SharedStore(
            f"Both stores lie in {program.parent}, so that one copy or backup would hold both. Move each to a folder "
            f"of its own and name it in {PROGRAM} and {CONFIDENTIAL}."
        )


def _status(path: Path, setting: str) -> stat_result | None:
    try:
        return path.stat()
    except (FileNotFoundError, NotADirectoryError):
        return None
    except OSError as error:
        raise StartRefused(
            f"The database in {setting} cannot be reached ({path}: {in_words(error)}). Check the setting; the file "
            "must belong to the user that this process runs as."
        ) from None


def _mode(status: stat_result) -> str:
    return f"{stat.S_IMODE(status.st_mode):04o}"
