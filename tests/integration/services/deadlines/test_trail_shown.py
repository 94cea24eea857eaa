"""What staff read of what happened to a deadline: what staff did, however many have met it since."""

from datetime import timedelta

from services import audit
from services.audit import trail
from services.deadlines.extend import Extend, extend
from services.deadlines.look import details
from services.deadlines.meet import mark_done, mark_done_for, mark_not_done, mark_not_done_for
from services.deadlines.nudge import nudge
from tests.builders.deadlines import a_deadline, a_key
from tests.builders.people import put_scholars
from tests.fixtures.desks import House

PEOPLE = audit.LISTED + 5


def test_what_staff_did_stands_there_though_more_have_met_it_since_than_a_trail_holds(house: House) -> None:
    ids = put_scholars(house.stores.program, PEOPLE)
    deadline, sam = a_deadline(house), house.person("sam")
    house.clock.advance(timedelta(minutes=1))
    until = deadline.due_at + timedelta(days=1)
    extend(house.desk, sam, Extend(request_key=a_key(), id=deadline.id, until=until, person_ids=("ada",)))
    house.clock.advance(timedelta(minutes=1))
    mark_done_for(house.desk, sam, deadline.id, ["bo"])
    for each in ids:
        mark_done(house.desk, house.person(each), deadline.id)
    mark_not_done(house.desk, house.person(ids[0]), deadline.id)

    shown = details(house.desk, sam, deadline.id)

    assert [(each.by, each.deed, each.about) for each in shown.trail] == [
        ("Sam", "met", "Bo"),
        ("Sam", "extended", "Ada"),
        ("Sam", "set", ""),
    ]
    assert (shown.trail.number, len(shown.met)) == (3, PEOPLE)
    assert {each.by for each in shown.met} == {"", "Sam"}


def test_what_staff_note_for_somebody_stands_there_though_they_take_it_back(house: House) -> None:
    deadline, sam = a_deadline(house), house.person("sam")
    mark_done_for(house.desk, sam, deadline.id, ["ada"])
    mark_not_done(house.desk, house.person("ada"), deadline.id)

    shown = details(house.desk, sam, deadline.id)

    assert [(each.by, each.deed, each.about) for each in shown.trail] == [("Sam", "met", "Ada"), ("Sam", "set", "")]
    assert shown.met == ()


def test_what_staff_take_back_for_somebody_stands_there_since_no_list_says_it(house: House) -> None:
    deadline, sam = a_deadline(house), house.person("sam")
    mark_done(house.desk, house.person("ada"), deadline.id)
    house.clock.advance(timedelta(minutes=1))
    mark_not_done_for(house.desk, sam, deadline.id, ["ada"])

    newest, *_ = details(house.desk, sam, deadline.id).trail

    assert (newest.by, newest.deed, newest.about) == ("Sam", "not met after all", "Ada")


def test_what_is_more_than_a_trail_holds_is_counted_with_all_of_it(house: House) -> None:
    deadline, sam = a_deadline(house), house.person("sam")
    for _ in range(PEOPLE):
        house.clock.advance(timedelta(hours=1))
        nudge(house.desk, sam, deadline.id)

    found = trail(house.desk, sam, deadline.id)

    assert (len(found.done), found.number, found.done[0].deed) == (audit.LISTED, PEOPLE + 1, "nudged")
