"""Days and weeks that are full, and what is first for others: in the calendars of those whose they are."""

from datetime import datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.kinds import SessionKind
from domain.rules import FairShares
from domain.slots import WAIVED_IF_LISTED, Refusal, Withheld, free_starts, why_not
from domain.slots.withheld import around_month, around_week, full_days, shared_out
from domain.times import END_OF_TIME, instant_of, zone
from tests.builders.scheduling import LOS_ANGELES, a_kind, a_staff_member, at, hours_in

NEW_YORK, LONDON = zone("America/New_York"), zone("Europe/London")
NOON = at("2027-01-11T12:00Z")  # a Monday
SHARED = SessionKind(
    key="shared",
    taken_by=a_kind().taken_by,
    length_minutes=60,
    step_minutes=60,
    notice_minutes=0,
    cancel_notice_minutes=0,
    horizon_days=28,
    open_per_scholar=3,
    is_shared_out=True,
)


def labels(found: list[Withheld]) -> list[tuple[str, str, Refusal]]:
    return [(f"{instant_of(begin):%m-%dT%H:%MZ}", f"{instant_of(end):%m-%dT%H:%MZ}", why) for begin, end, why in found]


def test_day_is_full_by_its_own_calendar() -> None:
    # 03:00 and 23:00 UTC are one day in London and two in New York.
    starts = [at("2027-01-12T03:00Z"), at("2027-01-12T23:00Z")]

    of_london = full_days(starts, LONDON, per_day=2, per_week=0)
    of_new_york = full_days(starts, NEW_YORK, per_day=2, per_week=0)

    assert labels(of_london) == [("01-12T00:00Z", "01-13T00:00Z", Refusal.DAY_FULL)]
    assert of_new_york == []


def test_week_goes_from_monday_to_sunday_across_a_clock_change() -> None:
    sunday, monday = at("2027-03-28T22:00Z"), at("2027-03-28T23:30Z")  # London skips an hour that Sunday

    (full,) = full_days([sunday], LONDON, per_day=0, per_week=1)
    next_week = full_days([monday], LONDON, per_day=0, per_week=1)

    assert labels([full]) == [("03-22T00:00Z", "03-28T23:00Z", Refusal.WEEK_FULL)]
    assert labels(next_week) == [("03-28T23:00Z", "04-04T23:00Z", Refusal.WEEK_FULL)]


def test_full_week_is_said_before_a_full_day() -> None:
    found = full_days([NOON], LONDON, per_day=1, per_week=1)

    assert [why for _, _, why in found] == [Refusal.WEEK_FULL, Refusal.DAY_FULL]


@pytest.mark.parametrize(("per_day", "per_week"), [(0, 0), (2, 0), (0, 2)])
def test_day_or_week_that_holds_fewer_is_not_full(per_day: int, per_week: int) -> None:
    assert full_days([NOON], LONDON, per_day=per_day, per_week=per_week) == []


@pytest.mark.parametrize(
    ("start", "begin", "end"),
    [
        pytest.param(
            "2027-03-31T22:30Z", "03-01T00:00Z", "03-31T23:00Z", id="last hour of a month with a clock change"
        ),
        pytest.param("2027-03-31T23:30Z", "03-31T23:00Z", "04-30T23:00Z", id="first hour of the next"),
        pytest.param("2027-10-31T23:59Z", "09-30T23:00Z", "11-01T00:00Z", id="clocks go back on the last day"),
        pytest.param("2028-02-29T12:00Z", "02-01T00:00Z", "03-01T00:00Z", id="leap day"),
        pytest.param("2027-12-31T23:59Z", "12-01T00:00Z", "01-01T00:00Z", id="end of the year"),
    ],
)
def test_month_is_that_of_ones_own_calendar(start: str, begin: str, end: str) -> None:
    found = full_days([at(start)], LONDON, per_day=0, per_week=0, per_month=1)

    assert labels(found) == [(begin, end, Refusal.MONTH_FULL)]


def test_sessions_on_both_sides_of_a_months_end_are_counted_apart() -> None:
    # One and the same month in New York, two in London.
    starts = [at("2027-06-30T22:30Z"), at("2027-06-30T23:30Z")]

    of_london = full_days(starts, LONDON, per_day=0, per_week=0, per_month=2)
    of_new_york = full_days(starts, NEW_YORK, per_day=0, per_week=0, per_month=2)

    assert of_london == []
    assert labels(of_new_york) == [("06-01T04:00Z", "07-01T04:00Z", Refusal.MONTH_FULL)]


def test_full_month_is_said_before_a_full_week() -> None:
    found = full_days([NOON], LONDON, per_day=1, per_week=1, per_month=1)

    assert [why for _, _, why in found] == [Refusal.MONTH_FULL, Refusal.WEEK_FULL, Refusal.DAY_FULL]


def test_kind_that_is_not_shared_out_withholds_nothing() -> None:
    assert shared_out([NOON] * 5, FairShares(), a_kind(), LONDON, now=NOON) == []


