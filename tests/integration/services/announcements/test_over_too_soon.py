"""What was over before all had it: who should have had it still, and what staff hear of that."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select, update

from domain.announcements import Plan
from domain.audience import Audience
from domain.times import epoch_seconds
from services.announcements.correct import retract
from services.announcements.deliveries import AnnouncementMessage, ledger
from services.announcements.details import Names, details
from services.announcements.facts import Announcement
from services.announcements.news import StaffNews, staff_news
from storage.delivery.rows import delivery_of
from storage.program import opt_in_queries
from tests.builders.announcements import Desk, a_content, later, press, told
from tests.builders.leaving import membership_over
from tests.builders.people import PROGRAM, put_person
from tests.fakes.clock import NOON
from tests.looking.attention import let_wait

HOUR = timedelta(hours=1)


def partly(desk: Desk) -> tuple[int, int] | None:
    """How many have not had it, and of how many, as staff are told; None where they are told nothing."""
    with desk.house.desk.program.read() as connection:
        row = connection.execute(select(ledger).where(ledger.c.kind == AnnouncementMessage.TROUBLE)).one_or_none()
    if row is None:
        return None
    news = staff_news(desk.house.desk, delivery_of(row))
    assert isinstance(news, StaffNews)
    return news.unserved, news.readers


def reached(desk: Desk, found: Announcement, who: str) -> None:
    """As if somebody's message about it had gone."""
    is_it = (ledger.c.object_id == found.id) & (ledger.c.person_id == who)
    with desk.house.desk.program.write() as connection:
        sent = update(ledger).where(is_it).values(state="sent", told_at=epoch_seconds(NOON), intent_at=1)
        connection.execute(sent)


def test_expiry_before_all_had_it_is_told_to_its_author_once(desk: Desk) -> None:
    desk.sent(a_content(plan=Plan(expires_at=desk.house.clock.now() + HOUR)))

    later(desk, 2 * HOUR)
    later(desk, 2 * HOUR)

    assert [row[:2] for row in desk.rows(AnnouncementMessage.TROUBLE)] == [("sam", "partly")]


def test_expiry_is_no_trouble_where_only_a_second_message_still_waits_for_a_digest(desk: Desk) -> None:
    found = desk.sent(a_content(plan=Plan(expires_at=desk.house.clock.now() + 6 * HOUR)))
    told(desk)
    let_wait(desk.house, "ada", object_id=found.id, rung="again 1")

    later(desk, 7 * HOUR)

    assert desk.rows(AnnouncementMessage.TROUBLE) == []


@pytest.mark.parametrize("needs_ack", [True, False])
def test_expiry_before_all_had_it_says_how_many_have_not_and_who(desk: Desk, *, needs_ack: bool) -> None:
    plan = Plan(expires_at=desk.house.clock.now() + HOUR)
    found = desk.sent(a_content(plan=plan, needs_ack=needs_ack))
    before = details(desk.house.desk, desk.sam, found.id).unserved.names
    reached(desk, found, "ada")
    later(desk, 2 * HOUR)

    assert partly(desk) == (1, 2)
    assert (before, details(desk.house.desk, desk.sam, found.id).unserved.names) == ((), ("Bo",))


@pytest.mark.parametrize("presses", [True, False])
def test_expiry_is_no_trouble_where_only_who_has_left_has_not_had_it(desk: Desk, *, presses: bool) -> None:
    found = desk.sent(a_content(plan=Plan(expires_at=desk.house.clock.now() + HOUR)))
    reached(desk, found, "ada")
    if presses:
        press(desk, "ada", found)
    membership_over(desk.house.stores.program, "bo")
    later(desk, 2 * HOUR)

    assert (partly(desk), details(desk.house.desk, desk.sam, found.id).unserved) == (None, Names())


def test_expiry_is_told_with_who_had_it_and_who_should_have_still(desk: Desk) -> None:
    for who in ("eve", "fay"):
        put_person(desk.house.stores.program, who)
    found = desk.sent(a_content(plan=Plan(expires_at=desk.house.clock.now() + HOUR)))
    reached(desk, found, "ada")
    press(desk, "ada", found)
    membership_over(desk.house.stores.program, "bo")
    later(desk, 2 * HOUR)

    seen = details(desk.house.desk, desk.sam, found.id).unserved
    assert (partly(desk), seen) == ((2, 3), Names(("Eve", "Fay"), 2))


def test_expiry_is_no_trouble_where_who_has_not_had_it_need_not_any_more(desk: Desk) -> None:
    other = desk.sent()
    told(desk)
    plan = Plan(expires_at=desk.house.clock.now() + HOUR)
    found = desk.sent(a_content(plan=plan, needs_ack=False, audience=Audience(behind_announcement=other.id)))
    reached(desk, found, "bo")
    press(desk, "ada", other)
    later(desk, 2 * HOUR)

    assert (partly(desk), details(desk.house.desk, desk.sam, found.id).unserved) == (None, Names())


def test_channel_that_had_it_not_in_time_is_told_though_all_have_left(desk: Desk) -> None:
    desk.sent(a_content(channel="C1", plan=Plan(expires_at=desk.house.clock.now() + HOUR)))
    for who in ("ada", "bo"):
        membership_over(desk.house.stores.program, who)
    later(desk, 2 * HOUR)

    assert partly(desk) == (0, 0)


def test_only_the_owner_of_a_private_list_is_promised_the_names_of_who_has_not_had_it(desk: Desk) -> None:
    with desk.house.desk.program.write() as connection:
        fresh = {"id": "l1", "program_id": PROGRAM, "owner_id": "sam", "title": "Grants", "about": "", "created_at": 1}
        opt_in_queries.add_list(connection, fresh)
        for who in ("ada", "bo"):
            opt_in_queries.join(connection, "l1", who, program_id=PROGRAM, at=1)
    plan = Plan(expires_at=desk.house.clock.now() + HOUR)
    desk.sent(a_content(plan=plan, audience=Audience(list_id="l1")))
    later(desk, 2 * HOUR)

    with desk.house.desk.program.read() as connection:
        row = connection.execute(select(ledger).where(ledger.c.kind == AnnouncementMessage.TROUBLE)).one()
    told_to = [replace(delivery_of(row), person_id=who) for who in ("sam", "sue")]
    heard = [staff_news(desk.house.desk, each) for each in told_to]

    assert [each.is_private for each in heard if isinstance(each, StaffNews)] == [False, True]


def test_who_is_on_another_ones_private_list_is_not_named_though_they_had_it_too_late(desk: Desk) -> None:
    with desk.house.desk.program.write() as connection:
        values = {"id": "l2", "program_id": PROGRAM, "owner_id": "sam", "title": "Grants", "about": "", "created_at": 1}
        opt_in_queries.add_list(connection, values)
        opt_in_queries.join(connection, "l2", "bo", program_id=PROGRAM, at=2)
    plan = Plan(expires_at=desk.house.clock.now() + HOUR)
    found = desk.sent(a_content(audience=Audience(list_id="l2"), plan=plan))
    later(desk, 2 * HOUR)

    own, others = (details(desk.house.desk, staff, found.id).unserved for staff in (desk.sam, desk.sue))

    assert (own, others) == (Names(("Bo",), 1), Names())


def test_nobody_was_too_late_for_what_was_taken_back(desk: Desk) -> None:
    found = desk.sent(a_content(plan=Plan(expires_at=desk.house.clock.now() + HOUR)))
    retract(desk.house.desk, desk.sam, found.id)
    later(desk, 2 * HOUR)

    assert details(desk.house.desk, desk.sam, found.id).unserved == Names()
