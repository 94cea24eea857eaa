"""What becomes of somebody's own times, kind by kind: for the one whose times they are."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from domain.amounts import HOUR_MINUTES, ahead_text, days_text, duration_text, sessions_text
from domain.kinds import SessionKind
from domain.people import Person, Role
from domain.rules import FairShares
from domain.slots import needed_busy
from domain.slots.why import Reason, reasons
from services.desk import SupportDesk
from services.offers.alone import staff_alone
from services.offers.explain import phases_ahead
from services.offers.shares import share

OWN_SHARES = {
    Reason.FREE: "{number} {are} free",
    Reason.STAFF_BUSY: "{number} {are} taken by sessions with their buffers, or by office hours",
    Reason.OWN_CALENDAR: "{number} {are} taken by your own calendar",
    Reason.MONTH_FULL: "{number} {are} in months that are full",
    Reason.WEEK_FULL: "{number} {are} in weeks that are full",
    Reason.DAY_FULL: "{number} {are} on days that are full",
    Reason.NOTICE: "{number} {begin} sooner than the notice of {notice}",
    Reason.CLOSED: "{number} {are} on days on which the program is closed",
    Reason.LEFT_OUT: "{number} {are} in {phases}, in which the program does not offer it",
    Reason.AWAY: "{number} {are} in your time away",
    Reason.DAY_OFF: "{number} {are} on your days off",
    Reason.OTHER_HOURS: "{number} {are} on dates for which you have set other hours",
    Reason.PHASE: "{number} {are} in a phase in which you have a week of its own",
    Reason.SET_ASIDE: "{number} {are} in hours you have set aside, or too close to them",
    Reason.TOO_SHORT: "{number} {are} in hours too short for {minutes} minutes",
    Reason.LAST_DAY: "{number} {come} after your last day",
    Reason.HORIZON: "{number} {open} later: {they} {are} more than {days} ahead",
}
BOOKERS = {Role.SCHOLAR: "Scholars", Role.MENTOR: "Mentors"}
OWN_OFF = "Nothing is offered: this kind cannot be booked in your program now."
OWN_NO_HOURS = "Nothing is offered, because you have set no hours for it yet. Please write them into your week."
OWN_NONE_ASIDE = "Nothing is offered, because you have set no hours aside for it. Your hours have a button for that."
OWN_SOME = "{who} are offered {free} of your times in the next {days}."
OWN_NONE = "Nothing is offered in the next {days}. To change that, look at what takes most of the time:"
FIRST_KEPT = "Of these, times more than {first} ahead are for those who have had no session yet."
WEEK_SHARED = "Whoever has {sessions} in a week is offered more of them only {leftover} ahead."
"""What fair shares do to everybody alike. Whom they hold back now is nobody's to know."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnTimes:
    """What becomes of somebody's own times of a kind: a sentence, and the shares that explain it, the largest first."""

    kind: SessionKind
    sentence: str
    shares: tuple[str, ...]
    free: int


def explain_own(desk: SupportDesk, staff: Person, kind: SessionKind) -> OwnTimes:
    """What takes how much of a staff member's own hours, for themselves; nothing of any scholar's. Two queries."""
    if not kind.is_offered:
        return OwnTimes(kind=kind, sentence=OWN_OFF, shares=(), free=0)
    now, rules = desk.clock.now(), desk.rules.of(staff)
    first, last = needed_busy(kind, now=now)
    with desk.store.read() as connection:
        own = staff_alone(desk, connection, kind, staff, first=first, last=last)
    tally = Counter(reasons(own, kind, now=now).values())
    phases = phases_ahead(own, kind, now)
    return OwnTimes(
        kind=kind,
        sentence=_sentence(kind, rules.fair, tally),
        shares=tuple(share(OWN_SHARES[reason], number, kind, phases=phases) for reason, number in tally.most_common()),
        free=tally[Reason.FREE],
    )


def _sentence(kind: SessionKind, fair: FairShares, tally: Mapping[Reason, int]) -> str:
    free = tally.get(Reason.FREE, 0)
    if free:
        some = OWN_SOME.format(who=BOOKERS[kind.booked_by], free=free, days=ahead_text(kind.horizon_days))
        return " ".join([some, *_shared(kind, fair)])
    if tally:
        return OWN_NONE.format(days=ahead_text(kind.horizon_days))
    return OWN_NONE_ASIDE if kind.set_aside else OWN_NO_HOURS


def _shared(kind: SessionKind, fair: FairShares) -> list[str]:
    if not kind.shares_out:
        return []
    said = []
    if fair.first_days:
        said.append(FIRST_KEPT.format(first=days_text(fair.open_days(kind))))
    if fair.sessions_a_week:
        leftover = duration_text(fair.leftover_hours * HOUR_MINUTES)
        said.append(WEEK_SHARED.format(sessions=sessions_text(fair.sessions_a_week), leftover=leftover))
    return said
