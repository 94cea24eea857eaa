"""One answer of somebody else's server, by HTTPS, with limits on size, time and where it may lead."""

import http.client
import ipaddress
import socket
import ssl
import threading
import zlib
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import timedelta
from time import monotonic
from urllib.parse import SplitResult, urljoin, urlsplit

from domain.feeds import FeedProblem, FeedState

SIZE_MAX = 10 * 1024 * 1024
"""Years of a busy calendar are two or three."""
SECONDS = 20
REDIRECTS_MAX = 4
_CHUNK = 64 * 1024
_HEADER_MAX = 300
_DIGITS_MAX = 8
_MOVED = frozenset({301, 302, 303, 307, 308})
_STATES = {
    401: FeedState.REFUSED,
    403: FeedState.REFUSED,
    404: FeedState.MISSING,
    410: FeedState.MISSING,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Fetched:
    """What came back: the content, unpacked, and what the server says it may be recognized by."""

    content: bytes
    etag: str
    modified: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Fetcher:
    """Fetches calendars. With `may_be_local`, for tests alone, from this machine and without TLS too."""

    may_be_local: bool = False
    seconds: float = SECONDS
    size_max: int = SIZE_MAX

    def fetch(self, address: str, *, etag: str = "", modified: str = "") -> Fetched | None:
        """The content, or None when it has not changed. Raises `FeedProblem`, which holds nothing of the address."""
        deadline = monotonic() + self.seconds
        try:
            return self._followed(address, etag, modified, deadline)
        except FeedProblem as found:
            problem = FeedProblem(found.state, retry_after=found.retry_after)
        except ssl.SSLCertVerificationError:
            problem = FeedProblem(FeedState.UNTRUSTED)
        except zlib.error:
            problem = FeedProblem(FeedState.NO_CALENDAR)
        except (OSError, http.client.HTTPException, ValueError):
            problem = FeedProblem(FeedState.AWAY)
        raise problem  # outside: what was caught holds parts of the address

    def _followed(self, address: str, etag: str, modified: str, deadline: float) -> Fetched | None:
        for _ in range(REDIRECTS_MAX + 1):
            parts = urlsplit(address)
            with self._asked(parts, etag, modified, deadline) as answer:
                if answer.status not in _MOVED:
                    return self._read(answer, deadline)
                address = urljoin(address, answer.getheader("Location", ""))
        raise FeedProblem(FeedState.AWAY)

    @contextmanager
    def _asked(
        self, parts: SplitResult, etag: str, modified: str, deadline: float
    ) -> Iterator[http.client.HTTPResponse]:
        is_plain = parts.scheme == "http" and self.may_be_local
        if not parts.hostname or parts.username or not (is_plain or parts.scheme == "https"):
            raise FeedProblem(FeedState.INSIDE if parts.scheme == "http" else FeedState.AWAY)
        kind = http.client.HTTPConnection if is_plain else http.client.HTTPSConnection
        connection = kind(parts.hostname, parts.port)
        with self._connected(parts.hostname, connection.port, deadline) as raw, _secured(raw, parts) as secured:
            # A server that sends a byte now and then keeps within every timeout of a single read.
            watchdog = threading.Timer(max(deadline - monotonic(), 0), _hang_up, [secured])
            watchdog.daemon = True
            watchdog.start()
            try:
                if isinstance(secured, ssl.SSLSocket):
                    secured.do_handshake()
                connection.sock = secured
                connection.request("GET", _target(parts), headers=_headers(etag, modified))
                with connection.getresponse() as answer:
                    yield answer
            finally:
                watchdog.cancel()
                connection.close()

    def _connected(self, host: str, port: int, deadline: float) -> socket.socket:
        """A connection to one of the host's addresses.

        What is checked is the address that is connected to, so that a name cannot mean another one a moment later.
        """
        is_inside = False
        for family, kind, protocol, _, where in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM):
            if not (self.may_be_local or is_public(str(where[0]))):
                is_inside = True
                continue
            connection = socket.socket(family, kind, protocol)
            connection.settimeout(max(deadline - monotonic(), 0.01))
            try:
                connection.connect(where)
            except OSError:
                connection.close()
                continue
            return connection
        raise FeedProblem(FeedState.INSIDE if is_inside else FeedState.AWAY)

    def _read(self, answer: http.client.HTTPResponse, deadline: float) -> Fetched | None:
        if answer.status == http.client.NOT_MODIFIED:
            return None
        if answer.status != http.client.OK:
            state = _STATES.get(answer.status, FeedState.AWAY)
            raise FeedProblem(state, retry_after=_retry_after(answer.getheader("Retry-After", "")))
        if "html" in answer.getheader("Content-Type", "").lower():
            raise FeedProblem(FeedState.NO_CALENDAR)
        content = b"".join(self._unpacked(answer, deadline))
        return Fetched(content=content, etag=_header(answer, "ETag"), modified=_header(answer, "Last-Modified"))

    def _unpacked(self, answer: http.client.HTTPResponse, deadline: float) -> Iterator[bytes]:
        encoding = answer.getheader("Content-Encoding", "identity").strip().lower()
        if encoding not in ("identity", "gzip", ""):
            raise FeedProblem(FeedState.NO_CALENDAR)
        unpack = zlib.decompressobj(16 + zlib.MAX_WBITS) if encoding == "gzip" else None
        packed = size = 0
        while chunk := answer.read1(_CHUNK):
            packed += len(chunk)
            # Never more out of it than may still come: a small file can hold a huge one.
            plain = chunk if unpack is None else unpack.decompress(chunk, self.size_max - size + 1)
            size += len(plain)
            if max(packed, size) > self.size_max:
                raise FeedProblem(FeedState.TOO_LARGE)
            if monotonic() > deadline:
                raise FeedProblem(FeedState.AWAY)
            yield plain
        if (unpack is not None and not unpack.eof) or (answer.length or 0) > 0 or monotonic() > deadline:
            raise FeedProblem(FeedState.AWAY)  # half of a calendar would free times that are taken


