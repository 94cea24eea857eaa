"""A nudge: for those it was pressed for, worth reading until it is due, and after that for some days."""

from datetime import UTC, datetime, timedelta

import pytest

from domain.audience import Audience
from domain.deadlines.ladder import OVERDUE_LIFE
from domain.delivery import Deferred
from domain.nudges import NUDGE_PAUSE
from domain.times import epoch_seconds
from services import portions
from services.attention.gate import IN_THE_DIGEST
from services.attention.outlook import Outlook
from services.deadlines.change import change, close
from services.deadlines.look import deadline_for_staff
from services.deadlines.meet import mark_done
from services.deadlines.nudge import AllHaveMet, AllWrittenTo, NotOpen, nudge
from services.deadlines.plan import plan_deadlines
from storage.delivery.rows import delivery_of
from storage.program import deadline_ledger
from tests.builders.deadlines import a_change, a_content, a_deadline
from tests.builders.people import put_person, travel
from tests.fixtures.desks import House
from tests.integration.services.attention.test_gate import passed, use_up

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


def test_nudge_says_what_becomes_of_it_for_each(house: House) -> None:
    put_person(house.stores.program, "eve")
    deadline = a_deadline(house)
    house.clock.advance(timedelta(hours=4))
    travel(house.stores.program, "ada", "Asia/Tokyo")  # 01:00 there
    use_up(house, person="bo")

    done = nudge(house.desk, house.person("sam"), deadline.id)

    asked = _ledger.select().where(_ledger.c.rung.startswith("nudge"))
    with house.stores.program.read() as connection:
        rows = {row.person_id: delivery_of(row) for row in connection.execute(asked)}
    became = {who: passed(house, row) for who, row in rows.items()}
    assert (done.people, done.outlook, done.spared) == (3, Outlook(now=1, later=1, in_digest=1), 0)
    assert isinstance(became["ada"], Deferred)
    assert became["bo"] == IN_THE_DIGEST
    assert became["eve"] not in (IN_THE_DIGEST, became["ada"])


def test_who_sleeps_into_the_next_day_has_that_days_messages_left(house: House) -> None:
    deadline = a_deadline(house)
    house.clock.advance(timedelta(hours=11))  # 23:00 in London
    use_up(house, person="ada")

    done = nudge(house.desk, house.person("sam"), deadline.id)

    assert done.outlook == Outlook(now=0, later=2, in_digest=0)


def test_who_had_their_messages_gets_one_where_a_digest_would_come_too_late(house: House) -> None:
    deadline = a_deadline(house)
    house.clock.advance(DUE - timedelta(hours=3) - house.clock.now())
    use_up(house, person="ada")

    done = nudge(house.desk, house.person("sam"), deadline.id)

    assert done.outlook == Outlook(now=2, later=0, in_digest=0)


@pytest.mark.parametrize("is_planned", [False, True], ids=["not planned yet", "on its way"])
def test_nobody_is_nudged_who_is_written_to_about_it_anyway(house: House, *, is_planned: bool) -> None:
    deadline, sam = a_deadline(house, a_content(is_told=True)), house.person("sam")
    if is_planned:
        plan_deadlines(house.desk)
    house.clock.advance(timedelta(seconds=25))

    with pytest.raises(AllWrittenTo):
        nudge(house.desk, sam, deadline.id)

    assert nudged(house) == set()


def test_who_was_written_to_within_the_hour_is_spared_and_the_others_are_nudged(house: House) -> None:
    deadline, sam = a_deadline(house), house.person("sam")
    nudge(house.desk, sam, deadline.id)
    told_at = epoch_seconds(house.clock.now())
    is_ada = _ledger.c.person_id == "ada"
    house.clock.advance(NUDGE_PAUSE)
    with house.stores.program.write() as connection:
        sent = {"state": "sent", "intent_at": told_at}
        connection.execute(_ledger.update().where(is_ada).values(told_at=told_at + 1, **sent))
        connection.execute(_ledger.update().where(~is_ada).values(told_at=told_at, **sent))

    done = nudge(house.desk, sam, deadline.id)

    assert (done.people, done.spared) == (1, 1)
    assert nudged(house) == {"ada", "bo"}
