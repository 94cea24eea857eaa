"""Writers of one process, one after the other, and one commit for those who were waiting meanwhile.

To force a commit to disk takes longer than most transactions. So whoever is done while others wait hands the open
transaction on, and the last one commits for all of them. Nobody returns before that commit, so that what is
acknowledged is on disk; and all but the first have a savepoint, so that a refusal undoes nobody else's work.
"""

import sqlite3
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from threading import Event, Lock
from time import monotonic

from sqlalchemy import Connection

from domain.errors import StoreAway, StoreBusy

MEMBERS_MAX = 16
"""Of one commit. By then it costs each of them little, and the first should not wait for ever more others."""

Begin = Callable[[float], Connection]
"""Opens a connection with the write lock, waiting so many seconds at most."""


def driver_of(connection: Connection) -> sqlite3.Connection:
    """Past SQLAlchemy, which has nothing to add to what opens a transaction or a savepoint."""
    return connection.connection.driver_connection  # type: ignore[return-value]  # it is one


class _Group:
    """A transaction on the database that several share, and what became of it."""

    def __init__(self, connection: Connection) -> None:
        self.connection = connection
        self.members = 0
        self.over = Event()
        """Set when it is committed or undone."""
        self._error: Exception | None = None

    @contextmanager
    def savepoint(self) -> Iterator[None]:
        """For all members but the first: an exception undoes what this one did, and nothing of the others."""
        self._run("SAVEPOINT turn")
        try:
            yield
            self._run("RELEASE turn")
        except BaseException:
            self._undo()
            raise

    def commit(self) -> None:
        """For all members. What is raised here, the others are told by `wait`."""
        try:
            self.connection.commit()
        except Exception as error:
            self.fail(error)
            raise
        self._end()

    def fail(self, error: Exception | None = None) -> None:
        """Undo the work of all members."""
        self._error = error or StoreAway()
        try:
            self.connection.rollback()
        finally:
            self._end()

    def wait(self) -> None:
        """Until what this member wrote is on disk. Raises `StoreAway` when it never will be."""
        self.over.wait()
        if self._error is not None:
            raise StoreAway from self._error

    def _undo(self) -> None:
        try:
            self._run("ROLLBACK TO turn")
            self._run("RELEASE turn")
        except Exception as error:  # noqa: BLE001 SQLite has undone all of it; whatever it was, the others are told
            self.fail(error)

    def _run(self, statement: str) -> None:
        driver_of(self.connection).execute(statement)

    def _end(self) -> None:
        try:
            if driver_of(self.connection).in_transaction:  # something failed that SQLAlchemy takes for done
                self.connection.invalidate()
            self.connection.close()
        finally:
            self.over.set()


class _Ticket:
    """One who waits for their turn; `group` is None for whoever has to open the next one."""

    def __init__(self) -> None:
        self.called = Event()
        self.group: _Group | None = None


class Turns:
    """First come, first served."""

    def __init__(self, begin: Begin, wait_seconds: float) -> None:
        self._begin = begin
        self._wait_seconds = wait_seconds
        self._guard = Lock()
        self._is_taken = False
        self._waiting: deque[_Ticket] = deque()

    @property
    def waiting(self) -> int:
        """How many wait for their turn."""
        return len(self._waiting)

    @contextmanager
    def turn(self) -> Iterator[Connection]:
        """A transaction that lasts on leaving, or is undone on any exception. Raises `StoreBusy` or `StoreAway`."""
        group = self._enter()
        group.members += 1
        is_first = group.members == 1
        try:
            with nullcontext() if is_first else group.savepoint():
                yield group.connection
        except BaseException:
            try:
                if is_first:
                    group.fail()
            finally:
                self._leave(group)
                group.over.wait()  # it may be refused for another member's work, which nobody else can see before
            raise
        self._leave(group)
        group.wait()

    def _enter(self) -> _Group:
        until = monotonic() + self._wait_seconds
        ticket = _Ticket()
        with self._guard:
            if self._is_taken:
                self._waiting.append(ticket)
            else:
                self._is_taken = True
                ticket.called.set()
        if not ticket.called.wait(until - monotonic()):
            self._give_up(ticket)
        return ticket.group or self._open(max(0.0, until - monotonic()))

    def _give_up(self, ticket: _Ticket) -> None:
        """Raise `StoreBusy`, unless the call came in the last moment."""
        with self._guard:
            if not ticket.called.is_set():
                self._waiting.remove(ticket)
                raise StoreBusy

    def _open(self, seconds: float) -> _Group:
        try:
            return _Group(self._begin(seconds))
        except BaseException:
            self._call_next(None)
            raise

    def _leave(self, group: _Group) -> None:
        if not group.over.is_set() and group.members < MEMBERS_MAX and self._call_next(group):
            return
        try:
            if not group.over.is_set():
                group.commit()
        finally:
            self._call_next(None)

    def _call_next(self, group: _Group | None) -> bool:
        """Give the turn to whoever waits longest, with the open group if there is one; False when nobody waits."""
        with self._guard:
            if not self._waiting:
                if group is None:
                    self._is_taken = False
                return False
            ticket = self._waiting.popleft()
            ticket.group = group
            ticket.called.set()
            return True