def test_last_days_are_first_for_those_who_had_none() -> None:
    fair = FairShares(sessions_a_week=0, first_days=7)

    newcomer = shared_out([], fair, SHARED, LONDON, now=NOON)
    others = shared_out([at("2026-01-01T10:00Z")], fair, SHARED, LONDON, now=NOON)

    assert newcomer == []
    assert others == [Withheld(at("2027-02-01T12:00Z") + 1, END_OF_TIME, Refusal.FIRST_FOR_OTHERS)]


def test_what_is_merely_kept_is_no_session_yet_and_uses_up_a_share() -> None:
    fair = FairShares(sessions_a_week=1, leftover_hours=48, first_days=7)

    found = shared_out([], fair, SHARED, LONDON, now=NOON, held=[at("2027-01-19T10:00Z")])

    assert found == [Withheld(at("2027-01-18T00:00Z"), at("2027-01-25T00:00Z"), Refusal.SHARE_USED)]


def test_something_is_always_left_to_those_who_had_a_session() -> None:
    (withheld,) = shared_out([NOON], FairShares(sessions_a_week=0, first_days=60), SHARED, LONDON, now=NOON)

    assert withheld.begin == at("2027-01-12T12:00Z") + 1


def test_further_sessions_of_a_week_open_shortly_before() -> None:
    fair = FairShares(sessions_a_week=2, leftover_hours=48, first_days=0)
    this_week, next_week = ["2027-01-14T10:00Z", "2027-01-15T10:00Z"], ["2027-01-19T10:00Z", "2027-01-20T10:00Z"]

    found = shared_out([at(start) for start in this_week + next_week], fair, SHARED, LONDON, now=NOON)

    assert sorted(found) == [
        Withheld(at("2027-01-13T12:00Z") + 1, at("2027-01-18T00:00Z"), Refusal.SHARE_USED),
        Withheld(at("2027-01-18T00:00Z"), at("2027-01-25T00:00Z"), Refusal.SHARE_USED),
    ]


def test_one_fewer_than_the_share_withholds_nothing() -> None:
    fair = FairShares(sessions_a_week=2, first_days=0)

    assert shared_out([at("2027-01-14T10:00Z"), at("2027-01-19T10:00Z")], fair, SHARED, LONDON, now=NOON) == []


@pytest.mark.parametrize(
    "reason", [Refusal.MONTH_FULL, Refusal.DAY_FULL, Refusal.WEEK_FULL, Refusal.SHARE_USED, Refusal.FIRST_FOR_OTHERS]
)
def test_whoever_offers_a_time_is_not_held_to_what_is_withheld(reason: Refusal) -> None:
    staff = a_staff_member(hours_in("UTC", "0:00-24:00"))
    withheld = [Withheld(NOON, NOON + 7200, reason)]
    now = instant_of(NOON - 3600)

    judged = [
        why_not(NOON, staff, a_kind(), now=now, withheld=withheld, waived=waived)
        for waived in (frozenset[Refusal](), WAIVED_IF_LISTED)
    ]

    assert judged == [reason, None]


stretches = st.lists(
    st.builds(
        lambda begin, length, reason: Withheld(NOON + begin * 900, NOON + (begin + length) * 900, reason),
        st.integers(0, 400),
        st.integers(0, 100),
        st.sampled_from((Refusal.DAY_FULL, Refusal.SHARE_USED)),
    ),
    max_size=4,
)


@settings(max_examples=60, deadline=None, database=None)
@given(stretches, stretches)
def test_what_is_withheld_is_not_offered_and_everything_else_is(
    of_staff: list[Withheld], of_scholar: list[Withheld]
) -> None:
    staff = a_staff_member(hours_in(LOS_ANGELES, "0:00-24:00"), withheld=of_staff)
    kind, now = a_kind(length=30), instant_of(NOON)

    free = free_starts(staff, kind, first=NOON, last=NOON + 7 * 86_400, withheld=of_scholar)

    judged = [
        start
        for start in range(NOON, NOON + 7 * 86_400, 1800)
        if why_not(start, staff, kind, now=now, withheld=of_scholar) is None
    ]
    assert free == judged


def test_week_around_a_stretch_holds_its_weeks_in_every_zone() -> None:
    first, last = around_week((NOON, NOON))

    for name in ("Pacific/Kiritimati", "Etc/GMT+12"):
        local = datetime.fromtimestamp(NOON, zone(name))
        (full,) = full_days([NOON], zone(name), per_day=0, per_week=1)
        assert first <= full.begin <= local.timestamp() < full.end <= last


@pytest.mark.parametrize("noon", ["2027-01-01T12:00Z", "2027-01-31T12:00Z", "2027-02-28T12:00Z", "2027-03-31T12:00Z"])
def test_month_around_a_stretch_holds_its_months_and_weeks_in_every_zone(noon: str) -> None:
    first, last = around_month((at(noon), at(noon)))

    for name in ("Pacific/Kiritimati", "Etc/GMT+12"):
        month, week = full_days([at(noon)], zone(name), per_day=0, per_week=1, per_month=1)
        assert first <= min(month.begin, week.begin) <= at(noon) < max(month.end, week.end) <= last
