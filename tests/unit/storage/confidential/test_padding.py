"""Hiding how long a text is."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from domain.sealing import SealError
from storage.confidential.padding import BUCKET_BYTES, pad, unpad


@given(st.binary(max_size=2000))
def test_unpad_of_what_was_padded_gives_it_back(content: bytes) -> None:
    assert unpad(pad(content)) == content


@pytest.mark.parametrize(("length", "buckets"), [(0, 1), (1, 1), (507, 1), (508, 1), (509, 2), (1020, 2), (1021, 3)])
def test_pad_fills_whole_buckets(length: int, buckets: int) -> None:
    assert len(pad(bytes(length))) == buckets * BUCKET_BYTES


@given(st.binary(max_size=1500))
@example(b"")
@example(bytes(BUCKET_BYTES))
@example(b"\x00\x00\x00\x01ab" + bytes(BUCKET_BYTES - 6))
@example(b"\xff\xff\xff\xff" + bytes(BUCKET_BYTES - 4))
@example(bytes(2 * BUCKET_BYTES))
def test_unpad_of_anything_else_is_refused(padded: bytes) -> None:
    try:
        content = unpad(padded)
    except SealError:
        return
    assert pad(content) == padded
