"""Signed HTTP requests to an app's request URL."""

import hashlib
import hmac
import json
from urllib.parse import urlencode

import httpx

from sandbox.clock import SandboxClock
from sandbox.delivery.wire import ACK_SECONDS, Answer, Delivery, body_of
from sandbox.model import App, Payload
from sandbox.reading import read_json

REDIRECTS = {301, 302}
HOPS_MAX = 2
"""Redirects that are followed for an event; none are for a command or a press."""


class Requests:
    """The way for apps without Socket Mode."""

    def __init__(self, clock: SandboxClock) -> None:
        self._clock = clock
        self._http = httpx.AsyncClient(trust_env=False, timeout=None)  # noqa: S113 the workspace's clock limits it

    async def send(self, delivery: Delivery) -> Answer:
        """Send once; any 2xx within three seconds acknowledges, for an event after two redirects at most."""
        content, content_type = _encoded(delivery)
        headers = {"Content-Type": content_type, **self._signature(delivery.app, content), **_retry_headers(delivery)}
        hops = HOPS_MAX if delivery.kind == "event" else 0
        request = self._post(str(delivery.app.request_url), content, headers, hops=hops)
        try:
            response = await self._clock.within(ACK_SECONDS, request)
        except TimeoutError:
            return Answer(problem="http_timeout", is_late=True)
        except (httpx.HTTPError, httpx.InvalidURL):
            return Answer(problem="connection_failed")
        if not response.is_success:
            is_astray = hops > 0 and response.status_code in REDIRECTS
            problem = "too_many_redirects" if is_astray else "http_error"
            return Answer(problem=problem, is_final=response.headers.get("X-Slack-No-Retry") == "1")
        return Answer(body=_decoded(response))

    async def _post(self, url: str, content: bytes, headers: dict[str, str], *, hops: int) -> httpx.Response:
        response = await self._http.post(url, content=content, headers=headers)
        if hops and response.status_code in REDIRECTS and "Location" in response.headers:
            elsewhere = response.url.join(response.headers["Location"])
            return await self._post(str(elsewhere), content, headers, hops=hops - 1)
        return response

    async def close(self) -> None:
        """Close the connections."""
        await self._http.aclose()

    def _signature(self, app: App, content: bytes) -> dict[str, str]:
        # Real time: the app compares it with its own clock, and refuses what is five minutes off.
        timestamp = str(int(self._clock.wall()))
        base = f"v0:{timestamp}:".encode() + content
        digest = hmac.new(app.signing_secret.encode(), base, hashlib.sha256).hexdigest()
        return {"X-Slack-Request-Timestamp": timestamp, "X-Slack-Signature": f"v0={digest}"}


def _retry_headers(delivery: Delivery) -> dict[str, str]:
    if not delivery.retry:
        return {}
    return {"X-Slack-Retry-Num": str(delivery.retry), "X-Slack-Retry-Reason": delivery.reason}


def _encoded(delivery: Delivery) -> tuple[bytes, str]:
    if delivery.kind == "event":
        return json.dumps(delivery.payload).encode(), "application/json"
    form = delivery.payload if delivery.kind == "slash" else {"payload": json.dumps(delivery.payload)}
    return urlencode(form).encode(), "application/x-www-form-urlencoded"


def _decoded(response: httpx.Response) -> Payload:
    text = response.text.strip()
    try:
        answer = read_json(text)
    except ValueError:
        return body_of(text)
    is_json = isinstance(answer, dict) or "json" in response.headers.get("Content-Type", "")
    return body_of(answer if is_json else text)
