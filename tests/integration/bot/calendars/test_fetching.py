"""What a stranger's server may do to us, against a real one: nothing, and nothing of the address comes out."""

import gzip
import socket
import ssl
import traceback
import tracemalloc
from collections.abc import Iterator
from contextlib import suppress
from datetime import timedelta
from pathlib import Path
from threading import Event, Thread

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from bot.calendars.fetching import REDIRECTS_MAX, Fetcher, is_public
from domain.feeds import FeedProblem, FeedState
from tests.contracts.calendar_hosts import Answer, Website, a_website
from tests.fakes.clock import NOON

CALENDAR = b"BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n"
SECRET = "/private-canary/basic.ics"
LOCAL = Fetcher(may_be_local=True, seconds=10, size_max=100_000)


@pytest.fixture
def site() -> Iterator[Website]:
    with a_website() as running:
        yield running


def problem_of(fetcher: Fetcher, address: str) -> FeedState:
    with pytest.raises(FeedProblem) as raised:
        fetcher.fetch(address)
    told = "".join(traceback.format_exception(raised.value))
    assert "canary" not in told
    assert raised.value.__cause__ is None
    assert raised.value.__context__ is None
    return raised.value.state


def test_calendar_that_is_packed_is_unpacked(site: Website) -> None:
    site.answers[SECRET] = Answer(headers={"Content-Encoding": "gzip"}, body=gzip.compress(CALENDAR))

    fetched = LOCAL.fetch(site.url + SECRET)

    assert fetched is not None
    assert fetched.content == CALENDAR


def test_fetcher_follows_where_a_server_sends_it(site: Website) -> None:
    site.answers["/old"] = Answer(status=302, headers={"Location": "/new"})
    site.answers["/new"] = Answer(body=CALENDAR)

    assert LOCAL.fetch(site.url + "/old") is not None


def test_fetcher_does_not_go_round_in_circles(site: Website) -> None:
    site.answers["/round"] = Answer(status=302, headers={"Location": "/round"})

    assert problem_of(LOCAL, site.url + "/round") is FeedState.AWAY
    assert len(site.heard) == REDIRECTS_MAX + 1


@pytest.mark.parametrize("location", ["ftp://example.org/x", "file:///etc/passwd", "//", "http://[", "https://u:p@h/"])
def test_fetcher_goes_nowhere_but_to_websites(site: Website, location: str) -> None:
    site.answers["/away"] = Answer(status=302, headers={"Location": location})

    assert problem_of(LOCAL, site.url + "/away") is FeedState.AWAY


def test_fetcher_follows_to_no_address_with_a_user_name_in_it(site: Website) -> None:
    with_user = site.url.replace("://", "://cleo@") + "/calendar"
    site.answers["/away"] = Answer(status=302, headers={"Location": with_user})
    site.answers["/calendar"] = Answer(body=CALENDAR)

    assert problem_of(LOCAL, site.url + "/away") is FeedState.INSIDE  # an answer for all that is plain HTTP
    assert len(site.heard) == 1


def test_packed_file_that_holds_a_huge_one_is_not_unpacked(site: Website) -> None:
    body = gzip.compress(b" " * 50_000_000)
    assert len(body) < LOCAL.size_max
    site.answers[SECRET] = Answer(headers={"Content-Encoding": "gzip"}, body=body)

    tracemalloc.start()
    try:
        state = problem_of(LOCAL, site.url + SECRET)
        _, most = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()

    assert state is FeedState.TOO_LARGE
    assert most < 100 * LOCAL.size_max


def test_file_without_an_end_is_left(site: Website) -> None:
    site.answers[SECRET] = Answer(body=b" " * 200_000, has_length=False)

    assert problem_of(LOCAL, site.url + SECRET) is FeedState.TOO_LARGE


@pytest.mark.parametrize(
    ("answer", "state"),
    [
        (Answer(headers={"Content-Encoding": "gzip"}, body=b"not packed"), FeedState.NO_CALENDAR),
        (Answer(headers={"Content-Encoding": "gzip"}, body=gzip.compress(CALENDAR)[:-9]), FeedState.AWAY),
        (Answer(headers={"Content-Encoding": "br"}, body=CALENDAR), FeedState.NO_CALENDAR),
        (Answer(headers={"Content-Length": "500"}, body=CALENDAR), FeedState.AWAY),
        (Answer(raw=b"220 mail.example.org ESMTP\r\n"), FeedState.AWAY),
        (Answer(raw=b""), FeedState.AWAY),
        (Answer(status=401), FeedState.REFUSED),
        (Answer(status=429, headers={"Retry-After": "soon"}), FeedState.AWAY),
    ],
)
def test_odd_answer_is_a_reason_and_no_harm(site: Website, answer: Answer, state: FeedState) -> None:
    site.answers[SECRET] = answer

    assert problem_of(LOCAL, site.url + SECRET) is state


