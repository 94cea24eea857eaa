"""A nudge: for those it was pressed for, worth reading until it is due, and after that for some days."""

from datetime import UTC, datetime, timedelta

import pytest

from domain.audience import Audience
from domain.deadlines.ladder import OVERDUE_LIFE
from domain.times import epoch_seconds
from services import portions
from services.deadlines.change import change, close
from services.deadlines.look import deadline_for_staff
from services.deadlines.meet import mark_done
from services.deadlines.nudge import AllHaveMet, NotOpen, nudge
from services.deadlines.plan import plan_deadlines
from storage.program import deadline_ledger
from tests.builders.deadlines import a_change, a_deadline
from tests.fixtures.desks import House

DUE = datetime(2027, 1, 25, 17, tzinfo=UTC)
_ledger = deadline_ledger.ledger


def nudged(house: House) -> set[str]:
    """Who has a nudge in the ledger."""
    asked = _ledger.select().where(_ledger.c.rung.startswith("nudge"))
    with house.stores.program.read() as connection:
        return {row.person_id for row in connection.execute(asked)}


@pytest.mark.parametrize(
    ("pressed", "over"),
    [
        (DUE - timedelta(minutes=1), DUE),
        (DUE, DUE + OVERDUE_LIFE),
        (DUE + timedelta(hours=1), DUE + timedelta(hours=1) + OVERDUE_LIFE),
        (DUE + timedelta(days=30), DUE + timedelta(days=30) + OVERDUE_LIFE),
    ],
)
def test_nudge_lives_until_it_is_due_and_an_overdue_one_for_some_days(
    house: House, pressed: datetime, over: datetime
) -> None:
    deadline = a_deadline(house)
    house.clock.advance(pressed - house.clock.now())

    nudge(house.desk, house.person("sam"), deadline.id)

    asked = _ledger.select().where(_ledger.c.rung.startswith("nudge"))
    with house.stores.program.read() as connection:
        assert {row.expires_at for row in connection.execute(asked)} == {epoch_seconds(over)}


def test_whoever_newly_belongs_while_the_others_are_nudged_is_not(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(portions, "PORTION", 1)
    deadline, sam = a_deadline(house), house.person("sam")
    nudge(house.desk, sam, deadline.id)
    before = nudged(house)
    house.clock.advance(timedelta(minutes=1))
    command = a_change(deadline_for_staff(house.desk, sam, deadline.id), audience=Audience(people=("ada", "bo", "max")))
    change(house.desk, sam, command)

    plan_deadlines(house.desk)

    assert (before, nudged(house)) == ({"ada"}, {"ada", "bo"})


def test_nobody_is_nudged_about_what_all_have_met_or_what_is_closed(house: House) -> None:
    met, closed = a_deadline(house), a_deadline(house)
    for who in ("ada", "bo"):
        mark_done(house.desk, house.person(who), met.id)
    close(house.desk, house.person("sam"), closed.id)

    with pytest.raises(AllHaveMet):
        nudge(house.desk, house.person("sam"), met.id)
    with pytest.raises(NotOpen):
        nudge(house.desk, house.person("sam"), closed.id)
