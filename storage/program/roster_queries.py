"""Statements of a roster import: what a program holds, and the changes to it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from sqlalchemy import Connection, bindparam, delete, insert, select, update
from sqlalchemy.sql.base import Executable

from storage.program.people_queries import membership, person, program, recusal


class RosterEntry(NamedTuple):
    """Somebody on the roster."""

    id: str
    email: str
    name: str
    slack_user_id: str | None


class Standing(NamedTuple):
    """What somebody is, and when; two that are equal are the same membership."""

    person_id: str
    cohort: str
    role: str
    stream: str
    mentor_id: str
    phase: str
    site: str
    zone: str
    starts_on: str
    ends_on: str


class Elsewhere(NamedTuple):
    """Somebody in another program, and when."""

    email: str
    slack_user_id: str | None
    program: str
    starts_on: str
    ends_on: str


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredProgram:
    """A program as it stands: everybody who ever was in it, memberships that were not removed by their id, recusals."""

    id: str
    people: tuple[RosterEntry, ...]
    memberships: dict[Standing, str]
    recusals: frozenset[tuple[str, str]]


def program_ids(connection: Connection) -> dict[str, str]:
    """Every program's id by its name."""
    return {str(name): str(id_) for name, id_ in connection.execute(select(program.c.name, program.c.id))}


def stored_program(connection: Connection, program_id: str) -> StoredProgram:
    """Everything the roster says about a program; empty for one that is not there yet."""
    people = select(*(person.c[name] for name in RosterEntry._fields)).where(person.c.program_id == program_id)
    standing = [membership.c[name] for name in Standing._fields]
    active = select(membership.c.id, *standing).where(
        membership.c.program_id == program_id, membership.c.removed_at.is_(None)
    )
    recused = select(recusal.c.supporter_id, recusal.c.scholar_id).where(recusal.c.program_id == program_id)
    return StoredProgram(
        id=program_id,
        people=tuple(RosterEntry(*row) for row in connection.execute(people)),
        memberships={Standing(*row[1:]): row[0] for row in connection.execute(active)},
        recusals=frozenset((supporter, scholar) for supporter, scholar in connection.execute(recused)),
    )


def elsewhere(connection: Connection, program_id: str) -> list[Elsewhere]:
    """Every membership in other programs that was not removed."""
    columns = person.c.email, person.c.slack_user_id, program.c.name, membership.c.starts_on, membership.c.ends_on
    others = (
        select(*columns)
        .join_from(person, membership, membership.c.person_id == person.c.id)
        .join(program, program.c.id == person.c.program_id)
        .where(program.c.id != program_id, membership.c.removed_at.is_(None))
    )
    return [Elsewhere(*row) for row in connection.execute(others)]


def add_program(connection: Connection, *, program_id: str, name: str) -> None:
    """Make a program; its roster's version is 0 until something is in it."""
    connection.execute(insert(program), {"id": program_id, "name": name})


def add_people(connection: Connection, program_id: str, entries: Iterable[RosterEntry]) -> None:
    """Put people on the roster."""
    _each(connection, insert(person), [entry._asdict() | {"program_id": program_id} for entry in entries])


def change_people(connection: Connection, entries: Iterable[RosterEntry]) -> None:
    """Change names and addresses. A new address frees the old one first, so that two people may swap theirs."""
    rows = [{"person": entry.id, "email": entry.email, "name": entry.name} for entry in entries]
    of_person = update(person).where(person.c.id == bindparam("person"))
    _each(connection, of_person.values(email=person.c.id), [{"person": row["person"]} for row in rows])
    _each(connection, of_person.values(email=bindparam("email"), name=bindparam("name")), rows)


def add_memberships(connection: Connection, program_id: str, added: Iterable[tuple[str, Standing]]) -> None:
    """Add memberships by id."""
    rows = [standing._asdict() | {"id": id_, "program_id": program_id} for id_, standing in added]
    _each(connection, insert(membership), rows)


def remove_memberships(connection: Connection, ids: Iterable[str], *, at: int) -> None:
    """End memberships at once (program time, epoch seconds); the rows stay."""
    remove = update(membership).where(membership.c.id == bindparam("membership")).values(removed_at=at)
    _each(connection, remove, [{"membership": id_} for id_ in ids])


def add_recusals(connection: Connection, program_id: str, pairs: Iterable[tuple[str, str]]) -> None:
    """Keep these pairs apart."""
    rows = [{"supporter_id": one, "scholar_id": other, "program_id": program_id} for one, other in pairs]
    _each(connection, insert(recusal), rows)


def drop_recusals(connection: Connection, pairs: Iterable[tuple[str, str]]) -> None:
    """Let these pairs meet again."""
    of_pair = delete(recusal).where(
        recusal.c.supporter_id == bindparam("supporter"), recusal.c.scholar_id == bindparam("scholar")
    )
    _each(connection, of_pair, [{"supporter": one, "scholar": other} for one, other in pairs])


def _each(connection: Connection, statement: Executable, rows: Sequence[Mapping[str, object]]) -> None:
    if rows:
        connection.execute(statement, rows)
