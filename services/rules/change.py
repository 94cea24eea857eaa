"""Staff change the rules of their program: one transaction, a new version, nothing that somebody else did is undone."""

from collections.abc import Callable
from dataclasses import dataclass

from sqlalchemy import Connection

from domain.errors import DomainError
from domain.people import Person
from domain.rules import DEFAULT_RULES, ProgramRules, check_stands
from domain.times import epoch_seconds
from services.desk import Desk
from services.rules.stored import read, written
from storage.once import recall, remember
from storage.program import rules_queries
from storage.program.once import once

Part = Callable[[ProgramRules], object]
Edit = Callable[[ProgramRules], ProgramRules]


class RulesChanged(DomainError):
    """Somebody else has changed this meanwhile. Please open /program again, look at it, and repeat your change."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RulesChange:
    """A change to a part of the rules, made by somebody who was looking at a version of them.

    `part` picks what is changed out of any rules, `edit` makes the new rules. What others have changed elsewhere
    meanwhile stays; when they have changed the same part the change is refused.
    """

    seen: int
    part: Part
    edit: Edit
    request_key: str


def change_rules(desk: Desk, staff: Person, change: RulesChange) -> ProgramRules:
    """Make the rules of the person's program what the change says, and return them. The same request again is once.

    Raises `RulesChanged`, or `InvalidRules` or `InvalidKind` at the field at fault; then nothing is stored.
    """
    with desk.program.write() as connection:
        desk.program.lock(connection, f"rules {staff.program_id}")
        version = rules_queries.newest_version(connection, staff.program_id)
        before = _rules_at(connection, staff.program_id, version)
        if recall(connection, once, change.request_key) is not None:
            return before
        after = _edited(connection, staff.program_id, before, change)
        if after != before:
            _store(connection, desk, staff, version + 1, after)
        outcome = {"version": version}
        remember(
            connection, once, change.request_key, program_id=staff.program_id, outcome=outcome, at=desk.clock.now()
        )
        return after


def _edited(connection: Connection, program_id: str, before: ProgramRules, change: RulesChange) -> ProgramRules:
    seen = _rules_at(connection, program_id, change.seen)
    if change.part(seen) != change.part(before):
        raise RulesChanged
    after = change.edit(before)
    check_stands(before, after)
    return after


def _store(connection: Connection, desk: Desk, staff: Person, version: int, rules: ProgramRules) -> None:
    values = {
        "program_id": staff.program_id,
        "version": version,
        "rules": written(rules),
        "by_id": staff.id,
        "at": epoch_seconds(desk.clock.now()),
    }
    rules_queries.add_version(connection, values)


def _rules_at(connection: Connection, program_id: str, version: int) -> ProgramRules:
    stored = rules_queries.rules_at(connection, program_id, version)
    return DEFAULT_RULES if stored is None else read(stored.rules)
