"""Slack's requests as bytes on the wire, signed before the clock starts."""

import json
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

from slack_sdk.signature import SignatureVerifier

from benchmarks.names import EVENTS_PATH, SIGNING_SECRET
from bot.clock import SystemClock

_verifier = SignatureVerifier(SIGNING_SECRET)
_clock = SystemClock()


def command(text: str, *, user_id: str, team_id: str, number: int) -> bytes:
    """A slash command; the number keeps requests apart, as Slack's triggers do."""
    return _request(
        urlencode(
            {
                "token": "unused",
                "team_id": team_id,
                "team_domain": "measured",
                "channel_id": "C0MEASURED",
                "channel_name": "general",
                "user_id": user_id,
                "user_name": "someone",
                "command": "/support",
                "text": text,
                "api_app_id": "A0MEASURED",
                "is_enterprise_install": "false",
                "response_url": "https://hooks.slack.com/commands/unused",
                "trigger_id": f"trigger.{number}",
            }
        )
    )


class Stencil:
    """Many submitted forms that differ in a few places: what is the same is encoded once.

    The places are texts in the sample, of letters and digits only. The JSON has no blanks, as Slack's has none.
    """

    def __init__(self, sample: Mapping[str, Any]) -> None:
        self._body = urlencode({"payload": json.dumps(sample, separators=(",", ":"))})

    def fill(self, places: Mapping[str, str]) -> bytes:
        """One request. What is filled in must need no encoding: letters, digits, dot, dash."""
        body = self._body
        for place, text in places.items():
            body = body.replace(place, text)
        return _request(body)


def _request(body: str) -> bytes:
    # Good for five minutes from now: requests are made right before the window they are for.
    timestamp = str(int(_clock.wall().timestamp()))
    signature = _verifier.generate_signature(timestamp=timestamp, body=body)
    head = (
        f"POST {EVENTS_PATH} HTTP/1.1\r\n"
        "Host: 127.0.0.1\r\n"
        "Content-Type: application/x-www-form-urlencoded\r\n"
        f"Content-Length: {len(body.encode())}\r\n"
        f"X-Slack-Request-Timestamp: {timestamp}\r\n"
        f"X-Slack-Signature: {signature}\r\n\r\n"
    )
    return (head + body).encode()
