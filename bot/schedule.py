"""APScheduler as a clock: a handful of interval jobs in memory, one line each. What is due lives in the ledgers."""

import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

from apscheduler.executors.pool import ThreadPoolExecutor
from apscheduler.schedulers.background import BackgroundScheduler

from domain.delivery import DeliveryError
from domain.errors import StoreAway, StoreBusy

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Tick:
    """One thing that is done again and again; `seconds` apart, never twice at once, however late."""

    name: str
    seconds: float
    run: Callable[[], object]


def start_ticks(ticks: Sequence[Tick]) -> BackgroundScheduler:
    """Start them all; shut the scheduler down with `shutdown(wait=True)`.

    No persistent job store and no job per reminder: those double-fire across processes and drop late jobs. A missed
    tick is run late (`misfire_grace_time=None`), a pile of them once (`coalesce`). One that finds Slack or a store away
    is worth a line in the log, not a traceback: the next one tries again.
    """
    scheduler = BackgroundScheduler(
        timezone="UTC",
        executors={"default": ThreadPoolExecutor(max_workers=len(ticks))},
        job_defaults={"misfire_grace_time": None, "coalesce": True, "max_instances": 1},
    )
    for tick in ticks:
        scheduler.add_job(partial(_run, tick), "interval", seconds=tick.seconds, id=tick.name)
    scheduler.start()
    return scheduler


def _run(tick: Tick) -> None:
    try:
        tick.run()
    except (DeliveryError, StoreAway, StoreBusy) as error:
        logger.warning("tick interrupted", extra={"tick": tick.name, "error": type(error).__name__})
