"""What somebody in support takes of all kinds together: whom it binds, and what counts (decision 0027)."""

from collections.abc import Iterable, Mapping

from domain.intervals import Interval
from domain.kinds import SessionKind
from domain.limits import NO_LIMITS, OwnLimits
from domain.rules import ProgramRules
from domain.slots.withheld import around_month, around_week
from storage.confidential.hours_queries import HoursRecord
from storage.confidential.taken_queries import Busy


def limits_of(record: HoursRecord | None) -> OwnLimits:
    """What somebody has set for themselves."""
    return record.limits if record is not None else NO_LIMITS


def limits_on(kind: SessionKind, record: HoursRecord | None) -> OwnLimits:
    """What of it binds a kind: nothing what is urgent, nor what does not count."""
    return limits_of(record) if kind.counts_for_staff and not kind.is_urgent else NO_LIMITS


def counted_around(kind: SessionKind, records: Mapping[str, HoursRecord], stretch: Interval) -> Interval:
    """What is read for a stretch of epoch seconds, so that what can be full in it is counted whole.

    Whole months and weeks only where the kind's rules, or what one of these people has set, can fill them.
    """
    if kind.per_month:
        return around_month(stretch)
    can_be_full = kind.is_capped or any(limits_on(kind, record).is_set for record in records.values())
    return around_week(stretch) if can_be_full else stretch


def count_for_staff(rules: ProgramRules, busy: Iterable[Busy]) -> list[int]:
    """The starts, in epoch seconds, of those of somebody's sessions that count; kept ones and urgent ones do."""
    counting = {kind.key for kind in rules.kinds if kind.counts_for_staff}
    return [each.starts_at for each in busy if each.kind in counting]
