"""Rows that Slack may have taken or not, and those of processes that died: found again, and taken for reading back."""

from sqlalchemy import select, update

from domain.delivery import Delivery, DeliveryState
from storage.delivery.changing import Changes

ENDED_WHILE_SENDING = "the process ended while sending"


class Doubts:
    """The doubtful rows of one ledger. Leases are real milliseconds."""

    def __init__(self, changes: Changes) -> None:
        self._changes = changes
        self._row = changes.row

    def recover(self) -> int:
        """Rows of processes that died: claimed ones were never sent; sending ones are in doubt. Returns how many.

        A send that a process did not survive went wrong, and counts: it may be what ended the process.
        """
        with self._changes.store.write() as connection:
            is_over, at = self._changes.which.is_lease_over(), {"real": self._changes.real(connection)}
            back = {"state": DeliveryState.PENDING.value, "owner": None}
            doubted = {
                "state": DeliveryState.AMBIGUOUS.value,
                "lease_until": 0,
                "last_error": ENDED_WHILE_SENDING,
                "attempt": self._row.attempt + 1,
            }
            changes = ((DeliveryState.CLAIMED, back), (DeliveryState.SENDING, doubted))
            return sum(
                connection.execute(
                    update(self._changes.table).where(self._row.state == state.value, is_over).values(values), at
                ).rowcount
                for state, values in changes
            )

    def claim(self, *, owner: str, lease_ms: int) -> tuple[Delivery, int] | None:
        """Take a row in doubt for reading back, with how many milliseconds ago Slack may have taken it.

        When the clock was set back since, nobody knows, and it counts as just now.
        """
        with self._changes.store.write() as connection:
            real, which = self._changes.real(connection), self._changes.which
            ripe = (
                select(self._row.key, self._row.intent_at)
                .where(
                    self._row.state == DeliveryState.AMBIGUOUS.value,
                    which.is_pause_over(),
                    which.is_lease_over(),
                )
                .order_by(self._row.priority, self._row.send_at, self._row.key)
                .limit(1)
            )
            found = connection.execute(self._changes.skipping_locked(ripe), {"real": real}).first()
            if found is None:
                return None
            asked_at = min(found.intent_at, real)
            lease = {"owner": owner, "lease_until": real + lease_ms, "intent_at": asked_at}
            (row,) = self._changes.take(connection, [found.key], lease)
            return row, real - asked_at

    def dispel(self, row: Delivery, *, owner: str, reason: str) -> bool:
        """It is known now that it did not arrive: pending again, as if Slack had never been asked."""
        values = {"state": DeliveryState.PENDING.value, "last_error": reason, "owner": None, "intent_at": None}
        return self._changes.change(row, values, owner=owner, states=[DeliveryState.AMBIGUOUS], pause_ms=0)

    def reason(self, row: Delivery) -> str:
        """Why the row is in doubt."""
        last_error = select(self._row.last_error).where(self._row.key == row.key)
        with self._changes.store.read() as connection:
            return str(connection.execute(last_error).scalar() or "")
