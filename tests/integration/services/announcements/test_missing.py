"""Who is still missing from an announcement: nobody who cannot be written to any more, in any number or list."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from domain.audience import Audience
from domain.delivery import Suppressed
from services.announcements.correct import AllHaveRead, nudge
from services.announcements.deliveries import AnnouncementMessage, ledger
from services.announcements.details import details
from services.announcements.facts import Announcement
from services.announcements.look import Line, overview
from services.announcements.news import StaffNews, staff_news
from services.announcements.reach import hours_to_reach
from services.audit import trail
from storage.delivery.rows import delivery_of
from storage.engine import Store
from tests.builders.announcements import Desk, a_content, ladder_ends, press, told
from tests.builders.leaving import deactivated, membership_over, off_the_roster
from tests.builders.people import put_person, put_scholars
from tests.looking.queries import queries_of

HOUR = timedelta(hours=1)
Leaves = Callable[[Store, str], None]
leaves = pytest.mark.parametrize("leaves", [membership_over, off_the_roster, deactivated])


def numbers(line: Line) -> tuple[int, int]:
    return line.acknowledged, line.readers


def in_list(desk: Desk, found: Announcement) -> Line:
    (line,) = [each for each in overview(desk.house.desk, desk.sam).sent if each.announcement.id == found.id]
    return line


@leaves
def test_who_has_left_is_marked_and_counts_in_no_number(desk: Desk, leaves: Leaves) -> None:
    put_person(desk.house.stores.program, "eve")
    found = desk.sent()
    told(desk)
    press(desk, "ada", found)
    leaves(desk.house.stores.program, "bo")

    shown = details(desk.house.desk, desk.sam, found.id)
    number = nudge(desk.house.desk, desk.sam, found.id)

    assert [(each.name, each.is_here) for each in shown.missing.readers] == [("Bo", False), ("Eve", True)]
    assert (numbers(shown.line), numbers(in_list(desk, found)), number) == ((1, 2), (1, 2), 1)
    assert [row[0] for row in desk.rows(AnnouncementMessage.TOLD)] == ["eve"]
    assert trail(desk.house.desk, desk.sam, found.id).done[0].detail == "1 person"


@leaves
def test_all_have_read_it_once_those_have_who_are_left(desk: Desk, leaves: Leaves) -> None:
    found = desk.sent()
    told(desk)
    desk.house.clock.advance(HOUR)
    press(desk, "ada", found)
    leaves(desk.house.stores.program, "bo")

    shown = details(desk.house.desk, desk.sam, found.id)

    assert numbers(shown.line) == (1, 1)
    assert (shown.reached[100], hours_to_reach(desk.house.desk, desk.sam)[found.tier][100]) == (1.0, 1.0)
    with pytest.raises(AllHaveRead):
        nudge(desk.house.desk, desk.sam, found.id)


def test_who_had_acknowledged_it_and_left_counts_with_those_who_have(desk: Desk) -> None:
    found = desk.sent()
    press(desk, "ada", found)
    off_the_roster(desk.house.stores.program, "ada")

    assert numbers(details(desk.house.desk, desk.sam, found.id).line) == (1, 2)


def list_news(desk: Desk, found: Announcement) -> StaffNews | Suppressed:
    asked = ledger.select().where(ledger.c.object_id == found.id, ledger.c.kind == AnnouncementMessage.LIST)
    with desk.house.desk.program.read() as connection:
        row = connection.execute(asked.limit(1)).one()
    return staff_news(desk.house.desk, delivery_of(row))


def test_list_for_staff_counts_those_alone_who_are_left_and_goes_for_nobody_else(desk: Desk) -> None:
    found = desk.sent()
    told(desk)
    press(desk, "ada", found)
    ladder_ends(desk)

    before = list_news(desk, found)
    off_the_roster(desk.house.stores.program, "bo")

    assert isinstance(before, StaffNews)
    assert (before.open_, before.readers) == (1, 2)
    assert list_news(desk, found) == Suppressed("nobody is missing")


def test_as_much_is_asked_for_many_who_are_missing_as_for_few(desk: Desk) -> None:
    counts = []
    for number in (1, 30):
        put_scholars(desk.house.stores.program, number) if number > 1 else None
        other = desk.sent()
        found = desk.sent(a_content(audience=Audience(behind_announcement=other.id)))
        told(desk)
        press(desk, "ada", other)
        with queries_of(desk.house.desk.program) as asked:
            details(desk.house.desk, desk.sam, found.id)
            overview(desk.house.desk, desk.sam)
            hours_to_reach(desk.house.desk, desk.sam)
            nudge(desk.house.desk, desk.sam, found.id)
        counts.append(len(asked))

    assert counts == [counts[0]] * 2
