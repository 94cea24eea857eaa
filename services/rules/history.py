"""Who changed the rules of a program, when, and what they were before: for staff; nothing of it is about a scholar."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import pairwise

from domain.people import Person
from domain.rules import DEFAULT_RULES, ProgramRules
from domain.times import instant_of
from services.desk import Desk
from services.rules.stored import kinds_in, read
from storage.program import people_queries, rules_queries
from storage.program.rules_queries import StoredRules

LISTED = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Changed:
    """One change: who made it (a person id), when, and the rules before and after."""

    by_id: str
    at: datetime
    before: ProgramRules
    after: ProgramRules


@dataclass(frozen=True, slots=True, kw_only=True)
class History:
    """The newest changes, newest first. `names` has the names of all who are in them, by person id."""

    changes: tuple[Changed, ...]
    names: Mapping[str, str]
    has_more: bool


def history(desk: Desk, staff: Person) -> History:
    """The last changes of the person's program. Two queries, however long the history is."""
    with desk.program.read() as connection:
        found = rules_queries.latest_versions(connection, staff.program_id, at_most=LISTED + 2)
        changes = _changes(found)
        ids = {person_id for change in changes for person_id in _people(change)}
        names = people_queries.names_of(connection, ids, program_id=staff.program_id)
    return History(changes=changes[:LISTED], names=names, has_more=len(changes) > LISTED)


def _people(change: Changed) -> Iterator[str]:
    """Everybody in a change, by id: who made it, and whom the rules name."""
    yield change.by_id
    for rules in (change.before, change.after):
        yield from rules.weights
        for manager_id, stand_ins in rules.stand_ins.items():
            yield from (manager_id, *stand_ins)


def _changes(found: list[StoredRules]) -> tuple[Changed, ...]:
    """Each version beside the one before it; the first of all beside the defaults."""
    first = found[-1:] if found and found[-1].version == 1 else []
    pairs = [*pairwise(found), *((one, None) for one in first)]
    return tuple(_changed(after, before) for after, before in pairs)


def _changed(after: StoredRules, before: StoredRules | None) -> Changed:
    # A kind that came into the product since is in neither: nobody has switched it off.
    known = kinds_in(after.rules)
    rules = DEFAULT_RULES if before is None else read(before.rules)
    return Changed(
        by_id=after.by_id, at=instant_of(after.at), before=_only(rules, known), after=_only(read(after.rules), known)
    )


def _only(rules: ProgramRules, known: frozenset[str]) -> ProgramRules:
    return replace(rules, kinds=tuple(kind for kind in rules.kinds if kind.key in known))
