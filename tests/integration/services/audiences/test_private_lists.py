"""What staff can choose an audience from: who is on somebody's private list is no choice of anybody else's."""

from domain.audience import Audience
from services.audiences.options import audience_options
from storage.program import opt_in_queries
from tests.builders.announcements import a_content, a_desk
from tests.builders.deadlines import a_content as a_deadline_content
from tests.builders.deadlines import a_deadline
from tests.builders.people import PROGRAM
from tests.fixtures.desks import House


def test_who_is_behind_with_what_went_to_a_private_list_is_for_its_owner_alone(house: House) -> None:
    desk = a_desk(house)
    with house.stores.program.write() as connection:
        values = {"id": "list", "program_id": PROGRAM, "owner_id": "sam", "title": "Climbers", "about": ""}
        opt_in_queries.add_list(connection, values | {"created_at": 0, "closed_at": None})
        opt_in_queries.join(connection, "list", "ada", program_id=PROGRAM, at=0)
    climbers = Audience(list_id="list")
    deadline = a_deadline(house, a_deadline_content(audience=climbers))
    announcement = desk.sent(a_content(audience=climbers))
    behind = Audience(behind_deadline=deadline.id)
    narrowed = desk.sent(a_content(audience=behind))

    own, others = (audience_options(house.desk, house.person(who), Audience()) for who in ("sam", "sue"))

    assert [each.id for each in own.deadlines] == [deadline.id]
    assert {each.id for each in own.announcements} == {announcement.id, narrowed.id}
    assert [each.id for each in own.lists] == ["list"]
    assert (others.deadlines, others.announcements, others.lists) == ((), (), ())
