"""Listens to what stores are asked."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import event

from storage.engine import Store


@contextmanager
def queries_of(*stores: Store) -> Iterator[list[str]]:
    """The statements that these stores are asked inside the block, in order."""
    asked: list[str] = []

    def note(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        asked.append(statement)

    engines = [engine for store in stores for engine in (store.database.engine, store.database.asking)]
    for engine in engines:
        event.listen(engine, "before_cursor_execute", note)
    try:
        yield asked
    finally:
        for engine in engines:
            event.remove(engine, "before_cursor_execute", note)
