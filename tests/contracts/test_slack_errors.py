"""What Slack's client makes of Slack's error codes, and of a network that does not do what it should."""

import errno
import http.client
import socket
import ssl
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Event, Thread
from types import MappingProxyType
from typing import Any, ClassVar, NoReturn
from urllib.error import URLError

import pytest
from slack_sdk import WebClient

from bot.messenger import SlackMessenger
from domain.delivery import (
    AccessLost,
    ChannelClosed,
    DeliveryError,
    MessageRefused,
    OutcomeUnknown,
    RateLimited,
    RecipientGone,
    Unreachable,
)
from domain.ports import Message
from sandbox.client import SandboxClient
from tests.builders.people import account_of
from tests.contracts.workplaces import OverHttp
from tests.looking.ports import free_port

SECRET = "words that nobody may read in a log"


def post(messenger: SlackMessenger) -> object:
    return messenger.post(channel=account_of("ada"), message=Message(text=SECRET), key="key-1")


def messenger_at(url: str, *, timeout: float = 30) -> SlackMessenger:
    return SlackMessenger(WebClient(token="xoxb-test", base_url=url, timeout=timeout))  # type: ignore[arg-type]  # seconds as urllib takes them


@pytest.mark.parametrize(
    ("code", "error"),
    [
        ("token_revoked", AccessLost),
        ("invalid_auth", AccessLost),
        ("account_inactive", AccessLost),
        ("ekm_access_denied", AccessLost),
        ("channel_not_found", RecipientGone),
        ("user_disabled", RecipientGone),
        ("is_archived", ChannelClosed),
        ("messages_tab_disabled", MessageRefused),
        ("msg_too_long", MessageRefused),
        ("a_code_of_next_year", MessageRefused),
        ("internal_error", OutcomeUnknown),
        ("fatal_error", OutcomeUnknown),
        ("ratelimited", RateLimited),
        ("message_limit_exceeded", RateLimited),
    ],
)
def test_error_code_becomes_the_error_of_the_port(
    workspace: SandboxClient, code: str, error: type[DeliveryError]
) -> None:
    place = OverHttp.make(workspace)
    workspace.fault("chat.postMessage", "error", error=code)

    with pytest.raises(DeliveryError) as raised:
        post(place.messenger)

    assert type(raised.value) is error
    assert SECRET not in str(raised.value)
    assert raised.value.__cause__ is None


def test_port_that_nobody_listens_on_is_unreachable() -> None:
    messenger = messenger_at(f"http://127.0.0.1:{free_port()}/api/")

    with pytest.raises(Unreachable, match="ConnectionRefusedError"):
        post(messenger)


def test_server_that_does_not_answer_in_time_leaves_the_outcome_unknown() -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        messenger = messenger_at(f"http://127.0.0.1:{silent.getsockname()[1]}/api/", timeout=0.2)

        with pytest.raises(OutcomeUnknown):
            post(messenger)


@pytest.mark.parametrize("status", [200, 502])
def test_page_of_a_proxy_instead_of_an_answer_leaves_the_outcome_unknown(status: int) -> None:
    with page_server(status) as url, pytest.raises(OutcomeUnknown, match=str(status)):
        post(messenger_at(url))


def test_code_that_nobody_knows_leaves_the_outcome_unknown_when_slack_is_at_fault() -> None:
    body = b'{"ok": false, "error": "a_code_of_next_year"}'

    with page_server(500, body=body) as url, pytest.raises(OutcomeUnknown, match="a_code_of_next_year"):
        post(messenger_at(url))


@pytest.mark.parametrize(
    ("retry_after", "seconds"),
    [
        ("7", 7),
        ("2.5", 2.5),
        ("259200", 3600),
        ("Fri, 31 Dec 2027 23:59:59 GMT", 30),
        ("1,5", 30),
        ("inf", 30),
        ("-1", 30),
        ("", 30),
    ],
)
def test_wait_that_slack_asks_for_is_a_number_of_seconds_and_an_hour_at_most(retry_after: str, seconds: float) -> None:
    with page_server(429, {"Retry-After": retry_after}) as url, pytest.raises(RateLimited) as limited:
        post(messenger_at(url))

    assert limited.value.retry_after_seconds == seconds


