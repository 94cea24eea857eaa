"""How fresh a calendar is, in words, and why it cannot be read and what to do."""

from datetime import timedelta

import pytest

from domain.feeds import FeedState, OwnFeed
from handlers import texts
from handlers.ids import Field
from handlers.views.calendars import age_of, calendars_form, freshness, unread_message
from tests.fakes.clock import NOON

MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)


def a_feed(
    state: FeedState = FeedState.READ, *, since: timedelta | None = 3 * MINUTE, ahead: int = 14, skipped: int = 0
) -> OwnFeed:
    read = None if since is None else NOON - since
    return OwnFeed(id="feed-1", host="calendar.example.org", state=state, read=read, ahead=ahead, skipped=skipped)


@pytest.mark.parametrize(
    ("feed", "expected"),
    [
        (a_feed(), "Read 3 minutes ago; 14 busy times in the next eight weeks."),
        (a_feed(ahead=1), "Read 3 minutes ago; 1 busy time in the next eight weeks."),
        (a_feed(ahead=0), "Read 3 minutes ago; no busy times in the next eight weeks."),
        (a_feed(skipped=1), f"{freshness(a_feed(), NOON)} {texts.calendars.ONE_SKIPPED}"),
        (a_feed(skipped=2), f"{freshness(a_feed(), NOON)} 2 entries make no sense to me and do not count."),
        (a_feed(FeedState.NEW, since=None), texts.calendars.NOT_YET),
        (
            a_feed(FeedState.MISSING, since=2 * DAY),
            f"{texts.calendars.PROBLEMS[FeedState.MISSING]} Last read 2 days ago. What was known then still counts.",
        ),
        (
            a_feed(FeedState.NO_CALENDAR, since=None, skipped=3),
            f"{texts.calendars.PROBLEMS[FeedState.NO_CALENDAR]} {texts.calendars.NEVER_READ}",
        ),
    ],
)
def test_freshness_is_said_in_words(feed: OwnFeed, expected: str) -> None:
    assert freshness(feed, NOON) == expected


def test_every_problem_has_words() -> None:
    assert set(texts.calendars.PROBLEMS) == set(FeedState) - {FeedState.NEW, FeedState.READ}


@pytest.mark.parametrize(
    ("since", "expected"),
    [
        (-MINUTE, "just now"),
        (timedelta(seconds=59), "just now"),
        (MINUTE, "1 minute ago"),
        (59 * MINUTE, "59 minutes ago"),
        (HOUR, "1 hour ago"),
        (23 * HOUR, "23 hours ago"),
        (DAY, "1 day ago"),
        (40 * DAY, "40 days ago"),
    ],
)
def test_age_is_in_the_largest_unit_that_is_full(since: timedelta, expected: str) -> None:
    assert age_of(since) == expected


def test_form_shows_the_host_and_a_field_until_there_are_enough() -> None:
    form, full = calendars_form([a_feed()], NOON), calendars_form([a_feed()] * 5, NOON)

    assert "*calendar.example.org*" in str(form["blocks"])
    assert [block["block_id"] for block in form["blocks"] if block["type"] == "input"] == [Field.ADDRESS]
    assert "submit" not in full
    assert [block for block in full["blocks"] if block["type"] == "input"] == []


def test_message_names_no_calendar() -> None:
    message = unread_message()

    assert "has not been read for a day" in message.text
    assert "http" not in str(message.blocks)
