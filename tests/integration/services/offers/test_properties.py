"""What must hold of every offer of the real service, whatever hours somebody has, while clocks change on both sides.

Clocks change in Los Angeles on 14 March and in London on 28 March; four weeks from the 8th are offered. That what is
offered can be booked, and comes back when it is canceled, is checked in `tests/integration/services/booking`.
"""

from datetime import UTC, date, datetime, timedelta
from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from domain.cells import cells
from domain.hours import WeeklyHours
from domain.kinds import COACHING
from domain.times import local_label, zone
from services.booking.book import book_session
from services.booking.change import cancel_session
from services.hours.own import save_hours
from services.offers.facts import Offer
from services.offers.offer import offer_times
from services.offers.soonest import next_times
from storage.confidential.bookings import OccupiedCell
from storage.engine import table_of
from tests.builders.bookings import a_cancellation, a_wish, starts_in
from tests.builders.people import travel
from tests.builders.rules import set_rules, with_kind
from tests.builders.scheduling import LOS_ANGELES, at, hours_in
from tests.fixtures.desks import LONDON, House

NOW = datetime(2027, 3, 8, 12, tzinfo=UTC)
ZONES = (LOS_ANGELES, LONDON, "Asia/Kathmandu", "Australia/Lord_Howe", "Pacific/Kiritimati", "Pacific/Honolulu")
TEXTS = ("0:00-24:00", "0:30-3:00", "1:00-4:00", "2:00-3:00", "9:00-12:15, 13:00-17:00", "22:00-24:00", "")
DATES = ("2027-03-13", "2027-03-14", "2027-03-15", "2027-03-27", "2027-03-28", "2027-03-29")
FIVE_MINUTES = timedelta(minutes=5)
QUICK = settings(
    max_examples=8,
    deadline=None,
    database=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
texts = st.sampled_from(TEXTS)
weeks = st.builds(
    hours_in,
    st.sampled_from(ZONES),
    st.dictionaries(st.integers(0, 6), texts, min_size=1),
    st.dictionaries(st.sampled_from(DATES), texts),
)


@pytest.fixture
def march(sqlite_house: House) -> House:
    """The house on a Monday before clocks change."""
    sqlite_house.clock.advance(NOW - sqlite_house.clock.now())
    return sqlite_house


def offered(house: House, hours: WeeklyHours, *, to: str = "ada") -> Offer:
    """What Cleo with these hours has to offer."""
    save_hours(house.support, house.person("cleo"), hours)
    return offer_times(house.support, house.person(to), staff_id="cleo")


def instants(offer: Offer) -> list[datetime]:
    return [each.starts for day in offer.days.values() for each in day]


def occupied(house: House) -> set[tuple[str, int]]:
    cell = table_of(OccupiedCell)
    with house.stores.confidential.read() as connection:
        return {(row.resource_id, row.cell) for row in connection.execute(select(cell))}


def opened_at(hours: WeeklyHours, instant: datetime) -> bool:
    """Read word by word: a date that differs replaces the week; a window is the local times that lie in it."""
    local = instant.astimezone(zone(hours.zone))
    differing = [each for each in hours.overrides if each.day == local.date()]
    weekly = [each for each in hours.windows if each.weekday == local.weekday()]
    windows = [window for each in differing for window in each.windows] if differing else weekly
    return any(each.start_minute <= local.hour * 60 + local.minute < each.end_minute for each in windows)


@QUICK
@given(weeks, st.data())
def test_no_offered_start_meets_what_is_taken_of_either_side(
    march: House, hours: WeeklyHours, data: st.DataObject
) -> None:
    sessions = []
    for who in ("bo", "ada"):
        for start in data.draw(st.lists(st.sampled_from(starts_in(offered(march, hours, to=who)) or [""]), max_size=1)):
            if start:
                wish = a_wish(start, staff="cleo")
                sessions.append((who, book_session(march.support, march.person(who), wish).booked))
    taken, kind = occupied(march), march.support.rules.of(march.person("ada")).kind(COACHING)

    met = [
        start
        for start in map(at, starts_in(offered(march, hours)))
        if any(("cleo", cell) in taken for cell in cells(*kind.busy(start)))
        or any(("ada", cell) in taken for cell in cells(*kind.session(start)))
    ]

    assert (met, len(taken) > 0) == ([], bool(sessions))
    for who, booked in sessions:
        cancel_session(march.support, march.person(who), a_cancellation(booked.scholar_ref))


@QUICK
@given(weeks)
def test_the_local_span_of_every_offered_start_lies_in_the_hours(march: House, hours: WeeklyHours) -> None:
    kind = march.support.rules.of(march.person("ada")).kind(COACHING)
    steps = range(kind.length_minutes // 5)

    outside = [
        start
        for start in instants(offered(march, hours))
        if not all(opened_at(hours, start + FIVE_MINUTES * step) for step in steps)
    ]

    assert outside == []


@QUICK
@given(weeks, st.sampled_from(ZONES))
def test_what_is_offered_is_the_same_from_wherever_it_is_seen_and_comes_back_from_its_label(
    march: House, hours: WeeklyHours, viewer: str
) -> None:
    travel(march.stores.program, "ada", LONDON)
    at_home = instants(offered(march, hours))
    travel(march.stores.program, "ada", viewer)

    away = offered(march, hours)

    assert instants(away) == at_home
    for day, on_day in away.days.items():
        for each in on_day:
            local = each.starts.astimezone(zone(viewer))
            words = " ".join(local_label(each.starts, zone(viewer)).split()[:5])
            named = datetime.strptime(f"{words} +0000", "%a %d %b %Y, %H:%M %z")
            assert (local.date(), named - (local.utcoffset() or timedelta())) == (date.fromisoformat(day), each.starts)


@QUICK
@given(weeks, st.lists(st.integers(1, 28), min_size=1, max_size=3))
def test_a_shorter_range_is_the_beginning_of_a_longer_one(march: House, hours: WeeklyHours, days: list[int]) -> None:
    whole = instants(offered(march, hours))
    for number in days:
        set_rules(march.stores.program, lambda rules, number=number: with_kind(rules, horizon_days=number))  # type: ignore[misc]  # bound at once
        assert instants(offered(march, hours)) == [each for each in whole if each <= NOW + timedelta(days=number)]
    set_rules(march.stores.program, lambda rules: with_kind(rules, horizon_days=28))


@QUICK
@given(weeks, st.integers(1, 9))
def test_the_soonest_are_the_first_of_all(march: House, hours: WeeklyHours, number: int) -> None:
    starts = [int(each.timestamp()) for each in instants(offered(march, hours))]
    ada, cleo = march.person("ada"), march.person("cleo")
    kind = march.support.rules.of(ada).kind(COACHING)

    soonest = next_times(march.support, kind=kind, staff=[cleo], scholar=ada, count=number)

    assert list(soonest) == starts[:number]


@QUICK
@given(weeks, st.randoms(use_true_random=False))
def test_the_order_in_which_hours_were_said_changes_no_offer(march: House, hours: WeeklyHours, random: Random) -> None:
    windows, overrides = list(hours.windows), list(hours.overrides)
    random.shuffle(windows)
    random.shuffle(overrides)
    before = instants(offered(march, hours))

    said_otherwise = WeeklyHours(zone=hours.zone, windows=tuple(windows), overrides=tuple(overrides))

    assert instants(offered(march, said_otherwise)) == before


def test_hours_of_these_worlds_lead_to_offers_around_a_skipped_hour(march: House) -> None:
    """The search above is worth what it finds its way to."""
    spring = offered(march, hours_in(LOS_ANGELES, dict.fromkeys(range(7), "1:00-4:00")))

    on_the_day = [each for each in starts_in(spring) if each.startswith("2027-03-14")]
    assert on_the_day == ["2027-03-14T09:00Z", "2027-03-14T09:30Z", "2027-03-14T10:00Z"]
