"""What is written about thousands of people, some hundreds at a time, so that whoever writes between waits a moment.

The first portion is written with the deed itself, so that a small program needs no other. How far the rest has come is
written with each portion: whoever goes on, after a kill too, leaves nobody out and tells nobody twice.
"""

from collections.abc import Callable, Mapping
from functools import partial
from typing import Protocol, TypeVar

from sqlalchemy import Connection

from domain.attention import Subject
from services.apart import apart
from services.desk import Desk
from storage.program import portion_queries
from storage.program.portion_queries import Work

PORTION = 500
"""So many people at once: some tens of milliseconds."""
PORTIONS_MAX = 40
"""Of one thing at a time; the next tick goes on."""


class Thing(Protocol):
    """An announcement, or a deadline."""

    @property
    def id(self) -> str: ...  # noqa: D102
    @property
    def program_id(self) -> str: ...  # noqa: D102


ThingT = TypeVar("ThingT", bound=Thing)
Some = Callable[[Desk, Connection, ThingT, Work], str | None]
"""Writes the portion after the person `work.after`; returns the last one of it, or None when there are no more."""
Find = Callable[[Connection, str], ThingT | None]
"""A thing as it stands, by its id."""


def begin(
    desk: Desk,
    connection: Connection,
    subject: Subject,
    found: ThingT,
    step: str,
    some: Some[ThingT],
    *,
    number: int = 0,
) -> None:
    """Write the first portion in the transaction of the deed, and note what is left; `number` is kept for it.

    What was left of the same step is not gone on with: the whole is begun anew.
    """
    _write(desk, connection, found, Work(subject.value, found.id, step, found.program_id, number, ""), some)


def go_on(desk: Desk, subject: Subject, find: Find[ThingT], steps: Mapping[str, Some[ThingT]]) -> int:
    """Write what is left of everything that was begun; returns how many portions. Any number of replicas may do it."""
    with desk.program.ask() as connection:
        begun = portion_queries.all_about(connection, subject)
    return sum(apart(work.step, work.object_id, partial(_go_on, desk, work, find, steps)) or 0 for work in begun)


def _go_on(desk: Desk, begun: Work, find: Find[ThingT], steps: Mapping[str, Some[ThingT]]) -> int:
    some = steps[begun.step]
    for number in range(PORTIONS_MAX):
        with desk.program.write() as connection:
            desk.program.lock(connection, f"{begun.subject} {begun.object_id}")
            work = portion_queries.one(connection, begun)
            found = find(connection, begun.object_id)
            if work is None or found is None:
                return number
            _write(desk, connection, found, work, some)
    return PORTIONS_MAX


def _write(desk: Desk, connection: Connection, found: ThingT, work: Work, some: Some[ThingT]) -> None:
    after = some(desk, connection, found, work)
    if after is None:
        portion_queries.drop(connection, Subject(work.subject), work.object_id, work.step)
    else:
        portion_queries.put(connection, work._replace(after=after))