def is_public(address: str) -> bool:
    """Whether an IP address is one of the open internet, also where it stands for another one."""
    try:
        ip = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return False
    if isinstance(ip, ipaddress.IPv6Address):
        if ip.sixtofour or ip.teredo or ip.is_site_local or ip in _COMPATIBLE:
            return False
        inner = ip.ipv4_mapped or (ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF) if ip in _NAT64 else None)
        if inner is not None:
            return is_public(str(inner))
    is_special = isinstance(ip, ipaddress.IPv4Address) and any(ip in each for each in _SPECIAL)
    return ip.is_global and not ip.is_multicast and not ip.is_reserved and not is_special


_NAT64 = ipaddress.IPv6Network("64:ff9b::/96")
_COMPATIBLE = ipaddress.IPv6Network("::/96")
_SPECIAL = (ipaddress.IPv4Network("192.0.0.0/24"), ipaddress.IPv4Network("192.88.99.0/24"))
"""For protocols, and for 6to4 relays: nobody publishes a calendar there."""


def _secured(raw: socket.socket, parts: SplitResult) -> socket.socket:
    if parts.scheme == "http":
        return raw
    context = ssl.create_default_context()
    return context.wrap_socket(raw, server_hostname=parts.hostname, do_handshake_on_connect=False)


def _target(parts: SplitResult) -> str:
    return parts._replace(scheme="", netloc="", fragment="").geturl() or "/"


def _hang_up(connection: socket.socket) -> None:
    with suppress(OSError):
        connection.shutdown(socket.SHUT_RDWR)


def _headers(etag: str, modified: str) -> dict[str, str]:
    conditions = {"If-None-Match": etag, "If-Modified-Since": modified}
    given = {name: value for name, value in conditions.items() if value}
    return {"User-Agent": "Scholarbot", "Accept": "text/calendar, */*;q=0.1", "Accept-Encoding": "gzip", **given}


def _header(answer: http.client.HTTPResponse, name: str) -> str:
    """What is sent back as it is, so nothing that could break out of a header."""
    value = answer.getheader(name, "")
    return value if len(value) <= _HEADER_MAX and value.isascii() and value.isprintable() else ""


def _retry_after(value: str) -> timedelta | None:
    return timedelta(seconds=int(value)) if value.isascii() and value.isdecimal() and len(value) < _DIGITS_MAX else None
