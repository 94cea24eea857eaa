"""A file that nobody but the owner of this process can reach."""

import errno
import os
import stat
from pathlib import Path

from domain.sealing import KeyProblem

BYTES_MAX = 64 * 1024
_MODE = 0o600
_FOLDER_MODE = 0o700
# NONBLOCK, or opening a named pipe would wait for somebody to write into it.
_READ_FLAGS = os.O_RDONLY | os.O_NOFOLLOW | os.O_CLOEXEC | os.O_NONBLOCK
_CREATE_FLAGS = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC


def read_private(path: Path, *, owner: int) -> bytes:
    """The content of a key file of the user id `owner`. Raises `KeyProblem` naming what is wrong and how to mend it.

    What is checked is what is read: the checks look at the opened file, not at the path, which may change meanwhile.
    """
    descriptor = _open(path)
    try:
        _check(path, os.fstat(descriptor), owner)
        with os.fdopen(descriptor, "rb", closefd=False) as file:
            content = file.read(BYTES_MAX + 1)
    finally:
        os.close(descriptor)
    if len(content) > BYTES_MAX:
        raise KeyProblem(f"The key file {path} is far too long for one. Check that the setting names the right file.")
    return content


def create_private(path: Path, content: bytes) -> None:
    """Make a file of mode 0600, safe from a power cut. Raises `KeyProblem` for one that is there, and leaves it."""
    descriptor = _create(path)
    try:
        _fill(descriptor, content)
        _sync_folder(path.parent)
    except OSError as error:
        path.unlink()  # half a key file would only be in the way of the next attempt
        raise KeyProblem(f"The key file {path} cannot be written: {error.strerror}. Nothing was kept.") from None


def _open(path: Path) -> int:
    try:
        return os.open(path, _READ_FLAGS)
    except FileNotFoundError:
        raise KeyProblem(
            f"There is no key file at {path}. Make one with `scholarbot init`; "
            "if the confidential store holds data already, restore the one it was sealed with."
        ) from None
    except OSError as error:
        if error.errno == errno.ELOOP:
            raise KeyProblem(f"The key file {path} is a symbolic link. Name the file itself.") from None
        raise KeyProblem(f"The key file {path} cannot be opened: {error.strerror}.") from None


def _create(path: Path) -> int:
    try:
        path.parent.mkdir(mode=_FOLDER_MODE, parents=True, exist_ok=True)
    except OSError as error:
        raise KeyProblem(
            f"The folder {path.parent} cannot be made: {error.strerror}. Make room for it, or name another place in "
            "SCHOLARBOT_KEY_FILE."
        ) from None
    try:
        return os.open(path, _CREATE_FLAGS, _MODE)
    except FileExistsError:
        raise KeyProblem(
            f"There is a file at {path} already; it was left as it is. If it is the key file, nothing is left to do."
        ) from None
    except OSError as error:
        raise KeyProblem(f"The key file {path} cannot be made: {error.strerror}.") from None


def _check(path: Path, status: os.stat_result, owner: int) -> None:
    if not stat.S_ISREG(status.st_mode):
        raise KeyProblem(f"The key file {path} is not a regular file. Check that the setting names the right one.")
    if status.st_uid != owner:
        raise KeyProblem(
            f"The key file {path} belongs to user {status.st_uid}, and this process runs as user {owner}. "
            "Change the file's owner, or run as the other user."
        )
    if status.st_mode & (stat.S_IRWXG | stat.S_IRWXO):
        mode = stat.S_IMODE(status.st_mode)
        raise KeyProblem(
            f"The key file {path} has the mode {mode:04o}, so that others on this machine can reach it. "
            f"Close it with: chmod 600 {path}"
        )


def _fill(descriptor: int, content: bytes) -> None:
    with os.fdopen(descriptor, "wb") as file:
        os.fchmod(file.fileno(), _MODE)  # whatever the umask took away
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def _sync_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
