"""Every row says whose it is: a program that is deleted, exported or told apart takes all of its rows along."""

from sqlalchemy import inspect, select

from services.booking.book import book_session
from storage.confidential import data_keys
from storage.migrations import StoreName
from tests.builders.bookings import a_wish
from tests.fixtures.desks import House
from tests.fixtures.engines import Stores

OF_NO_PROGRAM = {
    StoreName.PROGRAM: {
        "alembic_version": "the version of the tables",
        "heartbeat": "of the workspace",
        "member": "an account of the workspace, whoever's it is",
        "member_table": "of the workspace",
        "pace": "of the workspace",
        "planned": "of the ledger, for all programs",
        "program": "its id is what the others name",
    },
    StoreName.CONFIDENTIAL: {
        "alembic_version": "the version of the tables",
        "occupied_cell": "names a booking, which says so; there are a dozen for each, in the path of every booking",
        "planned": "of the ledger, for all programs",
        "store_identity": "of the store",
    },
}


def test_every_table_names_the_program_of_its_rows(stores: Stores) -> None:
    for which, exempt in OF_NO_PROGRAM.items():
        found = inspect(stores.open(which).engine)
        without = {
            table
            for table in found.get_table_names()
            if not any(each["name"] == "program_id" and not each["nullable"] for each in found.get_columns(table))
        }
        assert without == set(exempt)


def test_data_key_of_a_booking_names_the_scholars_program(house: House) -> None:
    ada = house.person("ada")

    book_session(house.support, ada, a_wish())

    with house.stores.confidential.read() as connection:
        found = connection.execute(select(data_keys.table.c.program_id)).scalars().all()
    assert list(found) == [ada.program_id]
