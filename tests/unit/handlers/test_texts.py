"""The words people read, in the American English of those who read them."""

import re

import pytest

from handlers import texts
from tests.looking.words import words_by_name
from tests.unit.handlers.views.largest.filling import texts_of

STILTED = ("one a line", "for instance", "on offer any more", "is theirs to know", "stands above", "whilst")


def sentences() -> list[str]:
    return [sentence for each in words_by_name().values() for sentence in texts_of(each)]


@pytest.mark.parametrize("phrase", STILTED)
def test_no_text_sounds_translated(phrase: str) -> None:
    assert len(sentences()) > 100
    assert [sentence for sentence in sentences() if re.search(phrase, sentence, re.IGNORECASE)] == []


def test_welcome_names_all_who_never_see_who_has_sessions() -> None:
    assert "Mentors, staff, graders and evaluators never see who has sessions." in texts.messages.WELCOME[-1]
