"""What is done for many things, each by itself: one that fails is logged and does not hold up the others."""

import logging
from collections.abc import Callable
from typing import TypeVar

from domain.errors import StoreAway, StoreBusy

Result = TypeVar("Result")

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
