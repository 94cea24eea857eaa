"""Requests signed by hand, as Slack signs them, for what no honest client would send or would send only once."""

import json
from urllib.parse import urlencode

import httpx
from slack_sdk.signature import SignatureVerifier

from bot.clock import SystemClock
from sandbox.client import Payload
from tests.fixtures.products import SIGNING_SECRET, Product

PATIENCE_SECONDS = 60


def signed_interaction(payload: Payload) -> tuple[bytes, dict[str, str]]:
    """The body and headers of a press or a submission. JSON is ASCII, so it may hold half of a character."""
    body = urlencode({"payload": json.dumps(payload)})
    at = str(int(SystemClock().wall().timestamp()))
    signature = SignatureVerifier(SIGNING_SECRET).generate_signature(timestamp=at, body=body)
    headers = {
        "Content-Type": "application/x-www-form-urlencoded",
        "X-Slack-Request-Timestamp": at,
        "X-Slack-Signature": str(signature),
    }
    return body.encode(), headers


def send(product: Product, request: tuple[bytes, dict[str, str]]) -> httpx.Response:
    """Send a request to the product's own port."""
    body, headers = request
    return httpx.post(
        f"{product.url}/slack/events", content=body, headers=headers, trust_env=False, timeout=PATIENCE_SECONDS
    )
