"""One announcement that fails holds up no other: what can be done is done, and the log says which one it was."""

from datetime import timedelta

import pytest
from sqlalchemy import update

from domain.announcements import State
from services.announcements.deliveries import AnnouncementMessage
from services.announcements.facts import Announcement
from services.announcements.follow_up import follow_up, welcome_newcomers
from services.announcements.look import overview
from services.announcements.own import told_to
from services.announcements.reach import hours_to_reach
from services.announcements.send import send
from services.apart import Unread
from storage.program.announcement_queries import announcement
from tests.builders.announcements import Desk, second_messages, told
from tests.builders.leaving import touch
from tests.builders.people import put_person

HOUR = timedelta(hours=1)


def spoil(desk: Desk, found: Announcement) -> None:
    """Something is wrong with the record of this one, so that nothing can be made of it."""
    with desk.house.desk.program.write() as connection:
        connection.execute(update(announcement).where(announcement.c.id == found.id).values(audience="{"))


def planned(desk: Desk) -> Announcement:
    found = desk.draft()
    return send(desk.house.desk, desk.sam, found.id, version=found.version)


def held_up(caplog: pytest.LogCaptureFixture) -> list[tuple[object, bool]]:
    """Which announcements the log says were held up, and whether it has the traceback."""
    return [
        (record.__dict__["object_id"], record.exc_info is not None)
        for record in caplog.records
        if record.message == "held up"
    ]


def test_one_that_cannot_go_out_keeps_no_other_from_going(desk: Desk, caplog: pytest.LogCaptureFixture) -> None:
    first, bad, last = (planned(desk) for _ in range(3))
    spoil(desk, bad)

    done = follow_up(desk.house.desk)

    assert done == 2
    assert [desk.now(each).state for each in (first, last)] == [State.SENT] * 2
    assert held_up(caplog) == [(bad.id, True)]


def test_one_that_cannot_be_followed_up_keeps_no_reader_of_another_from_being_reminded(
    desk: Desk, caplog: pytest.LogCaptureFixture
) -> None:
    _, bad, _ = (desk.sent() for _ in range(3))
    told(desk)
    spoil(desk, bad)
    desk.house.clock.advance(4 * HOUR)

    follow_up(desk.house.desk)

    assert second_messages(desk) == ["ada", "ada", "bo", "bo"]
    assert held_up(caplog) == [(bad.id, True)]


def test_one_that_newcomers_cannot_have_keeps_no_other_from_them(desk: Desk, caplog: pytest.LogCaptureFixture) -> None:
    _, bad, _ = (desk.sent() for _ in range(3))
    put_person(desk.house.stores.program, "new")
    touch(desk.house.stores.program)
    spoil(desk, bad)

    assert welcome_newcomers(desk.house.desk) == 2
    assert [row[0] for row in desk.rows(AnnouncementMessage.TOLD)].count("new") == 2
    assert held_up(caplog) == [(bad.id, True)]


def test_one_that_cannot_be_read_is_named_to_staff_and_hides_no_other_from_anybody(
    desk: Desk, caplog: pytest.LogCaptureFixture
) -> None:
    first, bad, last = (desk.sent() for _ in range(3))
    draft = desk.draft()
    spoil(desk, bad)

    seen = overview(desk.house.desk, desk.sam)
    told_of = told_to(desk.house.desk, desk.house.person("ada")).told
    hours = hours_to_reach(desk.house.desk, desk.sam)

    assert seen.unread == (Unread(id=bad.id, title=bad.text.title),)
    assert {line.announcement.id for line in seen.sent} == {first.id, last.id}
    assert [line.announcement.id for line in seen.drafts] == [draft.id]
    assert {each.announcement.id for each in told_of} == {first.id, last.id}
    assert list(hours) == [first.tier]
    assert held_up(caplog) == [(bad.id, True)] * 3
