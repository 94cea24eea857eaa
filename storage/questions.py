"""Holds `Store.ask()` to questions, on both databases alike: nobody takes turns there, and nothing is undone.

SQLAlchemy's statements and prepared ones are looked at before they are sent. The database itself refuses the rest, such
as a DELETE within a question: the connections that questions are asked on may only read, which costs no question time.
"""

from sqlalchemy import Connection, Engine, SelectBase, TextClause, event
from sqlalchemy.exc import InvalidRequestError

from storage.translating import Translated

_ASKING = "is_asking"
_QUESTION_WORDS = ("SELECT", "WITH")
_SAYS = "ask() is for questions; whoever writes takes their turn in write()"


def hold_to_questions(engine: Engine) -> None:
    """Whatever else is executed there raises SQLAlchemy's `InvalidRequestError`."""
    engine.update_execution_options(**{_ASKING: True})

    @event.listens_for(engine, "before_execute")
    def _on_execute(connection: Connection, statement: object, *_arguments: object) -> None:
        if not _is_question(statement):
            refuse_if_asking(connection)


def refuse_if_asking(connection: Connection) -> None:
    """Called with every statement that is not a question. Raises `InvalidRequestError` where only those belong."""
    if connection.get_execution_options().get(_ASKING):
        raise InvalidRequestError(_SAYS)


class Questions(Translated):
    """A block of questions; what the database refuses to write there comes out as `InvalidRequestError` too."""

    def _translate(self, error: BaseException) -> None:
        if self._is_refusal(getattr(error, "orig", error)):
            raise InvalidRequestError(_SAYS) from error
        super()._translate(error)


def _is_question(statement: object) -> bool:
    if isinstance(statement, TextClause):
        return statement.text.lstrip().upper().startswith(_QUESTION_WORDS)
    return isinstance(statement, SelectBase)
