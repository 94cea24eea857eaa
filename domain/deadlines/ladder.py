"""When one person is told what about a deadline: the steps of the ladder that is theirs, and what is the last one."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from domain.attention import LAST_RUNG
from domain.deadlines.rungs import AFTER_MAX_DAYS, Ladder, Rung

__all__ = ["LAST_RUNG", "Rung", "Step", "is_last", "last_step", "newest_at", "steps"]

OVERDUE_LIFE = timedelta(days=AFTER_MAX_DAYS + 1)
"""So long after the due instant a message about it is worth sending; a day longer than any rung is late."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One message of a ladder: its name in the ledger, when it goes, and until when it is worth anything."""

    name: str
    at: datetime
    expires_at: datetime


def steps(ladder: Ladder, due: datetime, tz: ZoneInfo) -> tuple[Step, ...]:
    """All rungs for what is due then, in the order of sending. The name of the last one before it says so.

    What comes before the due instant is worth nothing after it: then the overdue rungs speak.
    """
    # Of two that fall on one instant, such as a day and 24 hours before, one is enough.
    at_once = {rung.at(due, tz): rung for rung in ladder.rungs}
    found = sorted(at_once.items(), key=lambda each: each[0])
    before = [rung for at, rung in found if at < due]
    return tuple(
        Step(
            name=f"{LAST_RUNG} {rung.name}" if before and rung is before[-1] else rung.name,
            at=at,
            expires_at=due if at < due else due + OVERDUE_LIFE,
        )
        for at, rung in found
    )


def is_last(name: str) -> bool:
    """Whether a rung of this name is the last word before it is due."""
    return name.partition(" ")[0] == LAST_RUNG


def last_step(found: Iterable[Step]) -> Step | None:
    """The last rung before it is due."""
    return next((step for step in found if is_last(step.name)), None)


def newest_at(found: Iterable[Step], now: datetime) -> datetime | None:
    """When the newest of the rungs was to be sent whose time has come; None before the first."""
    return max((step.at for step in found if step.at <= now), default=None)
