"""What the staff of a program decide about support: kinds of session, closed days, phases, fair shares."""

from domain.hours import ClosedDays
from domain.rules.values import (
    DEFAULT_RULES,
    FULL_WEIGHT,
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
    "ClosedDays",
    "FairShares",
    "HandoverRules",
    "InvalidRules",
    "OfficeHoursRules",
    "Phase",
    "ProgramRules",
    "check_stands",
]
