"""What staff see of many announcements: counted by the database, as much asked for many as for few."""

from datetime import timedelta

import pytest

from domain.announcements import State
from domain.delivery import Tier
from services.announcements.details import details
from services.announcements.look import LISTED, Line, overview
from services.announcements.reach import hours_to_reach
from storage.program import announcement_queries
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

    assert counts == [9 + 10 + 5] * 2


def test_lines_say_how_many_readers_there_are_and_how_many_have_acknowledged(desk: Desk) -> None:
    first, second = desk.sent(), desk.sent(a_content(tier=Tier.CRITICAL))
    press(desk, "ada", first)

    sent = overview(desk.house.desk, desk.sue).sent

    assert {(line.announcement.id, line.acknowledged, line.readers) for line in sent} == {
        (first.id, 1, 2),
        (second.id, 0, 2),
    }


def test_line_of_what_asks_for_no_press_says_whom_it_was_for(desk: Desk) -> None:
    found = desk.sent(a_content(needs_ack=False))

    assert overview(desk.house.desk, desk.sue).sent == (Line(announcement=found, readers=2, acknowledged=0),)


def test_pages_of_all_groups_hold_every_announcement_once(desk: Desk) -> None:
    put_many(desk, LISTED + 2)

    first, second = (overview(desk.house.desk, desk.sam, page=page) for page in (0, 1))

    for name in GROUPS:
        shown = [[line.announcement.id for line in getattr(page, name)] for page in (first, second)]
        assert shown == [
            [f"{name}-{number}" for number in range(LISTED)],
            [f"{name}-{number}" for number in range(LISTED, LISTED + 2)],
        ]
    assert (first.page, first.has_more, second.page, second.has_more) == (0, True, 1, False)


def test_one_group_that_goes_on_is_enough_for_another_page(desk: Desk) -> None:
    drafts = [desk.draft() for _ in range(LISTED)]
    full = overview(desk.house.desk, desk.sam)
    drafts.append(desk.draft())

    more = overview(desk.house.desk, desk.sam)

    assert (len(full.drafts), full.has_more) == (LISTED, False)
    assert (len(more.drafts), more.has_more) == (LISTED, True)


@pytest.mark.parametrize("state", [State.SENT, State.RETRACTED, State.EXPIRED])
def test_what_is_over_stands_with_what_was_sent(desk: Desk, state: State) -> None:
    found = desk.draft()
    with desk.house.desk.program.write() as connection:
        announcement_queries.change(connection, found.id, version=1, values={"state": state.value})

    seen = overview(desk.house.desk, desk.sue)

    shown = {name: [line.announcement.id for line in getattr(seen, name)] for name in GROUPS}
    assert shown == {name: [found.id] if name == "sent" else [] for name in GROUPS}


GROUPS = {
    "to_approve": {"state": "waiting", "author_id": "sue", "written_by": "sue"},
    "waiting": {"state": "waiting", "author_id": "sue", "written_by": "sam"},
    "drafts": {"state": "draft"},
    "planned": {"state": "planned"},
    "sent": {"state": "sent"},
    "templates": {"state": "template"},
}


def put_many(desk: Desk, number: int) -> None:
    """So many in each group, the first the latest."""
    model = desk.draft()
    with desk.house.desk.program.write() as connection:
        row = announcement_queries.one(connection, model.id)
        assert row is not None
        announcement_queries.change(connection, model.id, version=1, values={"state": "discarded"})
        for name, values in GROUPS.items():
            for each in range(number):
                other = {"id": f"{name}-{each}", "changed_at": row.changed_at - each} | values
                announcement_queries.add(connection, row._asdict() | other)


def test_report_takes_the_median_of_each_tier(desk: Desk) -> None:
    for hours in (1, 2, 5):
        found = desk.sent()
        desk.house.clock.advance(timedelta(hours=hours))
        press(desk, "ada", found)

    assert hours_to_reach(desk.house.desk, desk.sam) == {Tier.IMPORTANT: {50: 2.0, 90: None, 100: None}}
