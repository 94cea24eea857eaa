"""What people type comes back exactly as they typed it, or is refused in a sentence; nothing in it acts in Slack."""

import json
import re
from typing import Any

import pytest

from domain.booking import WORDS_MAX
from handlers.ids import Action, Field
from handlers.parse.state import UnreadableText
from sandbox.client import Actor, Payload
from tests.acting.signing import send, signed_interaction
from tests.acting.steps import book, cancel, element_of, fill_booking, last_with, open_details, set_profile, submission
from tests.e2e.test_bad_input import bookings
from tests.fixtures.products import Product

HOSTILE = "<!channel> <@U1> <https://evil|bank> &lt;!here&gt; A&B"
HARMLESS = "&lt;!channel&gt; &lt;@U1&gt; &lt;https://evil|bank&gt; &amp;lt;!here&amp;gt; A&amp;B"
ACTING = re.compile(r"<(?!!date\^)[^>]*>")
"""What Slack would follow, ping or link: anything in angle brackets but our own dates."""


@pytest.mark.parametrize(
    "words",
    [
        "",
        "x",
        "x" * (WORDS_MAX - 1),
        "x" * WORDS_MAX,
        "\U0001f469\u200d\U0001f52c \U0001f1e9\U0001f1ea \u2764\ufe0f",
        "\U0001f600" * WORDS_MAX,
        "\u05e9\u05dc\u05d5\u05dd \u0645\u0631\u062d\u0628\u0627 \u202eleft\u202c",
        "e\u0301 is not \u00e9",
        "one\n\n  two\ttabs  three",
        "100% _under_ *star* `code` '; DROP TABLE booking; --",
        HOSTILE,
    ],
    ids=["none", "one", "1499", "1500", "emoji", "1500 emoji", "right to left", "accents", "lines", "sql", "mrkdwn"],
)
def test_words_come_back_to_both_exactly_as_typed(product: Product, words: str) -> None:
    book(product, words=words)

    for actor in (product.scholar, product.coach):
        open_details(actor)

        assert quoted(actor) == ([words] if words else [])


def test_words_come_back_exactly_from_postgresql_too(postgresql_product: Product) -> None:
    words = f"{HOSTILE}\n\U0001f469\u200d\U0001f52c \u05e9\u05dc\u05d5\u05dd e\u0301"
    book(postgresql_product, words=words)

    open_details(postgresql_product.coach)

    assert quoted(postgresql_product.coach) == [words]


def test_words_of_one_character_too_many_are_refused_and_kept_in_the_form(product: Product) -> None:
    fill_booking(product.scholar, words="x")
    payload = submission(product.scholar)
    element_of(payload, Field.WORDS)["value"] = "x" * (WORDS_MAX + 1)

    body = product.workspace.deliver("interactive", payload)["body"]

    assert body["errors"] == {Field.WORDS: f"Please shorten this by 1 character: {WORDS_MAX} fit here."}
    assert bookings(product) == 0


@pytest.mark.parametrize("typed", ["a\x00b", "\ud83d", "\udc00 and \ud800"], ids=["nul", "half", "halves"])
def test_words_that_nothing_can_hold_are_refused_in_a_sentence(http_product: Product, typed: str) -> None:
    product = http_product
    fill_booking(product.scholar, words="x")
    payload = submission(product.scholar)
    element_of(payload, Field.WORDS)["value"] = typed

    answer = send(product, signed_interaction(payload))

    assert (answer.status_code, answer.json()) == (
        200,
        {"response_action": "errors", "errors": {Field.WORDS: UnreadableText().message}},
    )
    assert bookings(product) == 0


def test_hostile_names_places_and_reasons_do_nothing_in_slack(product: Product) -> None:
    for who in ("ada", "cleo"):
        product.change_account(who, real_name=HOSTILE)
    set_profile(product.coach, {Field.ABOUT: HOSTILE, f"{Field.PLACE}.coaching": f"room: {HOSTILE}"})
    fill_booking(product.scholar, staff="cleo")
    form = marked(product.scholar.modal())
    product.scholar.close(everything=True)

    book(product)
    open_details(product.coach)
    details = marked(product.coach.modal())
    product.coach.close(everything=True)
    cancel(product, product.coach, reason=HOSTILE)
    open_details(product.scholar, last_with(product.scholar, Action.OPEN_DETAILS))
    afterwards = marked(product.scholar.modal())

    assert [text for text in form if HARMLESS in text] != []
    assert [text for text in details if f"*Where:* {HARMLESS}" in text] != []
    assert f"Why Cleo canceled it: {HARMLESS}" in afterwards
    shown = everything_shown(product)
    assert [found for text in shown for found in ACTING.findall(text)] == []
    assert [text for text in shown if "&amp;amp;" in text] == []


def quoted(actor: Actor) -> list[str]:
    """The paragraphs in which nothing is read as markup."""
    sections = [block["text"] for block in actor.modal()["blocks"] if block["type"] == "section"]
    return [str(text["text"]) for text in sections if text["type"] == "plain_text"]


def marked(shown: Any) -> list[str]:
    """Every text in which Slack reads markup, wherever it is nested."""
    if isinstance(shown, list):
        return [text for each in shown for text in marked(each)]
    if not isinstance(shown, dict):
        return []
    own = [str(shown["text"])] if shown.get("type") == "mrkdwn" else []
    return own + [text for each in shown.values() for text in marked(each)]


def everything_shown(product: Product) -> list[str]:
    """Every markup that the product ever sent: messages, views and answers."""
    calls: list[Payload] = product.workspace.calls(accepted=True)
    plain = [str(call["args"].get("text", "")) for call in calls]
    return [*marked([decoded(call["args"]) for call in calls]), *plain]


def decoded(args: Payload) -> Payload:
    """Arguments of a call; views and blocks travel as JSON in a text."""
    return {
        name: json.loads(value) if isinstance(value, str) and value[:1] in {"{", "["} else value
        for name, value in args.items()
    }
