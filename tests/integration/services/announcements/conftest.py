"""Two members of staff over real stores."""

import pytest

from tests.builders.announcements import Desk, a_desk
from tests.builders.people import put_person
from tests.fixtures.desks import House


@pytest.fixture
def desk(house: House) -> Desk:
    """On each engine in turn."""
    return a_desk(house)


@pytest.fixture
def crowd(desk: Desk) -> Desk:
    """The same with five scholars: so many readers that it is counted when they are told."""
    for number in range(3):
        put_person(desk.house.stores.program, f"scholar-{number}")
    return desk


@pytest.fixture
def sqlite_desk(sqlite_house: House) -> Desk:
    """On SQLite."""
    return a_desk(sqlite_house)
