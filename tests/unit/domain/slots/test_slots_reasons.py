"""Why times are not on offer, all at once: it says what the recheck of each says."""

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from domain.slots import offer, why_not
from domain.slots.reasons import REFUSALS, Reason, reasons
from domain.times import instant_of
from tests.unit.domain.slots.worlds import World, worlds

QUICK = settings(max_examples=60, deadline=None, database=None)


@QUICK
@given(worlds(), st.integers(0, 30), st.sampled_from((0, 5, 30)), st.integers(1, 3), st.integers(12, 96))
def test_the_reason_of_every_start_is_what_the_recheck_says_and_free_is_what_is_offered(
    world: World, own_cell: int, notice_hours: int, horizon_days: int, last_hours: int
) -> None:
    kind = replace(
        world.kind, notice_minutes=min(notice_hours * 60, horizon_days * 1440 - 1), horizon_days=horizon_days
    )
    staff = replace(world.staff(), until=world.first + last_hours * 3600)
    own = ((world.first + own_cell * 3600, world.first + own_cell * 3600 + 1800),)
    now = instant_of(world.first)

    found = reasons(staff, kind, now=now, scholar_busy=own)

    unlike = {
        start: (reason, said)
        for start, reason in found.items()
        if (said := why_not(start, staff, kind, now=now, scholar_busy=own)) not in REFUSALS[reason]
    }
    assert unlike == {}
    free = [start for start, reason in found.items() if reason is Reason.FREE]
    assert free == list(offer([staff], kind, now=now, scholar_busy=own))


def test_every_reason_is_found() -> None:
    seen: set[Reason] = set()

    @settings(QUICK, max_examples=250, derandomize=True)
    @given(worlds())
    def look(world: World) -> None:
        staff = replace(world.staff(), until=world.last - 86_400)
        kind = replace(world.kind, notice_minutes=120, horizon_days=3)
        own = ((world.first + 36_000, world.first + 50_000),)
        seen.update(reasons(staff, kind, now=instant_of(world.first), scholar_busy=own).values())

    look()

    assert seen == set(Reason)
