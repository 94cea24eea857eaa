"""The clock's jobs: how they are set up. That APScheduler keeps its promises is APScheduler's own business."""

import logging
from threading import Event

import pytest

from bot import schedule
from bot.schedule import Tick, start_ticks
from domain.delivery import RateLimited
from domain.errors import StoreAway

WAIT_SECONDS = 10


def test_each_tick_is_a_job_that_is_never_dropped_piled_up_or_run_twice_at_once() -> None:
    ticks = [Tick(name="dispatch", seconds=1, run=str), Tick(name="tidy", seconds=3600, run=str)]

    scheduler = start_ticks(ticks)
    jobs = {job.id: job for job in scheduler.get_jobs()}
    scheduler.shutdown(wait=True)

    assert {name: job.trigger.interval.total_seconds() for name, job in jobs.items()} == {"dispatch": 1, "tidy": 3600}
    assert {(job.misfire_grace_time, job.coalesce, job.max_instances) for job in jobs.values()} == {(None, True, 1)}


def test_tick_that_raises_is_run_again_and_others_go_on() -> None:
    fails, goes_on = [], Event()

    def fail() -> None:
        fails.append(1)
        if len(fails) > 1:
            goes_on.set()
        raise ZeroDivisionError

    scheduler = start_ticks([Tick(name="fails", seconds=0.01, run=fail)])
    is_run_again = goes_on.wait(WAIT_SECONDS)
    scheduler.shutdown(wait=True)

    assert is_run_again


@pytest.mark.parametrize("error", [RateLimited(30), StoreAway()])
def test_tick_that_finds_slack_or_a_store_away_says_so_without_a_traceback(
    error: Exception, caplog: pytest.LogCaptureFixture
) -> None:
    is_done = Event()

    def fail() -> None:
        is_done.set()
        raise error

    with caplog.at_level(logging.WARNING):
        scheduler = start_ticks([Tick(name="members", seconds=0.01, run=fail)])
        assert is_done.wait(WAIT_SECONDS)
        scheduler.shutdown(wait=True)

    own = {(record.levelno, record.getMessage()) for record in caplog.records if record.name == schedule.__name__}
    assert own == {(logging.WARNING, "tick interrupted")}
    assert [record for record in caplog.records if record.exc_info] == []
