"""Counts the statements that a store is asked, so that nobody asks once for each row."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import event

from storage.engine import Store

_FRAME = ("BEGIN", "PRAGMA")
"""What opens a transaction and asks nothing."""


Asked = tuple[str, Any]
"""A statement, and the values it was given: a tuple or a mapping, or a list of them."""


@contextmanager
def queries_of(store: Store) -> Iterator[list[str]]:
    """The statements that the store executes inside the block, in order."""
    asked: list[str] = []
    with _listening(store, lambda statement, _values: asked.append(statement)):
        yield asked


@contextmanager
def questions_of(store: Store) -> Iterator[list[Asked]]:
    """The same with what they were given."""
    asked: list[Asked] = []
    with _listening(store, lambda statement, values: asked.append((statement, values))):
        yield asked


@contextmanager
def _listening(store: Store, heard: Callable[[str, Any], None]) -> Iterator[None]:
    def note(_connection: Any, _cursor: Any, statement: str, values: Any, *_rest: Any) -> None:
        if not statement.startswith(_FRAME):
            heard(statement, values)

    engines = (store.database.engine, store.database.asking)
    for engine in engines:
        event.listen(engine, "before_cursor_execute", note)
    try:
        yield
    finally:
        for engine in engines:
            event.remove(engine, "before_cursor_execute", note)
