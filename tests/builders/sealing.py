"""Builders of what sealing works with; every argument has a default, so a test names only what matters."""

from enum import StrEnum

from domain.ports import Clock, IdSource, KeyRing
from domain.sealing import RecordClass, RecordIdentity
from storage.confidential.identity import open_sealer
from storage.confidential.sealing import Sealer
from storage.engine import Store
from tests.fakes.clock import FakeClock
from tests.fakes.ids import FakeIds
from tests.fakes.keys import FakeKeyRing


class OtherClass(StrEnum):
    """A class of record that is still to come."""

    NOTE = "note"


def an_identity(
    *,
    domain: str = "booking.topic",
    record_id: str = "booking-1",
    scholar_id: str = "scholar-1",
    author_id: str = "scholar-1",
    record_class: RecordClass = RecordClass.BOOKING,
    version: int = 1,
    previous: bytes = b"",
    facts: tuple[str, ...] = (),
    program_id: str = "program-1",
) -> RecordIdentity:
    """What a sealed text is bound to."""
    return RecordIdentity(
        domain=domain,
        record_id=record_id,
        scholar_id=scholar_id,
        author_id=author_id,
        record_class=record_class,
        version=version,
        previous=previous,
        facts=facts,
        program_id=program_id,
    )


def a_sealer(
    store: Store, *, keys: KeyRing | None = None, ids: IdSource | None = None, clock: Clock | None = None
) -> Sealer:
    """The sealer of a migrated confidential store."""
    return open_sealer(store, keys=keys or FakeKeyRing(), ids=ids or FakeIds(), clock=clock or FakeClock())


def sealed_in(store: Store, sealer: Sealer, text: str, *, identity: RecordIdentity | None = None) -> bytes:
    """A text sealed in a transaction of its own."""
    with store.write() as connection:
        return sealer.seal(connection, text, identity=identity or an_identity())


def opened_in(store: Store, sealer: Sealer, sealed: bytes, *, identity: RecordIdentity | None = None) -> str:
    """A text opened in a transaction of its own."""
    with store.read() as connection:
        return sealer.open(connection, sealed, identity=identity or an_identity())
