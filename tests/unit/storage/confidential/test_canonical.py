"""Several values as one byte string."""

from hypothesis import example, given
from hypothesis import strategies as st

from storage.confidential.canonical import canonical

TEXTS = st.lists(st.text(), min_size=1, max_size=6)


def test_canonical_puts_a_length_before_each_part() -> None:
    assert canonical("ab", 258, b"\x00") == (
        b"\x00\x00\x00\x02ab" + b"\x00\x00\x00\x08\x00\x00\x00\x00\x00\x00\x01\x02" + b"\x00\x00\x00\x01\x00"
    )


@given(TEXTS, TEXTS)
@example(["ab", "c"], ["a", "bc"])
@example(["a", ""], ["a"])
@example(["a\x00\x00\x00\x01b"], ["a", "b"])
def test_canonical_of_other_parts_is_other_bytes(one: list[str], other: list[str]) -> None:
    assert (canonical(*one) == canonical(*other)) == (one == other)
