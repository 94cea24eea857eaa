"""One deadline that cannot be read, or is in somebody's hands, does not hold up the planning of the others."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta

import pytest

from domain.people import Role
from services.apart import Unread
from services.deadlines import plan
from services.deadlines.change import close
from services.deadlines.facts import Deadline
from services.deadlines.look import overview
from services.deadlines.plan import plan_deadlines
from storage.program import deadline_queries
from tests.builders.deadlines import a_content, a_deadline, ledger_of
from tests.builders.people import put_person
from tests.fixtures.desks import House, replica

DUE = datetime(2027, 1, 25, 17, tzinfo=UTC)


def spoil(house: House, deadline: Deadline, **columns: str) -> None:
    with house.stores.program.write() as connection:
        deadline_queries.mark(connection, deadline.id, columns)


def go_to(house: House, instant: datetime) -> None:
    house.clock.advance(instant - house.clock.now())


def test_ladder_that_cannot_be_read_holds_up_nobody_elses(
    house: House, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(plan, "PORTION", 2)  # the spoiled one alone fills the first portion
    spoiled, sound = a_deadline(house, a_content(ladder="7d, 1d")), a_deadline(house, a_content(ladder="7d, 2d"))
    spoil(house, spoiled, ladder="soon")
    go_to(house, DUE - timedelta(days=7) + timedelta(minutes=1))

    with caplog.at_level(logging.ERROR, "services.apart"):
        plan_deadlines(house.desk)
    found = [rung for _, rung, *_ in ledger_of(house, sound)]
    spoil(house, spoiled, ladder="7d, 1d")
    plan_deadlines(house.desk)

    assert found == ["7d", "7d"]
    logged = [(each.message, getattr(each, "step", ""), getattr(each, "object_id", "")) for each in caplog.records]
    assert logged == [("held up", "plan deadline", spoiled.id)]
    assert [rung for _, rung, *_ in ledger_of(house, spoiled)] == ["7d", "7d"]


def test_audience_that_cannot_be_read_keeps_nobody_out_of_the_others(house: House) -> None:
    spoiled, sound = a_deadline(house), a_deadline(house)
    spoil(house, spoiled, audience="[]")
    put_person(house.stores.program, "gus", Role.SCHOLAR)

    go_to(house, DUE - timedelta(days=3))
    plan_deadlines(house.desk)
    go_to(house, DUE - timedelta(hours=48))
    plan_deadlines(house.desk)

    assert {who for who, *_ in ledger_of(house, sound)} == {"ada", "bo", "gus"}
    assert {who for who, *_ in ledger_of(house, spoiled)} == {"ada", "bo"}


def test_deadline_in_somebodys_hands_is_left_for_the_next_time(house: House) -> None:
    held, free = a_deadline(house), a_deadline(house)
    put_person(house.stores.program, "gus", Role.SCHOLAR)
    hasty = replica(house, lock_wait_seconds=0.1)
    go_to(house, DUE - timedelta(days=3))

    with somebody_at(house, held):
        plan_deadlines(hasty.desk)
    go_to(house, DUE - timedelta(hours=48))
    plan_deadlines(house.desk)

    is_held_up = not house.stores.program.is_sqlite
    assert {who for who, *_ in ledger_of(house, free)} == {"ada", "bo", "gus"}
    assert ("gus" not in {who for who, *_ in ledger_of(house, held)}) is is_held_up


@contextmanager
def somebody_at(house: House, deadline: Deadline) -> Iterator[None]:
    """Somebody changes it. SQLite has one writer at a time: there nobody plans anything meanwhile."""
    if house.stores.program.is_sqlite:
        yield
        return
    with house.stores.program.write() as connection:
        house.desk.program.lock(connection, f"deadline {deadline.id}")
        yield


def test_deadline_that_cannot_be_read_is_named_to_staff_and_hides_no_other(
    house: House, caplog: pytest.LogCaptureFixture
) -> None:
    spoiled, sound, closed = a_deadline(house), a_deadline(house), a_deadline(house)
    close(house.desk, house.person("sam"), closed.id)
    spoil(house, spoiled, audience="{")

    seen = overview(house.desk, house.person("sam"))

    assert seen.unread == (Unread(id=spoiled.id, title=spoiled.text.title),)
    assert [[each.deadline.id for each in some] for some in (seen.open, seen.closed)] == [[sound.id], [closed.id]]
    assert [getattr(each, "object_id", "") for each in caplog.records if each.message == "held up"] == [spoiled.id]
