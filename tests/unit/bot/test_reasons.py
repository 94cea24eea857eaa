import pytest

from bot.reasons import in_words


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (OSError(2, "No such file or directory"), "no such file or directory"),
        (OSError("without a number"), "OSError"),
    ],
)
def test_reason_of_the_system_stands_within_a_sentence(error: OSError, words: str) -> None:
    assert in_words(error) == words
