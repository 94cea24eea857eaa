"""How many sessions somebody in support takes on one day and in one week, of all kinds together."""

from dataclasses import dataclass

from domain.amounts import parse_number
from domain.errors import DomainError

DAY_MAX = 100
WEEK_MAX = 500


class InvalidLimit(DomainError):
    """Please write a whole number, or nothing for no limit."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnLimits:
    """What somebody has set for themselves, beside the limits of each kind; 0 for no limit.

    Days and weeks, Monday to Sunday, are those of their own calendar (policy F).
    """

    per_day: int = 0
    per_week: int = 0

    @property
    def is_set(self) -> bool:
        """Whether there is any."""
        return bool(self.per_day or self.per_week)


NO_LIMITS = OwnLimits()


def parse_limit(text: str, most: int, *, field: str | None = None) -> int:
    """A whole number from 1 to `most`; 0, which is no limit, for nothing or a word such as "none".

    Raises `InvalidLimit` or `UnreadableAmount` at `field`.
    """
    if not text.strip():
        return 0
    number = parse_number(text, field=field)
    if number > most or (number == 0 and any(each.isdigit() for each in text)):
        raise InvalidLimit(f"Please write a whole number from 1 to {most}, or nothing for no limit.", field=field)
    return number