class Uploading(WebClient):
    """A client that is told to upload to this address."""

    def __init__(self, url: str, timeout: float = 30) -> None:
        super().__init__(token="xoxb-test", timeout=timeout)  # type: ignore[arg-type]  # seconds as urllib takes them
        self.url = url

    def files_getUploadURLExternal(self, **_arguments: Any) -> Any:  # noqa: N802 slack_sdk names it
        return {"upload_url": self.url, "file_id": "F1"}


def upload(client: WebClient) -> object:
    return SlackMessenger(client).begin_file(filename="session.ics", content=SECRET.encode())


@pytest.mark.parametrize(
    ("status", "expected"),
    [
        (400, MessageRefused("upload answered 400")),
        (403, MessageRefused("upload answered 403")),
        (413, MessageRefused("upload answered 413")),
        (307, OutcomeUnknown("307")),
        (500, OutcomeUnknown("500")),
        (503, OutcomeUnknown("503")),
    ],
)
def test_upload_that_is_not_taken_is_refused_or_unknown_and_no_outage(status: int, expected: DeliveryError) -> None:
    with page_server(status) as url, pytest.raises(DeliveryError) as raised:
        upload(Uploading(url))

    assert (type(raised.value), str(raised.value)) == (type(expected), str(expected))


def test_upload_that_is_too_much_waits_as_long_as_it_is_asked_to() -> None:
    with page_server(429, {"Retry-After": "120"}) as url, pytest.raises(RateLimited) as limited:
        upload(Uploading(url))

    assert limited.value.retry_after_seconds == 120


def test_upload_waits_for_an_answer_as_long_as_any_other_call() -> None:
    with page_server(200, is_slow=True) as url, pytest.raises(OutcomeUnknown):
        upload(Uploading(url, timeout=0.2))


class Broken(WebClient):
    """A client whose network fails in a way that no test can bring about."""

    def __init__(self, error: Exception) -> None:
        super().__init__(token="xoxb-test")
        self.error = error

    def chat_postMessage(self, **_arguments: Any) -> NoReturn:  # noqa: N802 slack_sdk names it
        raise self.error


@pytest.mark.parametrize(
    ("error", "expected"),
    [
        (URLError(OSError(errno.ENETUNREACH, "Network is unreachable")), Unreachable("OSError")),
        (URLError(OSError(errno.EHOSTUNREACH, "No route to host")), Unreachable("OSError")),
        (URLError(socket.gaierror(-2, "Name or service not known")), Unreachable("gaierror")),
        (URLError(ssl.SSLCertVerificationError("self-signed")), Unreachable("SSLCertVerificationError")),
        (URLError(ConnectionResetError("while sending")), OutcomeUnknown("URLError")),
        (URLError("no host given"), OutcomeUnknown("URLError")),
        (OSError(errno.EHOSTUNREACH, "lost the route while reading"), OutcomeUnknown("OSError")),
        (ssl.SSLError("decryption failed while reading"), OutcomeUnknown("SSLError")),
        (TimeoutError("while reading"), OutcomeUnknown("TimeoutError")),
        (ConnectionRefusedError("while reading"), OutcomeUnknown("ConnectionRefusedError")),
        (http.client.IncompleteRead(b""), OutcomeUnknown("IncompleteRead")),
    ],
    ids=repr,
)
def test_broken_network_tells_whether_anything_can_have_arrived(error: Exception, expected: DeliveryError) -> None:
    with pytest.raises(DeliveryError) as raised:
        post(SlackMessenger(Broken(error)))

    assert (type(raised.value), str(raised.value)) == (type(expected), str(expected))


@contextmanager
def page_server(
    status: int,
    headers: Mapping[str, str] = MappingProxyType({}),
    *,
    body: bytes = b"<html>Please sign in to the network</html>",
    is_slow: bool = False,
) -> Iterator[str]:
    """Answers everything with a web page; a slow one only when the test is over, or after five seconds."""
    over = Event()

    class Page(BaseHTTPRequestHandler):
        answer: ClassVar[int] = status

        def do_POST(self) -> None:
            self.rfile.read(int(self.headers["Content-Length"]))
            if is_slow:
                over.wait(5)
            self.send_response(self.answer)
            for name, value in headers.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002 the standard library's name
            pass

    server = HTTPServer(("127.0.0.1", 0), Page)
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/api/"
    finally:
        over.set()
        server.shutdown()
        thread.join()
        server.server_close()
