"""A series is booked at once: all of its sessions with one person, in the caller's transaction, or none."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from sqlalchemy import Connection

from domain.booking import Booked, TooManyOpen
from domain.intervals import Interval
from domain.kinds import SessionKind
from domain.offsets import DAY_SECONDS
from domain.people import Person
from domain.series import Repeat, SeriesDate, SeriesNotFree, SeriesTooLong, longest_series, series_dates
from domain.slots import NotOffered, Refusal, StaffTime, why_not
from domain.times import day_label, instant_of, local_label, zone
from services.booking.reserve import open_ahead, reserve
from services.desk import SupportDesk
from services.offers.availability import Availability, availability
from services.session_news.deliveries import enqueue_for_series
from services.sessions.topic import Topic

BEYOND = frozenset({Refusal.PAST_HORIZON, Refusal.FIRST_FOR_OTHERS})
"""The horizon binds the first session of a series only: the hours of those who take it are known beyond."""
SKIPPED = "clocks jump over that time"
_OUTSIDE = "outside the hours on offer"
WHY = {
    Refusal.PAST: "that time has passed",
    Refusal.INSIDE_NOTICE: "too soon",
    Refusal.PAST_HORIZON: "too far ahead",
    Refusal.AFTER_LAST_DAY: "after the last day on which you can meet",
    Refusal.CLOSED: "the program is closed that day",
    Refusal.LEFT_OUT: "not offered in that phase of the program",
    Refusal.AWAY: _OUTSIDE,
    Refusal.OUTSIDE_HOURS: _OUTSIDE,
    Refusal.OFF_GRID: _OUTSIDE,
    Refusal.SET_ASIDE: _OUTSIDE,
    Refusal.FIRST_FOR_OTHERS: "first for those who have had no session yet",
    Refusal.SHARE_USED: "you have as many sessions that week as can be booked well ahead",
    Refusal.MONTH_FULL: "that month is full",
    Refusal.WEEK_FULL: "that week is full",
    Refusal.DAY_FULL: "that day is full",
    Refusal.SCHOLAR_BUSY: "you have another session then",
    Refusal.STAFF_BUSY: "taken",
    Refusal.OWN_CALENDAR: "taken",
}
"""What a scholar reads of a date; hours set aside and absences are no business of theirs."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Plan:
    """The dates of a series with one staff member, and what speaks against some of them, by number."""

    staff_id: str
    dates: Sequence[SeriesDate]
    against: dict[int, str]


def reserve_series(
    connection: Connection,
    desk: SupportDesk,
    *,
    scholar: Person,
    staff: Sequence[Person],
    kind: SessionKind,
    start: int,
    repeat: Repeat,
    topic: Topic,
    now: datetime,
) -> list[Booked]:
    """Book all of it with whichever of these staff is free each time, at their local time; the first session first.

    The caller holds the scholar's lock. Raises as `reserve` does for the first session, and at field "repeat"
    `SeriesTooLong`, `TooManyOpen` or `SeriesNotFree`, which names each date that does not work, and why.
    """
    if kind.needs_approval:
        raise SeriesTooLong("Sessions of this kind wait for a yes first. Please ask for one at a time.", field="repeat")
    if repeat.times > longest_series(kind):
        raise SeriesTooLong(field="repeat")
    first, last = _reach(kind, start, repeat)
    found = availability(desk, connection, kind, staff=staff, scholar=scholar, first=first, last=last)
    _check_number(found, kind, repeat, now)
    plans = _plans(found, kind, start, repeat, now)
    startable = [plan for plan in plans if 0 not in plan.against]
    whole = {plan.staff_id: plan for plan in startable if not plan.against}
    if startable and not whole:
        raise SeriesNotFree(_refusal(min(startable, key=lambda plan: len(plan.against)), scholar), field="repeat")
    series_id = desk.ids.new()
    # Without anybody for the first session this raises the same, with the next free times, as for a single one.
    chosen = [person for person in staff if person.id in whole] or staff
    book = partial(reserve, connection, desk, scholar=scholar, kind=kind, topic=topic, now=now, series_id=series_id)
    begun = book(staff=chosen, start=start)
    taken_by = [person for person in chosen if person.id == begun.staff_id]
    later = whole[begun.staff_id].dates[1:]
    booked = [begun, *(_next(partial(book, staff=taken_by), scholar, each) for each in later)]
    enqueue_for_series(connection, desk.ids, series_id, booked, now=now)
    return booked


def _next(book: Callable[..., Booked], scholar: Person, each: SeriesDate) -> Booked:
    try:
        return book(start=each.start, waived=BEYOND)
    except NotOffered as refused:
        # What only `reserve` knows, such as a limit that the sessions before it have used up.
        plan = _Plan(staff_id="", dates=[each], against={0: WHY[refused.reason]})
        raise SeriesNotFree(_refusal(plan, scholar), field="repeat") from None


def _check_number(found: Availability, kind: SessionKind, repeat: Repeat, now: datetime) -> None:
    ahead = open_ahead(found, kind, now)
    left = kind.open_per_scholar - ahead
    if 0 < left < repeat.times:
        fit = "only one more fits" if left == 1 else f"only {left} more fit"
        raise TooManyOpen(
            f"You have {ahead} of the {kind.open_per_scholar} sessions of this kind ahead that can be booked at once, "
            f"so {fit}. Please choose fewer times.",
            field="repeat",
        )


def _plans(found: Availability, kind: SessionKind, start: int, repeat: Repeat, now: datetime) -> list[_Plan]:
    """With each of them."""
    plans = []
    for one in found.staff:
        dates = series_dates(start, repeat, zone(one.hours.zone))
        plans.append(_Plan(staff_id=one.id, dates=dates, against=_against(dates, one, kind, now, found)))
    return plans


def _reach(kind: SessionKind, start: int, repeat: Repeat) -> Interval:
    """From the first session to the last, with a day for changes of clocks."""
    until = start + (repeat.times - 1) * repeat.every_weeks * 7 * DAY_SECONDS + DAY_SECONDS
    return kind.busy(start)[0], kind.busy(until)[1]


def _against(
    dates: Sequence[SeriesDate], one: StaffTime, kind: SessionKind, now: datetime, found: Availability
) -> dict[int, str]:
    against = {}
    for number, each in enumerate(dates):
        if each.start is None:
            against[number] = SKIPPED
            continue
        waived = BEYOND if number else frozenset()
        reason = why_not(
            each.start,
            one,
            kind,
            now=now,
            scholar_busy=found.scholar_busy,
            withheld=found.withheld,
            waived=waived,
        )
        if reason is not None:
            against[number] = WHY[reason]
    return against


def _refusal(plan: _Plan, scholar: Person) -> str:
    refused = "; ".join(f"{_label(plan.dates[number], scholar)} ({why})" for number, why in plan.against.items())
    which = "This one does" if len(plan.against) == 1 else "These do"
    return (
        f"Nothing was booked, since not all of these times work. {which} not: {refused}. "
        "Please choose fewer times, or another time."
    )


def _label(each: SeriesDate, scholar: Person) -> str:
    if each.start is None:
        return day_label(each.day)
    return local_label(instant_of(each.start), zone(scholar.zone))


def starts_of(booked: Iterable[Booked]) -> tuple[datetime, ...]:
    """When they are, soonest first."""
    return tuple(sorted(each.starts for each in booked))
