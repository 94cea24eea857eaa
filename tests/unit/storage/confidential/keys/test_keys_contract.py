"""What every provider of keys does, the fake included."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from domain.ports import KeyRing, WrappedKey
from domain.sealing import SealError
from storage.confidential.keys import EnvKeyRing, FileKeyRing
from storage.confidential.keys.secret_key import key_text
from tests.builders.keys import a_key, an_entry, write_key_file
from tests.fakes.keys import FakeKeyRing

DATA_KEY = bytes(range(100, 132))
CONTEXT = b"whose key it is"
MakeRing = Callable[[int], KeyRing]


def fake_ring(number: int, _folder: Path) -> KeyRing:
    return FakeKeyRing(secret=f"secret {number}")


def file_ring(number: int, folder: Path) -> KeyRing:
    return FileKeyRing(write_key_file(folder / f"{number}.json", [an_entry(key=a_key(number))]))


def env_ring(number: int, _folder: Path) -> KeyRing:
    return EnvKeyRing(key_text(a_key(number)))


@pytest.fixture(params=[fake_ring, file_ring, env_ring], ids=["fake", "file", "env"])
def make_ring(request: pytest.FixtureRequest, tmp_path: Path) -> MakeRing:
    return lambda number: request.param(number, tmp_path)


def refusal(ring: KeyRing, wrapped: WrappedKey, context: bytes = CONTEXT) -> str:
    with pytest.raises(SealError) as caught:
        ring.unwrap(wrapped, context=context)
    return str(caught.value)


def test_unwrap_of_what_was_wrapped_gives_the_data_key(make_ring: MakeRing) -> None:
    ring = make_ring(1)

    wrapped = ring.wrap(DATA_KEY, context=CONTEXT)

    assert ring.unwrap(wrapped, context=CONTEXT) == DATA_KEY


def test_unwrap_by_a_ring_with_the_same_key_gives_the_data_key(make_ring: MakeRing) -> None:
    assert make_ring(1).unwrap(make_ring(1).wrap(DATA_KEY, context=CONTEXT), context=CONTEXT) == DATA_KEY


def test_wrap_names_the_primary_key_and_hides_the_data_key(make_ring: MakeRing) -> None:
    ring = make_ring(1)

    wrapped = ring.wrap(DATA_KEY, context=CONTEXT)

    assert (wrapped.key_id, wrapped.version) == (ring.primary_key_id(), 1)
    assert DATA_KEY not in wrapped.blob
    assert DATA_KEY[:8] not in wrapped.blob


@pytest.mark.parametrize("context", [b"", b"whose key it i", b"whose key it is "])
def test_unwrap_in_another_context_is_refused(make_ring: MakeRing, context: bytes) -> None:
    ring = make_ring(1)

    assert refusal(ring, ring.wrap(DATA_KEY, context=CONTEXT), context) == str(SealError())


def test_unwrap_after_any_byte_was_flipped_is_refused(make_ring: MakeRing) -> None:
    ring = make_ring(1)
    wrapped = ring.wrap(DATA_KEY, context=CONTEXT)

    said = set()
    for position, byte in enumerate(wrapped.blob):
        blob = wrapped.blob[:position] + bytes([byte ^ 1]) + wrapped.blob[position + 1 :]
        said.add(refusal(ring, replace(wrapped, blob=blob)))

    assert said == {str(SealError())}


def test_unwrap_of_a_blob_of_another_size_is_refused(make_ring: MakeRing) -> None:
    ring = make_ring(1)
    wrapped = ring.wrap(DATA_KEY, context=CONTEXT)

    blobs = (b"", wrapped.blob[:1], wrapped.blob[:-1], wrapped.blob + b"\x00", wrapped.blob * 2)
    assert {refusal(ring, replace(wrapped, blob=blob)) for blob in blobs} == {str(SealError())}


@pytest.mark.parametrize("change", [{"key_id": "unheard-of"}, {"version": 2}, {"version": 0}])
def test_unwrap_under_another_name_is_refused(make_ring: MakeRing, change: dict[str, str]) -> None:
    ring = make_ring(1)

    assert refusal(ring, replace(ring.wrap(DATA_KEY, context=CONTEXT), **change)) == str(SealError())  # type: ignore[arg-type]  # one of two fields


def test_unwrap_by_another_ring_is_refused_even_under_its_own_name(make_ring: MakeRing) -> None:
    ring, other = make_ring(1), make_ring(2)
    wrapped = ring.wrap(DATA_KEY, context=CONTEXT)

    assert refusal(other, wrapped) == str(SealError())
    assert refusal(other, replace(wrapped, key_id=other.primary_key_id())) == str(SealError())


@pytest.mark.parametrize("length", [0, 16, 31, 33, 64])
def test_wrap_of_anything_but_32_bytes_is_a_mistake(make_ring: MakeRing, length: int) -> None:
    with pytest.raises(ValueError, match="data key has 32 bytes"):
        make_ring(1).wrap(bytes(length), context=CONTEXT)
