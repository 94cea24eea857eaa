"""One announcement's trouble holds up no other: each is done by itself, and what fails is in the log."""

import logging
from collections.abc import Callable

from domain.errors import StoreAway, StoreBusy

logger = logging.getLogger(__name__)


def alone(announcement_id: str, deed: Callable[[], int]) -> int:
    """What a deed returns, or 0 for one that failed, which the next tick tries again. A store that is away is told."""
    try:
        return deed()
    except (StoreAway, StoreBusy):
        raise  # it is away for all of them
    except Exception:
        logger.exception("announcement held up", extra={"announcement_id": announcement_id})
        return 0
