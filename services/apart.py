"""What is done for many things, each by itself: one that fails is logged and does not hold up the others."""

import logging
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import partial
from typing import Protocol, TypeVar

from domain.errors import StoreAway, StoreBusy

Result = TypeVar("Result")


class Stored(Protocol):
    """A row of something with a title."""

    @property
    def id(self) -> str:
        """Its id."""

    @property
    def title(self) -> str:
        """What it is called."""


Row = TypeVar("Row", bound=Stored)


@dataclass(frozen=True, slots=True, kw_only=True)
class Unread:
    """Something that cannot be read, so that only ops can help. For staff, who see the titles of all."""

    id: str
    title: str


logger = logging.getLogger(__name__)


def apart(step: str, object_id: str, run: Callable[[], Result]) -> Result | None:
    """What it returns; None where it did not come through, and the next tick tries again.

    Raises `StoreAway`, which is so for all of them.
    """
    try:
        return run()
    except StoreAway:
        raise
    except StoreBusy:
        logger.warning("left for later", extra={"step": step, "object_id": object_id})
    except Exception:  # one that cannot be read must not hold up the others
        logger.exception("held up", extra={"step": step, "object_id": object_id})
    return None


def legible(step: str, rows: Iterable[Row], read: Callable[[Row], Result]) -> tuple[list[Result], tuple[Unread, ...]]:
    """What these rows are read as, and those of which nothing can be made: each is logged, and keeps no other away."""
    found, unread = list[Result](), list[Unread]()
    for row in rows:
        value = apart(step, row.id, partial(read, row))
        if value is None:
            unread.append(Unread(id=row.id, title=row.title))
        else:
            found.append(value)
    return found, tuple(unread)
