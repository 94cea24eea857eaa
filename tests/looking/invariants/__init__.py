"""What must be true of the whole confidential store, whoever did what at once. `house` asserts it after every test."""

from sqlalchemy import Connection

from storage.engine import Store
from tests.looking.invariants import groups, handovers, office_hours, sessions, waiting
from tests.looking.invariants.rows import everything

_CHECKS = (*sessions.CHECKS, *groups.CHECKS, *handovers.CHECKS, *office_hours.CHECKS, *waiting.CHECKS)


def broken_invariants(store: Store) -> list[str]:
    """What is not as it should be: nothing."""
    with store.read() as connection:
        return what_is_wrong(connection)


def what_is_wrong(connection: Connection) -> list[str]:
    """The same, as somebody in the middle of a transaction sees it."""
    rows = everything(connection)
    return sorted(wrong for check in _CHECKS for wrong in check(rows))
