"""A process killed in the middle of many people: what it has written stands once, and the next one writes the rest."""

from collections import Counter
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import update

from domain.delivery import DeliveryState
from domain.nudges import NUDGE_PAUSE
from services import portions
from services.deadlines.change import change, close
from services.deadlines.extend import Extend, extend
from services.deadlines.facts import Deadline
from services.deadlines.ladders import DeadlineMessage
from services.deadlines.nudge import nudge
from services.deadlines.plan import plan_deadlines
from storage.program import deadline_ledger
from tests.acting.portions import killed_in_the_second_portion
from tests.builders.deadlines import a_change, a_content, a_deadline, a_key, due_of, in_london, ledger_of
from tests.builders.people import put_scholars
from tests.fixtures.desks import House, replica

DUE = datetime(2027, 1, 25, 17, tzinfo=UTC)
A_DAY = timedelta(days=1)
MANY = 1_200
"""More than two portions, so that a kill leaves some of them unplanned."""
PORTION, PEOPLE = 10, 30
"""A portion with the deed, two in the process that is killed, of which one is lost, and what is left then."""
ALL = PEOPLE + 2
_ledger = deadline_ledger.ledger


@pytest.fixture
def large(house: House, monkeypatch: pytest.MonkeyPatch) -> House:
    """A program with more than three small portions of scholars."""
    monkeypatch.setattr(portions, "PORTION", PORTION)
    put_scholars(house.stores.program, PEOPLE)
    return house


def rows(house: House, deadline: Deadline, word: str, *, state: str = "pending") -> Counter[str]:
    """How many rows in a state each person has whose rung begins so."""
    return Counter(who for who, rung, _, now in ledger_of(house, deadline) if rung.startswith(word) and now == state)


def is_once_each(found: Counter[str], *, of: int = ALL) -> bool:
    return (len(found), set(found.values())) == (of, {1})


def a_week_before(house: House) -> Deadline:
    """The first reminder is planned."""
    deadline = a_deadline(house, a_content(ladder="7d, 24h"))
    house.clock.advance(DUE - 7 * A_DAY - house.clock.now())
    plan_deadlines(house.desk)
    return deadline


def told(house: House) -> None:
    """What is planned has gone."""
    with house.stores.program.write() as connection:
        is_it = (_ledger.c.kind == DeadlineMessage.REMINDER.value) & (_ledger.c.state == DeliveryState.PENDING.value)
        connection.execute(update(_ledger).where(is_it).values(state="sent", told_at=1, intent_at=1))


def go_on(house: House) -> None:
    for each in (house, replica(house)):
        plan_deadlines(each.desk)


def test_planner_killed_between_two_portions_leaves_the_rest_to_the_next_one(house: House) -> None:
    put_scholars(house.stores.program, MANY)
    deadline = a_deadline(house, a_content(ladder="24h"))
    house.clock.advance(timedelta(days=13, hours=5))
    killed_in_the_second_portion(house, "deadlines")
    before = len(ledger_of(house, deadline))

    plan_deadlines(house.desk)

    assert 0 < before < MANY + 2
    assert is_once_each(rows(house, deadline, ""), of=MANY + 2)


def extends(house: House, deadline: Deadline) -> None:
    extend(house.desk, house.person("sam"), Extend(request_key=a_key(), id=deadline.id, until=DUE + A_DAY))


def moves(house: House, deadline: Deadline) -> None:
    change(house.desk, house.person("sam"), a_change(deadline, due=in_london("2027-01-26")))


@pytest.mark.parametrize(("act", "word"), [(extends, "extended"), (moves, "moved")])
def test_other_time_whose_process_is_killed_between_two_portions_is_told_to_everybody_once(
    large: House, act: Callable[[House, Deadline], object], word: str
) -> None:
    deadline = a_week_before(large)
    told(large)
    act(large, deadline)

    killed_in_the_second_portion(large, "changed deadlines", size=PORTION)
    left = (len(rows(large, deadline, "7d v")), due_of(large, deadline, "p0029"))
    go_on(large)

    assert left == (2 * PORTION, DUE + A_DAY)
    assert is_once_each(rows(large, deadline, word))
    assert is_once_each(rows(large, deadline, "7d v"))


def test_nudge_whose_process_is_killed_between_two_portions_reaches_everybody_once(large: House) -> None:
    deadline = a_week_before(large)
    large.clock.advance(NUDGE_PAUSE)
    nudge(large.desk, large.person("sam"), deadline.id)

    killed_in_the_second_portion(large, "changed deadlines", size=PORTION)
    left = len(rows(large, deadline, "nudge"))
    go_on(large)

    assert left == 2 * PORTION
    assert is_once_each(rows(large, deadline, "nudge"))


def test_one_that_is_closed_by_a_process_that_is_killed_is_taken_back_from_everybody(large: House) -> None:
    deadline = a_week_before(large)
    close(large.desk, large.person("sam"), deadline.id)

    killed_in_the_second_portion(large, "changed deadlines", size=PORTION)
    left = len(rows(large, deadline, "7d"))
    go_on(large)

    assert left == ALL - 2 * PORTION
    assert is_once_each(rows(large, deadline, "7d", state="superseded"))
