"""What staff see of many deadlines: as much asked for many, with many people, as for few."""

from services.deadlines.look import details, overview
from services.deadlines.meet import mark_done
from tests.builders.deadlines import a_deadline
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
