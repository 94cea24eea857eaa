"""A press on one message lets the others that somebody has of the same announcement stop asking."""

from datetime import timedelta

from sqlalchemy import select, update

from domain.delivery import Suppressed
from services.announcements.acknowledge import acknowledge
from services.announcements.correct import retract
from services.announcements.deliveries import AnnouncementMessage, ledger
from services.announcements.facts import Announcement
from services.announcements.news import reader_news
from storage.delivery.rows import delivery_of
from tests.builders.announcements import Desk, later, press, told

HOUR = timedelta(hours=1)


def had_two(desk: Desk) -> Announcement:
    """Both readers have had the first message and the second one, each with a ts of its own."""
    found = desk.sent()
    told(desk)
    later(desk, 4 * HOUR)
    told(desk)
    with desk.house.desk.program.write() as connection:
        is_second = (ledger.c.kind == AnnouncementMessage.TOLD) & (ledger.c.rung == "again")
        connection.execute(update(ledger).where(is_second).values(ts="2.2"))
    return found


def changed(desk: Desk) -> list[tuple[str, str, bool]]:
    """Whose message, of which rung, is to change, and whether it says then that it was acknowledged."""
    leader = ledger.alias()
    asked = select(ledger, leader.c.rung.label("led")).join(leader, leader.c.key == ledger.c.after_key)
    with desk.house.desk.program.read() as connection:
        rows = connection.execute(asked.where(ledger.c.kind == AnnouncementMessage.REWRITE)).all()
    found = [(row.led, delivery_of(row)) for row in rows]
    news = [(rung, row.person_id, reader_news(desk.house.desk, row)) for rung, row in found]
    return sorted(
        (who, rung, not isinstance(each, Suppressed) and each.acknowledged_at is not None) for rung, who, each in news
    )


def test_press_on_one_message_changes_the_other_of_the_same_person(desk: Desk) -> None:
    found = had_two(desk)

    acknowledge(desk.house.desk, desk.house.person("ada"), found.id, pressed=("D1", "2.2"))
    acknowledge(desk.house.desk, desk.house.person("ada"), found.id, pressed=("D1", "1.1"))

    assert changed(desk) == [("ada", "first", True)]


def test_press_elsewhere_changes_all_messages_of_that_person(desk: Desk) -> None:
    found = had_two(desk)

    press(desk, "ada", found)

    assert changed(desk) == [("ada", "again", True), ("ada", "first", True)]


def test_press_on_what_was_taken_back_changes_nothing_more(desk: Desk) -> None:
    found = had_two(desk)
    retract(desk.house.desk, desk.sam, found.id)
    before = len(changed(desk))

    press(desk, "ada", found)

    assert len(changed(desk)) == before == 4
