"""Somebody acts on a deadline while staff change it: whoever is second goes by what the first has left.

The second one is on another replica; on SQLite there is one writer at a time anyway.
"""

from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor, wait
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import Connection

from domain.errors import NotFound
from domain.times import epoch_seconds
from services.deadlines.asking import Ask, ask
from services.deadlines.change import close
from services.deadlines.extend import give_time
from services.deadlines.facts import Deadline
from services.deadlines.ladders import News
from services.deadlines.look import waiting_requests
from services.deadlines.meet import mark_done, mark_not_done
from services.deadlines.plan import plan_deadlines
from services.deadlines.snooze import MetAlready, snooze
from storage.program import deadline_change_queries, deadline_people_queries, deadline_queries, extension_queries
from tests.builders.deadlines import a_deadline, a_key, state_of
from tests.fixtures.desks import LONDON, House, replica

DUE = datetime(2027, 1, 25, 17, tzinfo=UTC)
LATER = DUE + timedelta(days=2)
LONG_ENOUGH_SECONDS = 0.3
"""For a rival that does not wait to have written."""


@contextmanager
def rival(
    house: House, deadline: Deadline, act: Callable[[House], object]
) -> Iterator[tuple[Connection, Future[object]]]:
    """A transaction that changes the deadline, and what comes of somebody's act on it at another replica meanwhile."""
    with ThreadPoolExecutor(1) as pool, house.desk.program.write() as connection:
        house.desk.program.lock(connection, f"deadline {deadline.id}")
        outcome = pool.submit(act, replica(house))
        wait([outcome], timeout=LONG_ENOUGH_SECONDS)
        yield connection, outcome


def give_ada_time(house: House, connection: Connection, deadline: Deadline) -> None:
    own = deadline_people_queries.own(connection, "ada", deadline.id)
    assert own is not None
    give_time(house.desk, connection, own.row, LATER, by_id="sam", to=["ada"], news=News.EXTENDED)


def a_day_before(house: House) -> Deadline:
    deadline = a_deadline(house)
    house.clock.advance(DUE - timedelta(hours=24) - house.clock.now())
    plan_deadlines(house.desk)
    return deadline


def test_reminders_put_off_while_time_is_given_rest_by_the_new_time(house: House) -> None:
    deadline = a_day_before(house)

    def put_off(other: House) -> datetime:
        return snooze(other.desk, other.person("ada"), deadline.id, by=timedelta(days=1), request_key="put-off")

    with rival(house, deadline, put_off) as (connection, outcome):
        give_ada_time(house, connection, deadline)

    state = state_of(house, deadline, "ada")
    assert outcome.result() == DUE  # a day from now, and not the old last reminder
    assert (state.due_at, state.snoozed_until) == (epoch_seconds(LATER), epoch_seconds(DUE))


def test_what_is_taken_back_while_it_is_moved_is_reminded_by_the_new_time(house: House) -> None:
    deadline = a_day_before(house)
    mark_done(house.desk, house.person("ada"), deadline.id)

    def take_back(other: House) -> object:
        return mark_not_done(other.desk, other.person("ada"), deadline.id)

    with rival(house, deadline, take_back) as (connection, outcome):
        at = epoch_seconds(house.clock.now())
        deadline_change_queries.move(connection, deadline.id, LONDON, due_at=epoch_seconds(LATER), news="moved", at=at)

    outcome.result()
    assert state_of(house, deadline, "ada").next_at == epoch_seconds(LATER - timedelta(hours=48))


def test_nobody_asks_for_time_about_what_is_closed_meanwhile(house: House) -> None:
    deadline = a_deadline(house)
    wish = Ask(request_key=a_key(), deadline_id=deadline.id, until=LATER)

    with rival(house, deadline, lambda other: ask(other.desk, other.person("ada"), wish)) as (connection, outcome):
        deadline_queries.change(connection, deadline.id, {"state": "closed"})
        extension_queries.end_waiting(connection, deadline.id, at=0)

    with pytest.raises(NotFound):
        outcome.result()
    assert waiting_requests(house.desk, house.person("sam")) == ()
    close(house.desk, house.person("sam"), deadline.id)


def test_nobody_asks_for_time_about_what_they_have_met_meanwhile(house: House) -> None:
    deadline = a_deadline(house)
    wish = Ask(request_key=a_key(), deadline_id=deadline.id, until=LATER)

    with rival(house, deadline, lambda other: ask(other.desk, other.person("ada"), wish)) as (connection, outcome):
        deadline_people_queries.mark_done(connection, deadline.id, "ada", at=0, by_id="ada", proof="")
        extension_queries.end_waiting(connection, deadline.id, at=0, person_ids=["ada"])

    with pytest.raises(MetAlready):
        outcome.result()
    assert waiting_requests(house.desk, house.person("sam")) == ()


def test_planner_leaves_alone_whoever_was_armed_anew_since_it_looked(house: House) -> None:
    deadline = a_deadline(house)
    looked_at = state_of(house, deadline, "ada").next_at
    with house.desk.program.write() as connection:
        give_ada_time(house, connection, deadline)
    armed = state_of(house, deadline, "ada").next_at

    with house.desk.program.write() as connection:
        rows = [{"whose": who, "was": looked_at, "then": None} for who in ("ada", "bo")]
        deadline_people_queries.advance(connection, deadline.id, rows)

    assert armed is not None
    assert [state_of(house, deadline, who).next_at for who in ("ada", "bo")] == [armed, None]
