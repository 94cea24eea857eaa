"""Who was meant and had no account in use when it was sent: kept with it, and named to staff. On both engines."""

from datetime import timedelta

from sqlalchemy import update

from domain.announcements import Plan, Timing
from domain.audience import Audience
from handlers.views.announcements import announcement_modal
from services.announcements.details import details
from services.announcements.facts import Announcement
from services.announcements.follow_up import welcome_newcomers
from services.announcements.send import send
from storage.program import opt_in_queries
from storage.program.people_queries import member
from tests.builders.announcements import Desk, a_content, later
from tests.builders.leaving import deactivated, touch
from tests.builders.people import PROGRAM, account_of
from tests.fakes.clock import NOON

HOUR = timedelta(hours=1)


def unreached(desk: Desk, found: Announcement) -> tuple[str, ...]:
    return details(desk.house.desk, desk.sam, found.id).unreached.names


def test_who_loses_their_account_between_planning_and_sending_is_named_to_staff(desk: Desk) -> None:
    found = desk.draft(a_content(plan=Plan(timing=Timing.AT, at=NOON + HOUR), takes_newcomers=False))
    send(desk.house.desk, desk.sam, found.id, version=found.version)
    before = unreached(desk, found)
    deactivated(desk.house.stores.program, "bo")
    later(desk, 2 * HOUR)

    seen = details(desk.house.desk, desk.sam, found.id)

    assert (before, seen.unreached.names, seen.line.readers) == ((), ("Bo",), 1)
    assert [each.name for each in seen.missing.readers] == ["Ada"]
    assert "One person had no Slack account in use when it was sent, so they have not had it:" in str(
        announcement_modal(seen, zone="Europe/London")
    )


def test_nobody_is_named_where_all_could_be_told(desk: Desk) -> None:
    found = desk.sent()

    assert unreached(desk, found) == ()
    seen = details(desk.house.desk, desk.sam, found.id)
    assert "no Slack account in use" not in str(announcement_modal(seen, zone="Europe/London"))


def test_who_is_back_and_has_become_a_reader_is_named_no_more(desk: Desk) -> None:
    deactivated(desk.house.stores.program, "bo")
    found = desk.sent()
    before = unreached(desk, found)
    with desk.house.desk.program.write() as connection:
        connection.execute(update(member).where(member.c.slack_user_id == account_of("bo")).values(is_deleted=False))
    touch(desk.house.stores.program)
    desk.house.clock.advance(HOUR)
    welcome_newcomers(desk.house.desk)

    assert (before, unreached(desk, found)) == (("Bo",), ())


def test_who_is_on_another_ones_private_list_is_not_named(desk: Desk) -> None:
    with desk.house.desk.program.write() as connection:
        fresh = {"id": "l1", "program_id": PROGRAM, "owner_id": "sam", "title": "Grants", "about": "", "created_at": 1}
        opt_in_queries.add_list(connection, fresh)
        for who in ("ada", "bo"):
            opt_in_queries.join(connection, "l1", who, program_id=PROGRAM, at=1)
    deactivated(desk.house.stores.program, "bo")

    found = desk.sent(a_content(audience=Audience(list_id="l1")))

    own, others = (details(desk.house.desk, staff, found.id).unreached.names for staff in (desk.sam, desk.sue))
    assert (own, others) == (("Bo",), ())
