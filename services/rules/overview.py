"""What staff see of their program's rules, and what a change of a kind brings about that they may not expect."""

from collections.abc import Sequence
from dataclasses import dataclass

from domain.errors import StoreAway, StoreBusy
from domain.kinds import SessionKind
from domain.people import SUPPORT_ROLES, Person, Role
from domain.rules import ProgramRules
from domain.rules.effects import Effect, sharing_effects, tells_kinds_apart, tells_mentors_apart
from services.desk import Desk
from services.hours.staffing import longest_hours, without_hours
from services.taking import Taking


@dataclass(frozen=True, slots=True, kw_only=True)
class Overview:
    """The rules in force with their version, and everybody in support now, by name.

    without_hours: those of them who have set no hours; None when that cannot be told just now.
    """

    version: int
    rules: ProgramRules
    support: tuple[Person, ...]
    without_hours: tuple[Person, ...] | None


def overview(desk: Desk, staff: Person) -> Overview:
    """Everything that `/program` shows first. Two queries, and one for the hours, however many people there are."""
    support = support_of(desk, staff)
    return Overview(
        version=staff.rules_version,
        rules=desk.rules.of(staff),
        support=support,
        without_hours=_without_hours(desk, support),
    )


def support_of(desk: Desk, staff: Person) -> tuple[Person, ...]:
    """The coaches and community managers of the person's program now, by name. Two queries."""
    found = {person.id: person for role in sorted(SUPPORT_ROLES) for person in desk.people.holders(role)}
    own = (person for person in found.values() if person.program_id == staff.program_id)
    return tuple(sorted(own, key=lambda person: (person.name, person.id)))


def effects_of(desk: Desk, staff: Person, rules: ProgramRules, key: str) -> tuple[Effect, ...]:
    """What a kind brings about as it is set now. What only the hours could tell is left out where they cannot be read.

    Of a kind that is not offered there is nothing else to say; sessions with seats lie in nobody's hours.
    """
    kind = rules.kind(key)
    if not kind.is_offered:
        return (Effect.SWITCHED_OFF,)
    taking = Taking(desk.people, rules)
    takers = [person for person in support_of(desk, staff) if kind.has_seats or taking.until(kind, person)]
    if kind.has_seats:
        return () if takers else (Effect.NOBODY_TAKES,)
    effects = {
        Effect.KINDS_APART: kind.booked_by is Role.SCHOLAR and tells_kinds_apart(rules),
        Effect.MENTORS_APART: tells_mentors_apart(rules),
        Effect.NOBODY_TAKES: not takers,
    }
    told = [effect for effect, holds in effects.items() if holds]
    return (*told, *_of_hours(desk, takers, kind), *sharing_effects(rules, kind))


def _without_hours(desk: Desk, support: Sequence[Person]) -> tuple[Person, ...] | None:
    if desk.support_desk is None:
        return None
    try:
        return without_hours(desk.support_desk, support)
    except (StoreAway, StoreBusy):
        return None


def _of_hours(desk: Desk, takers: Sequence[Person], kind: SessionKind) -> list[Effect]:
    if desk.support_desk is None or not takers:
        return []
    try:
        longest = longest_hours(desk.support_desk, takers, purpose=kind.purpose)
    except (StoreAway, StoreBusy):
        return []  # the change is saved: what cannot be looked up now must not deny that
    if kind.set_aside and not longest:
        return [Effect.NONE_SET_ASIDE]
    room = kind.length_minutes
    if kind.set_aside:
        room += kind.buffer_before_minutes + kind.buffer_after_minutes
    return [Effect.LONGER_THAN_HOURS] if 0 < longest < room else []
