"""Who takes urgent sessions besides the community manager, named by them."""

from collections.abc import Sequence
from dataclasses import replace

from domain.errors import NotFound
from domain.people import SUPPORT_ROLES, Person
from domain.rules import ProgramRules
from services.desk import Desk
from services.rules.change import RulesChange, change_rules


def others_in_support(desk: Desk, manager: Person) -> list[Person]:
    """Everybody else in support of the manager's program, by name: who could stand in. A query for each role."""
    found = {
        person.id: person
        for role in sorted(SUPPORT_ROLES)
        for person in desk.people.holders(role)
        if person.program_id == manager.program_id and person.id != manager.id
    }
    return sorted(found.values(), key=lambda each: (each.name, each.id))


def name_stand_ins(desk: Desk, manager: Person, ids: Sequence[str], *, seen: int, request_key: str) -> None:
    """Replace whom this manager has named. Raises `NotFound` for somebody who is not in support, or `RulesChanged`."""
    if not set(ids) <= {person.id for person in others_in_support(desk, manager)}:
        raise NotFound("Somebody you chose is not in support any more. Please open this form again.", field="staff")

    def named(rules: ProgramRules) -> object:
        return rules.stand_ins.get(manager.id, ())

    def edited(rules: ProgramRules) -> ProgramRules:
        return replace(rules, stand_ins={**rules.stand_ins, manager.id: tuple(sorted(ids))})

    change_rules(desk, manager, RulesChange(seen=seen, part=named, edit=edited, request_key=request_key))
