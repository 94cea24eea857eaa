"""What counts as a link in what somebody typed."""

import pytest

from domain.deadlines import InvalidDeadline, check_proof
from domain.markup import is_link, links_in, sent_length, with_turns_closed, without_marks


@pytest.mark.parametrize("text", ["https://example.org/plan", "HTTPS://example.org/plan", "Http://EXAMPLE.org"])
def test_link_may_be_typed_in_capitals(text: str) -> None:
    assert (is_link(text), links_in(f"It is at {text}.")) == (True, [text])
    assert check_proof(f" {text} ", is_needed=True) == text


@pytest.mark.parametrize(
    "text", ["example.org", "ftp://example.org", "https://", "https://a b", "https://a|b", "see https://a"]
)
def test_anything_else_is_no_link(text: str) -> None:
    with pytest.raises(InvalidDeadline):
        check_proof(text, is_needed=False)


def test_sent_length_counts_signs_and_links() -> None:
    assert sent_length("a & b <c> https://x.org") == len("a &amp; b &lt;c&gt; <https://x.org>")


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("Plans are due", "Plans are due"),
        ("Read *this* **now**", "Read \u2217this\u2217 \u2217\u2217now\u2217\u2217"),
        ("~old~ `code` 2*3", "\u223cold\u223c \u02cbcode\u02cb 2\u22173"),
        ("_Please_ fill in my_plan_v2", "\u02cdPlease\u02cd fill in my_plan_v2"),
    ],
)
def test_title_has_look_alikes_for_the_signs_that_would_be_marks(typed: str, shown: str) -> None:
    assert without_marks(typed) == shown


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("a\u202eb", "a\u202eb\u202c"),
        ("a\u202eb\u202c", "a\u202eb\u202c"),
        ("\u2067a\u202bb", "\u2067a\u202bb\u202c\u2069"),
        ("\u2067a\u202bb\u2069c", "\u2067a\u202bb\u2069c"),
        ("a\u202cb\u2069", "ab"),
        ("\u05e9\u05dc\u05d5\u05dd \u200f\u0645\u200e", "\u05e9\u05dc\u05d5\u05dd \u200f\u0645\u200e"),
    ],
)
def test_what_turns_the_direction_is_closed_within_a_text_and_hebrew_and_arabic_stay(typed: str, kept: str) -> None:
    assert with_turns_closed(typed) == kept
