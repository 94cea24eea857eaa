"""What the database itself refuses about group sessions, whatever the code does."""

from collections.abc import Mapping
from typing import Any

import pytest
from sqlalchemy import insert
from sqlalchemy.exc import IntegrityError

from storage.confidential.group_sessions import GroupPart, Seat, SeatWait
from storage.engine import table_of
from tests.fixtures.engines import Stores

_part, _seat, _wait = table_of(GroupPart), table_of(Seat), table_of(SeatWait)
HOUR = 3600


def a_seat(**changes: Any) -> Mapping[str, Any]:
    """Ada on the first seat."""
    return {"group_id": "g1", "seat_no": 1, "program_id": "program-1", "person_id": "ada"} | changes


def a_part(**changes: Any) -> Mapping[str, Any]:
    """Ada's part, an hour long."""
    values = {
        "id": "p1",
        "group_id": "g1",
        "program_id": "program-1",
        "person_id": "ada",
        "ref": "r1",
        "is_host": False,
        "status": "booked",
        "starts_at": 0,
        "ends_at": HOUR,
        "busy_from": 0,
        "busy_to": HOUR,
        "version": 1,
        "sequence": 0,
        "changed_at": 0,
        "roster_version": 0,
    }
    return values | changes


@pytest.mark.parametrize("second", [a_seat(person_id="bo"), a_seat(seat_no=2), a_seat(seat_no=0, person_id="bo")])
def test_seat_is_one_persons_and_a_person_has_one(stores: Stores, second: Mapping[str, Any]) -> None:
    with stores.confidential.write() as connection:
        connection.execute(insert(_seat), a_seat())

    with pytest.raises(IntegrityError), stores.confidential.write() as connection:
        connection.execute(insert(_seat), second)


@pytest.mark.parametrize("second", [{"number": 1, "person_id": "bo"}, {"number": 2, "person_id": "ada"}])
def test_place_in_line_is_one_persons_and_a_person_has_one(stores: Stores, second: Mapping[str, Any]) -> None:
    first = {"group_id": "g1", "number": 1, "program_id": "program-1", "person_id": "ada", "since": 0}
    with stores.confidential.write() as connection:
        connection.execute(insert(_wait), first)

    with pytest.raises(IntegrityError), stores.confidential.write() as connection:
        connection.execute(insert(_wait), first | dict(second))


def test_postgresql_keeps_two_parts_of_one_person_apart(postgresql_stores: Stores) -> None:
    store = postgresql_stores.confidential
    other = {"id": "p2", "group_id": "g2", "ref": "r2"}
    with store.write() as connection:
        connection.execute(insert(_part), a_part())
        connection.execute(insert(_part), a_part(**other | {"busy_from": HOUR, "busy_to": 2 * HOUR}))

    later = {"id": "p3", "group_id": "g3", "ref": "r3", "busy_from": HOUR - 1, "busy_to": HOUR}
    with pytest.raises(IntegrityError), store.write() as connection:
        connection.execute(insert(_part), a_part(**later))
    with store.write() as connection:
        gone = {"id": "p4", "group_id": "g4", "ref": "r4", "status": "canceled"}
        connection.execute(insert(_part), a_part(**gone))
