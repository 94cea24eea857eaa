"""Does whatever comes to mind in scheduling until it is killed: `python -m tests.children.walker URL URL RUN BEGAN`.

Several walk over one house at once. `BEGAN` is a reading of the machine's monotonic clock, so that all of them have one
program time, a minute of it for each second. Each deed that came about is printed by its name; refusals are part of
life. Any other error ends the process with its traceback.
"""

import sys
import time
from datetime import timedelta

from domain.errors import DomainError
from storage.migrations import StoreName
from tests.children.deeds import DEEDS, Walk
from tests.fakes.clock import NOON
from tests.fakes.ids import FakeIds
from tests.fixtures.desks import House, another_house
from tests.fixtures.engines import Stores

PROGRAM_SECONDS = 60
"""Of program time for each second of the machine's."""


def main(program_url: str, confidential_url: str, run: str, began: str) -> None:
    """Go on until somebody ends it; `run` keeps the ids and chances of this process apart from those of another."""
    urls = {StoreName.PROGRAM: program_url, StoreName.CONFIDENTIAL: confidential_url}
    walk = Walk(another_house(Stores("", urls), ids=FakeIds(run)), run)
    while True:
        catch_up(walk.house, float(began))
        deed = walk.random.choice(DEEDS)
        try:
            is_done = deed(walk)
        except DomainError:
            continue
        if is_done:
            print(deed.__name__, flush=True)  # noqa: T201  the parent reads it


def catch_up(house: House, began: float) -> None:
    """Let as much program time pass as has."""
    passed = timedelta(seconds=(time.monotonic() - began) * PROGRAM_SECONDS)
    house.clock.advance(max(timedelta(), NOON + passed - house.clock.now()))


if __name__ == "__main__":
    main(*sys.argv[1:])
