"""The process is killed in the middle of booking: what it said stands, and nothing stands by halves (promise 1)."""

import subprocess
import sys
from collections import Counter
from contextlib import ExitStack
from itertools import islice
from pathlib import Path

from sqlalchemy import Connection, Table, select

from storage.confidential.bookings import Booking, BookingChange, OccupiedCell
from storage.confidential.delivery import ConfidentialDelivery
from storage.engine import table_of
from storage.migrations import StoreName
from tests.builders.people import put_person
from tests.children import booker
from tests.fixtures.desks import House

ROOT = Path(__file__).parents[4]
CELLS_OF_A_SESSION = 12 + 9
MESSAGES_OF_A_SESSION = {"session.booked": 2, "session.file": 2, "session.reminder": 4}


def test_book_killed_twice_keeps_what_was_said_and_nothing_by_halves(house: House) -> None:
    for number in range(len(booker.STARTS)):
        put_person(house.stores.program, booker.scholar(number))

    first = said_until_killed(house, "first", sessions=3)
    second = said_until_killed(house, "second", sessions=7)

    stands = ids_of(house)
    assert second[: len(first)] == first
    assert set(second) <= stands
    assert sessions_anywhere(house) == dict.fromkeys(stands, True)
    assert len(house.keys()) == len(stands)


def said_until_killed(house: House, run: str, *, sessions: int) -> list[str]:
    """What a process said before SIGKILL struck it right after so many bookings, while it is at the next one."""
    urls = [house.stores.url(which) for which in (StoreName.PROGRAM, StoreName.CONFIDENTIAL)]
    with ExitStack() as stack:
        process = stack.enter_context(
            subprocess.Popen(
                [sys.executable, "-m", "tests.children.booker", *urls, run], cwd=ROOT, stdout=subprocess.PIPE, text=True
            )
        )
        stack.callback(process.kill)
        assert process.stdout is not None
        said = [line.strip() for line in islice(process.stdout, sessions)]
        process.kill()
        return [*said, *(line.strip() for line in process.stdout if line.endswith("\n"))]


def ids_of(house: House) -> set[str]:
    with house.stores.confidential.read() as connection:
        return set(connection.execute(select(table_of(Booking).c.id)).scalars())


def sessions_anywhere(house: House) -> dict[str, bool]:
    """Every booking of which anything is there, and whether all is that belongs to it."""
    with house.stores.confidential.read() as connection:
        cells = Counter(_column(connection, table_of(OccupiedCell), "booking_id"))
        steps = Counter(_column(connection, table_of(BookingChange), "booking_id"))
        ledger = table_of(ConfidentialDelivery)
        messages: dict[str, Counter[str]] = {}
        for object_id, kind in connection.execute(select(ledger.c.object_id, ledger.c.kind)):
            messages.setdefault(object_id, Counter())[kind] += 1
    return {
        id_: (cells[id_], steps[id_]) == (CELLS_OF_A_SESSION, 1) and news_are_whole(messages.get(id_, Counter()))
        for id_ in cells.keys() | steps.keys() | messages.keys()
    }


def news_are_whole(messages: Counter[str]) -> bool:
    """A session of tomorrow has one reminder for each of the two, later ones have two."""
    return messages in (MESSAGES_OF_A_SESSION, MESSAGES_OF_A_SESSION | {"session.reminder": 2})


def _column(connection: Connection, table: Table, name: str) -> list[str]:
    return list(connection.execute(select(table.c[name])).scalars())
