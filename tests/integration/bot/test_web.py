"""Signed HTTP as Slack speaks it, byte by byte, and the pages beside it."""

import json
import logging
from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

import httpx
import pytest
from slack_sdk.signature import SignatureVerifier
from sqlalchemy import func, select

from bot.clock import SystemClock
from bot.web import EVENTS_PATH, MAX_BODY_BYTES
from domain.kinds import COACHING
from handlers import texts
from storage.confidential.bookings import Booking
from storage.engine import table_of
from tests.acting.steps import book
from tests.builders.payloads import a_command
from tests.fixtures.products import PEOPLE, SIGNING_SECRET, Product

FORM = "application/x-www-form-urlencoded"
CANARY = "Canaryth"
WORDS = "Whether to apply."


def now() -> int:
    """Signatures are of real time."""
    return int(SystemClock().wall().timestamp())


def sign(body: str, *, timestamp: str, secret: str = SIGNING_SECRET) -> dict[str, str]:
    """The headers that Slack adds."""
    signature = SignatureVerifier(secret).generate_signature(timestamp=timestamp, body=body)
    return {
        "X-Slack-Request-Timestamp": timestamp,
        "X-Slack-Signature": str(signature),
        "Content-Type": FORM,
    }


def post(product: Product, body: str, headers: dict[str, str]) -> httpx.Response:
    """One request to where Slack's go."""
    return httpx.post(f"{product.url}{EVENTS_PATH}", content=body.encode(), headers=headers, trust_env=False)


def ask(product: Product, body: str) -> httpx.Response:
    """A request signed now."""
    return post(product, body, sign(body, timestamp=str(now())))


def last_submission(product: Product) -> dict[str, Any]:
    """What the workspace sent when the form was submitted."""
    sent = [each["payload"] for each in product.workspace.deliveries("interactive")]
    return dict(next(payload for payload in reversed(sent) if payload["type"] == "view_submission"))


def test_signed_command_is_answered(http_product: Product) -> None:
    answer = ask(http_product, urlencode(a_command("/support", "help")))

    assert answer.status_code == 200
    assert texts.helping.SEALED in answer.json()["text"]


@pytest.mark.parametrize(
    "sent_with",
    [
        lambda: sign(CANARY, timestamp=str(now()), secret="another secret"),
        lambda: sign(CANARY, timestamp=str(now() - 301)),
        lambda: sign(CANARY, timestamp=str(now() + 900)),
        lambda: sign(CANARY, timestamp="0"),
        lambda: sign(CANARY, timestamp="abc"),
        lambda: sign(CANARY, timestamp="x") | {"X-Slack-Request-Timestamp": ""},
        lambda: sign(CANARY, timestamp=str(now())) | {"X-Slack-Signature": "v0=\xe9"},
        lambda: {"Content-Type": FORM},
        lambda: {"Content-Type": "application/json"},
    ],
    ids=["wrong secret", "old", "future", "zero", "no number", "empty", "not ASCII", "nothing", "nothing, JSON"],
)
def test_request_that_is_not_slacks_gets_401_and_leaves_no_word_in_the_log(
    http_product: Product, sent_with: Callable[[], dict[str, str]], caplog: pytest.LogCaptureFixture
) -> None:
    headers = [(name.encode(), value.encode("latin-1")) for name, value in sent_with().items()]

    with caplog.at_level(logging.DEBUG):
        answer = httpx.post(
            f"{http_product.url}{EVENTS_PATH}", content=CANARY.encode(), headers=headers, trust_env=False
        )

    assert answer.status_code == 401
    assert CANARY not in caplog.text
    assert "Traceback" not in caplog.text


def test_body_over_the_limit_is_refused(http_product: Product) -> None:
    body = "text=" + "x" * MAX_BODY_BYTES

    assert ask(http_product, body).status_code == 413


def test_other_methods_and_paths_are_not_found(http_product: Product) -> None:
    body = urlencode(a_command("/support", "help"))
    signed = sign(body, timestamp=str(now()))

    elsewhere = httpx.post(f"{http_product.url}/slack/elsewhere", content=body, headers=signed, trust_env=False)
    read = httpx.get(f"{http_product.url}{EVENTS_PATH}", headers=sign("", timestamp=str(now())), trust_env=False)

    assert (elsewhere.status_code, read.status_code) == (404, 404)


def test_url_verification_answers_the_challenge(http_product: Product) -> None:
    body = json.dumps({"type": "url_verification", "token": "x", "challenge": "a challenge"})
    headers = sign(body, timestamp=str(now())) | {"Content-Type": "application/json"}

    assert post(http_product, body, headers).json() == {"challenge": "a challenge"}


def test_signed_body_that_is_replayed_has_one_effect(http_product: Product) -> None:
    book(http_product, words=WORDS)
    body = urlencode({"payload": json.dumps(last_submission(http_product))})

    answers = [ask(http_product, body) for _ in range(3)]

    with http_product.stores.confidential.read() as connection:
        booked = connection.execute(select(func.count()).select_from(table_of(Booking))).scalar_one()
    assert booked == 1
    assert {answer.status_code for answer in answers} == {200}
    assert [answer.json()["view"]["title"]["text"] for answer in answers] == [texts.booking.BOOKED_TITLE] * 3


@pytest.mark.parametrize("path", ["/healthz", "/readyz"])
def test_running_product_is_well(http_product: Product, path: str) -> None:
    http_product.tick("beat")

    answer = httpx.get(f"{http_product.url}{path}", trust_env=False)

    assert (answer.status_code, answer.json()) == (200, {"ok": True, "problems": {}})


def test_metrics_tell_of_work_and_name_nobody(http_product: Product) -> None:
    book(http_product, words=WORDS)

    said = httpx.get(f"{http_product.url}/metrics", trust_env=False).text

    assert 'scholarbot_requests_total{kind="submission",outcome="answered"} 1.0' in said.splitlines()
    told = {word.lower() for word in said.replace('"', " ").replace("{", " ").split()}
    assert told & {*PEOPLE, COACHING, "coach", "support", "/support", WORDS.lower()} == set()
