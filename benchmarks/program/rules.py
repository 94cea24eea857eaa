"""What staff have decided: all that there is to decide, or as little as can be, for the same kind of session."""

from dataclasses import replace
from datetime import date

from benchmarks.house import Resident
from domain.days import DateSpan
from domain.hours import ClosedDays
from domain.kinds import COACHING, SessionKind
from domain.people import Role
from domain.rules import FairShares, Phase, ProgramRules

WEEKS = 8
HALF = 50
"""Every other coach takes half a share, in percent of a full one."""
TRAINING, RESEARCH = "Training", "Research"
TRAINING_DAYS = DateSpan(first=date(2027, 2, 15), last=date(2027, 3, 14))
RESEARCH_DAYS = DateSpan(first=date(2027, 3, 15), last=date(2027, 6, 30))
CLOSED = (
    ClosedDays(name="Retreat", days=DateSpan(first=date(2027, 3, 8), last=date(2027, 3, 9))),
    ClosedDays(name="Easter", days=DateSpan(first=date(2027, 3, 26), last=date(2027, 3, 29))),
)
NO_SHARES = FairShares(sessions_a_week=0, first_days=0, invite_after_days=0)
PLAIN = SessionKind(
    key=COACHING,
    taken_by=Role.COACH,
    length_minutes=45,
    step_minutes=30,
    notice_minutes=4 * 60,
    cancel_notice_minutes=60,
    horizon_days=7 * WEEKS,
    open_per_scholar=50,
)
FULL = replace(
    PLAIN, buffer_before_minutes=5, buffer_after_minutes=10, per_day=5, per_week=20, is_shared_out=True, series_max=4
)
MANAGEMENT = replace(
    PLAIN, key="management", booked_by=Role.MENTOR, set_aside=True, buffer_before_minutes=5, buffer_after_minutes=10
)
"""Research management: in hours that are set aside for it, and that nothing else takes."""


def no_rules() -> ProgramRules:
    """Length, step, notice and horizon, and nothing else."""
    return ProgramRules(kinds=(PLAIN,), fair=NO_SHARES, lead_limit=0)


def all_rules(coaches: list[Resident]) -> ProgramRules:
    """Buffers, caps, shares of the load with a lead limit, fair shares, phases, closed days, hours set aside."""
    return ProgramRules(
        kinds=(FULL, MANAGEMENT),
        closed=CLOSED,
        phases=(
            Phase(name=TRAINING, days=TRAINING_DAYS, without=(MANAGEMENT.key,)),
            Phase(name=RESEARCH, days=RESEARCH_DAYS),
        ),
        weights={each.id: HALF for each in coaches if takes_half(each)},
        contacts="Call the number on your badge.",
    )


def takes_half(coach: Resident) -> bool:
    """Whether the coach has half a share of the load."""
    return coach.number % 2 == 1
