"""What staff read of what happened to a deadline: what staff did, however many have met it since."""

from datetime import timedelta

import pytest
from sqlalchemy import update

from domain.audience import Audience
from domain.errors import NotFound
from domain.people import Role
from services import audit
from services.audiences.lists import begin_list, put_on_list
from services.deadlines.extend import Extend, extend
from services.deadlines.facts import OfAList
from services.deadlines.look import TRAIL_SHOWN, deadline_trail, details
from services.deadlines.meet import mark_done, mark_done_for, mark_not_done, mark_not_done_for
from services.deadlines.plan import plan_deadlines
from storage.program.people_queries import membership
from tests.builders.deadlines import a_content, a_deadline, a_key
from tests.builders.leaving import touch
from tests.builders.people import put_person, put_program, put_scholars
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


def test_newest_stand_beside_it_and_its_trail_goes_back_to_who_has_set_it(house: House) -> None:
    deadline, sam = a_deadline(house), house.person("sam")
    ids = put_scholars(house.stores.program, PEOPLE)
    touch(house.stores.program)
    plan_deadlines(house.desk)
    mark_done_for(house.desk, sam, deadline.id, ids)
    mark_done(house.desk, house.person("ada"), deadline.id)

    shown = details(house.desk, sam, deadline.id).trail
    pages = [deadline_trail(house.desk, sam, deadline.id, page=page) for page in range(2)]

    assert (len(shown.done), shown.number) == (TRAIL_SHOWN, PEOPLE + 2)
    assert [(each.page, each.pages, each.number) for each in pages] == [(0, 2, PEOPLE + 2), (1, 2, PEOPLE + 2)]
    everything = [each for page in pages for each in page]
    assert tuple(everything[:TRAIL_SHOWN]) == shown.done
    assert [(each.by, each.deed) for each in everything[-2:]] == [("", "joined"), ("Sam", "set")]
    assert len({each.about for each in everything if each.deed == "met"}) == PEOPLE


def test_trail_of_a_deadline_is_for_who_may_look_at_it(house: House) -> None:
    store, deadline = house.stores.program, a_deadline(house)
    put_person(store, "sue", Role.STAFF)
    put_program(store, "program-2")
    put_person(store, "yan", Role.STAFF, program_id="program-2")

    assert deadline_trail(house.desk, house.person("sue"), deadline.id).number == 1
    for who, id_ in (("yan", deadline.id), ("sue", "nothing")):
        with pytest.raises(NotFound):
            deadline_trail(house.desk, house.person(who), id_)


@pytest.mark.parametrize("is_author_gone", [False, True])
def test_trail_of_what_is_for_a_private_list_names_those_on_it_to_its_author_alone(
    house: House, *, is_author_gone: bool
) -> None:
    store, sam = house.stores.program, house.person("sam")
    put_person(store, "sue", Role.STAFF)
    list_id = begin_list(house.desk, sam, title="Climbers", about="", request_key=a_key())
    put_on_list(house.desk, house.person("ada"), list_id)
    deadline = a_deadline(house, a_content(audience=Audience(list_id=list_id)))
    mark_done_for(house.desk, sam, deadline.id, ["ada"])
    seen = deadline_trail(house.desk, sam, deadline.id)
    if is_author_gone:
        leave_roster(house, "sam")

    for page in (0, 1):
        with pytest.raises(OfAList):
            deadline_trail(house.desk, house.person("sue"), deadline.id, page=page)
    assert [(each.deed, each.about) for each in seen] == [("met", "Ada"), ("set", "")]


def leave_roster(house: House, person_id: str) -> None:
    with house.stores.program.write() as connection:
        connection.execute(update(membership).where(membership.c.person_id == person_id).values(removed_at=0))
