"""The list for staff of who has not acknowledged something: after the ladder of each, in time, and for late joiners."""

from dataclasses import replace
from datetime import timedelta

import pytest

from domain.announcements import AnnouncementRules, Plan, Timing
from domain.delivery import Tier
from services.announcements.deliveries import AnnouncementMessage
from services.announcements.follow_up import REPORTED, follow_up, welcome_newcomers
from tests.builders.announcements import Desk, a_content, ladder_ends, later, press, told
from tests.builders.leaving import touch
from tests.builders.people import put_person, travel
from tests.builders.rules import set_rules
from tests.looking.queries import queries_of

HOUR, MINUTE = timedelta(hours=1), timedelta(minutes=1)


def lists(desk: Desk) -> list[str]:
    """When staff get a list, for each that they get."""
    return [row[2] for row in desk.rows(AnnouncementMessage.LIST) if row[0] == "sam"]


def hours_pass(desk: Desk, hours: int) -> None:
    """Hour by hour, with all that is due sent."""
    for _ in range(hours):
        later(desk, HOUR)
        told(desk)


def joins(desk: Desk, who: str) -> None:
    """Somebody comes later, and is told."""
    put_person(desk.house.stores.program, who)
    touch(desk.house.stores.program)
    welcome_newcomers(desk.house.desk)
    told(desk)


@pytest.mark.parametrize(
    ("holds", "listed"),
    [
        pytest.param(8 * HOUR, "2027-01-11T19:00Z", id="an hour before its end"),
        pytest.param(HOUR, "2027-01-11T12:30Z", id="half-time of what is short"),
        pytest.param(48 * HOUR, "2027-01-12T12:00Z", id="after the ladder of what is long"),
    ],
)
def test_list_of_what_ends_comes_while_something_can_be_done(desk: Desk, holds: timedelta, listed: str) -> None:
    plan = Plan(expires_at=desk.house.clock.now() + holds)
    desk.sent(a_content(tier=Tier.CRITICAL, plan=plan))
    told(desk)

    for _ in range(50):
        later(desk, 30 * MINUTE)
        told(desk)

    assert lists(desk) == [listed]


def test_list_of_what_ended_while_nobody_was_there_comes_all_the_same_and_nobody_is_reminded(desk: Desk) -> None:
    desk.sent(a_content(plan=Plan(expires_at=desk.house.clock.now() + 8 * HOUR)))
    told(desk)

    later(desk, 40 * HOUR)

    assert (lists(desk), desk.rows(AnnouncementMessage.TOLD)) == (["2027-01-13T04:00Z"], [])


def test_list_of_what_ended_a_week_ago_is_old_news(desk: Desk) -> None:
    desk.sent(a_content(plan=Plan(expires_at=desk.house.clock.now() + 8 * HOUR)))
    told(desk)

    later(desk, REPORTED + 8 * HOUR)

    assert lists(desk) == []


def test_list_waits_for_the_second_message_of_whose_morning_is_the_last(desk: Desk) -> None:
    travel(desk.house.stores.program, "ada", "America/Los_Angeles")
    desk.sent(a_content(plan=Plan(timing=Timing.MORNING)))

    hours_pass(desk, 60)  # Bo's is at 9:00 the next day, and Ada's at 17:00 of this one

    assert lists(desk) == ["2027-01-13T09:00Z"]


def test_list_waits_for_a_second_message_that_has_not_gone(desk: Desk) -> None:
    desk.sent()
    told(desk)
    later(desk, 4 * HOUR)
    later(desk, 20 * HOUR)
    before = lists(desk)

    told(desk)
    later(desk, MINUTE)

    assert (before, lists(desk)) == ([], ["2027-01-12T12:01Z"])


def test_list_waits_where_both_take_the_same_hours_until_all_have_had_the_second_message(desk: Desk) -> None:
    rules = AnnouncementRules(again_hours=4, list_hours=4)
    set_rules(desk.house.stores.program, lambda before: replace(before, announcements=rules))
    desk.sent()
    told(desk)
    later(desk, 4 * HOUR)
    before = lists(desk)

    told(desk)
    later(desk, MINUTE)

    assert (before, lists(desk)) == ([], ["2027-01-11T16:01Z"])


def test_late_joiner_who_does_not_acknowledge_it_is_on_a_list_a_day_after_joining(desk: Desk) -> None:
    found = desk.sent()
    told(desk)
    press(desk, "ada", found)
    press(desk, "bo", found)
    ladder_ends(desk)
    joins(desk, "new")

    ladder_ends(desk)
    later(desk, 48 * HOUR)

    assert lists(desk) == ["2027-01-13T12:00Z"]


def test_late_joiners_keep_nobody_waiting_and_get_a_list_of_their_own(desk: Desk) -> None:
    desk.sent()
    told(desk)
    hours_pass(desk, 20)
    joins(desk, "new")

    hours_pass(desk, 60)

    assert lists(desk) == ["2027-01-12T12:00Z", "2027-01-13T08:00Z"]


def test_late_joiner_of_a_notice_that_is_in_digests_alone_is_on_no_list_before_a_day_is_over(desk: Desk) -> None:
    desk.sent(a_content(tier=Tier.NOTICE))
    ladder_ends(desk)
    joins(desk, "new")
    later(desk, 23 * HOUR)
    before = lists(desk)

    later(desk, HOUR)

    assert (before, lists(desk)) == (["2027-01-12T12:00Z"], ["2027-01-12T12:00Z", "2027-01-13T12:00Z"])


def test_late_joiner_who_comes_in_the_very_second_of_a_list_is_on_the_next(desk: Desk) -> None:
    desk.sent(a_content(plan=Plan(expires_at=desk.house.clock.now() + 8 * HOUR)))
    told(desk)
    hours_pass(desk, 7)
    joins(desk, "new")

    later(desk, 30 * MINUTE)

    assert lists(desk) == ["2027-01-11T19:00Z", "2027-01-11T19:30Z"]


def test_no_second_list_when_all_who_came_late_have_acknowledged_it(desk: Desk) -> None:
    found = desk.sent()
    told(desk)
    ladder_ends(desk)
    joins(desk, "new")
    press(desk, "new", found)

    hours_pass(desk, 30)

    assert lists(desk) == ["2027-01-12T12:00Z"]


def test_no_second_list_of_what_ends_soon_when_all_who_came_late_have_acknowledged_it(desk: Desk) -> None:
    found = desk.sent(a_content(plan=Plan(expires_at=desk.house.clock.now() + 8 * HOUR)))
    told(desk)
    hours_pass(desk, 7)
    desk.house.clock.advance(MINUTE)
    joins(desk, "new")
    press(desk, "new", found)

    for _ in range(6):
        later(desk, 10 * MINUTE)

    assert lists(desk) == ["2027-01-11T19:00Z"]


def test_nothing_is_asked_about_lists_that_were_made(desk: Desk) -> None:
    counts = []
    for number in (1, 3):
        for _ in range(number):
            desk.sent()
        told(desk)
        ladder_ends(desk)
        with queries_of(desk.house.desk.program) as asked:
            follow_up(desk.house.desk)
        counts.append(len(asked))

    assert counts[0] == counts[1]
