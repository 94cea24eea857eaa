"""Late joiners: looked for when the roster has changed, or an hour has passed, and without making anybody wait."""

from datetime import timedelta

import pytest

from domain.audience import Audience
from domain.delivery import Tier
from services.announcements.deliveries import AnnouncementMessage
from services.announcements.follow_up import follow_up, welcome_newcomers
from services.announcements.own import whose_homes
from services.announcements.send import send
from services.audiences.lists import begin_list, end_list, put_on_list
from storage.program import people_queries
from tests.builders.announcements import Desk, a_content, request_key
from tests.builders.people import PROGRAM, put_person
from tests.looking.queries import queries_of

HOUR = timedelta(hours=1)


def change_roster(desk: Desk) -> None:
    with desk.house.desk.program.write() as connection:
        people_queries.touch(connection, [PROGRAM])


def looked(desk: Desk) -> list[str]:
    """What is asked by one look."""
    with queries_of(desk.house.desk.program) as asked:
        welcome_newcomers(desk.house.desk)
    return asked


def test_whoever_comes_with_a_new_roster_is_found_at_the_next_look(desk: Desk) -> None:
    found = desk.sent()
    put_person(desk.house.stores.program, "new")
    before = welcome_newcomers(desk.house.desk)

    change_roster(desk)

    assert (before, welcome_newcomers(desk.house.desk), desk.now(found).readers) == (0, 1, 3)


def test_nothing_is_looked_for_while_the_roster_has_not_changed(desk: Desk) -> None:
    counts = []
    for number in (1, 2):
        for _ in range(number):
            desk.sent()
        change_roster(desk)
        welcome_newcomers(desk.house.desk)
        counts.append(looked(desk))

    assert [len(asked) for asked in counts] == [1, 1]


def test_look_that_finds_nobody_reads_no_reader_and_writes_only_that_it_was_made(desk: Desk) -> None:
    desk.sent()
    few = _look_again(desk)
    for number in range(30):
        put_person(desk.house.stores.program, f"s{number}")
    _look_again(desk)

    more = _look_again(desk)

    written = [each for each in more if not each.lstrip().startswith("SELECT")]
    assert (len(more), [each.split()[:2] for each in written]) == (len(few), [["UPDATE", "announcement"]])


def _look_again(desk: Desk) -> list[str]:
    desk.house.clock.advance(HOUR)
    return looked(desk)


@pytest.mark.parametrize("by", ["roster", "hour"])
def test_whoever_left_out_the_channel_is_told_as_all_others_are(desk: Desk, by: str) -> None:
    desk.sent(a_content(channel="C1"))
    put_person(desk.house.stores.program, "new")
    if by == "roster":
        change_roster(desk)
    else:
        desk.house.clock.advance(HOUR)

    welcome_newcomers(desk.house.desk)

    assert "new" in [row[0] for row in desk.rows(AnnouncementMessage.TOLD)]


def test_whoever_puts_themselves_on_a_private_list_needs_no_new_roster(desk: Desk) -> None:
    house = desk.house
    list_id = begin_list(house.desk, desk.sam, title="Grants", about="", request_key=request_key())
    put_on_list(house.desk, house.person("bo"), list_id)
    found = desk.sent(a_content(audience=Audience(list_id=list_id)))
    put_on_list(house.desk, house.person("ada"), list_id)

    assert (welcome_newcomers(house.desk), welcome_newcomers(house.desk), desk.now(found).readers) == (1, 0, 2)


def test_list_that_has_ended_lets_nobody_in_and_is_no_trouble(desk: Desk, caplog: pytest.LogCaptureFixture) -> None:
    house = desk.house
    list_id = begin_list(house.desk, desk.sam, title="Grants", about="", request_key=request_key())
    put_on_list(house.desk, house.person("bo"), list_id)
    desk.sent(a_content(audience=Audience(list_id=list_id)))

    end_list(house.desk, desk.sam, list_id)

    assert (welcome_newcomers(house.desk), caplog.records) == (0, [])


def test_homes_of_readers_are_drawn_when_it_goes_out_and_of_newcomers_when_they_come(desk: Desk) -> None:
    drawn: list[str] = []
    draft = desk.draft(a_content(tier=Tier.NOTICE))
    send(desk.house.desk, desk.sam, draft.id, version=draft.version)

    follow_up(desk.house.desk, lambda *ids: drawn.extend(ids))
    at_first = sorted(drawn)
    put_person(desk.house.stores.program, "new")
    change_roster(desk)
    welcome_newcomers(desk.house.desk, lambda *ids: drawn.extend(ids))

    assert (at_first, drawn[len(at_first) :]) == (["ada", "bo"], ["new"])
    assert set(whose_homes(desk.house.desk, draft.id)) == {"ada", "bo", "new"}
