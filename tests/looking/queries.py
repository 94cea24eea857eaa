"""Counts the statements that a store is asked, so that nobody asks once for each row."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import event

from storage.engine import Store

_FRAME = ("BEGIN", "PRAGMA")
"""What opens a transaction and asks nothing."""


@contextmanager
def queries_of(store: Store) -> Iterator[list[str]]:
    """The statements that the store executes inside the block, in order."""
    asked: list[str] = []

    def note(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        if not statement.startswith(_FRAME):
            asked.append(statement)

    engines = (store.database.engine, store.database.asking)
    for engine in engines:
        event.listen(engine, "before_cursor_execute", note)
    try:
        yield asked
    finally:
        for engine in engines:
            event.remove(engine, "before_cursor_execute", note)
