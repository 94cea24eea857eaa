from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from sandbox.page.dates import clock_label, date_token, day_label, zone_of

LONDON, KOLKATA = ZoneInfo("Europe/London"), ZoneInfo("Asia/Kolkata")
NOW = datetime(2027, 1, 11, 12, 0, tzinfo=LONDON).timestamp()
HOUR, DAY = 3600, 86400


@pytest.mark.parametrize(
    ("template", "seconds", "shown"),
    [
        ("{date_num} {time}", NOW, "2027-01-11 12:00 PM"),
        ("{date}", NOW, "January 11th"),
        ("{date}", NOW + 400 * DAY, "February 15th, 2028"),
        ("{date_short}", NOW, "Jan 11, 2027"),
        ("{date_long}", NOW + 10 * DAY, "Thursday, January 21st, 2027"),
        ("{date_long_pretty} at {time}", NOW, "today at 12:00 PM"),
        ("{date_pretty}", NOW + DAY, "tomorrow"),
        ("{date_short_pretty}", NOW - DAY, "yesterday"),
        ("{date_pretty}", NOW + 2 * DAY, "January 13th"),
        ("{time_secs}", NOW + 1, "12:00:01 PM"),
        ("{ago}", NOW - 2 * HOUR, "2 hours ago"),
        ("{ago}", NOW + DAY, "in 1 day"),
        ("{nonsense}", NOW, "{nonsense}"),
    ],
)
def test_date_token_says_what_slack_says(template: str, seconds: float, shown: str) -> None:
    assert date_token(f"{int(seconds)}^{template}", "fallback", zone=LONDON, now=NOW) == (shown, None)


def test_date_token_is_told_in_the_readers_zone() -> None:
    assert date_token(f"{int(NOW)}^{{time}}", "", zone=KOLKATA, now=NOW) == ("5:30 PM", None)


def test_date_token_may_carry_a_link() -> None:
    token = f"{int(NOW)}^{{date_num}}^https://example.org/"

    assert date_token(token, "", zone=LONDON, now=NOW) == ("2027-01-11", "https://example.org/")


@pytest.mark.parametrize("inside", ["", "soon^{date}", "1799668800", "1799668800^"])
def test_date_token_that_makes_no_sense_is_its_fallback(inside: str) -> None:
    assert date_token(inside, "Monday at noon", zone=LONDON, now=NOW) == ("Monday at noon", None)


@pytest.mark.parametrize(
    ("seconds", "zone", "label"),
    [
        (NOW, LONDON, "Today"),
        (NOW - DAY, LONDON, "Yesterday"),
        (NOW - 8 * DAY, LONDON, "Sunday, January 3rd"),
        (NOW + 11 * HOUR, LONDON, "Today"),
        (NOW + 11 * HOUR, KOLKATA, "Tomorrow"),
    ],
)
def test_day_label_counts_days_where_the_reader_is(seconds: float, zone: ZoneInfo, label: str) -> None:
    assert day_label(seconds, zone, NOW) == label


def test_clock_label_is_the_time_of_day_there() -> None:
    assert (clock_label(NOW, LONDON), clock_label(NOW, KOLKATA)) == ("12:00 PM", "5:30 PM")


def test_zone_that_nobody_knows_is_utc() -> None:
    assert (zone_of("Europe/London"), zone_of("Moon/Far_Side")) == (LONDON, ZoneInfo("UTC"))
