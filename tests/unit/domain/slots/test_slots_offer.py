"""What several staff members offer together."""

from datetime import date, datetime, timedelta

import pytest

from domain.slots import StaffTime, group_by_day, needed_busy, next_free, offer
from domain.times import instant_of, zone
from tests.builders.scheduling import LOS_ANGELES, a_kind, a_staff_member, at, hours_in

LONDON = "Europe/London"
NOW = datetime.fromisoformat("2027-01-03T00:00Z")
NINE, TEN, ELEVEN = (at(f"2027-01-04T{hour}:00Z") for hour in ("09", "10", "11"))
TUESDAY = at("2027-01-05T00:00Z")


def coach(name: str, windows: str, *, busy: tuple[tuple[int, int], ...] = ()) -> StaffTime:
    return a_staff_member(hours_in(LONDON, weekly={0: windows}), id=name, busy=busy)


def test_offer_names_who_is_free_at_each_start_in_the_order_given() -> None:
    staff = [coach("zoe", "10-12"), coach("ann", "9-11"), coach("bob", "9-12", busy=((TEN, ELEVEN),))]

    offered = offer(staff, a_kind(), now=NOW, last=TUESDAY)

    assert list(offered.items()) == [(NINE, ["ann", "bob"]), (TEN, ["zoe", "ann"]), (ELEVEN, ["zoe", "bob"])]


def test_offer_without_a_range_reaches_from_the_notice_to_the_horizon() -> None:
    kind = a_kind(notice=34 * 60, horizon_days=8)

    offered = offer([coach("ann", "9-12")], kind, now=NOW)

    assert list(offered) == [TEN, ELEVEN]


def test_offer_at_the_very_end_of_the_horizon_is_included() -> None:
    kind = a_kind(horizon_days=1)

    offered = [offer([coach("ann", "9-12")], kind, now=instant_of(NINE - 86_400 - late)) for late in (0, 1)]

    assert [list(starts) for starts in offered] == [[NINE], []]


def test_offer_range_never_reaches_past_notice_and_horizon() -> None:
    kind = a_kind(notice=34 * 60, horizon_days=2)

    offered = offer([coach("ann", "9-12")], kind, now=NOW, first=0, last=TUESDAY * 2)

    assert list(offered) == [TEN, ELEVEN]


@pytest.mark.parametrize(
    ("now", "expected"),
    [
        ("2027-03-13T18:00:00Z", ["2027-03-14T18:00Z"]),
        ("2027-03-13T18:00:00.001Z", []),
        ("2027-03-13T18:00:01Z", []),
        ("2027-03-13T17:00:00Z", ["2027-03-14T17:00Z", "2027-03-14T18:00Z"]),
    ],
)
def test_t27_notice_is_elapsed_time_and_inclusive(now: str, expected: list[str]) -> None:
    hours = hours_in(LOS_ANGELES, dates={"2027-03-14": "10-12"})

    offered = offer([a_staff_member(hours)], a_kind(notice=24 * 60), now=datetime.fromisoformat(now))

    assert list(offered) == [at(start) for start in expected]


def test_offer_leaves_out_the_scholars_own_sessions() -> None:
    offered = offer([coach("ann", "9-12")], a_kind(), now=NOW, last=TUESDAY, scholar_busy=((TEN, TEN + 1800),))

    assert list(offered) == [NINE, ELEVEN]


@pytest.mark.parametrize("count", [0, 1, 2, 5, 9])
def test_next_free_are_the_first_of_the_whole_offer(count: int) -> None:
    staff = [coach("ann", "10-12"), coach("bob", "9-11")]
    kind = a_kind(horizon_days=60)

    found = next_free(staff, kind, now=NOW, count=count)

    assert list(found.items()) == list(offer(staff, kind, now=NOW).items())[:count]


def test_next_free_when_fewer_are_left_gives_those() -> None:
    found = next_free([coach("ann", "9-12")], a_kind(horizon_days=2), now=NOW, count=5)

    assert list(found) == [NINE, TEN, ELEVEN]


def test_next_free_after_an_instant_begins_with_it() -> None:
    found = next_free([coach("ann", "9-12")], a_kind(), now=NOW, count=2, after=TEN)

    assert list(found) == [TEN, ELEVEN]


def test_next_free_are_the_first_that_suit_however_far_ahead() -> None:
    staff, kind = [coach("ann", "9-12")], a_kind(horizon_days=60)
    suits = frozenset(list(offer(staff, kind, now=NOW))[20::40])

    found = next_free(staff, kind, now=NOW, count=2, suits=suits.__contains__)

    assert list(found) == sorted(suits)[:2]


def test_next_free_a_whole_day_after_now_is_not_missed() -> None:
    midnight = at("2027-01-04T00:00Z")

    found = next_free([coach("ann", "0-1")], a_kind(), now=NOW, count=1)

    assert list(found) == [midnight]


def test_next_free_with_everybody_booked_out_is_nothing() -> None:
    always = (0, at("2030-01-01T00:00Z"))

    assert next_free([coach("ann", "9-12", busy=(always,))], a_kind(), now=NOW, count=5) == {}


def test_needed_busy_covers_every_busy_stretch_that_changes_an_offer() -> None:
    kind = a_kind(length=60, before=15, after=30, notice=33 * 60, horizon_days=1000 // 24)
    first, last = needed_busy(kind, now=NOW)
    earliest, furthest = kind.bookable(int(NOW.timestamp()))

    assert (first, last) == (earliest - 15 * 60, furthest + 90 * 60)


def test_group_by_day_gives_each_start_to_the_viewers_date() -> None:
    evening = at("2027-01-04T23:30Z")

    grouped = group_by_day([NINE, evening, evening + 3600], zone(LONDON))

    assert grouped == {date(2027, 1, 4): (NINE, evening), date(2027, 1, 5): (evening + 3600,)}


def test_group_by_day_twice_in_a_repeated_hour_is_one_date() -> None:
    starts = [at("2026-11-01T08:00Z"), at("2026-11-01T09:00Z")]

    assert group_by_day(starts, zone(LOS_ANGELES)) == {date(2026, 11, 1): tuple(starts)}


def test_group_by_day_when_clocks_go_back_over_midnight_keeps_both_parts_of_a_date() -> None:
    starts = [at(f"2010-03-04T{clock}Z") for clock in ("12:00", "14:00", "15:30", "17:00")]

    grouped = group_by_day(starts, zone("Antarctica/Casey"))

    assert grouped == {date(2010, 3, 4): (starts[0], starts[2]), date(2010, 3, 5): (starts[1], starts[3])}


def test_offer_does_not_change_what_it_is_given() -> None:
    member = coach("ann", "9-12", busy=((TEN, ELEVEN),))

    again = [offer([member], a_kind(), now=NOW + timedelta(hours=1), last=TUESDAY) for _ in range(2)]

    assert again[0] == again[1]