def test_header_that_could_break_out_is_not_sent_back(site: Website) -> None:
    site.answers[SECRET] = Answer(headers={"ETag": "x" * 400, "Last-Modified": "Mon"}, body=CALENDAR)

    fetched = LOCAL.fetch(site.url + SECRET)

    assert fetched is not None
    assert (fetched.etag, fetched.modified) == ("", "Mon")


def test_server_that_sends_a_byte_now_and_then_is_left_in_time() -> None:
    stop = Event()
    with socket.create_server(("127.0.0.1", 0)) as server:
        thread = Thread(target=_drip, args=[server, stop])
        thread.start()
        try:
            port = server.getsockname()[1]
            slow = Fetcher(may_be_local=True, seconds=0.5)
            assert problem_of(slow, f"http://127.0.0.1:{port}{SECRET}") is FeedState.AWAY
        finally:
            stop.set()
            thread.join()


def _drip(server: socket.socket, stop: Event) -> None:
    connection, _ = server.accept()
    with connection:
        connection.sendall(b"HTTP/1.1 200 OK\r\n")
        while not stop.wait(0.05):
            try:
                connection.sendall(b"X")
            except OSError:
                return


def test_fetcher_of_the_product_does_not_reach_this_machine(site: Website) -> None:
    site.answers[SECRET] = Answer(body=CALENDAR)
    https = site.url.replace("http:", "https:")

    assert problem_of(Fetcher(), site.url + SECRET) is FeedState.INSIDE
    assert problem_of(Fetcher(), https + SECRET) is FeedState.INSIDE
    assert problem_of(Fetcher(), https.replace("127.0.0.1", "localhost") + SECRET) is FeedState.INSIDE
    assert site.heard == []


def test_port_that_speaks_no_tls_is_out_of_reach(site: Website) -> None:
    assert problem_of(LOCAL, site.url.replace("http:", "https:") + SECRET) is FeedState.AWAY


def test_certificate_that_nobody_vouches_for_is_said(tmp_path: Path) -> None:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(self_signed(tmp_path))
    with socket.create_server(("127.0.0.1", 0)) as server:
        thread = Thread(target=_shake_hands, args=[server, context])
        thread.start()
        try:
            assert problem_of(LOCAL, f"https://127.0.0.1:{server.getsockname()[1]}{SECRET}") is FeedState.UNTRUSTED
        finally:
            thread.join()


def self_signed(folder: Path) -> Path:
    """A key and a certificate of its own making, in one file."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "127.0.0.1")])
    made = x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key())
    made = (
        made.serial_number(1).not_valid_before(NOON - timedelta(days=3650)).not_valid_after(NOON + timedelta(days=9000))
    )
    plain = serialization.NoEncryption()
    secret = key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, plain)
    file = folder / "server.pem"
    file.write_bytes(secret + made.sign(key, hashes.SHA256()).public_bytes(serialization.Encoding.PEM))
    return file


def _shake_hands(server: socket.socket, context: ssl.SSLContext) -> None:
    connection, _ = server.accept()
    with connection, suppress(OSError), context.wrap_socket(connection, server_side=True) as secured:
        secured.recv(1)


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("93.184.216.34", True),
        ("2606:2800:220:1:248:1893:25c8:1946", True),
        ("127.0.0.1", False),
        ("0.0.0.0", False),  # noqa: S104 an address to refuse
        ("10.1.2.3", False),
        ("172.16.0.1", False),
        ("192.168.1.1", False),
        ("169.254.169.254", False),
        ("100.64.0.1", False),
        ("224.0.0.1", False),
        ("255.255.255.255", False),
        ("::1", False),
        ("::", False),
        ("fe80::1", False),
        ("fe80::1%eth0", False),
        ("fd00::1", False),
        ("ff02::1", False),
        ("::ffff:127.0.0.1", False),
        ("::ffff:93.184.216.34", True),
        ("::7f00:1", False),
        ("64:ff9b::7f00:1", False),
        ("64:ff9b::a9fe:a9fe", False),
        ("2002:7f00:1::", False),
        ("localhost", False),
    ],
)
def test_only_addresses_of_the_open_internet_are_public(address: str, *, expected: bool) -> None:
    assert is_public(address) is expected
