"""What somebody in support takes of all kinds together: whom it binds, and what counts (decision 0027)."""

from collections.abc import Iterable, Mapping

from domain.kinds import SessionKind
from domain.limits import NO_LIMITS, OwnLimits
from domain.rules import ProgramRules
from storage.confidential.hours_queries import HoursRecord
from storage.confidential.taken_queries import Busy


def limits_of(record: HoursRecord | None) -> OwnLimits:
    """What somebody has set for themselves."""
    return record.limits if record is not None else NO_LIMITS


def limits_on(kind: SessionKind, record: HoursRecord | None) -> OwnLimits:
    """What of it binds a kind: nothing what is urgent, nor what does not count."""
    return limits_of(record) if kind.counts_for_staff and not kind.is_urgent else NO_LIMITS


def can_be_full(kind: SessionKind, records: Mapping[str, HoursRecord]) -> bool:
    """Whether a kind's rules, or what one of these people has set, fill days and weeks: then whole weeks are read."""
    return kind.is_capped or any(limits_on(kind, record).is_set for record in records.values())


def count_for_staff(rules: ProgramRules, busy: Iterable[Busy]) -> list[int]:
    """The starts, in epoch seconds, of those of somebody's sessions that count; kept ones and urgent ones do."""
    counting = {kind.key for kind in rules.kinds if kind.counts_for_staff}
    return [each.starts_at for each in busy if each.kind in counting]
