"""What became of a session once its time is over: what its log may say, and until when it may be said."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

from domain.booking import AlreadyCanceled, Booked
from domain.errors import DomainError
from domain.focus import FocusArea, focus_areas_of
from domain.intervals import Interval
from domain.kinds import DEFAULT_KINDS, LENGTH_MAX_MINUTES, SessionKind
from domain.offsets import DAY_SECONDS
from domain.people import Role
from domain.sealing import RecordClass
from domain.times import MINUTE_SECONDS

NEXT_STEP_MAX = 500
"""Characters of the next step."""
RATING_WORDS_MAX = 500
"""Characters of what a scholar adds to the number."""
SCORES = range(1, 11)
"""How useful a session was, from not at all to as much as could be."""
CORRECTABLE = timedelta(days=14)
"""From the end of a session: how long it can be logged and rated, and either be put right."""
WAITS = timedelta(days=4)
"""From the end of a session: how long the two questions about it are brought to mind at all."""
LENGTH_MAX_SECONDS = LENGTH_MAX_MINUTES * MINUTE_SECONDS
APART_MAX_SECONDS = DAY_SECONDS
"""How far from the plan a session may have begun or ended."""
RATED_KINDS = frozenset(kind.key for kind in DEFAULT_KINDS if kind.booked_by is Role.SCHOLAR)
"""Keys of the kinds about which whoever booked is asked: a mentor is asked nothing, scholar too or not."""


class Outcome(StrEnum):
    """What became of a session. Values are stored, so they never change."""

    HAPPENED = "happened"
    NO_SHOW = "no_show"
    STAFF_ABSENT = "staff_absent"

    @property
    def has_happened(self) -> bool:
        """Whether the two met, so that there are times to log and something to rate."""
        return self is Outcome.HAPPENED


class NotOverYet(DomainError):
    """This session is not over yet. Please come back once it is."""


class LoggedForGood(DomainError):
    """A session can be logged, and its log be corrected, for 14 days after its end. Those are over for this one."""


class AnsweredForGood(DomainError):
    """A session can be rated, and the answer be changed, for 14 days after its end. Those are over for this one."""


class LoggedByOther(DomainError):
    """Who holds this session with you has said how it went already, so nothing more is needed. Its details show it."""


class OddTimes(DomainError):
    """These times do not fit together. Please check both."""


_CLASSES: Mapping[Role, RecordClass] = {
    Role.COACH: RecordClass.COACHING_LOG,
    Role.COMMUNITY_MANAGER: RecordClass.COMMUNITY_LOG,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Actual:
    """When a session really was, in epoch seconds; no seconds apart from minutes are asked for."""

    started_at: int
    ended_at: int


def log_class(kind: SessionKind) -> RecordClass:
    """Under which keys the logs of a kind of session are sealed: by the role whose kind it is, whoever took it."""
    return _CLASSES[kind.taken_by]


def areas_to_log(kind: SessionKind) -> tuple[FocusArea, ...]:
    """What a session may have been about: all of the list where anybody in support may have held it."""
    return tuple(FocusArea) if kind.has_seats else focus_areas_of(kind.taken_by)


def check_over(booked: Booked, *, now: int, closed: type[DomainError]) -> None:
    """Raise why nothing can be said of a session at an instant in epoch seconds.

    `AlreadyCanceled`, `NotOverYet`, or `closed` once that is for good.
    """
    if not booked.is_open:
        raise AlreadyCanceled
    if booked.ends_at > now:
        raise NotOverYet
    if now >= closes_at(booked):
        raise closed


def closes_at(booked: Booked) -> int:
    """From which instant (epoch seconds) on nothing about the session can be said or put right."""
    return booked.ends_at + int(CORRECTABLE.total_seconds())


def check_actual(actual: Actual, planned: Interval, *, now: int) -> None:
    """Raise `OddTimes` at the field at fault, "began" or "ended", for times that a session cannot have had."""
    starts_at, ends_at = planned
    if actual.started_at >= actual.ended_at:
        raise OddTimes("The end has to come after the start. Please check both.", field="ended")
    if actual.ended_at > now:
        raise OddTimes("That is still to come. Please choose when the session really ended.", field="ended")
    if actual.started_at < starts_at - APART_MAX_SECONDS:
        raise OddTimes("That is more than a day before the session was planned. Please check the date.", field="began")
    if actual.ended_at > ends_at + APART_MAX_SECONDS:
        raise OddTimes("That is more than a day after the session was planned. Please check the date.", field="ended")
    if actual.ended_at - actual.started_at > LENGTH_MAX_SECONDS:
        raise OddTimes("That is longer than eight hours. Please check both times.", field="ended")
