"""Hours as values."""

from dataclasses import replace
from datetime import date
from itertools import permutations

import pytest

from domain.days import DateSpan
from domain.hours import Absence, DateOverride, InvalidHours, Travel, WeeklyHours, WeeklyWindow, Window
from domain.times import UnknownZone, day_number
from tests.builders.scheduling import LOS_ANGELES, hours_in

NEW_YEAR = date(2027, 1, 1)


def window(start: int, end: int) -> Window:
    return Window(start_minute=start, end_minute=end)


def weekly(weekday: int, start: int, end: int) -> WeeklyWindow:
    return WeeklyWindow(weekday=weekday, start_minute=start, end_minute=end)


@pytest.mark.parametrize(
    ("start", "end", "expected"),
    [
        (720, 540, "end before they start"),
        (540, 540, "end before they start"),
        (540, 722, "steps of 5 minutes"),
        (541, 720, "steps of 5 minutes"),
        (-5, 720, "from 0:00 to 24:00"),
        (540, 1445, "from 0:00 to 24:00"),
    ],
)
def test_window_that_cannot_be_is_refused_in_words(start: int, end: int, expected: str) -> None:
    with pytest.raises(InvalidHours, match=expected):
        window(start, end)


def test_window_may_fill_the_day() -> None:
    assert window(0, 1440) == Window(start_minute=0, end_minute=1440)


def test_weekly_window_that_cannot_be_is_refused_at_its_weekday() -> None:
    with pytest.raises(InvalidHours, match="end before they start") as refused:
        weekly(2, 720, 540)

    assert refused.value.field == "wednesday"


@pytest.mark.parametrize("weekday", [-1, 7])
def test_weekly_window_on_no_weekday_is_refused(weekday: int) -> None:
    with pytest.raises(InvalidHours, match="weekday"):
        weekly(weekday, 540, 720)


def test_weekly_hours_in_an_unknown_zone_are_refused_at_the_zone() -> None:
    with pytest.raises(UnknownZone) as refused:
        WeeklyHours(zone="Mars/Olympus")

    assert refused.value.field == "zone"


def test_weekly_hours_that_overlap_or_touch_are_united_per_weekday() -> None:
    said = (weekly(1, 600, 720), weekly(0, 540, 600), weekly(0, 600, 660), weekly(1, 540, 630), weekly(1, 780, 800))

    assert WeeklyHours(zone=LOS_ANGELES, windows=said).windows == (
        weekly(0, 540, 660),
        weekly(1, 540, 720),
        weekly(1, 780, 800),
    )


def test_overrides_of_one_date_are_united_in_any_order() -> None:
    said = (
        DateOverride(day=NEW_YEAR, windows=(window(540, 660),)),
        DateOverride(day=NEW_YEAR),
        DateOverride(day=NEW_YEAR, windows=(window(600, 720), window(780, 800))),
        DateOverride(day=date(2026, 12, 31)),
    )

    every_order = {WeeklyHours(zone=LOS_ANGELES, overrides=order).overrides for order in permutations(said)}

    assert every_order == {
        (
            DateOverride(day=date(2026, 12, 31)),
            DateOverride(day=NEW_YEAR, windows=(window(540, 720), window(780, 800))),
        )
    }


def test_week_and_dates_hold_the_minutes() -> None:
    hours = hours_in(weekly={0: "9-12, 13-17", 6: "10-11"}, dates={"2027-01-01": "off", "2027-01-02": "9-10"})

    assert hours.week() == (((540, 720), (780, 1020)), (), (), (), (), (), ((600, 660),))
    assert hours.dates() == {day_number(NEW_YEAR): (), day_number(date(2027, 1, 2)): ((540, 600),)}


def test_hours_replaced_are_checked_and_united_again() -> None:
    hours = hours_in(weekly={0: "9-12"})

    more = replace(hours, windows=(*hours.windows, weekly(0, 700, 800)))

    assert more.windows == (weekly(0, 540, 800),)


def days(first: int, last: int) -> DateSpan:
    return DateSpan(first=date(2027, 1, first), last=date(2027, 1, last))


@pytest.mark.parametrize(
    ("parts", "field", "says"),
    [
        ({"travels": (days(1, 4), days(4, 6))}, "travels", "2027-01-04 is in two travels."),
        ({"absences": (days(5, 9), days(2, 5))}, "absences", "2027-01-05 is in two absences."),
    ],
)
def test_a_date_in_two_travels_or_absences_is_refused(
    parts: dict[str, tuple[DateSpan, ...]], field: str, says: str
) -> None:
    travels = tuple(Travel(days=one, zone=LOS_ANGELES) for one in parts.get("travels", ()))
    absences = tuple(Absence(days=one) for one in parts.get("absences", ()))

    with pytest.raises(InvalidHours) as refused:
        WeeklyHours(zone="UTC", travels=travels, absences=absences)

    assert refused.value.field == field
    assert refused.value.message.startswith(says)


def test_travel_to_an_unknown_zone_is_refused() -> None:
    with pytest.raises(UnknownZone):
        Travel(days=days(1, 2), zone="Mars/Olympus")


def test_what_is_set_aside_for_two_purposes_is_refused_at_its_weekday() -> None:
    windows = tuple(replace(weekly(2, start, start + 60), purpose=f"kind-{start}") for start in (540, 595))

    with pytest.raises(InvalidHours, match="set aside for something else already") as refused:
        WeeklyHours(zone="UTC", windows=windows)

    assert refused.value.field == "wednesday"


def test_windows_of_a_phase_and_of_a_purpose_stay_apart_from_the_others() -> None:
    plain, mine = weekly(0, 540, 600), weekly(0, 570, 660)
    hours = WeeklyHours(zone="UTC", windows=(plain, replace(mine, phase="Research"), replace(mine, purpose="mentor")))

    assert (hours.week()[0], hours.week(phase="Research")[0]) == (((540, 600),), ((570, 660),))
    assert (hours.week(purpose="mentor")[0], hours.own_phases, hours.purposes) == (
        ((570, 660),),
        ("Research",),
        ("mentor",),
    )
