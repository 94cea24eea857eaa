"""A scholar changes from one person in support to another of the same role: words and rules of a handover."""

from datetime import date, timedelta
from enum import StrEnum

from domain.amounts import days_text
from domain.errors import DomainError
from domain.people import Role
from domain.times import short_day_label

WORDS_MAX = 500
"""Characters of what is said to the scholar."""


class HandoverStatus(StrEnum):
    """Where a handover stands. Values are stored, so they never change.

    LAPSED is one whose successor or scholar went before its day, or who may not meet any more.
    """

    OPEN = "open"
    WITHDRAWN = "withdrawn"
    LAPSED = "lapsed"


class Consent(StrEnum):
    """Whether the successor may read what was noted and logged earlier. Only GIVEN opens anything."""

    UNKNOWN = "unknown"
    GIVEN = "given"
    REFUSED = "refused"


class Step(StrEnum):
    """What happens in the life of a handover; `CONSENT_` and what the scholar says of it is one as well."""

    ANNOUNCED = "announced"
    CONSENT_UNKNOWN = "consent_unknown"
    CONSENT_GIVEN = "consent_given"
    CONSENT_REFUSED = "consent_refused"
    MOVED = "moved"
    KEPT = "kept"
    WITHDRAWN = "withdrawn"
    LAPSED = "lapsed"


CONSENT_STEPS = {
    Consent.UNKNOWN: Step.CONSENT_UNKNOWN,
    Consent.GIVEN: Step.CONSENT_GIVEN,
    Consent.REFUSED: Step.CONSENT_REFUSED,
}


class CannotHandOver(DomainError):
    """I cannot hand this person over. Please choose a scholar whom you have met and may meet."""


class NoSuccessor(DomainError):
    """They cannot take over just now. Please choose somebody else."""


class GoneByThen(DomainError):
    """The two of them can no longer meet by then. Please choose an earlier day, or somebody else."""


class HandedOverAlready(DomainError):
    """You are handing this scholar over already. Take that back first, in the list you came from."""


class ScholarHasAnswered(DomainError):
    """The scholar has answered already, so this stands. You can hand them over anew once its day has come."""


class HasBegun(DomainError):
    """This day has come, so it stands. You can hand the scholar over anew."""


class TooSoon(DomainError):
    """That is too soon for the scholar to think about it. Please choose a later day."""


def earliest_day(today: date, *, notice_days: int) -> date:
    """The first day that keeps the program's notice, for somebody on whose calendar it is this day."""
    return today + timedelta(days=notice_days)


def check_day(day: date, today: date, *, notice_days: int) -> None:
    """Raise `TooSoon` at field "first", naming the earliest day, for one inside the notice."""
    earliest = earliest_day(today, notice_days=notice_days)
    if day < earliest:
        raise TooSoon(
            f"Scholars hear of it at least {days_text(notice_days)} ahead. "
            f"Please choose {short_day_label(earliest)} or later.",
            field="first",
        )


def current_key(scholar_id: str, role: Role) -> str:
    """What only one handover can have: that of the scholar in this role which counts, or is to."""
    return f"{role.value} {scholar_id}"
