"""The week of a staff member and what waits for a scholar, as their Home tabs tell it: for them alone."""

from datetime import timedelta
from functools import partial

import pytest
from sqlalchemy import update

from handlers.home import homes_of
from services.booking.book import book_session
from services.hours.own import save_hours
from services.proposals.answer import accept_time, decline_times
from services.proposals.propose import propose_times
from services.sessions.ahead import week_ahead
from services.sessions.waits import Waits, what_waits
from storage.program.people_queries import member
from tests.builders import leaving
from tests.builders.bookings import a_proposal, a_wish, instant
from tests.builders.people import account_of
from tests.builders.rules import set_rules, with_kind
from tests.builders.scheduling import LOS_ANGELES, hours_in
from tests.fixtures.desks import LONDON, House
from tests.looking.queries import queries_of

TUESDAY = "2027-01-12"


def days_of(house: House, staff: str = "cleo") -> list[tuple[str, list[str]]]:
    """Each day of the week that has sessions, with when they begin in UTC."""
    week = week_ahead(house.support, house.person(staff))
    return [(f"{each.day}", [f"{line.starts:%d %H:%M}" for line in each.sessions]) for each in week.days]


def book(house: House, *starts: str, scholar: str = "ada") -> None:
    set_rules(house.stores.program, lambda rules: with_kind(rules, "coaching", open_per_scholar=30))
    for each in starts:
        book_session(house.support, house.person(scholar), a_wish(each))


def test_the_week_holds_the_days_with_sessions_from_today_to_the_sixth_after_it(house: House) -> None:
    book(house, "2027-01-11T16:00Z", f"{TUESDAY}T10:00Z", f"{TUESDAY}T14:00Z", "2027-01-18T10:00Z")
    save_hours(house.support, house.person("cleo"), hours_in(LONDON, dict.fromkeys(range(7), "9:00-17:00")))
    book(house, "2027-01-17T16:00Z", scholar="bo")

    week = week_ahead(house.support, house.person("cleo"))

    assert days_of(house) == [
        ("2027-01-11", ["11 16:00"]),
        (TUESDAY, ["12 10:00", "12 14:00"]),
        ("2027-01-17", ["17 16:00"]),
    ]
    assert [f"{line.starts:%d %H:%M}" for line in week.today] == ["11 16:00"]
    assert days_of(house, "dev") == []


def test_days_are_those_of_the_staff_members_own_calendar(sqlite_house: House) -> None:
    with sqlite_house.stores.program.write() as connection:
        connection.execute(update(member).where(member.c.slack_user_id == account_of("cleo")).values(zone=LOS_ANGELES))
    save_hours(sqlite_house.support, sqlite_house.person("cleo"), hours_in(LOS_ANGELES, "21:00-24:00"))
    book(sqlite_house, f"{TUESDAY}T07:00Z", "2027-01-13T05:00Z")

    assert days_of(sqlite_house) == [("2027-01-11", ["12 07:00"]), (TUESDAY, ["13 05:00"])]


def test_what_began_before_midnight_and_goes_on_is_of_today(sqlite_house: House) -> None:
    save_hours(sqlite_house.support, sqlite_house.person("cleo"), hours_in(LONDON, "0:00-24:00"))
    book(sqlite_house, "2027-01-11T23:30Z")
    before = days_of(sqlite_house)

    sqlite_house.clock.advance(timedelta(hours=12, minutes=10))

    assert (before, days_of(sqlite_house)) == ([("2027-01-11", ["11 23:30"])], [("2027-01-12", ["11 23:30"])])


def test_offered_times_wait_until_they_are_answered_or_over(house: House) -> None:
    ada = house.person("ada")
    waits = partial(what_waits, house.support, ada)
    before = waits()
    refs = [
        propose_times(house.support, house.person("cleo"), ada, a_proposal(f"{TUESDAY}T{clock}Z")).id
        for clock in ("10:00", "12:00", "14:00")
    ]

    offered = waits()
    accept_time(house.support, ada, refs[0], instant(f"{TUESDAY}T10:00Z"), request_key="press")
    decline_times(house.support, ada, refs[1])
    one_left, of_bo = waits(), what_waits(house.support, house.person("bo"))
    house.clock.advance(timedelta(days=2))

    found = [sorted(each) for each in (before, offered, one_left, of_bo, waits())]
    assert found == [[], [Waits.OFFERED], [Waits.OFFERED], [], []]


@pytest.mark.parametrize("apart", [leaving.became_mentor, leaving.recused, leaving.off_the_roster])
def test_times_of_somebody_they_may_not_meet_any_more_do_not_wait(sqlite_house: House, apart: leaving.Change) -> None:
    ada = sqlite_house.person("ada")
    propose_times(sqlite_house.support, sqlite_house.person("cleo"), ada, a_proposal(f"{TUESDAY}T10:00Z"))

    apart(sqlite_house.stores.program)

    assert what_waits(sqlite_house.support, sqlite_house.person("ada")) == set()


@pytest.mark.parametrize("number", [0, 1, 4])
@pytest.mark.parametrize(("who", "asked"), [("ada", 6), ("cleo", 6)])
def test_a_home_tab_asks_as_much_whatever_is_in_it(sqlite_house: House, who: str, asked: int, number: int) -> None:
    book(sqlite_house, "2027-01-13T10:00Z", *(f"{TUESDAY}T{10 + each}:00Z" for each in range(number)))
    for each in range(number):
        wish = a_proposal(f"2027-01-14T{10 + each}:00Z")
        propose_times(sqlite_house.support, sqlite_house.person("cleo"), sqlite_house.person("ada"), wish)

    with queries_of(sqlite_house.stores.confidential) as found:
        homes_of(sqlite_house.desk, [who])

    assert len(found) == asked


def test_the_home_tab_of_those_outside_support_asks_nothing_of_the_confidential_store(sqlite_house: House) -> None:
    book(sqlite_house, f"{TUESDAY}T10:00Z")

    with queries_of(sqlite_house.stores.confidential) as found:
        homes_of(sqlite_house.desk, ["sam"])

    assert found == []
