"""What the program store holds about digests, and a quick way to let something wait or have been sent."""

from collections.abc import Sequence

from sqlalchemy import select, update

from domain.attention import DIGEST, Subject
from domain.delivery import DeliveryState
from domain.times import epoch_seconds
from services.attention.waiting import Place, put_in_digests
from storage.program.attention_queries import item, ledger
from tests.fixtures.desks import House, label
from tests.looking.ledgers import LedgerBook

LONDON = "Europe/London"


def let_wait(
    house: House,
    *people: str,
    object_id: str = "thing",
    subject: Subject = Subject.ANNOUNCEMENT,
    rung: str = "",
    zone: str = LONDON,
) -> int:
    """Put something into these people's digests, and return for how many it is new."""
    places = [Place(person_id=person, zone=zone) for person in people]
    with house.stores.program.write() as connection:
        return put_in_digests(connection, house.desk, places, subject, object_id, rung=rung)


def digests(house: House, *states: DeliveryState) -> list[tuple[str, str, str]]:
    """Person, day and time of every digest in one of these states (pending unless told), in this order."""
    wanted = [state.value for state in states or (DeliveryState.PENDING,)]
    asked = select(ledger.c.person_id, ledger.c.rung, ledger.c.send_at).where(
        ledger.c.kind == DIGEST, ledger.c.state.in_(wanted)
    )
    with house.stores.program.read() as connection:
        return sorted((person, day, label(at)) for person, day, at in connection.execute(asked))


def items(house: House) -> list[tuple[str, str, str, bool]]:
    """Person, object and rung of every item, and whether a digest has taken it."""
    with house.stores.program.read() as connection:
        found = connection.execute(select(item.c.person_id, item.c.object_id, item.c.rung, item.c.told_by))
        return sorted((person, object_id, rung, told_by is not None) for person, object_id, rung, told_by in found)


def book_of(house: House) -> LedgerBook:
    """The program's ledger, to put rows into and to move them by hand."""
    return LedgerBook(house.stores, house.clock)


def mark_sent(house: House, keys: Sequence[str]) -> None:
    """Let rows have been sent just now."""
    now = house.clock.now()
    with house.stores.program.write() as connection:
        connection.execute(
            update(ledger)
            .where(ledger.c.key.in_(keys))
            .values(
                state=DeliveryState.SENT.value,
                told_at=epoch_seconds(now),
                intent_at=epoch_seconds(house.clock.wall()) * 1000,
            )
        )
