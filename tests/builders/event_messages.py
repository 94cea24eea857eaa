"""What the program's ledger holds about events."""

from sqlalchemy import select

from domain.delivery import Delivery, DeliveryState
from services.events.deliveries import ledger
from storage.delivery.rows import delivery_of
from tests.fixtures.desks import House, label


def event_rows(house: House, *kinds: str) -> list[Delivery]:
    """The rows about events that wait to be sent, of these kinds or of all, in the order of sending."""
    wanted = ledger.c.kind.in_(kinds) if kinds else ledger.c.kind.startswith("event.")
    asked = select(ledger).where(wanted, ledger.c.state == DeliveryState.PENDING.value)
    with house.stores.program.read() as connection:
        return [delivery_of(row) for row in connection.execute(asked.order_by(ledger.c.send_at, ledger.c.person_id))]


def told(house: House, *kinds: str) -> list[tuple[str, str, str, str]]:
    """Kind, reader, rung and time of sending of the same."""
    return [
        (row.kind, row.person_id, row.rung, label(int(row.send_at.timestamp()))) for row in event_rows(house, *kinds)
    ]
