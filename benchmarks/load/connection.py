"""One kept HTTP/1.1 connection over a raw socket: as little work as can be between two readings of the clock."""

import socket

_END_OF_HEAD = b"\r\n\r\n"
_LENGTH = b"content-length:"
_READ_BYTES = 65_536


class Dropped(Exception):
    """The server closed the connection in the middle of an answer: it has ended or was killed."""


class Connection:
    """Sends prepared requests one at a time; `feed` is called whenever the socket can be read."""

    def __init__(self, port: int) -> None:
        self.socket = socket.create_connection(("127.0.0.1", port), timeout=10)
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._buffer = b""

    def send(self, request: bytes) -> None:
        """Hand a whole request to the kernel. Raises `Dropped` when the server has gone."""
        try:
            self.socket.sendall(request)
        except OSError as error:
            raise Dropped from error

    def feed(self) -> bytes | None:
        """Read what has come; the whole answer (head and body) once it is there. Raises `Dropped`."""
        try:
            read = self.socket.recv(_READ_BYTES)
        except ConnectionError as error:
            raise Dropped from error
        if not read:
            raise Dropped
        self._buffer += read
        end = self._buffer.find(_END_OF_HEAD)
        if end < 0 or len(self._buffer) < end + len(_END_OF_HEAD) + self._length(end):
            return None
        answer, self._buffer = self._buffer, b""
        return answer

    def ask(self, request: bytes) -> bytes:
        """Send one request and wait for its answer."""
        self.send(request)
        while (answer := self.feed()) is None:
            pass
        return answer

    def close(self) -> None:
        """Close the socket."""
        self.socket.close()

    def _length(self, end: int) -> int:
        head = self._buffer[:end].lower()
        begin = head.find(_LENGTH) + len(_LENGTH)
        return int(head[begin : head.find(b"\r\n", begin) if b"\r\n" in head[begin:] else end])
