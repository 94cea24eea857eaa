"""What sealed records are bound to, and the words of what goes wrong."""

import pytest

from domain.sealing import SealError, UnstorableText, fingerprint
from tests.builders.sealing import an_identity


@pytest.mark.parametrize("part", ["program_id", "domain", "record_id", "scholar_id", "author_id"])
def test_identity_with_an_empty_part_is_refused(part: str) -> None:
    with pytest.raises(ValueError, match="needs a program, a domain"):
        an_identity(**{part: ""})  # type: ignore[arg-type]  # mypy cannot tell which argument the name stands for


def test_identity_of_version_0_is_refused() -> None:
    with pytest.raises(ValueError, match="start at 1"):
        an_identity(version=0)


@pytest.mark.parametrize("length", [1, 31, 33])
def test_identity_with_half_a_fingerprint_is_refused(length: int) -> None:
    with pytest.raises(ValueError, match="fingerprint or empty"):
        an_identity(previous=bytes(length))


def test_identity_takes_the_fingerprint_of_what_went_before() -> None:
    first = fingerprint(b"sealed bytes")

    assert an_identity(version=2, previous=first).previous == first


def test_seal_error_has_one_sentence() -> None:
    assert str(SealError()) == "This sealed record could not be opened."


def test_unstorable_text_says_what_to_do() -> None:
    problem = UnstorableText(field="text")

    assert (problem.message, problem.field) == (
        "This text holds a broken character that cannot be kept exactly. Please delete it, type it again and resend.",
        "text",
    )
