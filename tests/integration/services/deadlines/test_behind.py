"""Those who have not met a deadline, as an audience of something else."""

import pytest

from domain.audience import Audience
from domain.errors import NotFound
from domain.people import Role
from services.audiences.options import audience_options
from services.audiences.resolve import resolve
from services.deadlines.change import close
from services.deadlines.meet import mark_done
from tests.builders.announcements import a_desk, press
from tests.builders.deadlines import a_deadline
from tests.builders.people import put_person, put_program
from tests.fixtures.desks import House


def test_audience_of_those_behind_a_deadline_is_who_has_not_met_it(house: House) -> None:
    deadline = a_deadline(house)
    mark_done(house.desk, house.person("bo"), deadline.id)

    alone = resolve(house.desk, house.person("sam"), Audience(behind_deadline=deadline.id))
    narrowed = resolve(house.desk, house.person("sam"), Audience(everyone=True, behind_deadline=deadline.id))

    assert [[each.name for each in found.readers] for found in (alone, narrowed)] == [["Ada"], ["Ada"]]


def test_audience_of_those_behind_two_things_is_who_is_behind_with_both(house: House) -> None:
    put_person(house.stores.program, "gus")
    desk = a_desk(house)
    deadline, announced = a_deadline(house), desk.sent()
    mark_done(house.desk, house.person("bo"), deadline.id)
    press(desk, "ada", announced)
    both = Audience(behind_deadline=deadline.id, behind_announcement=announced.id)

    assert resolve(house.desk, house.person("sam"), both).ids == {"gus"}


def test_deadline_of_another_program_is_none_to_be_behind_with(house: House) -> None:
    deadline = a_deadline(house)
    put_program(house.stores.program, "program-2")
    put_person(house.stores.program, "zoe", Role.STAFF, program_id="program-2")

    with pytest.raises(NotFound):
        resolve(house.desk, house.person("zoe"), Audience(behind_deadline=deadline.id))


def test_open_deadlines_are_there_to_choose_from(house: House) -> None:
    deadline = a_deadline(house)
    before = [(each.id, each.title) for each in audience_options(house.desk, house.person("sam"), Audience()).deadlines]

    close(house.desk, house.person("sam"), deadline.id)

    assert before == [(deadline.id, "Research plan")]
    assert audience_options(house.desk, house.person("sam"), Audience()).deadlines == ()
