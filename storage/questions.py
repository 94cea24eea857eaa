"""Holds `Store.ask()` to questions, on both databases alike: nobody takes turns there, and nothing is undone.

What it knows of is SQLAlchemy's statements and prepared ones; who speaks to the driver itself has gone past it.
"""

from typing import Any

from sqlalchemy import Connection, Engine, SelectBase, TextClause, event
from sqlalchemy.exc import InvalidRequestError

_ASKING = "is_asking"
_QUESTION_WORDS = ("SELECT", "WITH")


def asking(engine: Engine, **options: Any) -> Engine:
    """The same engine and pool, for questions. Whatever else is executed raises SQLAlchemy's `InvalidRequestError`."""
    only_asking = engine.execution_options(**{_ASKING: True}, **options)

    @event.listens_for(only_asking, "before_execute")
    def _on_execute(connection: Connection, statement: object, *_arguments: object) -> None:
        if not _is_question(statement):
            refuse_if_asking(connection)

    return only_asking


def refuse_if_asking(connection: Connection) -> None:
    """Called with every statement that is not a question. Raises `InvalidRequestError` where only those belong."""
    if connection.get_execution_options().get(_ASKING):
        raise InvalidRequestError("ask() is for questions; whoever writes takes their turn in write()")


def _is_question(statement: object) -> bool:
    if isinstance(statement, TextClause):
        return statement.text.lstrip().upper().startswith(_QUESTION_WORDS)
    return isinstance(statement, SelectBase)
