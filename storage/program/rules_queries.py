"""Statements about the rules of programs."""

from collections.abc import Mapping
from typing import Any, NamedTuple

from sqlalchemy import Connection, insert, select, update

from storage.engine import table_of
from storage.program.people_queries import program
from storage.program.rules import RulesVersion

_version = table_of(RulesVersion)


class StoredRules(NamedTuple):
    """A version of a program's rules, in JSON; who set it and when (epoch seconds)."""

    version: int
    rules: str
    by_id: str
    at: int


_columns = select(_version.c.version, _version.c.rules, _version.c.by_id, _version.c.at)


def rules_at(connection: Connection, program_id: str, version: int) -> StoredRules | None:
    """One version; None for one that was never stored, such as 0."""
    asked = _columns.where(_version.c.program_id == program_id, _version.c.version == version)
    row = connection.execute(asked).first()
    return None if row is None else StoredRules._make(row)


def newest_version(connection: Connection, program_id: str) -> int:
    """Which version of its rules a program has; 0 while it never changed them, or where there is no such program."""
    found = connection.execute(select(program.c.rules_version).where(program.c.id == program_id)).scalar()
    return int(found or 0)


def latest_versions(connection: Connection, program_id: str, *, at_most: int) -> list[StoredRules]:
    """The newest versions, newest first."""
    asked = _columns.where(_version.c.program_id == program_id).order_by(_version.c.version.desc()).limit(at_most)
    return [StoredRules._make(row) for row in connection.execute(asked)]


def add_version(connection: Connection, values: Mapping[str, Any]) -> None:
    """Store the version that follows the newest and make it the program's."""
    connection.execute(insert(_version), values)
    connection.execute(
        update(program).where(program.c.id == values["program_id"]).values(rules_version=values["version"])
    )
