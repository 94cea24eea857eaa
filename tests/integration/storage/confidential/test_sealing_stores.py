"""Sealing on both engines: what is kept, who wins a race, and what a database file gives away."""

from storage.migrations import StoreName
from tests.builders.sealing import a_sealer, an_identity
from tests.engines import Stores


def test_seal_when_opened_by_another_process_gives_the_text(stores: Stores) -> None:
    sealer = a_sealer(stores.confidential)
    with stores.confidential.write() as connection:
        sealed = sealer.seal(connection, "a private word", identity=an_identity())

    rival = stores.open(StoreName.CONFIDENTIAL)
    with rival.read() as connection:
        assert a_sealer(rival).open(connection, sealed, identity=an_identity()) == "a private word"
