"""What counts as a link in what somebody typed."""

import pytest

from domain.deadlines import InvalidDeadline, check_proof
from domain.markup import is_link, links_in


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
