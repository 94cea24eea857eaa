"""Stretches of dates in which somebody's hours mean something else: in another zone, or not at all."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from domain.days import DateSpan
from domain.hours.windows import InvalidHours
from domain.times import zone


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Travel:
    """Dates on which somebody's windows are meant in another zone (an IANA name; `UnknownZone` for any other)."""

    days: DateSpan
    zone: str

    def __post_init__(self) -> None:
        zone(self.zone)


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Absence:
    """Dates on which somebody takes no sessions; `colleague` is the id of who takes them meanwhile, "" for nobody."""

    days: DateSpan
    colleague: str = ""


def check_apart(spans: Sequence[Travel | Absence], *, field: str, what: str) -> None:
    """Raise `InvalidHours` at `field` when a date is in two of the ascending spans: which of them would hold?"""
    for earlier, later in pairwise(spans):
        if later.days.first <= earlier.days.last:
            raise InvalidHours(
                f"{later.days.first.isoformat()} is in two {what}. Please let each date be in one of them only.",
                field=field,
            )
