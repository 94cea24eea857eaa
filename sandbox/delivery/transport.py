"""One request to an app and its answer, whatever the way."""

import asyncio
import hashlib
import hmac
import json
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

import httpx

from sandbox.clock import SandboxClock
from sandbox.delivery.sockets import Sockets
from sandbox.model import App, Payload

ACK_SECONDS = 3.0
RETRY_DELAYS_SECONDS = (0.0, 60.0, 300.0)
SOCKET_KINDS = {"slash": "slash_commands", "interactive": "interactive", "event": "events_api"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What the app answered. `problem` is None when it acknowledged in time."""

    problem: str | None = None
    body: Payload = field(default_factory=dict)


class Transport:
    """Delivers to any installed app."""

    def __init__(self, clock: SandboxClock, sockets: Sockets) -> None:
        self._clock = clock
        self._sockets = sockets
        self._http = httpx.AsyncClient(trust_env=False)
        self.retry_delays: tuple[float, ...] = RETRY_DELAYS_SECONDS
        self.last: tuple[App, str, Payload] | None = None

    async def deliver(self, app: App, kind: str, payload: Payload) -> Answer:
        """Send once and wait for the answer: `kind` is slash, interactive or event."""
        self.last = (app, kind, payload)
        if app.transport == "socket":
            return await self._over_socket(app, kind, payload, {})
        return await self._over_http(app, kind, payload, {})

    async def deliver_event(self, app: App, payload: Payload) -> Answer:
        """Send an event, and again up to three times with the same `event_id` while the app does not acknowledge."""
        answer = await self.deliver(app, "event", payload)
        for number, delay in enumerate(self.retry_delays, 1):
            if answer.problem is None:
                return answer
            await asyncio.sleep(delay)
            retry = {"retry_attempt": number, "retry_reason": answer.problem}
            over = self._over_socket if app.transport == "socket" else self._over_http
            answer = await over(app, "event", payload, retry)
        return answer

    async def close(self) -> None:
        """Close the HTTP client."""
        await self._http.aclose()

    async def _over_socket(self, app: App, kind: str, payload: Payload, retry: Payload) -> Answer:
        envelope = {
            "type": SOCKET_KINDS[kind],
            "payload": payload,
            "accepts_response_payload": kind != "event",
            **retry,
        }
        try:
            body = await asyncio.wait_for(self._sockets.ask(app, envelope), ACK_SECONDS)
        except TimeoutError:
            return Answer(problem="timeout")
        except ConnectionError:
            return Answer(problem="no_socket")
        return Answer(body=body)

    async def _over_http(self, app: App, kind: str, payload: Payload, retry: Payload) -> Answer:
        content, content_type = _encoded(kind, payload)
        headers = self._signed(app, content) | {"Content-Type": content_type}
        if retry:
            headers |= {
                "X-Slack-Retry-Num": str(retry["retry_attempt"]),
                "X-Slack-Retry-Reason": str(retry["retry_reason"]),
            }
        try:
            response = await self._http.post(
                str(app.request_url), content=content, headers=headers, timeout=ACK_SECONDS
            )
        except httpx.TimeoutException:
            return Answer(problem="http_timeout")
        except httpx.HTTPError:
            return Answer(problem="connection_failed")
        if response.status_code != httpx.codes.OK:
            return Answer(problem="http_error")
        return Answer(body=_decoded(response))

    def _signed(self, app: App, content: bytes) -> dict[str, str]:
        timestamp = str(int(self._clock.now()))
        base = f"v0:{timestamp}:".encode() + content
        digest = hmac.new(app.signing_secret.encode(), base, hashlib.sha256).hexdigest()
        return {"X-Slack-Request-Timestamp": timestamp, "X-Slack-Signature": f"v0={digest}"}


def _encoded(kind: str, payload: Payload) -> tuple[bytes, str]:
    if kind == "event":
        return json.dumps(payload).encode(), "application/json"
    form = payload if kind == "slash" else {"payload": json.dumps(payload)}
    return urlencode(form).encode(), "application/x-www-form-urlencoded"


def _decoded(response: httpx.Response) -> Payload:
    text = response.text.strip()
    if not text:
        return {}
    try:
        body: Any = json.loads(text)
    except json.JSONDecodeError:
        return {"text": text}
    return body if isinstance(body, dict) else {"text": text}
