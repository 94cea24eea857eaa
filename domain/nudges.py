"""One press of staff writes once more to all who are behind with something: at most once an hour, whoever presses."""

from datetime import datetime, timedelta

from domain.errors import DomainError

NUDGE_PAUSE = timedelta(hours=1)


class NudgedAlready(DomainError):
    """They were nudged less than an hour ago. Please give them a little time."""


def check_nudge(last: datetime | None, now: datetime) -> None:
    """Raises `NudgedAlready` where the last nudge was less than an hour ago; None is never."""
    if last is not None and now - last < NUDGE_PAUSE:
        raise NudgedAlready
