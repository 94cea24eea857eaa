"""A way to PostgreSQL that can fall silent: connections stay open, and nothing comes through any more."""

import socket
from contextlib import suppress
from threading import Event, Thread

from sqlalchemy import make_url

CHUNK = 65536


class Wire:
    """A TCP port in front of the server's Unix socket."""

    def __init__(self, url: str) -> None:
        self._address = make_url(url)
        self._target = f"{self._address.query['host']}/.s.PGSQL.5432"
        self._listening = socket.create_server(("127.0.0.1", 0))
        self._sockets: list[socket.socket] = [self._listening]
        self._forgotten: set[socket.socket] = set()
        self._is_open = Event()
        self._is_open.set()
        self._threads = [Thread(target=self._accept, daemon=True)]
        self._threads[0].start()

    @property
    def url(self) -> str:
        """The same database, by this way."""
        port = self._listening.getsockname()[1]
        return self._address.set(host="127.0.0.1", port=port, query={}).render_as_string(hide_password=False)

    def fall_silent(self) -> None:
        """Let nothing through from now on; whoever connects is heard by nobody."""
        self._is_open.clear()

    def forget(self) -> None:
        """Let nothing more through on the connections there are now, as a firewall does; new ones are heard."""
        self._forgotten.update(self._sockets)

    def speak_again(self) -> None:
        """Let everything through again, what was held up first."""
        self._is_open.set()

    def cut(self) -> None:
        """End all connections."""
        self._is_open.set()
        for each in self._sockets:
            # Closing alone would not wake a thread that reads.
            with suppress(OSError):
                each.shutdown(socket.SHUT_RDWR)
            each.close()
        for thread in self._threads:
            thread.join()

    def _accept(self) -> None:
        with suppress(OSError):
            while True:
                here, _ = self._listening.accept()
                there = socket.socket(socket.AF_UNIX)
                there.connect(self._target)
                self._sockets += [here, there]
                for pair in ((here, there), (there, here)):
                    self._threads.append(Thread(target=self._carry, args=pair, daemon=True))
                    self._threads[-1].start()

    def _carry(self, source: socket.socket, target: socket.socket) -> None:
        with suppress(OSError):
            while data := source.recv(CHUNK):
                self._is_open.wait()
                if source not in self._forgotten:
                    target.sendall(data)
            target.shutdown(socket.SHUT_WR)
