"""A key as text."""

import base64
import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.sealing import KeyProblem
from storage.confidential.keys.secret_key import key_text, parse_key
from tests.builders.keys import a_key

WHERE = "The key on the wall"
CURE = "Ask the caretaker."
GOOD = key_text(a_key())


def refusal_of(text: str) -> str:
    with pytest.raises(KeyProblem) as caught:
        parse_key(text, where=WHERE, cure=CURE)
    problem = caught.value
    assert (problem.__cause__, problem.__context__) == (None, None)
    return str(problem)


@given(st.integers(0, 2**32))
def test_parse_of_a_random_key_gives_it_back(seed: int) -> None:
    key = random.Random(seed).randbytes(32)

    assert parse_key(key_text(key), where=WHERE, cure=CURE) == key


@pytest.mark.parametrize(
    "text",
    [
        "",
        "not base64 at all!",
        GOOD + "\n",
        " " + GOOD,
        GOOD[:-1],
        GOOD + "=",
        GOOD[:20] + "\n" + GOOD[20:],
        GOOD.replace("=", ""),
        GOOD[:-2] + chr(ord(GOOD[-2]) + 1) + "=",
        "é" * 44,
    ],
)
def test_parse_of_text_that_is_no_key_is_refused(text: str) -> None:
    said = refusal_of(text)

    assert said == (
        "The key on the wall is not a key in URL-safe base64: it must be exactly 44 characters, without blanks or "
        "line breaks around them. Ask the caretaker."
    )


def test_parse_of_the_other_base64_alphabet_is_refused() -> None:
    key = b"\xfb\xff" + a_key()[2:]

    assert "not a key in URL-safe base64" in refusal_of(base64.b64encode(key).decode())


@pytest.mark.parametrize("length", [16, 24, 31, 33, 64])
def test_parse_of_a_key_of_another_length_is_refused(length: int) -> None:
    said = refusal_of(key_text((a_key() * 2)[:length]))

    assert said == f"The key on the wall has {length} bytes, not 32. Ask the caretaker."


@pytest.mark.parametrize(
    "key",
    [
        bytes(32),
        b"\xff" * 32,
        bytes(range(32)),
        bytes(range(31, -1, -1)),
        bytes(range(0, 256, 8)),
        b"\x00\x01\x02\x03\x04\x05\x06\x07" * 4,
        b"changeme" * 4,
        b"this is the secret key, change!!",
        b"0123456789abcdefFEDCBA9876543210",
        b"kJ8#pQ2!vX7$mN4&wR9*zT1(bY6)cU3-",
        bytes(random.Random(1).choices(range(1, 16), k=32)),
    ],
)
def test_parse_of_a_made_up_key_is_refused(key: bytes) -> None:
    assert refusal_of(key_text(key)) == (
        "The key on the wall looks typed or taken from an example, not random, so it can be guessed. Ask the caretaker."
    )
