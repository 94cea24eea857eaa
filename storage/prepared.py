"""Statements that are compiled once and then handed to the database's driver as they are.

SQLAlchemy compiles once too, but asks itself each time which statement this is, what its parameters need and how its
rows are to be read: most of what a small statement costs in this process. The statements on the way of a request, a
booking or a Home tab do without; no other statement needs to.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import chain
from typing import Any

from sqlalchemy import ARRAY, Connection, Dialect, Insert, SelectBase
from sqlalchemy.exc import DBAPIError
from sqlalchemy.sql import ClauseElement
from sqlalchemy.sql.compiler import SQLCompiler

from storage.questions import refuse_if_asking
from storage.turns import driver_of

Values = Mapping[str, Any]
_SQLITE = "sqlite"
_Names = tuple[str, tuple[str, ...]]
"""The database, and the names that are given."""
_Shape = tuple[_Names, tuple[int, ...]]
"""What a text holds for: the database, the names that are given, and the length of each list that it spells out."""
Build = Callable[[Connection], ClauseElement]
"""Makes a statement that differs from one database to the other."""


def run_together(connection: Connection, asked: Sequence[tuple["Prepared", Values]]) -> list[list[tuple[Any, ...]]]:
    """Different statements, which return rows each, one after the other in a single way to the server.

    Each sees what those before it did or waited for. When one fails its error is raised, and those after it are not
    run. On a connection of `Store.write_at_once` they are one transaction.
    """
    if connection.dialect.name == _SQLITE:
        return [prepared.rows(connection, values) for prepared, values in asked]
    ready = [(prepared.prepare(connection, values), values) for prepared, values in asked]
    return _hand_over_together(connection, [(each.text, each.arguments(values)) for each, values in ready])


class Prepared:
    """One statement, on whatever database a connection leads to.

    Every parameter is given by name, and one that is a list may have any length. Values reach the driver as they are;
    rows come back as plain tuples. An INSERT names its columns by what it is given, those with a default in the model
    too. Raises SQLAlchemy's errors. Thread-safe: what two threads compile at the same moment is the same.
    """

    def __init__(self, statement: ClauseElement | Build) -> None:
        self._statement = statement
        self._compiled: dict[_Names, SQLCompiler] = {}
        self._lists: dict[_Names, tuple[str, ...]] = {}
        self._ready: dict[_Shape, _Ready] = {}

    def rows(self, connection: Connection, values: Values) -> list[tuple[Any, ...]]:
        """All rows of a SELECT, or that an UPDATE returns."""
        ready = self.prepare(connection, values)
        return list(_hand_over(connection, ready.text, ready.arguments(values)).fetchall())

    def first(self, connection: Connection, values: Values) -> tuple[Any, ...] | None:
        """The row of a SELECT that finds one at most."""
        return next(iter(self.rows(connection, values)), None)

    def run(self, connection: Connection, values: Values) -> int:
        """Change rows, and return how many that were."""
        ready = self.prepare(connection, values)
        return int(_hand_over(connection, ready.text, ready.arguments(values)).rowcount)

    def run_each(self, connection: Connection, rows: Sequence[Values]) -> int:
        """The same for each of at least one row, all of the same names, in as few round trips as can be."""
        if any(row.keys() != rows[0].keys() for row in rows):
            raise ValueError("rows that are written together have the same names")
        ready = self.prepare(connection, rows[0])
        return int(_hand_over(connection, ready.text, [ready.arguments(row) for row in rows], many=True).rowcount)

    def prepare(self, connection: Connection, values: Values) -> "_Ready":
        """For this module: the text for what is given."""
        names = (connection.dialect.name, tuple(values))
        lists = self._lists.get(names)
        ready = None if lists is None else self._ready.get(_shape(names, values, lists))
        if ready is None:
            ready = self._compile(connection, names, values)
        if not ready.is_select:
            refuse_if_asking(connection)
        return ready

    def _compile(self, connection: Connection, names: _Names, values: Values) -> "_Ready":
        compiled = self._compiled.get(names) or self._compile_for(connection, values)
        self._compiled[names] = compiled
        ready = _ready(compiled, values)  # lists of another length are only other places in the text
        lists = self._lists[names] = tuple(ready.lists)
        self._ready[_shape(names, values, lists)] = ready
        return ready

    def _compile_for(self, connection: Connection, values: Values) -> SQLCompiler:
        statement = self._statement if isinstance(self._statement, ClauseElement) else self._statement(connection)
        columns = list(values) if isinstance(statement, Insert) else None
        return statement.compile(dialect=_dialect_of(connection), column_keys=columns)  # type: ignore[return-value]  # what a statement compiles to


@dataclass(frozen=True, slots=True)
class _Ready:
    """A statement's text for one shape."""

    text: str
    order: tuple[str, ...]
    """Names of the parameters as they come in the text."""
    fixed: Values
    """Parameters that are a part of the statement."""
    lists: Mapping[str, Sequence[str]]
    """Names of the single parameters behind each list that the text spells out."""
    arrays: tuple[str, ...]
    """Names of the lists that stay one parameter, on PostgreSQL."""
    is_select: bool

    def arguments(self, values: Values) -> Any:
        """What the driver wants to have."""
        given = {**self.fixed, **values} if self.fixed else values
        if self.lists:
            given = dict(given)
            for name, singles in self.lists.items():
                given.update(zip(singles, _flat(given.pop(name), len(singles)), strict=True))
        if self.arrays:
            from storage.numbered import array_text  # noqa: PLC0415  only PostgreSQL has arrays

            given = {**given, **{name: array_text(given[name]) for name in self.arrays}}
        return tuple([given[name] for name in self.order])


