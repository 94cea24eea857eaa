import pytest

from domain.ports import Block
from handlers.views.blocks import button, clip, context, field, header, modal, plain, quoted, section, text_input


@pytest.mark.parametrize(
    ("text", "limit", "clipped"),
    [("abc", 3, "abc"), ("abcd", 3, "ab\u2026"), ("", 3, ""), ("\U0001f600" * 4, 3, "\U0001f600" * 2 + "\u2026")],
)
def test_clip_keeps_within_the_limit_and_shows_that_it_did(text: str, limit: int, clipped: str) -> None:
    assert clip(text, limit) == clipped


@pytest.mark.parametrize(
    ("block", "longest"),
    [
        (section("x" * 4000)["text"], 3000),
        (context("x" * 4000)["elements"][0], 3000),
        (quoted("x" * 4000)["text"], 3000),
        (header("x" * 200)["text"], 150),
        (button("x" * 100, "action")["text"], 75),
        (modal("callback", title="x" * 30, blocks=[])["title"], 24),
        (modal("callback", title="x", blocks=[], submit="x" * 30)["submit"], 24),
        (text_input("action", placeholder="x" * 200)["placeholder"], 150),
        (field("block", "x" * 3000, text_input("action"))["label"], 2000),
        (plain("x" * 100), 75),
    ],
)
def test_text_is_shortened_to_what_slack_takes(block: Block, longest: int) -> None:
    assert len(block["text"]) == longest
    assert block["text"].endswith("\u2026")


def test_what_is_not_given_is_left_out() -> None:
    assert button("Press", "action") == {
        "type": "button",
        "action_id": "action",
        "text": {"type": "plain_text", "text": "Press", "emoji": True},
    }
    assert text_input("action") == {"type": "plain_text_input", "action_id": "action", "multiline": False}
    assert modal("callback", title="Title", blocks=[]) == {
        "type": "modal",
        "callback_id": "callback",
        "title": {"type": "plain_text", "text": "Title", "emoji": True},
        "blocks": [],
    }


def test_markup_is_read_as_it_stands_and_nothing_is_linked_by_itself() -> None:
    assert section("*bold* @channel")["text"] == {"type": "mrkdwn", "text": "*bold* @channel", "verbatim": True}
    assert context("*bold*")["elements"] == [{"type": "mrkdwn", "text": "*bold*", "verbatim": True}]


def test_own_words_are_plain_text() -> None:
    assert quoted("*not bold* :tea:")["text"] == {"type": "plain_text", "text": "*not bold* :tea:", "emoji": False}
