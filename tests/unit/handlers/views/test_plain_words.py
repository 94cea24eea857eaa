"""Somebody's words go out as they meant them, and notify nobody."""

import pytest

from handlers.views.plain_words import first_words, words


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("Plain *bold* words", "Plain *bold* words"),
        (
            "<!channel> <@U1> <https://evil.example|click>",
            "&lt;!channel&gt; &lt;@U1&gt; &lt;<https://evil.example>|click&gt;",
        ),
        ("See https://example.org/?a=1&b=2.", "See <https://example.org/?a=1&amp;b=2>."),
        ("https://a.org https://a.org", "<https://a.org> <https://a.org>"),
        ("a & b", "a &amp; b"),
        ("HTTPS://A.ORG and Http://b.org", "<HTTPS://A.ORG> and <Http://b.org>"),
        ("https://a.org/x>https://b.org", "<https://a.org/x>&gt;<https://b.org>"),
    ],
)
def test_words_escape_everything_but_links(typed: str, shown: str) -> None:
    assert words(typed) == shown


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("One two\nthree", "One two three"),
        ("One two three four", "One two three …"),
        ("See https://example.org/a/long/one now", "See …"),
        ("https://a.org and https://b.org", "<https://a.org> …"),
        ("https://example.org/a/long/one", "…"),
        ("<b> & more of it than fits", "&lt;b&gt; &amp; more of …"),
        ("Donaudampfschifffahrt", "Donaudampfschif…"),
    ],
)
def test_first_words_end_with_a_whole_word_and_have_no_part_of_a_link(typed: str, shown: str) -> None:
    assert first_words(typed, 16) == shown
