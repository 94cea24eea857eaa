"""The ladder of reminders as staff type it in one field, such as "7d, 48h, 24h, 3h, overdue +1h", and back."""

import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from domain.deadlines.due import days_before
from domain.errors import DomainError

RUNGS_MAX = 10
BEFORE_MAX_DAYS = 90
AFTER_MAX_DAYS = 14
"""So long after it was due nobody is reminded any more: the ladder's own end."""
LADDER_MAX = 200
"""Characters of the field."""
QUOTED_MAX = 20
"""Characters of what cannot be read that are said again."""
FIELD = "rungs"
_MINUTES = {"w": 7 * 1440, "d": 1440, "h": 60, "m": 1}
_AFTER = r"(?:over ?due|late|after|\+)"
_RUNG = re.compile(
    rf"(?P<after>{_AFTER} ?\+?)? ?(?P<number>[0-9]{{1,5}}) ?"
    r"(?P<unit>weeks?|w|days?|d|hours?|hrs?|h|minutes?|mins?|m)"
    rf"(?: ?(?P<behind>before|ahead|earlier|{_AFTER}|later))?",
    re.ASCII,
)


class InvalidLadder(DomainError):
    """I could not read these reminders. Please write them like 7d, 48h, 24h, 3h, overdue +1h."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rung:
    """One reminder: so many days or minutes before it is due, or after. Days keep the wall time, minutes are exact."""

    days: int = 0
    minutes: int = 0
    is_after: bool = False

    @property
    def name(self) -> str:
        """As it is typed: "7d", "48h", "30m", "+1h"."""
        if self.days:
            length = f"{self.days}d"
        elif self.minutes % 60 == 0:
            length = f"{self.minutes // 60}h"
        else:
            length = f"{self.minutes}m"
        return f"+{length}" if self.is_after else length

    @property
    def rough(self) -> timedelta:
        """How far it is from the due instant on days without a change of clocks; negative before it."""
        length = timedelta(days=self.days, minutes=self.minutes)
        return length if self.is_after else -length

    def at(self, due: datetime, tz: ZoneInfo) -> datetime:
        """When it is sent for what is due then, by the clocks of a zone."""
        if self.days:
            return days_before(due, -self.days if self.is_after else self.days, tz)
        return due + self.rough


@dataclass(frozen=True, slots=True, kw_only=True)
class Ladder:
    """All reminders of a deadline, in the order of sending. Raises `InvalidLadder` at `FIELD`."""

    rungs: tuple[Rung, ...]

    def __post_init__(self) -> None:
        if not any(not rung.is_after for rung in self.rungs):
            raise InvalidLadder("Please remind people at least once before it is due, such as 24h.", field=FIELD)
        if len(self.rungs) > RUNGS_MAX:
            raise InvalidLadder(f"Please keep to {RUNGS_MAX} reminders; more would be noise.", field=FIELD)
        for rung in self.rungs:
            _check_reach(rung)

    @property
    def text(self) -> str:
        """As `parse_ladder` reads it."""
        return ", ".join(f"overdue {rung.name}" if rung.is_after else rung.name for rung in self.rungs)


def parse_ladder(text: str) -> Ladder:
    """The ladder that somebody typed; the same reminder twice is once. Raises `InvalidLadder` at `FIELD`.

    Every part is a number and a unit. "overdue", "after" or a plus sign say that it comes after the due instant.
    """
    if len(text) > LADDER_MAX:
        raise InvalidLadder(f"Please keep this within {LADDER_MAX} characters.", field=FIELD)
    parts = [" ".join(part.lower().split()) for part in re.split(r"[,;\n]", text)]
    rungs = {_parse_rung(part) for part in parts if part}
    if not rungs:
        raise InvalidLadder(field=FIELD)
    return Ladder(rungs=tuple(sorted(rungs, key=lambda rung: (rung.rough, rung.name))))


def _parse_rung(part: str) -> Rung:
    found = _RUNG.fullmatch(part)
    if not found:
        raise InvalidLadder(_unreadable(part), field=FIELD)
    behind = found["behind"] or ""
    is_after = bool(found["after"]) or behind not in ("", "before", "ahead", "earlier")
    if found["after"] and behind in ("before", "ahead", "earlier"):
        raise InvalidLadder(_unreadable(part), field=FIELD)
    number, unit = int(found["number"]), found["unit"][0]
    if number == 0:
        raise InvalidLadder(f'"{part}" is no time before or after. Please write a number from 1 on.', field=FIELD)
    if unit in ("w", "d"):
        return Rung(days=number * _MINUTES[unit] // _MINUTES["d"], is_after=is_after)
    return Rung(minutes=number * _MINUTES[unit], is_after=is_after)


def _unreadable(part: str) -> str:
    shown = part if len(part) <= QUOTED_MAX else f"{part[: QUOTED_MAX - 1]}…"
    return f'I could not read "{shown}". Please write reminders like 7d, 48h, 24h, 3h, overdue +1h.'


def _check_reach(rung: Rung) -> None:
    if not rung.is_after and rung.rough < -timedelta(days=BEFORE_MAX_DAYS):
        raise InvalidLadder(f"A reminder can come {BEFORE_MAX_DAYS} days before it is due at most.", field=FIELD)
    if rung.is_after and rung.rough > timedelta(days=AFTER_MAX_DAYS):
        raise InvalidLadder(
            f"Reminders end {AFTER_MAX_DAYS} days after it was due, so {rung.name} would never come.", field=FIELD
        )


DEFAULT_LADDER = parse_ladder("7d, 48h, 24h, 3h, overdue +1h")
