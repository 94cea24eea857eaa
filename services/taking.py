"""Until when people take sessions: by their role, or standing in for a community manager who is one still."""

from functools import cached_property

from domain.kinds import SessionKind
from domain.people import Person, Role
from domain.rules import ProgramRules
from services.people import People


class Taking:
    """Who takes what by the rules of one program, for one question; it is not kept, since roles end by themselves."""

    def __init__(self, people: People, rules: ProgramRules) -> None:
        self._people = people
        self._rules = rules

    def until(self, kind: SessionKind, person: Person) -> int:
        """The instant (epoch seconds) at which somebody stops taking sessions of a kind; 0 when they do not take it.

        One query for all calls together, and none unless somebody who was named is asked about for what is urgent.
        """
        stands_in = kind.is_urgent and not person.has(kind.taken_by) and self._rules.named_by(person.id)
        return self._rules.takes_until(kind, person, managers=self._managers if stands_in else {})

    @cached_property
    def _managers(self) -> dict[str, int]:
        found = self._people.people(self._rules.stand_ins)
        return {each.id: each.holds_until(Role.COMMUNITY_MANAGER) for each in found}
