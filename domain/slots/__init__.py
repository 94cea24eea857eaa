"""Which starts can be booked: integer arithmetic on epoch seconds, from hours, busy stretches and a kind's rules."""

from domain.slots.grid import StaffTime, free_starts
from domain.slots.offer import group_by_day, needed_busy, next_free, offer
from domain.slots.reasons import Refusal
from domain.slots.refusal import (
    HOURS_CHANGED,
    WAIVED_IF_LISTED,
    WAIVED_IF_NAMED,
    NotOffered,
    check_offered,
    is_offered,
    why_not,
)
from domain.slots.withheld import Withheld

__all__ = [
    "HOURS_CHANGED",
    "WAIVED_IF_LISTED",
    "WAIVED_IF_NAMED",
    "NotOffered",
    "Refusal",
    "StaffTime",
    "Withheld",
    "check_offered",
    "free_starts",
    "group_by_day",
    "is_offered",
    "needed_busy",
    "next_free",
    "offer",
    "why_not",
]
