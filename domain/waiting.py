"""Somebody waits for a time to come free."""

from dataclasses import dataclass
from datetime import timedelta

from domain.errors import DomainError

REST = timedelta(hours=24)
"""After a no, or no answer, until they are offered what merely lies free: else new hours would come hour by hour."""
ANYONE = ""
"""Instead of a staff member's id: whoever is free."""


class WrongDays(DomainError):
    """Please choose a last day that is not before the first one."""


class DayOver(DomainError):
    """That day is over. Please choose a later one, or none."""


class TimesAreFree(DomainError):
    """There are free times on these days. Please book one of them, or choose other days to wait for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiter:
    """A place in the line for sessions of a kind: of the scholar alone, and nobody else ever learns of it.

    `from_day` and `until_day` are ISO dates on the scholar's clock, "" for no limit; `booking_id` is what is kept for
    them, None while nothing is. Until `rests_until` (epoch seconds) they are offered only what others give up.
    """

    id: str
    program_id: str
    scholar_id: str
    kind: str
    staff_id: str
    from_day: str
    until_day: str
    place: int
    booking_id: str | None
    rests_until: int
    joined_at: int

    def wants(self, staff_id: str) -> bool:
        """Whether they wait for this staff member."""
        return self.staff_id in (ANYONE, staff_id)

    def wants_day(self, day: str) -> bool:
        """Whether an ISO date is one of those they wait for."""
        return is_between(day, self.from_day, self.until_day)

    def is_over(self, today: str) -> bool:
        """Whether the last day they wait for has passed."""
        return bool(self.until_day) and self.until_day < today


def is_between(day: str, from_day: str, until_day: str) -> bool:
    """Whether an ISO date lies between two others, both inclusive; "" is no limit."""
    return from_day <= day and (not until_day or day <= until_day)
