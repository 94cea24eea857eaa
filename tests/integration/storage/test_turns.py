"""Writers who share a commit on SQLite: all of it lasts or is undone, and nobody is told before."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from threading import Event, Thread

import pytest
from sqlalchemy import event, text

from domain.errors import StoreAway, StoreBusy
from storage.engine import Store
from storage.sqlite import Sqlite
from storage.turns import MEMBERS_MAX
from tests.acting.rivals import PATIENCE_SECONDS, at_once, failures

HASTY_MS = 1000
TURN_MS = 400
"""How long somebody else has the turn."""


class Refused(Exception):
    """Somebody changed their mind."""


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    opened = Store(f"sqlite:///{tmp_path / 'turns.db'}", lock_wait_seconds=PATIENCE_SECONDS)
    with opened.write() as connection:
        connection.execute(text("CREATE TABLE name (name TEXT PRIMARY KEY)"))
    yield opened
    opened.dispose()


def add(store: Store, name: str, *, refused: bool = False) -> None:
    """Add a name; told, when it is refused, only after it was written."""
    with store.write() as connection:
        connection.execute(text("INSERT INTO name VALUES (:name)"), {"name": name})
        if refused:
            raise Refused


def names(store: Store) -> list[str]:
    with store.read() as connection:
        return list(connection.execute(text("SELECT name FROM name ORDER BY name")).scalars())


@contextmanager
def commits(store: Store) -> Iterator[list[int]]:
    """Grows with every commit of a write."""
    counted: list[int] = []
    event.listen(store.engine, "commit", lambda _connection: counted.append(1))
    yield counted


@contextmanager
def crowd(store: Store, *names: str, refused: str = "") -> Iterator[list[Exception]]:
    """While the first writer is at work, all these come and wait; then they go on. Gives what they were told."""
    told: list[Exception] = []

    def come(name: str) -> None:
        told.extend(failures(at_once([partial(add, store, name, refused=name == refused)])))

    with store.write() as connection:
        connection.execute(text("INSERT INTO name VALUES ('first')"))
        threads = [Thread(target=come, args=(name,)) for name in names]
        for thread in threads:
            thread.start()
        until_waiting(store, len(names))
    for thread in threads:
        thread.join(PATIENCE_SECONDS)
    yield told


def until_waiting(store: Store, number: int) -> None:
    """Returns when so many wait for their turn."""
    look = Event()
    assert isinstance(store.database, Sqlite)
    for _ in range(int(PATIENCE_SECONDS * 100)):
        if store.database.turns.waiting == number:
            return
        look.wait(0.01)
    raise TimeoutError


def test_writers_who_waited_share_one_commit(store: Store) -> None:
    with commits(store) as counted, crowd(store, "a", "b", "c") as told:
        assert (names(store), told) == (["a", "b", "c", "first"], [])
    assert len(counted) == 1 + 1  # that of the writers, and the end of the reading


def test_no_more_than_sixteen_share_one_commit(store: Store) -> None:
    others = [f"name-{number}" for number in range(MEMBERS_MAX)]

    with commits(store) as counted, crowd(store, *others) as told:
        assert (names(store), told) == (sorted(["first", *others]), [])
    assert len(counted) == 2 + 1


def test_who_is_refused_is_told_when_the_others_work_is_on_disk_and_not_before(store: Store) -> None:
    happened: list[str] = []
    is_told = Event()

    def refuse() -> None:
        with pytest.raises(Refused):
            add(store, "a", refused=True)
        happened.append("told")
        is_told.set()

    def linger() -> None:
        with store.write() as connection:
            connection.execute(text("INSERT INTO name VALUES ('b')"))
            is_told.wait(TURN_MS / 1000)

    event.listen(store.engine, "commit", lambda _connection: happened.append("committed"))
    threads = [Thread(target=refuse), Thread(target=linger)]
    with store.write():
        for number, thread in enumerate(threads, 1):
            thread.start()
            until_waiting(store, number)
    for thread in threads:
        thread.join(PATIENCE_SECONDS)

    assert happened == ["committed", "told"]
    assert names(store) == ["b"]


def test_a_refusal_undoes_nobody_elses_work(store: Store) -> None:
    with crowd(store, "a", "b", "c", refused="b") as told:
        assert [type(each) for each in told] == [Refused]
        assert names(store) == ["a", "c", "first"]


def test_a_unique_key_is_kept_among_those_who_share(store: Store) -> None:
    with crowd(store, "a", "first") as told:
        assert [type(each).__name__ for each in told] == ["IntegrityError"]
        assert names(store) == ["a", "first"]


def test_a_commit_that_fails_is_told_to_everyone_and_leaves_nothing(store: Store) -> None:
    def break_down(_connection: object) -> None:
        raise OSError("disk full")

    event.listen(store.engine, "commit", break_down)
    with pytest.raises((OSError, StoreAway)), crowd(store, "a", "b"):
        pass
    event.remove(store.engine, "commit", break_down)

    assert names(store) == []


def test_after_a_failure_the_next_writer_has_a_turn(store: Store) -> None:
    with pytest.raises(Refused):
        add(store, "a", refused=True)

    add(store, "b")

    assert names(store) == ["b"]


def test_after_an_undoing_that_fails_the_next_writer_has_a_turn(store: Store) -> None:
    def break_down(_connection: object) -> None:
        raise OSError("disk gone")

    event.listen(store.engine, "rollback", break_down)
    with pytest.raises(OSError, match="disk gone"):
        add(store, "a", refused=True)
    event.remove(store.engine, "rollback", break_down)

    add(store, "b")

    assert names(store) == ["b"]


def test_who_waits_too_long_is_told_and_holds_up_nobody(tmp_path: Path) -> None:
    hasty = Store(f"sqlite:///{tmp_path / 'hasty.db'}", lock_wait_seconds=0.05)
    with hasty.write() as connection:
        connection.execute(text("CREATE TABLE name (name TEXT PRIMARY KEY)"))
        told = at_once([partial(add, hasty, "late")])

    add(hasty, "next")

    assert [type(each) for each in told] == [StoreBusy]
    assert names(hasty) == ["next"]
    hasty.dispose()


@dataclass(slots=True, kw_only=True)
class Hasty:
    """A store whose writers wait for a second in all, and what SQLite was told about waiting (milliseconds)."""

    store: Store
    file: Path
    waits: list[int]

    def patience(self) -> int:
        """Of whoever uses the connection next."""
        with self.store.read() as connection:
            return int(connection.execute(text("PRAGMA busy_timeout")).scalar_one())


@pytest.fixture
def hasty(tmp_path: Path) -> Iterator[Hasty]:
    file = tmp_path / "hasty.db"
    made = Hasty(store=Store(f"sqlite:///{file}", lock_wait_seconds=HASTY_MS / 1000), file=file, waits=[])

    def note(statement: str) -> None:
        made.waits.extend(int(wait) for wait in re.findall(r"PRAGMA busy_timeout=(\d+)", statement))

    event.listen(made.store.engine, "connect", lambda driver, _record: driver.set_trace_callback(note))
    with made.store.write() as connection:
        connection.execute(text("CREATE TABLE name (name TEXT PRIMARY KEY)"))
    yield made
    made.store.dispose()


def test_who_waits_for_nothing_says_nothing_about_waiting(hasty: Hasty) -> None:
    add(hasty.store, "a")

    assert (hasty.waits, hasty.patience()) == ([], HASTY_MS)


def test_who_waited_for_their_turn_waits_less_for_the_file_and_whoever_comes_next_does_not(hasty: Hasty) -> None:
    late = Thread(target=add, args=(hasty.store, "late"))

    with pytest.raises(Refused):
        let_wait_and_be_refused(hasty.store, late)
    late.join(PATIENCE_SECONDS)

    assert names(hasty.store) == ["late"]
    assert (hasty.waits[0] <= HASTY_MS - TURN_MS, hasty.waits[1:]) == (True, [HASTY_MS])
    assert hasty.patience() == HASTY_MS


def let_wait_and_be_refused(store: Store, late: Thread) -> None:
    """A turn that is of no use to whoever waits for it: they have to begin a transaction of their own."""
    with store.write():
        late.start()
        until_waiting(store, 1)
        Event().wait(TURN_MS / 1000)
        raise Refused


def test_who_waited_in_vain_leaves_the_next_one_all_their_patience(hasty: Hasty) -> None:
    rival = Store(f"sqlite:///{hasty.file}")
    told: list[Exception] = []
    writers = [Thread(target=lambda: told.extend(failures(at_once([partial(add, hasty.store, "a")])))) for _ in "ab"]
    with rival.write():
        for writer in writers:
            writer.start()
            Event().wait(TURN_MS / 1000)
        for writer in writers:
            writer.join(PATIENCE_SECONDS)

    assert [type(each) for each in told] == [StoreBusy, StoreBusy]
    assert (hasty.waits[0] < HASTY_MS - 1, hasty.waits[1:]) == (True, [HASTY_MS])
    assert hasty.patience() == HASTY_MS
    rival.dispose()


def test_more_writers_than_one_commit_takes_all_get_through(store: Store) -> None:
    told = at_once([partial(add, store, f"{number:02}") for number in range(40)])

    assert failures(told) == []
    assert names(store) == [f"{number:02}" for number in range(40)]
