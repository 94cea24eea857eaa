"""Builders of a program's rules, and a quick way to put them into force."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

from domain.days import DateSpan
from domain.kinds import COACHING
from domain.rules import ClosedDays, Phase, ProgramRules
from services.rules.book import RuleBook
from services.rules.stored import written
from storage.engine import Store
from storage.program import rules_queries
from tests.builders.people import PROGRAM


def days(first: str, last: str | None = None) -> DateSpan:
    """Dates written in ISO form, both in it."""
    return DateSpan(first=date.fromisoformat(first), last=date.fromisoformat(last or first))


def closed_days(first: str, last: str | None = None, *, name: str = "Retreat") -> ClosedDays:
    """Days on which the program is closed."""
    return ClosedDays(name=name, days=days(first, last))


def a_phase(first: str, last: str, *, name: str = "Training", without: tuple[str, ...] = ()) -> Phase:
    """A phase of the program."""
    return Phase(name=name, days=days(first, last), without=without)


def with_kind(rules: ProgramRules, key: str = COACHING, **changes: object) -> ProgramRules:
    """The rules with something of one kind changed."""
    kinds = tuple(replace(kind, **changes) if kind.key == key else kind for kind in rules.kinds)  # type: ignore[arg-type]  # any field
    return replace(rules, kinds=kinds)


def set_rules(store: Store, edit: Callable[[ProgramRules], ProgramRules], *, program_id: str = PROGRAM) -> None:
    """Put rules into force, made from those that are, without anybody having to change them by hand.

    They hold for people who are read from then on.
    """
    before = RuleBook(store).now(program_id)
    with store.write() as connection:
        version = rules_queries.newest_version(connection, program_id) + 1
        rules = written(edit(before))
        values = {"program_id": program_id, "version": version, "rules": rules, "by_id": "staff", "at": 0}
        rules_queries.add_version(connection, values)
