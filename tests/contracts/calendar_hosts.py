"""The two places that the CalendarReader contract is checked in: in memory, and a real server on this machine."""

import gzip
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any, Protocol

from bot.calendars import WebCalendarReader
from bot.calendars.fetching import Fetcher
from domain.feeds import FeedProblem, FeedState
from domain.ports import CalendarReader
from tests.fakes.calendars import FakeCalendarReader

ASKS_FOR_SECONDS = 600


class CalendarHost(Protocol):
    """A place that has one calendar, and trouble on demand."""

    @property
    def reader(self) -> CalendarReader:
        """The one under test."""
        ...

    @property
    def address(self) -> str:
        """Where the calendar is."""
        ...

    def hold(self, content: bytes, *, etag: str = "") -> None:
        """Put a calendar there."""
        ...

    def fail(self, state: FeedState) -> None:
        """Answer from now on in a way that means this."""
        ...


@dataclass(slots=True, kw_only=True)
class InMemory:
    """The fake."""

    reader: FakeCalendarReader = field(default_factory=FakeCalendarReader)
    address: str = "https://calendar.example.org/basic.ics"

    def hold(self, content: bytes, *, etag: str = "") -> None:
        """See `CalendarHost`."""
        self.reader.contents[self.address], self.reader.etags[self.address] = content, etag

    def fail(self, state: FeedState) -> None:
        """See `CalendarHost`."""
        pause = timedelta(seconds=ASKS_FOR_SECONDS) if state is FeedState.AWAY else None
        self.reader.problems[self.address] = FeedProblem(state, retry_after=pause)


@dataclass(slots=True, kw_only=True)
class Answer:
    """What a server answers to a path: status, headers and body, or bytes that are no HTTP at all."""

    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    body: bytes = b""
    has_length: bool = True
    raw: bytes | None = None


@dataclass(slots=True, kw_only=True)
class Website:
    """A server on this machine. `answers` by path; `heard` are the paths and headers that it was asked for."""

    url: str = ""
    answers: dict[str, Answer] = field(default_factory=dict)
    heard: list[tuple[str, dict[str, str]]] = field(default_factory=list)


@dataclass(slots=True, kw_only=True)
class OverHttp:
    """The product's reader, and a server that it reads from; that it may reach this machine is for tests alone."""

    site: Website
    reader: WebCalendarReader = field(
        default_factory=lambda: WebCalendarReader(fetcher=Fetcher(may_be_local=True, seconds=10, size_max=100_000))
    )

    @property
    def address(self) -> str:
        """See `CalendarHost`."""
        return f"{self.site.url}/basic.ics"

    def hold(self, content: bytes, *, etag: str = "") -> None:
        """See `CalendarHost`."""
        headers = {"Content-Type": "text/calendar; charset=utf-8"} | ({"ETag": etag} if etag else {})
        self.site.answers["/basic.ics"] = Answer(headers=headers, body=content)

    def fail(self, state: FeedState) -> None:
        """See `CalendarHost`."""
        self.site.answers["/basic.ics"] = {
            FeedState.AWAY: Answer(status=503, headers={"Retry-After": str(ASKS_FOR_SECONDS)}),
            FeedState.REFUSED: Answer(status=403),
            FeedState.MISSING: Answer(status=410),
            FeedState.NO_CALENDAR: Answer(headers={"Content-Type": "text/html"}, body=b"<html>Sign in</html>"),
            FeedState.TOO_LARGE: Answer(
                headers={"Content-Encoding": "gzip"}, body=gzip.compress(b"BEGIN:VCALENDAR" + b" " * 20_000_000)
            ),
        }[state]


class _Handler(BaseHTTPRequestHandler):
    """Answers for a site."""

    def __init__(self, site: Website, *connection: Any) -> None:
        self.site = site
        super().__init__(*connection)

    def do_GET(self) -> None:
        path = self.path
        self.site.heard.append((path, dict(self.headers.items())))
        answer = self.site.answers.get(path, Answer(status=404))
        if answer.raw is not None:
            self.wfile.write(answer.raw)
            return
        etag = answer.headers.get("ETag")
        is_same = etag is not None and self.headers.get("If-None-Match") == etag
        self.send_response(304 if is_same else answer.status)
        for name, value in answer.headers.items():
            self.send_header(name, value)
        if answer.has_length and "Content-Length" not in answer.headers:
            self.send_header("Content-Length", "0" if is_same else str(len(answer.body)))
        self.end_headers()
        if not is_same:
            self._write(answer.body)

    def _write(self, body: bytes) -> None:
        try:
            self.wfile.write(body)
        except OSError:
            return  # who reads has had enough

    def log_message(self, *_args: Any) -> None:
        return


@contextmanager
def a_website() -> Iterator[Website]:
    """A server that answers what it is told to, on a free port."""
    site = Website()
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Handler, site))
    server.daemon_threads = True
    site.url = f"http://127.0.0.1:{server.server_port}"
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield site
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
