"""The format of sealed bytes."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.sealing import SealError
from storage.confidential.envelope import OVERHEAD_BYTES, open_with, parse, seal

DATA_KEY = bytes(range(32))
OTHER_KEY = bytes(range(1, 33))
CONTEXT = b"whose it is"
LAYOUT = {"magic": 0, "format": 3, "algorithm": 4, "salt": 5, "commitment": 37, "nonce": 69, "ciphertext": 81}


def sealed_of(content: bytes = b"a private word") -> bytes:
    return seal(content, data_key=DATA_KEY, domain="note", context=CONTEXT)


def opened(
    sealed: bytes, *, data_key: bytes = DATA_KEY, domain: str = "note", context: bytes = CONTEXT
) -> bytes | None:
    return open_with(parse(sealed), data_key=data_key, domain=domain, context=context)


@given(st.binary(max_size=3000))
def test_open_of_what_was_sealed_gives_it_back(content: bytes) -> None:
    assert opened(sealed_of(content)) == content


def test_overhead_is_97_bytes() -> None:
    assert (OVERHEAD_BYTES, len(sealed_of(b""))) == (97, 97 + 512)


@pytest.mark.parametrize("length", [0, 1, 400, 508])
def test_sealed_size_within_a_bucket_is_equal(length: int) -> None:
    assert len(sealed_of(b"x" * length)) == len(sealed_of(b""))


def test_seal_twice_gives_bytes_that_share_only_the_header() -> None:
    one, other = sealed_of(), sealed_of()

    starts = [*LAYOUT.values(), len(one)]
    parts = [(one[begin:end], other[begin:end]) for begin, end in pairwise(starts)]
    assert [first == second for first, second in parts] == [True, True, True, False, False, False, False]
    assert one[:5] == b"SSB\x01\x01"


def test_open_after_any_byte_was_flipped_never_gives_text() -> None:
    sealed = sealed_of()

    for position in range(len(sealed)):
        damaged = bytearray(sealed)
        damaged[position] ^= 1
        try:
            content = opened(bytes(damaged))
        except SealError:
            content = None
        assert (position, content) == (position, None)


@pytest.mark.parametrize("field", ["magic", "format", "algorithm"])
def test_parse_of_an_unknown_header_is_refused(field: str) -> None:
    sealed = bytearray(sealed_of())
    sealed[LAYOUT[field]] += 1

    with pytest.raises(SealError):
        parse(bytes(sealed))


@given(st.binary(max_size=1300))
def test_parse_of_a_wrong_size_is_refused(tail: bytes) -> None:
    sealed = sealed_of()[:5] + tail
    if len(sealed) >= 97 + 512 and (len(sealed) - 97) % 512 == 0:
        return

    with pytest.raises(SealError):
        parse(sealed)


def test_parse_of_a_truncated_or_longer_one_is_refused() -> None:
    sealed = sealed_of()

    for other in (b"", sealed[:5], sealed[:96], sealed[:-1], sealed + b"\x00", sealed[:97]):
        with pytest.raises(SealError):
            parse(other)


def test_open_with_another_data_key_is_not_even_tried() -> None:
    assert opened(sealed_of(), data_key=OTHER_KEY) is None


def test_open_for_another_domain_is_not_even_tried() -> None:
    assert opened(sealed_of(), domain="summary") is None


def test_open_in_another_context_is_refused() -> None:
    with pytest.raises(SealError):
        opened(sealed_of(), context=b"somebody else's")


def test_open_with_a_commitment_from_another_key_never_decrypts() -> None:
    """The commitment is looked at before anything is decrypted: a right ciphertext behind a wrong one is not opened."""
    one, other = sealed_of(), sealed_of()
    commitment = slice(LAYOUT["commitment"], LAYOUT["nonce"])
    spliced = one[: commitment.start] + other[commitment] + one[commitment.stop :]

    assert opened(spliced) is None


@pytest.mark.parametrize("length", [0, 16, 24, 31, 33])
def test_seal_under_a_key_of_another_length_is_refused(length: int) -> None:
    with pytest.raises(SealError):
        seal(b"", data_key=bytes(length), domain="note", context=CONTEXT)
