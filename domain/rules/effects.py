"""What a setting brings about that staff may not expect."""

from collections.abc import Iterable
from datetime import date, timedelta
from enum import StrEnum

from domain.amounts import HOUR_MINUTES
from domain.kinds import SessionKind
from domain.people import Role
from domain.rules.values import Phase, ProgramRules
from domain.times import DAY_MINUTES


class Effect(StrEnum):
    """What staff should know about what they have just changed."""

    KINDS_APART = "apart"
    MENTORS_APART = "mentors_apart"
    SWITCHED_OFF = "off"
    NOBODY_TAKES = "nobody"
    LONGER_THAN_HOURS = "long"
    NONE_SET_ASIDE = "none_aside"
    FIRST_TAKES_ALL = "first_takes_all"
    LEFTOVER_TOO_LATE = "leftover_too_late"
    PHASE_WITHOUT_ALL = "phase_without_all"
    CLOSED_THROUGHOUT = "closed_throughout"


def tells_kinds_apart(rules: ProgramRules) -> bool:
    """Whether the kinds that scholars can book differ in length or step, so that a calendar entry shows which it is.

    Decision 0019: all kinds take equally long, so that whoever sees a calendar cannot tell. Sessions with seats have a
    length of their own each, which says nothing of the others.
    """
    return len({(kind.length_minutes, kind.step_minutes) for kind in _of_two(rules, Role.SCHOLAR)}) > 1


def tells_mentors_apart(rules: ProgramRules) -> bool:
    """Whether sessions that mentors book take another length than what scholars book with the same people.

    Then the calendar of whoever takes both shows which are with scholars. Their starts are counted from hours of their
    own, so that the step shows nothing.
    """
    lengths = {kind.taken_by: set[int]() for kind in _of_two(rules, Role.MENTOR)}
    for kind in (*_of_two(rules, Role.MENTOR), *_of_two(rules, Role.SCHOLAR)):
        if kind.taken_by in lengths:
            lengths[kind.taken_by].add(kind.length_minutes)
    return any(len(found) > 1 for found in lengths.values())


def sharing_effects(rules: ProgramRules, kind: SessionKind) -> tuple[Effect, ...]:
    """Where sharing fairly leaves nothing of a kind to those who have had a session, or who have their share."""
    if not (kind.is_offered and kind.shares_out):
        return ()
    fair, lead = rules.fair, kind.lead_minutes
    takes_all = fair.first_days >= kind.horizon_days or fair.open_days(kind) * DAY_MINUTES <= lead
    effects = {
        Effect.FIRST_TAKES_ALL: fair.first_days > 0 and takes_all,
        Effect.LEFTOVER_TOO_LATE: fair.sessions_a_week > 0 and fair.leftover_hours * HOUR_MINUTES <= lead,
    }
    return tuple(effect for effect, holds in effects.items() if holds)


def phases_without_all(rules: ProgramRules) -> tuple[Phase, ...]:
    """The phases in which nothing is left that scholars could book."""
    booked = {kind.key for kind in _of_two(rules, Role.SCHOLAR)}
    return tuple(phase for phase in rules.phases if booked and booked <= set(phase.without))


def is_closed_throughout(rules: ProgramRules, today: date) -> bool:
    """Whether every day that can be booked now is a closed one."""
    furthest = max((kind.horizon_days for kind in rules.kinds if kind.is_offered), default=0)
    ahead = (today + timedelta(days=number) for number in range(furthest + 1))
    return all(any(day in closed.days for closed in rules.closed) for day in ahead)


def _of_two(rules: ProgramRules, booked_by: Role) -> Iterable[SessionKind]:
    return [kind for kind in rules.kinds if kind.is_offered and kind.booked_by is booked_by and not kind.has_seats]
