"""How much is read of what somebody has taken: as much as their limits need, and no more."""

from dataclasses import replace

from domain.kinds import DEFAULT_KINDS
from domain.limits import OwnLimits
from domain.slots.withheld import around_month, around_week
from services.hours.limits import counted_around
from storage.confidential.hours_queries import HoursRecord

KIND = DEFAULT_KINDS[0]
STRETCH = (1_800_000_000, 1_800_086_400)


def test_months_are_read_only_where_a_month_can_be_full() -> None:
    limited = {"cleo": HoursRecord(staff_id="cleo", limits=OwnLimits(per_day=3))}

    assert counted_around(KIND, {}, STRETCH) == STRETCH
    assert counted_around(KIND, limited, STRETCH) == around_week(STRETCH)
    assert counted_around(replace(KIND, per_week=3), {}, STRETCH) == around_week(STRETCH)
    assert counted_around(replace(KIND, per_week=3, per_month=9), limited, STRETCH) == around_month(STRETCH)
