"""Books one session after another, for tests that kill it: `python -m tests.children.booker URL URL`.

Each booking's id is printed once it stands. Started again it delivers the same requests again.
"""

import sys

from services.booking.book import book_session
from storage.migrations import StoreName
from tests.builders.bookings import a_wish
from tests.fakes.ids import FakeIds
from tests.fixtures.desks import another_house
from tests.fixtures.engines import Stores

STARTS = [f"2027-01-{day}T{hour:02}:00Z" for day in range(12, 16) for hour in range(9, 17)]


def scholar(number: int) -> str:
    """Who books the start of this number."""
    return f"scholar-{number}"


def main(program_url: str, confidential_url: str, run: str) -> None:
    """Book every start; `run` keeps the ids of this process apart from those of another."""
    urls = {StoreName.PROGRAM: program_url, StoreName.CONFIDENTIAL: confidential_url}
    house = another_house(Stores("", urls), ids=FakeIds(run))
    for number, start in enumerate(STARTS):
        details = book_session(house.support, house.person(scholar(number)), a_wish(start, key=f"wish {number}"))
        print(details.booked.id, flush=True)  # noqa: T201  the parent reads it


if __name__ == "__main__":
    main(*sys.argv[1:])
