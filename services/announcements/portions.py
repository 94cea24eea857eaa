"""What is written about thousands of readers, some hundreds at a time, so that whoever writes between waits a moment.

The first portion is written with the deed itself, so that a small program needs no other. How far the rest has come is
written with each portion: whoever goes on, after a kill too, leaves nobody out and tells nobody twice.
"""

from collections.abc import Callable, Mapping
from enum import StrEnum
from functools import partial

from sqlalchemy import Connection

from services.announcements.facts import Announcement, announcement_of
from services.apart import apart
from services.desk import Desk
from storage.program import announcement_queries, announcement_work
from storage.program.announcement_work import Work

PORTION = 500
"""So many readers at once: some tens of milliseconds."""
PORTIONS_MAX = 40
"""Of one announcement at a time; the next tick goes on."""

Some = Callable[[Desk, Connection, Announcement, Work], str | None]
"""Writes the portion after the reader `work.after`; returns the last reader of it, or None when there are no more."""


class Step(StrEnum):
    """What is written in portions."""

    TELL = "tell"
    NUDGE = "nudge"
    CANCEL = "cancel"
    REWRITE = "rewrite"
    TAKE_BACK = "take_back"


def begin(desk: Desk, connection: Connection, found: Announcement, step: Step, some: Some, *, number: int = 0) -> None:
    """Write the first portion in the transaction of the deed, and note what is left; `number` is kept for it."""
    _write(desk, connection, found, Work(found.id, step.value, found.program_id, number, ""), some)


def go_on(desk: Desk, steps: Mapping[Step, Some]) -> int:
    """Write what is left of everything that was begun; returns how many portions. Any number of replicas may do it."""
    with desk.program.ask() as connection:
        begun = announcement_work.all_of(connection)
    return sum(apart(work.step, work.announcement_id, partial(_go_on, desk, work, steps)) or 0 for work in begun)


def _go_on(desk: Desk, begun: Work, steps: Mapping[Step, Some]) -> int:
    some = steps[Step(begun.step)]
    for number in range(PORTIONS_MAX):
        with desk.program.write() as connection:
            desk.program.lock(connection, f"announcement {begun.announcement_id}")
            work = announcement_work.one(connection, begun.announcement_id, begun.step)
            row = announcement_queries.one(connection, begun.announcement_id)
            if work is None or row is None:
                return number
            _write(desk, connection, announcement_of(row), work, some)
    return PORTIONS_MAX


def _write(desk: Desk, connection: Connection, found: Announcement, work: Work, some: Some) -> None:
    after = some(desk, connection, found, work)
    if after is None:
        announcement_work.drop(connection, work.announcement_id, work.step)
    else:
        announcement_work.put(connection, work._replace(after=after))
