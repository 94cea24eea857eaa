"""Writes in portions what people are told, and stops in the middle, to be killed: `... WHAT URL URL INSTANT SIZE`.

Prints "one portion" when the rows of the second portion are written and nothing of it is committed.
"""

import sys
import time
from datetime import datetime
from itertools import count
from typing import Any

from sqlalchemy import event

from services import portions
from services.announcements.follow_up import follow_up
from services.deadlines.plan import plan_deadlines
from storage.migrations import StoreName
from tests.fakes.clock import FakeClock
from tests.fakes.ids import FakeIds
from tests.fixtures.desks import another_house
from tests.fixtures.engines import Stores

FOREVER_SECONDS = 600
SECOND = 2
LAST_OF_A_PORTION = {
    "announcements": (follow_up, "INSERT INTO portion_work"),
    "deadlines": (plan_deadlines, "UPDATE deadline_person"),
    "changed deadlines": (plan_deadlines, "INSERT INTO portion_work"),
}
"""What writes them, and the statement that each portion ends with."""


def main(what: str, program_url: str, confidential_url: str, now: str, size: str) -> None:
    """Write up to the middle of the second portion."""
    portions.PORTION = int(size)
    write, last = LAST_OF_A_PORTION[what]
    stores = Stores("", {StoreName.PROGRAM: program_url, StoreName.CONFIDENTIAL: confidential_url})
    house = another_house(stores, clock=FakeClock(datetime.fromisoformat(now)), ids=FakeIds("child"))
    number = count(1)

    def stop(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        if statement.startswith(last) and next(number) == SECOND:
            print("one portion", flush=True)  # noqa: T201  the parent reads it
            time.sleep(FOREVER_SECONDS)

    event.listen(house.stores.program.engine, "before_cursor_execute", stop)
    write(house.desk)


if __name__ == "__main__":
    main(*sys.argv[1:])
