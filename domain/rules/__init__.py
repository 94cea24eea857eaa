"""What the staff of a program decide: kinds of session, closed days, phases, fair shares, quiet hours."""

from domain.attention import AttentionRules
from domain.hours import ClosedDays
from domain.rules.values import (
    DEFAULT_RULES,
    FULL_WEIGHT,
    EventRules,
    FairShares,
    HandoverRules,
    InvalidRules,
    OfficeHoursRules,
    Phase,
    ProgramRules,
    check_stands,
)

__all__ = [
    "DEFAULT_RULES",
    "FULL_WEIGHT",
    "AttentionRules",
    "ClosedDays",
    "EventRules",
    "FairShares",
    "HandoverRules",
    "InvalidRules",
    "OfficeHoursRules",
    "Phase",
    "ProgramRules",
    "check_stands",
]
