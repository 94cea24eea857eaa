"""Who hears that messages do not go out."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from domain.people import Role
from services.alerts import alert_staff
from services.delivery.watch import SAYS
from storage.engine import table_of
from storage.program.delivery import ProgramDelivery
from tests.builders.people import put_person
from tests.fixtures.desks import House

_ledger = table_of(ProgramDelivery)


def told(house: House) -> list[tuple[str, str]]:
    """Reader and trouble of every alert so far."""
    with house.stores.program.read() as connection:
        found = connection.execute(select(_ledger.c.person_id, _ledger.c.object_id).order_by(_ledger.c.person_id))
        return [(person_id, trouble) for person_id, trouble in found]


def test_alert_goes_to_everybody_in_staff_and_ops_once(sqlite_house: House) -> None:
    put_person(sqlite_house.stores.program, "op", Role.OPS)
    put_person(sqlite_house.stores.program, "pat", Role.STAFF, Role.OPS)

    new = [alert_staff(sqlite_house.desk, "late") for _ in range(2)]

    assert new == [3, 0]
    assert told(sqlite_house) == [("op", "late"), ("pat", "late"), ("sam", "late")]


@pytest.mark.parametrize("says", SAYS.values())
def test_trouble_is_told_in_words_for_people(says: str) -> None:
    assert [word for word in ("scholarbot", "token", "scope", "log") if word in says.lower()] == []


def test_alert_comes_again_after_an_hour_and_for_another_trouble(sqlite_house: House) -> None:
    alert_staff(sqlite_house.desk, "late")
    new = [alert_staff(sqlite_house.desk, "outage")]
    sqlite_house.clock.advance(timedelta(hours=1))

    new.append(alert_staff(sqlite_house.desk, "late"))

    assert new == [1, 1]
    assert sorted(told(sqlite_house)) == [("sam", "late"), ("sam", "late"), ("sam", "outage")]