def _ready(compiled: SQLCompiler, values: Values) -> _Ready:
    if compiled.insert_prefetch:
        raise ValueError(f"values are missing for {', '.join(column.name for column in compiled.insert_prefetch)}")
    state = compiled.construct_expanded_state(dict(values))
    lists = {name: singles for name, singles in state.parameter_expansion.items() if name in values}
    singles = {single for names in lists.values() for single in names}
    return _Ready(
        text=state.statement,
        order=tuple(state.positiontup or ()),
        fixed={name: value for name, value in state.parameters.items() if name not in values and name not in singles},
        lists=lists,
        arrays=tuple(name for name, part in compiled.binds.items() if isinstance(part.type, ARRAY) and name in values),
        is_select=isinstance(compiled.statement, SelectBase),
    )


def _flat(values: Sequence[Any], number: int) -> Iterable[Any]:
    """A list of so many single values, of which some may come together."""
    return values if len(values) == number else chain.from_iterable(values)


def _shape(names: _Names, values: Values, lists: Sequence[str]) -> _Shape:
    return names, tuple([len(values[name]) for name in lists])


def _dialect_of(connection: Connection) -> Dialect:
    if connection.dialect.name == _SQLITE:
        return connection.dialect
    from storage.numbered import numbered  # noqa: PLC0415 who has SQLite need not load PostgreSQL's driver

    return numbered()


def _cursor_of(connection: Connection) -> Any:
    driver: Any = driver_of(connection)
    if connection.dialect.name == _SQLITE:
        return driver.cursor()
    from storage.numbered import numbered_cursor  # noqa: PLC0415 as above

    return numbered_cursor(driver)


def _hand_over(connection: Connection, text: str, arguments: Any, *, many: bool = False) -> Any:
    """Let the driver run a text with its arguments, or with each of a list of them; what it returns is its cursor."""
    cursor = _cursor_for(connection, text, arguments, many=many)
    with _wrapping(connection, text):
        (cursor.executemany if many else cursor.execute)(text, arguments)
    return cursor


def _hand_over_together(connection: Connection, asked: Sequence[tuple[str, Any]]) -> list[list[tuple[Any, ...]]]:
    cursors = [_cursor_for(connection, text, arguments) for text, arguments in asked]
    driver: Any = driver_of(connection)
    with _wrapping(connection, "; ".join(text for text, _arguments in asked)):
        try:
            with driver.pipeline():
                for cursor, (text, arguments) in zip(cursors, asked, strict=True):
                    cursor.execute(text, arguments)
            return [list(cursor.fetchall()) for cursor in cursors]
        except BaseException:
            # The driver may hold statements for prepared that the server never came to. Nobody else gets them.
            connection.invalidate()
            raise


def _cursor_for(connection: Connection, text: str, arguments: Any, *, many: bool = False) -> Any:
    """A cursor of the driver, after whoever listens to the engine has heard what it will run."""
    cursor = _cursor_of(connection)
    for hear in connection.engine.dispatch.before_cursor_execute:
        hear(connection, cursor, text, arguments, None, many)
    return cursor


@contextmanager
def _wrapping(connection: Connection, text: str) -> Iterator[None]:
    try:
        yield
    except connection.dialect.loaded_dbapi.Error as error:
        raise _wrapped(connection, text, error) from error


def _wrapped(connection: Connection, text: str, error: Any) -> Exception:
    """As SQLAlchemy tells of it, and without the values, which nobody should read in a log."""
    dialect = connection.dialect
    is_gone = dialect.is_disconnect(error, connection.connection.dbapi_connection, None)
    if is_gone:
        connection.invalidate(error)
    wrapped: Exception = DBAPIError.instance(
        text, None, error, dialect.loaded_dbapi.Error, hide_parameters=True, connection_invalidated=is_gone
    )
    return wrapped
