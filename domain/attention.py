"""When somebody may be told something: their quiet hours, their digest, their morning. All by the clock on their wall.

A time of day is minutes after local midnight. Whoever asks gives the instant and the zone; nothing here knows what is
to be told.
"""

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from domain.errors import DomainError
from domain.times import DAY_MINUTES, day_bounds, instant_of
from domain.wall import after_day, local_date, minute_text, wall_instant

DIGEST = "digest"
"""Kind of the delivery."""
LAST_RUNG = "last"
"""Name of the rung that nothing holds back: the last word before it is too late."""
LONGEST_QUIET_MINUTES = 16 * 60
"""Whoever is quiet for longer hears of nothing in time."""
MESSAGES_MAX = 100
QUIET_MARGIN_MINUTES = 60
"""What would leave somebody less than this after their quiet hours, or their digest, is not kept until then."""
WEEK_DAYS = 7
_DAY = timedelta(days=1)


class Subject(StrEnum):
    """What program messages are about."""

    ANNOUNCEMENT = "announcement"
    DEADLINE = "deadline"
    EVENT = "event"

    @property
    def kinds(self) -> str:
        """How the kinds of its messages begin in the ledger."""
        return f"{self.value}."


class Rhythm(StrEnum):
    """How often the digest comes."""

    DAILY = "daily"
    WEEKLY = "weekly"


class InvalidTimes(DomainError):
    """These times do not fit. Please choose others."""


