"""PostgreSQL's own parameters, `$1` and so on, so that its driver need not rewrite each text for each question."""

from functools import cache
from typing import Any

from psycopg import RawCursor
from sqlalchemy import Dialect
from sqlalchemy.dialects.postgresql.psycopg import PGDialect_psycopg


@cache
def numbered() -> Dialect:
    """What statements are compiled with."""
    return PGDialect_psycopg(paramstyle="numeric_dollar")  # type: ignore[no-untyped-call]


def numbered_cursor(driver: Any) -> RawCursor[Any]:
    """What runs them, on a connection of psycopg."""
    return RawCursor(driver)
