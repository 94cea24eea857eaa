"""However many sessions others have, what is asked for an offer or a list finds its rows by whose they are."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import event, insert, text

from domain.booking import BookingStatus
from domain.times import epoch_seconds
from services.hours.week import week_glance
from services.offers.load import coaches_load
from services.offers.offer import offer_times
from services.sessions.own import upcoming_sessions
from storage.confidential.bookings import Booking, BookingChange
from storage.confidential.group_sessions import GroupPart
from storage.engine import Store, table_of
from storage.migrations import StoreName
from tests.builders.bookings import TOMORROW_TEN, instant
from tests.fixtures.desks import House

OTHERS = 4000
HOUR_SECONDS = 3600
BY_PERSON = ("booking_of_staff", "booking_of_scholar", "group_part_of_person", "uq_group_part", "sqlite_autoindex_")
"""Indexes that begin with whose it is."""
BY_SESSION = ("booking_change USING PRIMARY KEY (booking_id=?", "booking_change_pkey")
"""How the steps of one session are found."""


@pytest.fixture
def crowded(house: House) -> House:
    """The small program beside thousands of sessions of people who are nothing to it, in the very same weeks."""
    house.is_broken_on_purpose = True  # nobody's time is taken
    first = epoch_seconds(instant(TOMORROW_TEN))
    patient = house.stores.open(StoreName.CONFIDENTIAL, is_patient=True)  # thousands of rows on a busy machine
    with patient.write() as connection:
        rows = [_session(number, first) for number in range(OTHERS)]
        connection.execute(insert(table_of(Booking)), rows)
        connection.execute(insert(table_of(BookingChange)), [_step(row) for row in rows])
        connection.execute(insert(table_of(GroupPart)), [_part(number, first) for number in range(OTHERS)])
        if not house.support.store.is_sqlite:
            connection.execute(text("ANALYZE"))
    return house


QUESTIONS: dict[str, Callable[[House], object]] = {
    "offer": lambda house: offer_times(house.support, house.person("ada")),
    "upcoming": lambda house: upcoming_sessions(house.support, house.person("ada")),
    "week": lambda house: week_glance(house.support, house.person("cleo")),
    "load": lambda house: coaches_load(house.support, house.person("cleo")),
}


@pytest.mark.parametrize("question", QUESTIONS)
def test_question_about_a_person_never_looks_at_the_sessions_of_all(crowded: House, question: str) -> None:
    with _plans_of(crowded.support.store) as plans:
        QUESTIONS[question](crowded)

    looks = [line for line in plans if _is_look(line)]
    assert looks
    assert [line for line in looks if not any(index in line for index in (*BY_PERSON, *BY_SESSION))] == []


def _is_look(line: str) -> bool:
    """Whether a line of a plan says how rows of sessions are found."""
    of_sqlite = line.startswith(("SEARCH booking", "SCAN booking", "SEARCH group_part", "SCAN group_part"))
    of_postgresql = "Seq Scan on " in line or "Index Scan " in line or "Index Only Scan " in line
    return of_sqlite or (of_postgresql and ("booking" in line or "group_part" in line))


@contextmanager
def _plans_of(store: Store) -> Iterator[list[str]]:
    """How the database goes about each statement on sessions inside the block, line by line."""
    plans: list[str] = []
    explain = "EXPLAIN QUERY PLAN " if store.is_sqlite else "EXPLAIN "

    def note(_connection: Any, cursor: Any, statement: str, parameters: Any, *_rest: Any) -> None:
        if " booking" in statement and not statement.startswith("EXPLAIN"):
            cursor.execute(explain + statement, parameters)
            plans.extend(str(row[-1]).strip() for row in cursor.fetchall())

    engines = (store.database.engine, store.database.asking)
    for engine in engines:
        event.listen(engine, "before_cursor_execute", note)
    try:
        yield plans
    finally:
        for engine in engines:
            event.remove(engine, "before_cursor_execute", note)


def _session(number: int, first: int) -> dict[str, object]:
    start = first + number // 50 * HOUR_SECONDS
    return _times(start) | {
        "id": f"other-{number}",
        "program_id": "elsewhere",
        "scholar_ref": f"scholar's other-{number}",
        "staff_ref": f"staff's other-{number}",
        "scholar_id": f"scholar-{number % 1333}",
        "staff_id": f"staff-{number % 50}",
        "kind": "coaching",
        "topic": b"",
        "created_at": start,
    }


def _step(session: dict[str, object]) -> dict[str, object]:
    return {
        "booking_id": session["id"],
        "version": 1,
        "program_id": session["program_id"],
        "what": "booked",
        "by_id": session["scholar_id"],
        "at": session["created_at"],
        "starts_at": session["starts_at"],
    }


def _part(number: int, first: int) -> dict[str, object]:
    return _times(first + number // 50 * HOUR_SECONDS) | {
        "id": f"part-{number}",
        "group_id": f"group-{number // 5}",
        "program_id": "elsewhere",
        "person_id": f"scholar-{number % 1000}",
        "ref": f"part's {number}",
        "is_host": False,
    }


def _times(start: int) -> dict[str, object]:
    end = start + int(timedelta(minutes=45).total_seconds())
    same = {"status": BookingStatus.BOOKED.value, "version": 1, "sequence": 0, "roster_version": 0, "changed_at": start}
    return same | {"starts_at": start, "ends_at": end, "busy_from": start, "busy_to": end}
