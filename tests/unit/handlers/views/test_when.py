from datetime import UTC, datetime

import pytest

from domain.times import parse_day
from handlers.views.when import clock_label, day_label, start_label, when_plain, when_token, with_times
from services.offers.facts import OfferedStart
from tests.builders.sessions import LONDON, NEW_YORK, TUESDAY

LOS_ANGELES, BERLIN, LISBON = "America/Los_Angeles", "Europe/Berlin", "Europe/Lisbon"
FIRST_HALF_PAST_ONE = datetime(2027, 11, 7, 8, 30, tzinfo=UTC)
SECOND_HALF_PAST_ONE = datetime(2027, 11, 7, 9, 30, tzinfo=UTC)


def test_day_label_is_short() -> None:
    assert day_label(parse_day("2027-01-05")) == "Tue 5 Jan"


@pytest.mark.parametrize(
    ("instant", "zone_name", "label"),
    [
        (TUESDAY, LONDON, "10:00 GMT"),
        (TUESDAY, NEW_YORK, "05:00 EST"),
        (TUESDAY, "Asia/Kolkata", "15:30 IST"),
        (TUESDAY, "America/Sao_Paulo", "07:00 -03"),
        (FIRST_HALF_PAST_ONE, LOS_ANGELES, "01:30 PDT"),
        (SECOND_HALF_PAST_ONE, LOS_ANGELES, "01:30 PST"),
    ],
)
def test_clock_label_names_the_zone(instant: datetime, zone_name: str, label: str) -> None:
    assert clock_label(instant, zone_name) == label


def test_when_plain_is_the_readers_day_and_time() -> None:
    assert when_plain(datetime(2027, 1, 12, 23, 30, tzinfo=UTC), BERLIN) == "Wed 13 Jan, 00:30 CET"


def test_when_token_lets_slack_render_and_falls_back_to_the_profiles_zone() -> None:
    assert when_token(TUESDAY, NEW_YORK) == ("<!date^1799748000^{date_long_pretty}, {time}|Tue 12 Jan, 05:00 EST>")


@pytest.mark.parametrize(
    ("mine", "theirs", "label"),
    [
        (LONDON, LONDON, "10:00 GMT"),
        (LONDON, LISBON, "10:00 GMT"),
        (LONDON, BERLIN, "10:00 GMT · 11:00 CET for them"),
        (LOS_ANGELES, "Asia/Tokyo", "02:00 PST (night) · 19:00 JST for them"),
        (NEW_YORK, LONDON, "05:00 EST (early) · 10:00 GMT for them"),
        ("Pacific/Auckland", "Pacific/Auckland", "23:00 NZDT (late)"),
        (LONDON, "Pacific/Auckland", "10:00 GMT · 23:00 NZDT for them"),
        ("Pacific/Honolulu", "Asia/Tokyo", "00:00 HST (night) · 19:00 JST for them"),
    ],
)
def test_start_label_shows_the_other_clock_where_it_differs(mine: str, theirs: str, label: str) -> None:
    assert start_label(OfferedStart(starts=TUESDAY, staff_zone=theirs), mine, scholar_zone=mine) == label


def test_start_label_names_their_day_where_it_is_another() -> None:
    late = OfferedStart(starts=datetime(2027, 1, 13, 7, tzinfo=UTC), staff_zone=BERLIN)

    label = start_label(late, LOS_ANGELES, scholar_zone=LOS_ANGELES)

    assert label == "23:00 PST (late) · Wed 08:00 CET for them"


@pytest.mark.parametrize(
    ("staff", "scholar", "label"),
    [
        (LONDON, "Asia/Tokyo", "10:00 GMT · 19:00 JST for them"),
        (LONDON, NEW_YORK, "10:00 GMT · 05:00 EST (early) for them"),
        (LONDON, "Pacific/Auckland", "10:00 GMT · 23:00 NZDT (late) for them"),
        ("Pacific/Auckland", LONDON, "23:00 NZDT · 10:00 GMT for them"),
    ],
)
def test_start_label_for_staff_says_what_is_no_time_for_the_scholar(staff: str, scholar: str, label: str) -> None:
    assert start_label(OfferedStart(starts=TUESDAY, staff_zone=scholar), staff, scholar_zone=scholar) == label


def test_times_that_the_audit_trail_keeps_are_rendered_by_slack_like_others() -> None:
    kept = "Ada, until 2027-01-12T10:00Z, of 2 people"

    assert with_times(kept, NEW_YORK) == f"Ada, until {when_token(TUESDAY, NEW_YORK)}, of 2 people"
