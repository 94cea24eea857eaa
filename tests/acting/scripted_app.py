"""An app that answers what a test tells it to, over plain HTTP, and shows what it was sent byte by byte."""

import json
import threading
from collections import deque
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs

from tests.builders.blocks import Payload

PATIENCE_SECONDS = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Sent:
    """One request to the app."""

    headers: Mapping[str, str]
    body: str

    @property
    def payload(self) -> Payload:
        """What it says, decoded from JSON, from a form, or from the form field `payload`."""
        if self.headers["Content-Type"] == "application/json":
            return dict(json.loads(self.body))
        form = {name: values[0] for name, values in parse_qs(self.body, keep_blank_values=True).items()}
        return dict(json.loads(form["payload"])) if "payload" in form else dict(form)


@dataclass(frozen=True, slots=True, kw_only=True)
class Say:
    """One answer of the app; `is_silent` keeps it back until the test lets go."""

    status: int = 200
    body: str = ""
    headers: Mapping[str, str] = field(default_factory=dict)
    is_silent: bool = False


class ScriptedApp:
    """Answers 200 with nothing unless it is told otherwise."""

    def __init__(self) -> None:
        self.url = ""
        self.requests: list[Sent] = []
        self._script: deque[Say] = deque()
        self._echo: str | None = None
        self._arrivals = threading.Semaphore(0)
        self._release = threading.Event()

    def will(self, *answers: Say) -> None:
        """Answer the next requests like this."""
        self._script.extend(answers)

    def will_say(self, payload: Any) -> None:
        """Answer the next request with JSON."""
        self.will(Say(body=json.dumps(payload), headers={"Content-Type": "application/json"}))

    def echo_challenges(self, *, as_json: bool) -> None:
        """Answer what asks for it with its own challenge, as JSON or as plain text."""
        self._echo = '{{"challenge": "{}"}}' if as_json else "{}"

    def wait_for_request(self, count: int = 1) -> None:
        """Until so many more requests have arrived. Raises `TimeoutError`."""
        for _ in range(count):
            if not self._arrivals.acquire(timeout=PATIENCE_SECONDS):
                raise TimeoutError("the app was not called")

    def only_payload(self) -> Payload:
        """What the one request said; a second one would be too many."""
        (sent,) = self.requests
        return sent.payload

    def expect_anew(self) -> None:
        """Count arrivals from here on."""
        self._arrivals = threading.Semaphore(0)

    def let_go(self) -> None:
        """End all silence."""
        self._release.set()

    def forget(self) -> None:
        """As new."""
        self.let_go()
        self.requests.clear()
        self._script.clear()
        self._echo = None
        self._arrivals = threading.Semaphore(0)
        self._release = threading.Event()

    def take(self, headers: Mapping[str, str], body: str) -> Say:
        """Note a request and say what it is answered."""
        release = self._release
        sent = Sent(headers=headers, body=body)
        say = self._script.popleft() if self._script else Say()
        if self._echo:
            say = Say(body=self._echo.format(sent.payload["challenge"]))
        self.requests.append(sent)
        self._arrivals.release()
        if say.is_silent:
            release.wait(PATIENCE_SECONDS)
        return say


@contextmanager
def running_scripted_app() -> Iterator[ScriptedApp]:
    """The app on a free loopback port."""
    app = ScriptedApp()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"])).decode()
            say = app.take(dict(self.headers), body)
            self.send_response(say.status)
            for name, value in say.headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(say.body.encode())))
            self.end_headers()
            self.wfile.write(say.body.encode())

        def log_message(self, *_args: Any) -> None:
            """Say nothing."""

    class Quiet(ThreadingHTTPServer):
        daemon_threads = True

        def handle_error(self, *_args: Any) -> None:
            """The workspace hangs up on whoever is late; that is no error here."""

    with Quiet(("127.0.0.1", 0), Handler) as server:
        app.url = f"http://127.0.0.1:{server.server_address[1]}/slack/events"
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
        thread.start()
        try:
            yield app
        finally:
            app.let_go()
            server.shutdown()
            thread.join()
