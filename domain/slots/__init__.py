"""Which starts can be booked: integer arithmetic on epoch seconds, from hours, busy stretches and a kind's rules."""

from domain.slots.grid import StaffTime, free_starts
from domain.slots.offer import group_by_day, needed_busy, next_free, offer
from domain.slots.refusal import (
    HOURS_CHANGED,
    WAIVED_IF_LISTED,
    WAIVED_IF_NAMED,
    NotOffered,
    Refusal,
    check_offered,
    is_offered,
    why_not,
)

__all__ = [
    "HOURS_CHANGED",
    "WAIVED_IF_LISTED",
    "WAIVED_IF_NAMED",
    "NotOffered",
    "Refusal",
    "StaffTime",
    "check_offered",
    "free_starts",
    "group_by_day",
    "is_offered",
    "needed_busy",
    "next_free",
    "offer",
    "why_not",
]
