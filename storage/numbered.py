"""PostgreSQL's own parameters, `$1` and so on, so that its driver need not rewrite each text for each question.

A list is one parameter too, an array. A text for each length would be read and planned by the server again and again.
"""

from collections.abc import Sequence
from functools import cache
from typing import Any

from psycopg import RawCursor
from sqlalchemy import ARRAY, BinaryExpression, BindParameter, Dialect, Tuple, bindparam
from sqlalchemy.dialects.postgresql.psycopg import PGCompiler_psycopg, PGDialect_psycopg


@cache
def numbered() -> Dialect:
    """What statements are compiled with."""
    return _Numbered(paramstyle="numeric_dollar")  # type: ignore[no-untyped-call]


def numbered_cursor(driver: Any) -> RawCursor[Any]:
    """What runs them, on a connection of psycopg."""
    return RawCursor(driver)


def array_text(values: Sequence[Any]) -> str:
    """An array of text or numbers as PostgreSQL reads it. psycopg takes ten microseconds to write each of its texts."""
    return "{" + ",".join([_element(value) for value in values]) + "}"


def _element(value: Any) -> str:
    if isinstance(value, str):
        return '"' + value.replace("\\", "\\\\").replace('"', '\\"') + '"'
    return "NULL" if value is None else str(int(value))


class _Compiler(PGCompiler_psycopg):
    """Looks in an array for what is given as a list. Pairs, and lists that a statement is made with, do not go so."""

    def visit_in_op_binary(self, binary: BinaryExpression[bool], _operator: Any, **how: Any) -> str:
        return self._among(binary, "= ANY", **how) or f"{self._generate_generic_binary(binary, ' IN ', **how)}"

    def visit_not_in_op_binary(self, binary: BinaryExpression[bool], operator: Any, **how: Any) -> str:  # noqa: ARG002
        return self._among(binary, "<> ALL", **how) or f"({self._generate_generic_binary(binary, ' NOT IN ', **how)})"

    def _among(self, binary: BinaryExpression[bool], compared: str, **how: Any) -> str | None:
        given = binary.right
        is_given = isinstance(given, BindParameter) and given.expanding and given.required
        if not is_given or isinstance(binary.left, Tuple):
            return None
        array = bindparam(given.key, required=True, type_=ARRAY(given.type))
        return f"{self.process(binary.left, **how)} {compared} ({self.process(array, **how)})"


class _Numbered(PGDialect_psycopg):
    statement_compiler = _Compiler
    supports_statement_cache = True
