"""The rules in force: found by the version that comes with every person, so that reading them costs no query."""

from threading import Lock

from domain.people import Person
from domain.rules import DEFAULT_RULES, ProgramRules
from services.rules.stored import read
from storage.engine import Store
from storage.program import rules_queries

KEPT = 64
"""Versions in memory; a program has one in force."""


class RuleBook:
    """Rules by program and version. A version never changes, so what was read once stays true; any thread may ask."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._known: dict[tuple[str, int], ProgramRules] = {}
        self._guard = Lock()

    def of(self, person: Person) -> ProgramRules:
        """The rules that hold for somebody as they were read: at most one query for each version, ever."""
        return self.at(person.program_id, person.rules_version)

    def now(self, program_id: str) -> ProgramRules:
        """The rules that a program has at this moment, for work that begins with no person. One query, or two."""
        with self._store.ask() as connection:
            version = rules_queries.newest_version(connection, program_id)
        return self.at(program_id, version)

    def at(self, program_id: str, version: int) -> ProgramRules:
        """A version of a program's rules; 0, and one that is not there, are the defaults."""
        if version == 0:
            return DEFAULT_RULES
        known = self._known.get((program_id, version))
        return known or self._read(program_id, version)

    def _read(self, program_id: str, version: int) -> ProgramRules:
        with self._store.ask() as connection:
            stored = rules_queries.rules_at(connection, program_id, version)
        rules = DEFAULT_RULES if stored is None else read(stored.rules)
        with self._guard:
            if len(self._known) >= KEPT:
                self._known.clear()
            self._known[program_id, version] = rules
        return rules
