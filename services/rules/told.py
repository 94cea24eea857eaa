"""What staff are told after a change of the rules: each effect with what it is about."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from domain.people import Person, Role
from domain.rules import ProgramRules
from domain.rules.effects import Effect, is_closed_throughout, phases_without_all, sharing_effects
from services.desk import Desk
from services.rules.overview import effects_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """An effect; `names` are keys of the kinds or names of the phases it is about, `booked_by` who books them."""

    effect: Effect
    names: tuple[str, ...] = ()
    booked_by: Role = Role.SCHOLAR


def told_of_kind(desk: Desk, staff: Person, rules: ProgramRules, key: str) -> tuple[Told, ...]:
    """What a kind brings about as it is set now."""
    booked_by = rules.kind(key).booked_by
    return tuple(
        Told(effect=effect, names=(key,), booked_by=booked_by) for effect in effects_of(desk, staff, rules, key)
    )


def told_of_sharing(rules: ProgramRules) -> tuple[Told, ...]:
    """What sharing fairly brings about, with the kinds that it leaves nothing of."""
    found: dict[Effect, list[str]] = {}
    for kind in rules.kinds:
        for effect in sharing_effects(rules, kind):
            found.setdefault(effect, []).append(kind.key)
    return tuple(Told(effect=effect, names=tuple(keys)) for effect, keys in found.items())


def told_of_phases(rules: ProgramRules, today: date) -> tuple[Told, ...]:
    """The phases, over or not yet, in which nothing can be booked; those that have passed are no news."""
    names = [phase.name for phase in phases_without_all(rules) if phase.days.last >= today]
    return (Told(effect=Effect.PHASE_WITHOUT_ALL, names=tuple(names)),) if names else ()


def told_of_closed(rules: ProgramRules, today: date) -> Sequence[Told]:
    """Whether closed days leave nothing to book."""
    return (Told(effect=Effect.CLOSED_THROUGHOUT),) if is_closed_throughout(rules, today) else ()
