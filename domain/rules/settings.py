"""Which settings of a kind of session bring anything about: the others are neither shown nor asked for."""

from domain.kinds import SessionKind
from domain.people import Role

_NOT_WITH_SEATS = frozenset(
    {
        "step_minutes",
        "series_max",
        "needs_approval",
        "hold_minutes",
        "is_shared_out",
        "per_day",
        "per_week",
        "per_month",
    }
)
"""Hosts set up sessions with seats themselves, at any start and as many as they like; a seat is taken at once."""
_NOT_URGENT = frozenset({"series_max", "needs_approval", "is_shared_out"})
"""What is urgent is booked once, at once, and held back from nobody."""
_AMONG_SCHOLARS = frozenset({"is_shared_out"})


def has_effect(name: str, kind: SessionKind) -> bool:
    """Whether a field of this kind does anything. A value that does not is kept, for the day on which it does."""
    if kind.has_seats and name in _NOT_WITH_SEATS:
        return False
    if kind.is_urgent and name in _NOT_URGENT:
        return False
    return kind.booked_by is Role.SCHOLAR or name not in _AMONG_SCHOLARS
