"""What a setting brings about that staff may not expect."""

from enum import StrEnum

from domain.people import Role
from domain.rules.values import ProgramRules


class Effect(StrEnum):
    """What staff should know about a kind that they have just changed."""

    KINDS_APART = "apart"
    SWITCHED_OFF = "off"
    NOBODY_TAKES = "nobody"
    LONGER_THAN_HOURS = "long"


def tells_kinds_apart(rules: ProgramRules) -> bool:
    """Whether the kinds that scholars can book differ in length or step, so that a calendar entry shows which it is.

    Decision 0019: all kinds take equally long, so that whoever sees a calendar cannot tell.
    """
    booked = [kind for kind in rules.kinds if kind.is_offered and kind.booked_by is Role.SCHOLAR]
    return len({(kind.length_minutes, kind.step_minutes) for kind in booked}) > 1
