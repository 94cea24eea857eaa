"""Two members of staff over real stores."""

import pytest

from tests.builders.announcements import Desk, a_desk
from tests.fixtures.desks import House


@pytest.fixture
def desk(house: House) -> Desk:
    """On each engine in turn."""
    return a_desk(house)


@pytest.fixture
def sqlite_desk(sqlite_house: House) -> Desk:
    """On SQLite."""
    return a_desk(sqlite_house)
