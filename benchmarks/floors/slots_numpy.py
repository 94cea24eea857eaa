"""The floor under slot computation: the same starts by NumPy, with one grid per zone shared by all who work in it.

It may take what the product cannot: that NumPy is there, that all staff of a zone keep the same hours without dates
that differ, and that clocks never change within a window. The product's own code is measured against this.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta

import numpy as np
from numpy.typing import NDArray

from benchmarks.floors.slots_case import SlotsCase
from domain.hours import WeeklyHours
from domain.intervals import Interval
from domain.kinds import SessionKind
from domain.times import day_of_number, zone

Starts = NDArray[np.int64]
_DAY_SECONDS = 86_400


def free_starts_numpy(case: SlotsCase) -> list[Starts]:
    """The free starts of each staff member in epoch seconds, ascending."""
    grids: dict[str, Starts] = {}
    free = []
    for one in case.staff:
        grid = grids.get(one.hours.zone)
        if grid is None:
            grid = grids[one.hours.zone] = _grid(one.hours, case)
        free.append(_free(grid, one.busy, case.kind))
    return free


def _grid(hours: WeeklyHours, case: SlotsCase) -> Starts:
    tz, length, step = zone(hours.zone), case.kind.length_seconds, case.kind.step_seconds
    first_day, last_day = case.first // _DAY_SECONDS - 1, case.last // _DAY_SECONDS + 2
    midnights = [datetime.combine(day_of_number(day), datetime.min.time(), tz) for day in range(first_day, last_day)]
    parts = []
    for window in hours.windows:
        opening = timedelta(minutes=window.start_minute)
        days = midnights[(window.weekday - midnights[0].weekday()) % 7 :: 7]
        edges = np.array([int((midnight + opening).timestamp()) for midnight in days], dtype=np.int64)
        within = np.arange(0, (window.end_minute - window.start_minute) * 60 - length + 1, step, dtype=np.int64)
        parts.append((edges[:, None] + within).ravel())
    grid: Starts = np.sort(np.concatenate(parts))
    return grid[np.searchsorted(grid, case.first) : np.searchsorted(grid, case.last)]


def _free(grid: Starts, busy: Sequence[Interval], kind: SessionKind) -> Starts:
    """The starts before whose end as many busy stretches begin as have ended by their own beginning."""
    begins, ends = np.sort(np.array(busy, dtype=np.int64).reshape(-1, 2), axis=0).T
    begun: Starts = np.searchsorted(begins, grid + (kind.length_seconds + kind.after_seconds), side="left")
    ended: Starts = np.searchsorted(ends, grid - kind.before_seconds, side="right")
    free: Starts = grid[begun == ended]
    return free
