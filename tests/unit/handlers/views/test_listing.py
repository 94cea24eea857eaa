"""Long lists: whole items in as few paragraphs as hold them, and how many more there are; nothing is lost."""

from handlers.views.blocks import SECTION_MAX, context, section
from handlers.views.listing import IN_A_ROW_MAX, first_of, listed


def test_items_fill_paragraphs_without_one_being_cut() -> None:
    items = [f"{number:03}{'x' * 997}" for number in range(7)]

    shown = [block["text"]["text"] for block in listed(items, separator="\n")]

    assert "\n".join(shown).split("\n") == items
    assert [len(text) <= SECTION_MAX for text in shown] == [True] * 4


def test_item_longer_than_a_paragraph_goes_on_in_the_next_between_words() -> None:
    words = [f"word-{number}" for number in range(800)]

    first, second, last = listed([" ".join(words), "end"], separator="\n")

    said = [block["text"]["text"] for block in (first, second, last)]
    assert " ".join(said).replace("\n", " ").split() == [*words, "end"]


def test_item_without_a_blank_goes_on_all_the_same() -> None:
    assert list(listed(["x" * (SECTION_MAX + 1)])) == [section("x" * SECTION_MAX), section("x")]


def test_what_does_not_fit_any_more_is_counted() -> None:
    assert list(listed(["x" * SECTION_MAX] * 3, at_most=1)) == [section("x" * SECTION_MAX), context("and 2 more")]


def test_first_of_a_row_are_as_many_as_are_named_and_as_fit() -> None:
    assert first_of(["Ada", "Bo", "Cleo"], at_most=2) == ["Ada", "Bo", "and 1 more"]
    assert first_of(["Ada", "Bo"], at_most=2) == ["Ada", "Bo"]
    assert first_of(["x" * (IN_A_ROW_MAX // 2)] * 3, at_most=20) == ["x" * (IN_A_ROW_MAX // 2), "and 2 more"]