@dataclass(frozen=True, slots=True, kw_only=True)
class QuietHours:
    """From one local time to another, over midnight when the end is the earlier one. Raises `InvalidTimes`."""

    begin: int
    end: int

    def __post_init__(self) -> None:
        check_time(self.begin, field="quiet_begin")
        check_time(self.end, field="quiet_end")
        if self.begin == self.end:
            raise InvalidTimes(
                f"Quiet hours from {minute_text(self.begin)} to {minute_text(self.end)} would have no length. "
                "Please choose another end, or turn them off.",
                field="quiet_end",
            )
        if self.minutes > LONGEST_QUIET_MINUTES:
            raise InvalidTimes(
                f"Please keep quiet hours to {LONGEST_QUIET_MINUTES // 60} hours a day, so that news can reach you.",
                field="quiet_end",
            )

    @property
    def minutes(self) -> int:
        """How long they are on a day without a change of clocks."""
        return (self.end - self.begin) % DAY_MINUTES

    def stretch(self, day: date, tz: ZoneInfo) -> tuple[datetime, datetime]:
        """Those that begin on a local day: the first instant, and the first after it. Of a repeated time, all of it."""
        end_day = day if self.begin < self.end else day + _DAY
        return wall_instant(day, self.begin, tz), wall_instant(end_day, self.end, tz, last=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class Preferences:
    """When one person wants to be left alone, and when their digest comes. Raises `InvalidTimes`.

    `quiet` is None for who wants no quiet hours. `weekday` (0 is Monday) counts for a weekly digest only.
    """

    quiet: QuietHours | None
    rhythm: Rhythm
    digest_time: int
    weekday: int

    def __post_init__(self) -> None:
        check_time(self.digest_time, field="digest_time")
        if not 0 <= self.weekday < WEEK_DAYS:
            raise InvalidTimes("Please choose a day of the week.", field="weekday")

    @property
    def every_day(self) -> "Preferences":
        """The same with a digest each day: what was to be a message waits for one night, whatever the rhythm."""
        return replace(self, rhythm=Rhythm.DAILY)


@dataclass(frozen=True, slots=True, kw_only=True)
class AttentionRules:
    """How program messages leave people alone; a program's staff set it. Raises `InvalidTimes`.

    is_quiet, quiet_begin, quiet_end, digest_time: what holds for whoever has set nothing else. messages_a_day: so many
    messages about announcements, deadlines and events one person gets in a local day, 0 for no limit; what comes on top
    waits for the digest. weekday: on which day (0 is Monday) the digest tells of the week ahead. morning_time: when "in
    their own morning" is.
    """

    is_quiet: bool = True
    quiet_begin: int = 22 * 60
    quiet_end: int = 8 * 60
    messages_a_day: int = 4
    digest_time: int = 8 * 60 + 30
    weekday: int = 0
    morning_time: int = 9 * 60

    def __post_init__(self) -> None:
        QuietHours(begin=self.quiet_begin, end=self.quiet_end)
        check_time(self.morning_time, field="morning_time")
        if not 0 <= self.messages_a_day <= MESSAGES_MAX:
            raise InvalidTimes(f"Please choose a number from 0 to {MESSAGES_MAX}.", field="messages_a_day")
        _ = self.preferences  # checked by being made

    @property
    def preferences(self) -> Preferences:
        """What holds for whoever has set nothing else."""
        quiet = QuietHours(begin=self.quiet_begin, end=self.quiet_end) if self.is_quiet else None
        return Preferences(quiet=quiet, rhythm=Rhythm.DAILY, digest_time=self.digest_time, weekday=self.weekday)


@dataclass(frozen=True, slots=True, kw_only=True)
class DigestTime:
    """One digest: the local day that it is of, and when it goes, which quiet hours may put off."""

    day: date
    at: datetime


def check_time(minute: int, *, field: str) -> None:
    """Raises `InvalidTimes` for what is no time of day."""
    if not 0 <= minute < DAY_MINUTES:
        raise InvalidTimes("Please choose a time from 00:00 to 23:59.", field=field)


def quiet_until(now: datetime, tz: ZoneInfo, quiet: QuietHours | None) -> datetime | None:
    """The end of the quiet hours that an instant lies in; None when it lies in none."""
    if quiet is None:
        return None
    day = local_date(now, tz)
    stretches = [quiet.stretch(day + timedelta(days=days), tz) for days in range(-2, 3)]
    until = now
    for begin, end in stretches:  # on a day with a repeated hour one may begin before the other has ended
        if begin <= until < end:
            until = end
    return until if until > now else None


def may_be_told(
    now: datetime, tz: ZoneInfo, quiet: QuietHours | None, *, must_before: datetime | None = None
) -> datetime:
    """When somebody may be told: now, or when their quiet hours end.

    They give way to what would come too late by then: see `leaves_time`.
    """
    until = quiet_until(now, tz, quiet)
    if until is None or (must_before is not None and not leaves_time(until, must_before)):
        return now
    return until


def leaves_time(told: datetime, must_before: datetime) -> bool:
    """Whether who is told at an instant can still do something about it before it is over."""
    return must_before - told >= timedelta(minutes=QUIET_MARGIN_MINUTES)


def next_digest(after: datetime, tz: ZoneInfo, preferences: Preferences) -> DigestTime:
    """The first digest later than an instant."""
    day = local_date(after, tz) - 2 * _DAY
    while True:
        found = digest_from(day, tz, preferences)
        if found.at > after:
            return found
        day = found.day + _DAY


def digest_leaves_time(at: datetime, tz: ZoneInfo, preferences: Preferences, ends: datetime | None) -> bool:
    """Whether the next day's digest tells somebody in time what ends then, whatever their rhythm; see `leaves_time`."""
    return ends is None or leaves_time(next_digest(at, tz, preferences.every_day).at, ends)


def digest_from(day: date, tz: ZoneInfo, preferences: Preferences) -> DigestTime:
    """The digest of a local day, or else of the first day after it that has one."""
    if preferences.rhythm is Rhythm.WEEKLY:
        day += timedelta(days=(preferences.weekday - day.weekday()) % WEEK_DAYS)
    at = wall_instant(day, preferences.digest_time, tz)
    return DigestTime(day=day, at=may_be_told(at, tz, preferences.quiet))


def next_morning(after: datetime, tz: ZoneInfo, minute: int, *, day: date | None = None) -> datetime:
    """Somebody's own morning on a local day, or else their first one later than an instant.

    A day whose morning is over has the next one: it is told late rather than not at all.
    """
    first = local_date(after, tz) if day is None else day
    return after_day(first, minute, tz, after=after)


def morning_before(
    after: datetime, tz: ZoneInfo, minute: int, *, day: date | None = None, ends: datetime | None = None
) -> datetime:
    """The same of what ends. Where it would be over by then: at once, but no earlier than their day begins.

    That may be later than it ends, and then nobody is to be told.
    """
    morning = next_morning(after, tz, minute, day=day)
    if ends is None or morning < ends:
        return morning
    return after if day is None else max(after, wall_instant(day, 0, tz))


def local_day(now: datetime, tz: ZoneInfo) -> tuple[datetime, datetime]:
    """The local day that an instant lies in: its first instant, and the first after it."""
    begin, end = day_bounds(local_date(now, tz), tz)
    return instant_of(begin), instant_of(end)
