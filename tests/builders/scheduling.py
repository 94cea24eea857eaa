"""Builders of hours, kinds and instants for tests; every argument has a default, so a test names only what matters."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime

from domain.hours import DateOverride, WeeklyHours, WeeklyWindow, parse_windows
from domain.intervals import Interval
from domain.kinds import SessionKind
from domain.people import Role
from domain.slots import StaffTime, Withheld
from domain.times import epoch_seconds, instant_of

LOS_ANGELES = "America/Los_Angeles"
EVERY_DAY = range(7)


def at(text: str) -> int:
    """Epoch seconds of an ISO instant such as 2027-03-14T09:00Z."""
    return epoch_seconds(datetime.fromisoformat(text))


def utc_labels(starts: Iterable[int]) -> list[str]:
    """Instants as texts such as 2027-03-14T09:00Z."""
    return [f"{instant_of(start):%Y-%m-%dT%H:%MZ}" for start in starts]


def hours_in(
    zone: str = LOS_ANGELES, weekly: Mapping[int, str] | str = "", dates: Mapping[str, str] | None = None
) -> WeeklyHours:
    """Hours in a zone: texts by weekday (0 is Monday) or one text for every day, and texts by ISO date."""
    by_weekday = dict.fromkeys(EVERY_DAY, weekly) if isinstance(weekly, str) else weekly
    return WeeklyHours(
        zone=zone,
        windows=tuple(
            WeeklyWindow(weekday=weekday, start_minute=window.start_minute, end_minute=window.end_minute)
            for weekday, text in by_weekday.items()
            for window in parse_windows(text)
        ),
        overrides=tuple(
            DateOverride(day=date.fromisoformat(day), windows=parse_windows(text))
            for day, text in (dates or {}).items()
        ),
    )


def a_staff_member(
    hours: WeeklyHours,
    *,
    id: str = "coach",  # noqa: A002
    busy: Iterable[Interval] = (),
    withheld: Iterable[Withheld] = (),
) -> StaffTime:
    """Somebody with these hours."""
    return StaffTime(id=id, hours=hours, busy=tuple(busy), withheld=tuple(withheld))


def a_kind(
    *,
    length: int = 60,
    step: int | None = None,
    before: int = 0,
    after: int = 0,
    notice: int = 0,
    horizon_days: int = 366,
) -> SessionKind:
    """A kind of session; the step is the length unless told."""
    return SessionKind(
        key="a-kind",
        taken_by=Role.COACH,
        length_minutes=length,
        step_minutes=step or length,
        buffer_before_minutes=before,
        buffer_after_minutes=after,
        notice_minutes=notice,
        cancel_notice_minutes=0,
        horizon_days=horizon_days,
        open_per_scholar=3,
    )
