"""The table of scheduling cases through the service: hours are saved, a kind is set, times are offered and booked."""

from datetime import timedelta

import pytest

from domain.intervals import Interval
from domain.kinds import COACHING
from domain.people import Role
from domain.times import day_bounds, instant_of, parse_day, zone
from services.booking.book import book_session
from services.hours.own import save_hours
from services.offers.gone import TimeGone
from services.offers.offer import offer_times
from tests.builders.bookings import a_wish, instant, starts_in
from tests.builders.people import put_membership
from tests.builders.rules import set_rules, with_kind
from tests.builders.scheduling import at, utc_labels
from tests.builders.scheduling_cases import CASES, Case, daily
from tests.fixtures.desks import House

TWO_DAYS = timedelta(days=2)
OUTSIDE, OFF_GRID = "That time is outside the hours on offer", "Sessions do not start at that minute"
BOOKED = {
    "T2 a gap inside": {"2027-03-14T09:30Z": OFF_GRID, "2027-03-14T11:00Z": OUTSIDE},
    "T6 an hour twice": {"2026-11-01T06:00Z": OUTSIDE, "2026-11-01T11:00Z": OUTSIDE},
    "T7 half an hour twice": {"2026-11-01T08:30Z": OUTSIDE, "2026-11-01T09:30Z": OUTSIDE},
}
"""Cases by name, with what cannot be booked in them, and why."""


def offering(house: House, case: Case) -> House:
    """The house two days before, where Cleo has the hours of the case and coaching is of its kind."""
    first, _ = day_bounds(parse_day(case.day), zone(case.hours.zone))
    house.clock.advance(instant_of(first) - TWO_DAYS - house.clock.now())
    for person_id, role in (("ada", Role.SCHOLAR), ("bo", Role.SCHOLAR), ("cleo", Role.COACH)):
        put_membership(house.stores.program, person_id, role, first_day="2026-10-01", last_day="2026-12-31")
    save_hours(house.support, house.person("cleo"), case.hours)
    for begin, end in case.busy:
        take(house, (begin, end))
    set_kind(house, **case.kind)
    return house


def take(house: House, busy: Interval) -> None:
    """Bo has a session of Cleo's then, without buffers."""
    set_kind(house, length=(busy[1] - busy[0]) // 60)
    book_session(house.support, house.person("bo"), a_wish(*utc_labels(busy[:1])))


def set_kind(house: House, *, length: int, step: int = 0, before: int = 0, after: int = 0, notice: int = 0) -> None:
    minutes = {"length": length, "step": step or length, "buffer_before": before, "buffer_after": after}
    values = {f"{name}_minutes": value for name, value in minutes.items()} | {"notice_minutes": notice}
    set_rules(house.stores.program, lambda rules: with_kind(rules, COACHING, **values, open_per_scholar=9))


def offered_on(house: House, case: Case) -> list[str]:
    """What Ada is offered of Cleo on the day of the case, Cleo's own day."""
    first, last = day_bounds(parse_day(case.day), zone(case.hours.zone))
    found = starts_in(offer_times(house.support, house.person("ada"), staff_id="cleo"))
    return [start for start in found if first <= at(start) < last]


def book(house: House, start: str) -> str:
    """The start, or why it cannot be booked."""
    try:
        booked = book_session(house.support, house.person("ada"), a_wish(start)).booked
    except TimeGone as refused:
        return refused.message.partition(".")[0].partition(":")[0]
    return f"{booked.starts:%Y-%m-%dT%H:%MZ}"


@pytest.mark.parametrize("case", CASES.values(), ids=CASES)
def test_what_is_offered_in_the_table_of_cases_is_as_computed(house: House, case: Case) -> None:
    assert offered_on(offering(house, case), case) == case.expected


@pytest.mark.parametrize("name", BOOKED)
def test_what_is_offered_where_clocks_change_can_be_booked_and_nothing_beside_it(house: House, name: str) -> None:
    case = CASES[name]
    offering(house, case)

    refused = {start: book(house, start) for start in BOOKED[name]}
    booked = [book(house, start) for start in case.expected]

    assert (refused, booked, offered_on(house, case)) == (BOOKED[name], case.expected, [])


def test_t27_notice_is_elapsed_time_where_clocks_change_and_its_very_end_is_in_time(house: House) -> None:
    save_hours(house.support, house.person("cleo"), daily("10-12"))
    set_kind(house, length=60, notice=24 * 60)
    house.clock.advance(instant("2027-03-13T18:00Z") - house.clock.now())
    ten, eleven = "2027-03-14T17:00Z", "2027-03-14T18:00Z"
    case = Case(daily("10-12"), "2027-03-14", {}, [])

    in_time = offered_on(house, case)
    too_soon = book(house, ten)
    house.clock.advance(timedelta(seconds=1))
    a_second_later = (offered_on(house, case), book(house, eleven))
    house.clock.advance(timedelta(seconds=-1))

    assert (in_time, too_soon, a_second_later) == ([eleven], "That is too soon", ([], "That is too soon"))
    assert book(house, eleven) == eleven
