"""What staff see of many deadlines: as much asked and read for many people as for few."""

from datetime import timedelta

import pytest
from sqlalchemy import update

from domain.times import epoch_seconds, instant_of
from services.deadlines import look
from services.deadlines.extend import Extend, extend
from services.deadlines.look import details, overview
from services.deadlines.meet import mark_done, mark_done_for
from services.deadlines.plan import plan_deadlines
from storage.program import deadline_ledger
from tests.builders.deadlines import a_deadline, a_key
from tests.builders.people import put_scholars
from tests.fixtures.desks import House
from tests.looking.queries import queries_of


def test_staff_are_asked_the_same_of_one_deadline_and_of_three_with_more_people(house: House) -> None:
    counts, sam = [], house.person("sam")
    for number in (1, 3):
        if number > 1:
            put_scholars(house.stores.program, 30)
        for _ in range(number):
            deadline = a_deadline(house)
            mark_done(house.desk, house.person("ada"), deadline.id)
        with queries_of(house.desk.program) as asked:
            seen = overview(house.desk, sam)
            shown = details(house.desk, sam, deadline.id)
        counts.append((len(asked), [each.met for each in seen.open], (len(shown.met), shown.people)))

    assert counts == [(counts[0][0], [1], (1, 2)), (counts[0][0], [1, 1, 1, 1], (1, 32))]


def test_who_is_behind_is_shown_with_when_they_were_told_and_not_when_they_were_to_be(house: House) -> None:
    deadline, told_at = a_deadline(house), instant_of(1_800_000_123)
    house.clock.advance(deadline.due_at - timedelta(days=7) - house.clock.now())
    plan_deadlines(house.desk)
    with house.stores.program.write() as connection:
        values = {"state": "sent", "told_at": epoch_seconds(told_at), "intent_at": 1}
        connection.execute(
            update(deadline_ledger.ledger).where(deadline_ledger.ledger.c.person_id == "ada").values(values)
        )

    shown = details(house.desk, house.person("sam"), deadline.id)

    assert [(each.name, each.rung, each.told_at) for each in shown.behind] == [("Ada", "7d", told_at), ("Bo", "", None)]


def test_of_many_people_some_are_named_the_soonest_first_and_all_are_counted(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(look, "BEHIND_NAMED", 3)
    monkeypatch.setattr(look, "MET_NAMED", 1)
    put_scholars(house.stores.program, 8)
    deadline, sam = a_deadline(house), house.person("sam")
    later = Extend(request_key=a_key(), id=deadline.id, until=deadline.due_at + timedelta(days=1), person_ids=("ada",))
    extend(house.desk, sam, later)
    for who in ("p0007", "p0006"):
        mark_done_for(house.desk, sam, deadline.id, [who])
        house.clock.advance(timedelta(minutes=1))

    shown = details(house.desk, sam, deadline.id)

    assert [each.name for each in shown.behind] == ["Bo", "P0000", "P0001"]
    assert [(each.name, each.by) for each in shown.met] == [("P0007", "Sam")]
    assert (shown.people, shown.number_met, shown.number_behind) == (10, 2, 8)
