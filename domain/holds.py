"""Until when a time is kept for somebody, and what they are told who answer too late."""

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from domain.daytime import DAY_BEGINS_HOUR, DAY_ENDS_HOUR
from domain.errors import DomainError
from domain.kinds import LEAST_ANSWER_MINUTES, SessionKind
from domain.times import MINUTE_SECONDS, epoch_seconds, instant_of

APPROVAL_LIFE = timedelta(hours=48)
"""For how long a session that was asked for waits at most."""
_DAYS_MAX = 4
"""A hold takes a day's minutes at most, and so ends on the third date; a fourth is there for a day that clocks cut."""


class AnswerOver(DomainError):
    """This has been answered, or it is too late for an answer. Type /support to see what is ahead."""


class NotKeptAnyMore(AnswerOver):
    """This time is no longer kept for you. Type /support to see what is ahead, or book another time."""


class TakenAlready(AnswerOver):
    """You have taken this time already. Type /support to see what is ahead."""


class RefusedAlready(AnswerOver):
    """You have said no to this time already. Type /support to see what is ahead."""


class RequestOver(AnswerOver):
    """Nobody waits for your answer to this any more. Type /support to see what is ahead."""


class RequestWithdrawn(RequestOver):
    """This time has been taken back by the one who asked for it. Nothing more is needed."""


class RequestApproved(RequestOver):
    """This session has been approved already. Type /support to see it."""


class RequestDeclined(RequestOver):
    """This session has been declined already. Nothing more is needed."""


class RequestLapsed(RequestOver):
    """It is too late for this one: the time to answer is over, and the time is free again."""


def hold_until(start: int, kind: SessionKind, *, now: datetime, tz: ZoneInfo) -> int | None:
    """Until when (epoch seconds) a time that came free is kept for a scholar in this zone; None if too little is left.

    Only minutes by day on the scholar's own clock count (see `domain.daytime`), so that it does not run out while they
    sleep. It ends with the kind's notice before the start at the latest, when all others could not book it any more.
    """
    last = start - kind.lead_minutes * MINUTE_SECONDS
    until = min(_after_daytime(now, kind.hold_minutes, tz), last)
    answering = _daytime_seconds(now, instant_of(until), tz) if until > epoch_seconds(now) else 0
    return until if answering >= LEAST_ANSWER_MINUTES * MINUTE_SECONDS else None


def approval_until(start: int, kind: SessionKind, *, now: datetime) -> int:
    """Until when (epoch seconds) a session that was asked for waits for approval."""
    return min(epoch_seconds(now + APPROVAL_LIFE), start - kind.notice_minutes * MINUTE_SECONDS)


def _after_daytime(now: datetime, minutes: int, tz: ZoneInfo) -> int:
    """The instant by which so many minutes by day have passed."""
    left = minutes * MINUTE_SECONDS
    for begin, end in _daytimes(now, tz):
        since = max(begin, epoch_seconds(now))
        if end - since >= left:
            return since + left
        left -= max(0, end - since)
    raise ValueError("a hold is longer than the days it may take")


def _daytime_seconds(now: datetime, until: datetime, tz: ZoneInfo) -> int:
    since, last = epoch_seconds(now), epoch_seconds(until)
    return sum(max(0, min(end, last) - max(begin, since)) for begin, end in _daytimes(now, tz))


def _daytimes(now: datetime, tz: ZoneInfo) -> list[tuple[int, int]]:
    """When it is day, from today on, as half-open epoch seconds."""
    today = now.astimezone(tz).date()
    hours = (time(DAY_BEGINS_HOUR, tzinfo=tz), time(DAY_ENDS_HOUR, tzinfo=tz))
    return [
        (epoch_seconds(datetime.combine(day, hours[0])), epoch_seconds(datetime.combine(day, hours[1])))
        for day in (today + timedelta(days=number) for number in range(_DAYS_MAX))
    ]
