"""Sends what is planned and stops in the middle, to be killed: `... URL URL INSTANT`.

Prints "one portion" when the rows of the second portion are written and nothing of it is committed.
"""

import sys
import time
from datetime import datetime
from itertools import count
from typing import Any

from sqlalchemy import event

from services.announcements.follow_up import follow_up
from storage.migrations import StoreName
from tests.fakes.clock import FakeClock
from tests.fakes.ids import FakeIds
from tests.fixtures.desks import another_house
from tests.fixtures.engines import Stores

FOREVER_SECONDS = 600
SECOND = 2


def main(program_url: str, confidential_url: str, now: str) -> None:
    """Send up to the middle of the second portion."""
    stores = Stores("", {StoreName.PROGRAM: program_url, StoreName.CONFIDENTIAL: confidential_url})
    house = another_house(stores, clock=FakeClock(datetime.fromisoformat(now)), ids=FakeIds("publisher"))
    portions = count(1)

    def stop(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        if statement.startswith("INSERT INTO announcement_work") and next(portions) == SECOND:
            print("one portion", flush=True)  # noqa: T201  the parent reads it
            time.sleep(FOREVER_SECONDS)

    event.listen(house.stores.program.engine, "before_cursor_execute", stop)
    follow_up(house.desk)


if __name__ == "__main__":
    main(*sys.argv[1:])
