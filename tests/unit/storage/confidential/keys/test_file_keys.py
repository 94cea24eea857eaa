"""The key provider "file"."""

import logging
from pathlib import Path

import pytest

from domain.sealing import KeyProblem, SealError
from storage.confidential.keys import FileKeyRing, create_key_file
from storage.confidential.keys.keyset import KeyStatus
from tests.builders.keys import CREATED, a_key, an_entry, write_key_file

DATA_KEY = bytes(range(100, 132))
OLD = an_entry("old", status=KeyStatus.ENABLED)
NEW = an_entry("new", key=a_key(2))


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "keys.json"


def test_created_key_file_serves_at_once(path: Path) -> None:
    key_id = create_key_file(path, now=CREATED)

    ring = FileKeyRing(path)

    assert ring.primary_key_id() == key_id
    assert ring.unwrap(ring.wrap(DATA_KEY, context=b""), context=b"") == DATA_KEY


def test_created_key_files_differ_in_name_and_key(tmp_path: Path) -> None:
    paths = [tmp_path / "one.json", tmp_path / "other.json"]

    one, other = (create_key_file(path, now=CREATED) for path in paths)

    wrapped = FileKeyRing(paths[0]).wrap(DATA_KEY, context=b"")
    assert one != other
    with pytest.raises(SealError):
        FileKeyRing(paths[1]).unwrap(wrapped, context=b"")


def test_create_where_a_key_file_is_leaves_the_key(path: Path) -> None:
    key_id = create_key_file(path, now=CREATED)

    with pytest.raises(KeyProblem, match="left as it is"):
        create_key_file(path, now=CREATED)

    assert FileKeyRing(path).primary_key_id() == key_id


def test_wraps_of_one_data_key_differ(path: Path) -> None:
    ring = FileKeyRing(write_key_file(path))

    assert ring.wrap(DATA_KEY, context=b"") != ring.wrap(DATA_KEY, context=b"")


@pytest.mark.parametrize(("content", "reason"), [(b"{}", "must be an object"), (b"", "is not a whole JSON object")])
def test_ring_over_an_unusable_file_is_refused_with_its_path(path: Path, content: bytes, reason: str) -> None:
    write_key_file(path, content)

    with pytest.raises(KeyProblem) as caught:
        FileKeyRing(path)

    assert str(caught.value).startswith(f"The key file {path} {reason}")


def test_ring_over_a_file_open_to_others_is_refused(path: Path) -> None:
    write_key_file(path, mode=0o644)

    with pytest.raises(KeyProblem, match="mode 0644"):
        FileKeyRing(path)


def test_wrap_uses_the_primary_key_and_the_old_one_still_opens(path: Path) -> None:
    before = FileKeyRing(write_key_file(path, [an_entry("old")])).wrap(DATA_KEY, context=b"")

    ring = FileKeyRing(write_key_file(path, [OLD, NEW]))

    assert ring.wrap(DATA_KEY, context=b"").key_id == "new"
    assert ring.unwrap(before, context=b"") == DATA_KEY


def test_retired_key_opens_nothing(path: Path) -> None:
    before = FileKeyRing(write_key_file(path, [an_entry("old")])).wrap(DATA_KEY, context=b"")

    ring = FileKeyRing(write_key_file(path, [an_entry("old", status=KeyStatus.RETIRED), NEW]))

    with pytest.raises(SealError):
        ring.unwrap(before, context=b"")


def test_key_added_meanwhile_is_found_without_a_restart(path: Path) -> None:
    ring = FileKeyRing(write_key_file(path, [an_entry("old")]))

    other = FileKeyRing(write_key_file(path, [OLD, NEW]))

    assert ring.unwrap(other.wrap(DATA_KEY, context=b""), context=b"") == DATA_KEY


def test_primary_changed_meanwhile_is_found_by_asking(path: Path) -> None:
    ring = FileKeyRing(write_key_file(path, [an_entry("old")]))
    write_key_file(path, [OLD, NEW])

    assert ring.primary_key_id() == "new"
    assert ring.wrap(DATA_KEY, context=b"").key_id == "new"


def test_file_gone_bad_meanwhile_keeps_the_keys_at_hand(path: Path, caplog: pytest.LogCaptureFixture) -> None:
    ring = FileKeyRing(write_key_file(path, [an_entry("old")]))
    wrapped = ring.wrap(DATA_KEY, context=b"")
    other = FileKeyRing(write_key_file(path, [NEW])).wrap(DATA_KEY, context=b"")
    write_key_file(path, b"{")

    with pytest.raises(SealError), caplog.at_level(logging.ERROR):
        ring.unwrap(other, context=b"")

    assert ring.unwrap(wrapped, context=b"") == DATA_KEY
    (record,) = caplog.records
    assert record.getMessage() == "key file unusable"
    assert vars(record)["reason"].startswith(f"The key file {path} is not a whole JSON object.")


def test_primary_key_id_of_a_file_gone_bad_says_why(path: Path) -> None:
    ring = FileKeyRing(write_key_file(path))
    path.unlink()

    with pytest.raises(KeyProblem, match="There is no key file"):
        ring.primary_key_id()
