"""Why times are not on offer, all at once: it says what the recheck of each says."""

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from domain.slots import Refusal, Withheld, offer, why_not
from domain.slots.why import REFUSALS, Reason, reasons
from domain.times import instant_of
from tests.unit.domain.slots.worlds import World, worlds

QUICK = settings(max_examples=60, deadline=None, database=None)


full = st.tuples(
    st.sampled_from((Refusal.MONTH_FULL, Refusal.WEEK_FULL, Refusal.DAY_FULL)), st.integers(0, 60), st.integers(0, 40)
)
shared = st.tuples(
    st.sampled_from((Refusal.FIRST_FOR_OTHERS, Refusal.SHARE_USED)), st.integers(0, 60), st.integers(0, 40)
)


def withheld_in(world: World, *drawn: tuple[Refusal, int, int]) -> list[Withheld]:
    return [
        Withheld(world.first + begin * 3600, world.first + (begin + hours) * 3600, why) for why, begin, hours in drawn
    ]


@QUICK
@given(worlds(), st.integers(0, 30), st.sampled_from((0, 5, 30)), st.integers(1, 3), st.integers(12, 96), full, shared)
def test_the_reason_of_every_start_is_what_the_recheck_says_and_free_is_what_is_offered(
    world: World,
    own_cell: int,
    notice_hours: int,
    horizon_days: int,
    last_hours: int,
    of_staff: tuple[Refusal, int, int],
    of_scholar: tuple[Refusal, int, int],
) -> None:
    kind = replace(
        world.kind, notice_minutes=min(notice_hours * 60, horizon_days * 1440 - 1), horizon_days=horizon_days
    )
    until = world.first + last_hours * 3600
    staff = replace(world.staff(), until=until, withheld=withheld_in(world, of_staff))
    withheld = withheld_in(world, of_scholar)
    own = ((world.first + own_cell * 3600, world.first + own_cell * 3600 + 1800),)
    now = instant_of(world.first)

    found = reasons(staff, kind, now=now, scholar_busy=own, withheld=withheld)

    unlike = {
        start: (reason, said)
        for start, reason in found.items()
        if (said := why_not(start, staff, kind, now=now, scholar_busy=own, withheld=withheld)) not in REFUSALS[reason]
    }
    assert unlike == {}
    free = [start for start, reason in found.items() if reason is Reason.FREE]
    assert free == list(offer([staff], kind, now=now, scholar_busy=own, withheld=withheld))


def test_every_reason_is_found() -> None:
    seen: set[Reason] = set()

    @settings(QUICK, max_examples=250, derandomize=True)
    @given(worlds())
    def look(world: World) -> None:
        staff = world.staff()
        full = withheld_in(world, (Refusal.MONTH_FULL, 50, 8), (Refusal.WEEK_FULL, 20, 8), (Refusal.DAY_FULL, 10, 8))
        first = withheld_in(world, (Refusal.FIRST_FOR_OTHERS, 40, 8), (Refusal.SHARE_USED, 30, 8))
        staff = replace(staff, until=world.last - 86_400, withheld=full)
        kind = replace(world.kind, notice_minutes=120, horizon_days=3)
        own = ((world.first + 36_000, world.first + 50_000),)
        seen.update(reasons(staff, kind, now=instant_of(world.first), scholar_busy=own, withheld=first).values())

    look()

    assert seen == set(Reason)
