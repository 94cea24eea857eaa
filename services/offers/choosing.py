"""Who takes a session when anyone may: whom the scholar knows, else whoever carries least for their share."""

from collections.abc import Collection, Sequence

from domain.booking import BookingStatus
from domain.kinds import SessionKind
from domain.rules import FULL_WEIGHT, ProgramRules
from domain.slots import StaffTime
from services.offers.availability import Availability


def usual(found: Availability, staff_ids: Collection[str]) -> str | None:
    """Whom of these people the scholar met last, or is to meet; None when they never did.

    Whoever has taken a scholar over counts as met on that day, and whom they took the scholar from not any more. A time
    that is merely kept for the scholar is no meeting.
    """
    latest = {each.role: each.to_id for each in sorted(found.successors, key=lambda each: each.from_at)}
    left = {each.from_id for each in found.successors} - set(latest.values())
    chosen = [each for each in found.own if each.status != BookingStatus.HELD.value]
    met = [(each.starts_at, each.staff_id) for each in chosen if each.staff_id not in left]
    met += [(each.from_at, each.to_id) for each in found.successors if each.to_id not in left]
    known = sorted(each for each in met if each[1] in staff_ids)
    return known[-1][1] if known else None


def chosen_of(found: Availability, free: Sequence[StaffTime], kind: SessionKind, rules: ProgramRules) -> str:
    """Who of those who are free takes the session: whom the scholar knows, else whoever carries least for their share.

    The lead limit leaves people out where that leaves anybody. Where load is equal the id decides.
    """
    ids = [one.id for one in free]
    known = usual(found, ids)
    if known is not None:
        return known
    within = [one.id for one in within_lead(found, kind, rules) if one.id in ids] or ids
    return min(within, key=lambda staff_id: (_carried(found, staff_id, rules), staff_id))


def within_lead(found: Availability, kind: SessionKind, rules: ProgramRules) -> list[StaffTime]:
    """Those who are not ahead of the one who carries least by more than the limit; whoever has no hours is no measure.

    Never nobody: who carries least is not ahead of anyone.
    """
    carried = {one.id: _carried(found, one.id, rules) for one in found.staff}
    least = min((carried[one.id] for one in found.staff if one.hours.is_open_ever(purpose=kind.purpose)), default=0.0)
    most = least + rules.lead_limit * kind.length_seconds
    return [one for one in found.staff if not rules.lead_limit or carried[one.id] <= most]


def _carried(found: Availability, staff_id: str, rules: ProgramRules) -> float:
    """Seconds of sessions, as if they had a full share."""
    return found.load.get(staff_id, 0) * FULL_WEIGHT / rules.weight(staff_id)
