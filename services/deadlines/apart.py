"""What is done for many deadlines, each by itself: one that fails is logged and does not hold up the others."""

import logging
from collections.abc import Callable

from domain.errors import StoreAway, StoreBusy

logger = logging.getLogger(__name__)


def apart(what: str, deadline_id: str, run: Callable[[], object]) -> bool:
    """Do it, and say whether it came through. Raises `StoreAway`, which is so for all of them."""
    try:
        run()
    except StoreAway:
        raise
    except StoreBusy:
        logger.warning("deadline left for later", extra={"step": what, "deadline": deadline_id})
        return False
    except Exception:  # one deadline that cannot be read must not hold up the others
        logger.exception("deadline failed", extra={"step": what, "deadline": deadline_id})
        return False
    return True
