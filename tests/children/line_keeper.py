"""Keeps a line busy, for tests that kill it: `python -m tests.children.line_keeper URL URL RUN`.

Joins one scholar after the other and takes every other one. Each deed is printed once it stands; started again it
delivers the same requests again.
"""

import sys

from domain.errors import DomainError
from services.office_hours.joining import join_line
from services.office_hours.looking import own_line_now
from services.office_hours.serving import finish_with, take_next
from storage.migrations import StoreName
from tests.builders.office_hours import a_wish, ref_for
from tests.fakes.ids import FakeIds
from tests.fixtures.desks import House, another_house
from tests.fixtures.engines import Stores

SCHOLARS = 24


def scholar(number: int) -> str:
    """Who joins at this turn."""
    return f"scholar-{number:02}"


def main(program_url: str, confidential_url: str, run: str) -> None:
    """Let everybody join; `run` keeps the ids of this process apart from those of another."""
    urls = {StoreName.PROGRAM: program_url, StoreName.CONFIDENTIAL: confidential_url}
    house = another_house(Stores("", urls), ids=FakeIds(run))
    cleo = house.person("cleo")
    ref = own_line_now(house.support, cleo) or ""
    for number in range(SCHOLARS):
        who = house.person(scholar(number))
        join_line(house.support, who, a_wish(house, who, key=f"join {number}"))
        _say(f"joined {who.id}")
        if number % 2:
            _take(house, ref, f"next {number}")


def _take(house: House, ref: str, key: str) -> None:
    cleo = house.person("cleo")
    called = take_next(house.support, cleo, ref, request_key=key)
    if not called:
        return  # taken and done before this process was killed
    _say(f"called {called}")
    try:
        finish_with(house.support, cleo, ref, ref_for(house, "cleo", called))
    except DomainError:
        return
    _say(f"done {called}")


def _say(what: str) -> None:
    print(what, flush=True)  # noqa: T201  the parent reads it


if __name__ == "__main__":
    main(*sys.argv[1:])
