"""What a deadline may say, to its edges: what just fits is taken as it is, and one more is refused at its field."""

import pytest

from domain.deadlines import DeadlineText, InvalidDeadline
from domain.deadlines.values import LINK_MAX, TITLE_MAX, WORDS_MAX, DeadlineRules, check_link

PAGE = "https://example.org/"


def test_text_that_just_fits_is_taken_as_it_is() -> None:
    link = PAGE + "x" * (LINK_MAX - len(PAGE))

    text = DeadlineText(title="t" * TITLE_MAX, words="w" * WORDS_MAX, link=link)

    assert (text.title, text.words, text.link) == ("t" * TITLE_MAX, "w" * WORDS_MAX, link)


@pytest.mark.parametrize(
    ("values", "field", "sentence"),
    [
        ({"title": ""}, "title", "Please give it a title."),
        ({"title": " \n"}, "title", "Please give it a title."),
        ({"title": "t" * 121}, "title", "Please shorten this by 1 character: 120 fit here."),
        ({"title": "t", "words": "w" * 2002}, "words", "Please shorten this by 2 characters: 2000 fit here."),
        ({"title": "t", "link": "example"}, "link", "Please paste a whole link, like https://example.org/page."),
    ],
)
def test_text_that_does_not_fit_is_refused_at_its_field(values: dict[str, str], field: str, sentence: str) -> None:
    with pytest.raises(InvalidDeadline) as refused:
        DeadlineText(**values)

    assert (refused.value.field, refused.value.message) == (field, sentence)


def test_link_that_is_too_long_by_one_is_refused() -> None:
    with pytest.raises(InvalidDeadline) as refused:
        check_link(PAGE + "x" * (LINK_MAX + 1 - len(PAGE)), field="proof")

    assert (refused.value.field, refused.value.message) == (
        "proof",
        "Please shorten this by 1 character: 500 fit here.",
    )


def test_program_that_warns_never_has_no_days_of_lead_time() -> None:
    assert [DeadlineRules(lead_days=days).lead_days for days in (0, 90)] == [0, 90]
    for days in (-1, 91):
        with pytest.raises(InvalidDeadline) as refused:
            DeadlineRules(lead_days=days)
        assert refused.value.field == "lead_days"
