"""Stretches of whole days: of any zone, as rules and hours name them, and of one, as memberships have them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from typing import NamedTuple

from domain.errors import DomainError
from domain.intervals import Interval
from domain.times import day_bounds, zone

Days = tuple[str, str]
DAY_BETWEEN = timedelta(days=1)
"""Between two programs of one person: a day that has ended in one zone has not in another."""


class InvalidDays(DomainError):
    """The last day lies before the first. Please write the earlier date first."""


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class DateSpan:
    """Dates from `first` to `last`, both in it, on whoever's calendar. Raises `InvalidDays` for a last before a first.

    When it begins and ends is up to the zone in which somebody reads the dates.
    """

    first: date
    last: date

    def __post_init__(self) -> None:
        if self.last < self.first:
            raise InvalidDays

    def __contains__(self, day: date) -> bool:
        return self.first <= day <= self.last


class Term(NamedTuple):
    """From the first midnight of one day to the last of another, in a zone (IANA name)."""

    starts_on: str
    ends_on: str
    zone: str

    @property
    def instants(self) -> Interval:
        """The same in epoch seconds, half-open."""
        return _instants(*self)


def at_once(one: Days, other: Days) -> bool:
    """Whether two stretches have a day in common, or less than a day between them."""
    (starts, ends), (other_starts, other_ends) = (map(date.fromisoformat, each) for each in (one, other))
    return starts - DAY_BETWEEN <= other_ends and other_starts - DAY_BETWEEN <= ends


def united(terms: Iterable[Term]) -> list[Interval]:
    """The terms in epoch seconds, those without a day between them as one, whatever their zones.

    Somebody who goes west has hours between two such terms, from one midnight to the other: they do not count.
    """
    stretches: list[Interval] = []
    last_day = ""
    for term in sorted(terms):
        begin, end = term.instants
        if stretches and term.starts_on <= _day_after(last_day):
            began, ended = stretches[-1]
            stretches[-1] = min(began, begin), max(ended, end)
        else:
            stretches.append((begin, end))
        last_day = max(last_day, term.ends_on)
    return stretches


@lru_cache(maxsize=1024)
def _instants(starts_on: str, ends_on: str, zone_name: str) -> Interval:
    # Cached: the memberships of a cohort have a few days in common, and everybody is asked for with each request.
    tz = zone(zone_name)
    return day_bounds(date.fromisoformat(starts_on), tz)[0], day_bounds(date.fromisoformat(ends_on), tz)[1]


@lru_cache(maxsize=1024)
def _day_after(day: str) -> str:
    return (date.fromisoformat(day) + timedelta(days=1)).isoformat()
