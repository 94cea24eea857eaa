"""The trail of a deadline: whatever happens to it is in there once, with who did it and about whom."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from domain.deadlines import parse_ladder
from domain.nudges import NUDGE_PAUSE
from services.audit import trail
from services.deadlines.change import change, close, reopen
from services.deadlines.extend import Extend, extend
from services.deadlines.facts import Deadline
from services.deadlines.look import deadline_for_staff
from services.deadlines.meet import mark_done, mark_done_for, mark_not_done, mark_not_done_for
from services.deadlines.nudge import nudge
from services.deadlines.plan import plan_deadlines
from tests.builders.deadlines import a_change, a_deadline, a_key, in_london
from tests.builders.leaving import touch
from tests.builders.people import put_person
from tests.fixtures.desks import House

DUE = datetime(2027, 1, 25, 17, tzinfo=UTC)
LATER, LATEST = DUE + timedelta(days=1), DUE + timedelta(days=2)


def deeds(house: House, deadline: Deadline) -> list[tuple[str, str, str, str]]:
    """What was done to it, by whom, about whom and with which numbers, the first first; one deed's people by name."""
    done = sorted(trail(house.desk, house.person("sam"), deadline.id), key=lambda each: (each.at, each.about))
    return [(each.deed, each.by, each.about, each.detail) for each in done]


def test_trail_has_all_that_staff_do_and_each_deed_once(house: House) -> None:
    sam, deadline = house.person("sam"), a_deadline(house)

    def next_minute() -> Deadline:
        house.clock.advance(timedelta(minutes=1))
        return deadline_for_staff(house.desk, sam, deadline.id)

    change(house.desk, sam, a_change(next_minute(), ladder=parse_ladder("24h")))
    change(house.desk, sam, a_change(next_minute(), due=in_london("2027-01-26")))
    house.clock.advance(NUDGE_PAUSE)  # that of the new time is too fresh for one
    nudge(house.desk, sam, deadline.id)
    next_minute()
    put_person(house.stores.program, "new")
    touch(house.stores.program)
    plan_deadlines(house.desk)
    for deed in (close, close, reopen, reopen):
        next_minute()
        deed(house.desk, sam, deadline.id)

    assert deeds(house, deadline) == [
        ("set", "Sam", "", "2 people, due 2027-01-25T17:00Z"),
        ("changed", "Sam", "", ""),
        ("moved", "Sam", "", "due 2027-01-26T17:00Z"),
        ("nudged", "Sam", "", "2 people"),
        ("joined", "", "", "1 person"),
        ("closed", "Sam", "", ""),
        ("opened again", "Sam", "", ""),
    ]


def test_trail_names_whoever_got_more_time_and_nobody_who_had_as_much(house: House) -> None:
    sam, deadline = house.person("sam"), a_deadline(house)
    wish = Extend(request_key=a_key(), id=deadline.id, until=LATER, person_ids=("ada", "bo"))
    mark_done(house.desk, house.person("bo"), deadline.id)
    house.clock.advance(timedelta(minutes=1))
    extend(house.desk, sam, wish)
    house.clock.advance(timedelta(minutes=1))
    extend(house.desk, sam, replace(wish, request_key=a_key()))
    house.clock.advance(timedelta(minutes=1))
    extend(house.desk, sam, Extend(request_key=a_key(), id=deadline.id, until=LATEST))

    assert deeds(house, deadline)[-2:] == [
        ("extended", "Sam", "Ada", "until 2027-01-26T17:00Z"),
        ("extended", "Sam", "", "1 person, until 2027-01-27T17:00Z"),
    ]


def test_trail_has_who_met_it_and_who_took_that_back(house: House) -> None:
    sam, ada, deadline = house.person("sam"), house.person("ada"), a_deadline(house)

    for deed in (
        lambda: mark_done(house.desk, ada, deadline.id),
        lambda: mark_done(house.desk, ada, deadline.id),
        lambda: mark_not_done(house.desk, ada, deadline.id),
        lambda: mark_not_done(house.desk, ada, deadline.id),
        lambda: mark_done_for(house.desk, sam, deadline.id, ["ada", "bo"]),
        lambda: mark_done_for(house.desk, sam, deadline.id, ["ada", "bo"]),
        lambda: mark_not_done_for(house.desk, sam, deadline.id, ["ada"]),
    ):
        house.clock.advance(timedelta(minutes=1))
        deed()

    assert deeds(house, deadline)[1:] == [
        ("met", "Ada", "Ada", ""),
        ("not met after all", "Ada", "Ada", ""),
        ("met", "Sam", "Ada", ""),
        ("met", "Sam", "Bo", ""),
        ("not met after all", "Sam", "Ada", ""),
    ]
