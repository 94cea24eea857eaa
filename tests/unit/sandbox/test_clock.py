import asyncio

import pytest

from tests.fakes.sandbox_clock import WALL, StillClock

HOUR = 3600.0


def test_clock_advanced_shows_the_sum_and_reset_returns_to_real_time() -> None:
    clock = StillClock()

    clock.advance(60)
    clock.advance(0.5)
    moved = clock.now()
    clock.reset()

    assert (moved, clock.now(), clock.wall()) == (WALL + 60.5, WALL, WALL)


def test_clock_refuses_a_step_back() -> None:
    with pytest.raises(ValueError, match="time only goes forward"):
        StillClock().advance(-1)


def test_sleep_ends_only_when_time_has_moved_far_enough() -> None:
    async def scenario() -> tuple[bool, bool]:
        clock = StillClock()
        sleeping = asyncio.create_task(clock.sleep(HOUR))
        await asyncio.sleep(0)
        clock.advance(HOUR - 1)
        await asyncio.wait({sleeping}, timeout=0.01)
        was_asleep = not sleeping.done()
        clock.advance(1)
        await sleeping
        return was_asleep, sleeping.done()

    assert asyncio.run(scenario()) == (True, True)


def test_sleep_ends_with_a_reset_although_its_time_was_far() -> None:
    async def scenario() -> None:
        clock = StillClock()
        clock.advance(HOUR)
        sleeping = asyncio.create_task(clock.sleep(HOUR))
        await asyncio.sleep(0)
        clock.reset()
        async with asyncio.timeout(5):
            await sleeping

    asyncio.run(scenario())


def test_within_gives_the_result_of_work_that_is_quick() -> None:
    async def scenario() -> str:
        async def work() -> str:
            return "done"

        return await StillClock().within(3, work())

    assert asyncio.run(scenario()) == "done"


def test_within_cancels_work_that_is_late() -> None:
    async def scenario() -> bool:
        clock, never = StillClock(), asyncio.Event()
        work = asyncio.ensure_future(never.wait())
        judged = asyncio.create_task(clock.within(3, work))
        for _ in range(3):  # until the limit has begun to run
            await asyncio.sleep(0)
        clock.advance(3)
        with pytest.raises(TimeoutError):
            await judged
        await asyncio.sleep(0)
        return work.cancelled()

    assert asyncio.run(scenario())
