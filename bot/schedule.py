"""APScheduler as a clock: a handful of interval jobs in memory, one line each. What is due lives in the ledgers."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from apscheduler.executors.pool import ThreadPoolExecutor
from apscheduler.schedulers.background import BackgroundScheduler


@dataclass(frozen=True, slots=True, kw_only=True)
class Tick:
    """One thing that is done again and again; `seconds` apart, never twice at once, however late."""

    name: str
    seconds: float
    run: Callable[[], object]


def start_ticks(ticks: Sequence[Tick]) -> BackgroundScheduler:
    """Start them all; shut the scheduler down with `shutdown(wait=True)`.

    No persistent job store and no job per reminder: those double-fire across processes and drop late jobs. A missed
    tick is run late (`misfire_grace_time=None`), a pile of them once (`coalesce`).
    """
    scheduler = BackgroundScheduler(
        timezone="UTC",
        executors={"default": ThreadPoolExecutor(max_workers=len(ticks))},
        job_defaults={"misfire_grace_time": None, "coalesce": True, "max_instances": 1},
    )
    for tick in ticks:
        scheduler.add_job(tick.run, "interval", seconds=tick.seconds, id=tick.name)
    scheduler.start()
    return scheduler
