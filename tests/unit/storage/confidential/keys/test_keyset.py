"""The content of a key file is taken whole and right, or not at all."""

import contextlib
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.sealing import KeyProblem
from storage.confidential.keys.keyset import KeyStatus, parse_keyset, write_keyset
from storage.confidential.keys.secret_key import key_text
from tests.builders.keys import a_key, a_row, an_entry, keyset_text

WHERE = "The key file keys.json"
GOOD = keyset_text(a_row())
SECRET = key_text(a_key())
SECOND = {"id": "second", "key": key_text(a_key(2))}


def refusal_of(content: bytes) -> str:
    with pytest.raises(KeyProblem) as caught:
        parse_keyset(content, where=WHERE)
    problem = caught.value
    assert (problem.__cause__, problem.__context__) == (None, None)
    assert SECRET not in str(problem)
    return str(problem)


def test_parse_of_a_written_keyset_gives_the_same_entries() -> None:
    entries = (
        an_entry("first", version=1, status=KeyStatus.RETIRED),
        an_entry("first", version=2, status=KeyStatus.ENABLED, key=a_key(2)),
        an_entry("second", status=KeyStatus.PRIMARY, key=a_key(3)),
    )

    assert parse_keyset(write_keyset(entries), where=WHERE) == entries


def test_entry_never_shows_its_key() -> None:
    assert "key" not in repr(an_entry()).removeprefix("KeysetEntry")
    assert repr(a_key()) not in repr(an_entry())


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"[]",
        b"null",
        b'"keys"',
        GOOD[:-1],
        GOOD[: len(GOOD) // 2],
        GOOD + b"x",
        GOOD + GOOD,
        GOOD + b"\x00",
        b"\xef\xbb\xbf" + GOOD,
        b"\xff" + GOOD,
        b"[" * 50_000,
        GOOD.replace(b'"keys"', b'"keys": [], "keys"'),
        GOOD.replace(b'"id"', b'"status": "primary", "id"'),
    ],
)
def test_parse_of_anything_but_one_json_object_is_refused(content: bytes) -> None:
    assert refusal_of(content).startswith("The key file keys.json is not a whole JSON object. Restore the file")


@pytest.mark.parametrize("tail", [b"\n", b"\r\n"])
def test_parse_with_the_line_break_of_an_editor_reads_the_same_keys(tail: bytes) -> None:
    assert parse_keyset(GOOD + tail, where="it") == parse_keyset(GOOD, where="it")


@pytest.mark.parametrize("tail", [b"\n\n", b"\r", b"\n\r", b" ", b"\t", b" \n"])
def test_parse_with_other_blanks_behind_the_end_is_refused(tail: bytes) -> None:
    assert refusal_of(GOOD + tail) == (
        "The key file keys.json has blanks behind its end. One line break may follow the last }; remove the rest."
    )


@pytest.mark.parametrize("content", [b"{}", b'{"keys": {}}', b'{"keys": [], "note": 1}', b'{"key": []}'])
def test_parse_of_another_object_is_refused(content: bytes) -> None:
    assert 'must be an object with one field, "keys", a list' in refusal_of(content)


@pytest.mark.parametrize("row", [a_row(note="x"), {"id": "first"}, {}, "first", ["first"], None])
def test_parse_of_an_entry_with_other_fields_is_refused(row: Any) -> None:
    assert refusal_of(keyset_text(row)).startswith(
        "Key number 1 in the key file keys.json must have exactly the fields created, id, key, status, version."
    )


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"id": ""}, "needs an id"),
        ({"id": 1}, "needs an id"),
        ({"id": "a b"}, "needs an id"),
        ({"id": "x" * 65}, "needs an id"),
        ({"id": "first\n"}, "needs an id"),
        ({"version": 0}, "needs a version"),
        ({"version": "1"}, "needs a version"),
        ({"version": 1.0}, "needs a version"),
        ({"version": True}, "needs a version"),
        ({"version": 2**31}, "needs a version"),
        ({"status": "Primary"}, "needs a status that is one of primary, enabled, retired"),
        ({"status": None}, "needs a status"),
        ({"status": ["primary"]}, "needs a status"),
        ({"created": "yesterday"}, "needs an instant"),
        ({"created": "2027-01-11T12:00:00"}, "needs an instant"),
        ({"created": 1}, "needs an instant"),
        ({"key": None}, "is not a key in URL-safe base64"),
        ({"key": SECRET + "\n"}, "is not a key in URL-safe base64"),
        ({"key": key_text(bytes(16))}, "has 16 bytes, not 32"),
        ({"key": key_text(bytes(32))}, "looks typed or taken from an example"),
    ],
)
def test_parse_of_a_wrong_value_is_refused(change: dict[str, Any], reason: str) -> None:
    said = refusal_of(keyset_text(a_row(**SECOND), a_row(status="enabled") | change))

    assert said.startswith(f"Key number 2 in the key file keys.json {reason}")


@pytest.mark.parametrize(
    ("rows", "primaries"),
    [
        ([], 0),
        ([a_row(status="enabled")], 0),
        ([a_row(status="retired")], 0),
        ([a_row(), a_row(**SECOND)], 2),
    ],
)
def test_parse_without_exactly_one_primary_is_refused(rows: list[dict[str, Any]], primaries: int) -> None:
    assert refusal_of(keyset_text(*rows)) == (
        f'The key file keys.json has {primaries} keys with the status "primary". Give it to exactly one key.'
    )


def test_parse_of_one_name_twice_is_refused() -> None:
    rows = [a_row(), a_row(status="enabled", key=SECOND["key"])]

    assert refusal_of(keyset_text(*rows)) == (
        "The key file keys.json has key first version 1 more than once. Keep the right one only."
    )


def test_parse_of_one_key_under_two_names_is_refused() -> None:
    rows = [a_row(), a_row(status="enabled", version=2)]

    assert refusal_of(keyset_text(*rows)) == (
        "The key file keys.json has the same key under two names. A new key must be a new one."
    )


@given(st.binary(max_size=300))
def test_parse_of_any_bytes_raises_nothing_else(content: bytes) -> None:
    with pytest.raises(KeyProblem):
        parse_keyset(content, where=WHERE)


@given(st.data())
def test_parse_of_a_damaged_file_raises_nothing_else(data: st.DataObject) -> None:
    position = data.draw(st.integers(0, len(GOOD) - 1))
    byte = data.draw(st.integers(0, 255))

    with contextlib.suppress(KeyProblem):
        parse_keyset(GOOD[:position] + bytes([byte]) + GOOD[position + 1 :], where=WHERE)
