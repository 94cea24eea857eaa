"""A key file that others could reach is refused, and one is never written over."""

import os
import resource
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from domain.sealing import KeyProblem
from storage.confidential.keys.private_file import BYTES_MAX, create_private, read_private

ME = os.geteuid()


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "keys.json"


def refusal_of_reading(path: Path, *, owner: int = ME) -> str:
    with pytest.raises(KeyProblem) as caught:
        read_private(path, owner=owner)
    return str(caught.value)


def refusal_of_making(path: Path) -> str:
    with pytest.raises(KeyProblem) as caught:
        create_private(path, b"content")
    return str(caught.value)


@contextmanager
def umask(mask: int) -> Iterator[None]:
    before = os.umask(mask)
    try:
        yield
    finally:
        os.umask(before)


@contextmanager
def a_full_disk() -> Iterator[None]:
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (3, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


@pytest.mark.parametrize("mode", [0o600, 0o400])
def test_read_of_a_private_file_gives_its_content(path: Path, mode: int) -> None:
    path.write_bytes(b"content")
    path.chmod(mode)

    assert read_private(path, owner=ME) == b"content"


@pytest.mark.parametrize("mode", [0o644, 0o640, 0o604, 0o660, 0o601, 0o610, 0o777, 0o620])
def test_read_of_a_file_open_to_others_is_refused(path: Path, mode: int) -> None:
    path.write_bytes(b"content")
    path.chmod(mode)

    assert refusal_of_reading(path) == (
        f"The key file {path} has the mode {mode:04o}, so that others on this machine can reach it. "
        f"Close it with: chmod 600 {path}"
    )


def test_read_of_somebody_elses_file_is_refused(path: Path) -> None:
    path.write_bytes(b"content")
    path.chmod(0o600)

    assert refusal_of_reading(path, owner=ME + 1) == (
        f"The key file {path} belongs to user {ME}, and this process runs as user {ME + 1}. "
        "Change the file's owner, or run as the other user."
    )


def test_read_of_a_symbolic_link_is_refused_even_to_a_good_file(path: Path, tmp_path: Path) -> None:
    good = tmp_path / "good.json"
    create_private(good, b"content")
    path.symlink_to(good)

    assert refusal_of_reading(path) == f"The key file {path} is a symbolic link. Name the file itself."


def test_read_of_nothing_says_how_to_make_one(path: Path) -> None:
    assert refusal_of_reading(path) == (
        f"There is no key file at {path}. Make one with `scholarbot init`; "
        "if the confidential store holds data already, restore the one it was sealed with."
    )


def test_read_of_a_folder_is_refused(tmp_path: Path) -> None:
    assert "is not a regular file" in refusal_of_reading(tmp_path)


def test_read_of_a_pipe_is_refused_and_does_not_wait(path: Path) -> None:
    os.mkfifo(path, 0o600)

    assert "is not a regular file" in refusal_of_reading(path)


def test_read_below_a_file_is_refused(path: Path) -> None:
    path.write_bytes(b"content")

    assert refusal_of_reading(path / "keys.json") == f"The key file {path}/keys.json cannot be opened: Not a directory."


def test_read_of_a_huge_file_is_refused(path: Path) -> None:
    create_private(path, bytes(BYTES_MAX + 1))

    assert "far too long" in refusal_of_reading(path)


@pytest.mark.parametrize("mask", [0o000, 0o022, 0o777])
def test_created_file_is_private_under_any_umask(path: Path, mask: int) -> None:
    with umask(mask):
        create_private(path, b"content")

    assert path.stat().st_mode & 0o7777 == 0o600
    assert read_private(path, owner=ME) == b"content"


def test_created_folder_is_private(tmp_path: Path) -> None:
    create_private(tmp_path / "keys" / "keys.json", b"content")

    assert (tmp_path / "keys").stat().st_mode & 0o777 == 0o700


def test_create_over_a_file_is_refused_and_leaves_it(path: Path) -> None:
    path.write_bytes(b"precious")

    said = refusal_of_making(path)

    assert said == (
        f"There is a file at {path} already; it was left as it is. If it is the key file, nothing is left to do."
    )
    assert path.read_bytes() == b"precious"


def test_create_through_a_dangling_link_is_refused(path: Path, tmp_path: Path) -> None:
    path.symlink_to(tmp_path / "elsewhere")

    refusal_of_making(path)

    assert not (tmp_path / "elsewhere").exists()


def test_create_below_a_file_is_refused(path: Path) -> None:
    path.write_bytes(b"")

    assert refusal_of_making(path / "keys.json") == (
        f"The folder {path} cannot be made: File exists. Make room for it, or name another place in "
        "SCHOLARBOT_KEY_FILE."
    )


def test_create_under_an_impossible_name_is_refused(tmp_path: Path) -> None:
    path = tmp_path / ("x" * 300)

    assert refusal_of_making(path) == f"The key file {path} cannot be made: File name too long."


def test_create_on_a_full_disk_leaves_nothing(path: Path) -> None:
    with a_full_disk():
        said = refusal_of_making(path)

    assert said == f"The key file {path} cannot be written: File too large. Nothing was kept."
    assert not path.exists()
