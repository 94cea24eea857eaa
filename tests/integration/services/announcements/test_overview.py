"""What staff see of many announcements: counted by the database, as much asked for many as for few."""

from datetime import timedelta

from domain.delivery import Tier
from services.announcements.look import details, hours_to_reach, overview
from tests.builders.announcements import Desk, a_content, press
from tests.builders.people import put_scholars
from tests.looking.queries import queries_of


def test_staff_are_asked_the_same_of_one_announcement_and_of_three_with_more_readers(desk: Desk) -> None:
    counts, house, sam = [], desk.house.desk, desk.sam
    for number in (1, 3):
        if number > 1:
            put_scholars(desk.house.stores.program, 30)
        for _ in range(number):
            found = desk.sent()
            press(desk, "ada", found)
        with queries_of(desk.house.desk.program) as asked:
            overview(house, sam)
            details(house, sam, found.id)
            hours_to_reach(house, sam)
        counts.append(len(asked))

    assert counts == [2 + 6 + 2, 2 + 6 + 2]


def test_lines_say_how_many_readers_there_are_and_how_many_have_acknowledged(desk: Desk) -> None:
    first, second = desk.sent(), desk.sent(a_content(tier=Tier.CRITICAL))
    press(desk, "ada", first)

    sent = overview(desk.house.desk, desk.sue).sent

    assert {(line.announcement.id, line.acknowledged, line.readers) for line in sent} == {
        (first.id, 1, 2),
        (second.id, 0, 2),
    }


def test_report_takes_the_median_of_each_tier(desk: Desk) -> None:
    for hours in (1, 2, 5):
        found = desk.sent()
        desk.house.clock.advance(timedelta(hours=hours))
        press(desk, "ada", found)

    assert hours_to_reach(desk.house.desk, desk.sam) == {Tier.IMPORTANT: {50: 2.0, 90: None, 100: None}}
