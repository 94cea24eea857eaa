"""Waiting until somebody else waits, on PostgreSQL, where two may write at once."""

from storage.engine import Store

_WAITING = "SELECT count(*) FROM pg_locks WHERE NOT granted"
LOOKS = 20_000


def wait_until_blocked(store: Store) -> None:
    """Return when some connection of this database waits for another's transaction or lock."""
    for _ in range(LOOKS):
        with store.read() as connection:
            if connection.exec_driver_sql(_WAITING).scalar_one():
                return
    raise AssertionError("nobody waits")
