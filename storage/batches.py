"""Many rows as some at a time. What is written together is one answer, for which nobody waits longer than for any."""

from collections.abc import Iterator, Sequence
from typing import TypeVar

AT_ONCE = 1000
Row = TypeVar("Row")


def in_batches(rows: Sequence[Row], at_once: int = AT_ONCE) -> Iterator[Sequence[Row]]:
    """The rows in their order; nothing for none."""
    for begin in range(0, len(rows), at_once):
        yield rows[begin : begin + at_once]
