"""A house that gets its rows from an earlier one is like the one that was furnished by hand."""

import pytest
from sqlalchemy import Table, delete

from domain.rules import FairShares
from services.hours.own import own_hours
from storage.engine import Store
from tests.builders.scheduling import hours_in
from tests.fakes.clock import FakeClock
from tests.fakes.ids import FakeIds
from tests.fixtures.desks import LONDON, SUPPORT, UNSHARED, WEEKDAYS, a_house, another_house, furnish_by_hand
from tests.fixtures.engines import Stores
from tests.fixtures.furnishing import Furnisher, rows_of


def emptied(stores: Stores) -> Stores:
    for store, tables in zip((stores.program, stores.confidential), rows_of(stores).values(), strict=True):
        clear(store, [table for table, _ in tables])
    return stores


def clear(store: Store, tables: list[Table]) -> None:
    with store.write() as connection:
        for table in reversed(tables):
            connection.execute(delete(table))


@pytest.mark.parametrize("fair", [UNSHARED, None])
def test_second_house_has_each_row_of_the_first_and_goes_on_with_the_same_id(
    stores: Stores, fair: FairShares | None
) -> None:
    furnisher, first, second = Furnisher(), FakeIds(), FakeIds()
    furnisher.furnish(stores, first, fair, lambda: furnish_by_hand(stores, FakeClock(), first, fair))
    by_hand = rows_of(stores)

    furnisher.furnish(emptied(stores), second, fair, lambda: pytest.fail("it was furnished by hand again"))

    assert rows_of(stores) == by_hand
    assert second.new() == first.new()


def test_house_of_another_way_is_furnished_by_hand(sqlite_stores: Stores) -> None:
    furnisher, ids = Furnisher(), FakeIds()
    furnisher.furnish(sqlite_stores, ids, UNSHARED, lambda: furnish_by_hand(sqlite_stores, FakeClock(), ids, UNSHARED))

    with pytest.raises(ZeroDivisionError):
        furnisher.furnish(sqlite_stores, ids, None, lambda: 1 // 0)


def test_furnished_house_opens_and_shows_everybody_their_hours(stores: Stores) -> None:
    a_house(stores)
    house = a_house(emptied(stores))

    found = {who: own_hours(house.support, house.person(who)) for who in SUPPORT}

    assert found == dict.fromkeys(SUPPORT, hours_in(LONDON, WEEKDAYS))
    assert another_house(stores).person("ada") == house.person("ada")
