import pytest

from domain.errors import NotFound
from handlers.parse.refs import page_of, page_ref


@pytest.mark.parametrize(("text", "page"), [("", 0), ("0", 0), ("7", 7), ("9999", 9999)])
def test_page_is_a_number_and_a_list_that_was_just_opened_begins_with_the_first(text: str, page: int) -> None:
    assert page_of(text) == page


@pytest.mark.parametrize("text", ["-1", "1.5", "one", "10000", " 1", "1\n", "\u0661"])
def test_page_that_we_cannot_have_made_is_not_found(text: str) -> None:
    with pytest.raises(NotFound):
        page_of(text)


def test_page_of_a_list_is_written_behind_what_it_is_of() -> None:
    assert page_ref("e-1_x.3") == ("e-1_x", 3)


@pytest.mark.parametrize("text", ["", "3", "e-1.x", "e 1.3", "e-1.3.x"])
def test_page_of_a_list_that_we_cannot_have_made_is_not_found(text: str) -> None:
    with pytest.raises(NotFound):
        page_ref(text)
