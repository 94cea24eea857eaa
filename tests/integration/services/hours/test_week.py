"""The week at a glance: what becomes of hours day by day, and how many sessions are booked."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from domain.days import DateSpan
from domain.hours import Absence, ClosedDays, Travel, format_windows
from services.booking.book import book_session
from services.hours.own import save_hours
from services.hours.week import TooFarAhead, WeekGlance, week_glance
from services.office_hours.running import close_line
from tests.builders.bookings import a_wish, instant
from tests.builders.groups import a_group_wish, set_up
from tests.builders.office_hours import hold
from tests.builders.rules import a_phase, set_rules
from tests.builders.scheduling import hours_in
from tests.fixtures.desks import LONDON, SUPPORT, WEEKDAYS, House
from tests.looking.queries import queries_of

MONDAY = date(2027, 1, 11)


def only(day: int) -> DateSpan:
    return DateSpan(first=date(2027, 1, day), last=date(2027, 1, day))


def days_of(glance: WeekGlance) -> list[tuple[int, str, list[tuple[str, str]], int]]:
    return [
        (
            each.plan.day.day,
            format_windows(each.plan.windows),
            [(str(w), n) for w, n in each.plan.differs],
            each.sessions,
        )
        for each in glance.days
    ]


def test_each_day_has_what_becomes_of_it_why_and_how_many_sessions(house: House) -> None:
    cleo, ada, bo = (house.person(id_) for id_ in ("cleo", "ada", "bo"))
    book_session(house.support, ada, a_wish("2027-01-12T10:00Z"))
    book_session(house.support, bo, a_wish("2027-01-12T16:00Z"))
    week = hours_in(LONDON, WEEKDAYS, {"2027-01-14": "10-11", "2027-01-15": "off"})
    phase = tuple(replace(one, phase="Research") for one in hours_in(LONDON, {5: "8-9"}).windows)
    hours = replace(
        week,
        windows=(*week.windows, *phase),
        travels=(Travel(days=only(14), zone="Europe/Berlin"),),
        absences=(Absence(days=only(13)),),
    )
    save_hours(house.support, cleo, hours)
    retreat, research = ClosedDays(days=only(17), name="Retreat"), a_phase("2027-01-16", "2027-01-17", name="Research")
    set_rules(house.stores.program, lambda rules: replace(rules, closed=(retreat,), phases=(research,)))

    glance = week_glance(house.support, house.person("cleo"))

    assert days_of(glance) == [
        (11, "9:00-17:00", [], 0),
        (12, "9:00-17:00", [], 2),
        (13, "", [("away", "")], 0),
        (14, "10:00-11:00", [("other_hours", ""), ("travel", "Europe/Berlin")], 0),
        (15, "", [("day_off", "")], 0),
        (16, "8:00-9:00", [("phase", "Research")], 0),
        (17, "", [("closed", "Retreat")], 0),
    ]
    assert (glance.today, glance.phases) == (MONDAY, ("Research",))


def test_sessions_of_several_count_for_who_hosts_them(house: House) -> None:
    set_up(house, "cleo", a_group_wish("2027-01-12T12:00Z"))
    book_session(house.support, house.person("ada"), a_wish("2027-01-12T10:00Z"))

    numbers = {who: [each.sessions for each in week_glance(house.support, house.person(who)).days] for who in SUPPORT}

    assert numbers == {"cleo": [0, 2, 0, 0, 0, 0, 0], "dev": [0] * 7, "eli": [0] * 7}


def test_a_later_week_begins_where_it_is_asked_to_and_one_that_has_passed_today(sqlite_house: House) -> None:
    cleo = sqlite_house.person("cleo")

    firsts = [week_glance(sqlite_house.support, cleo, first=MONDAY + timedelta(days=by)).first for by in (7, -7)]

    assert firsts == [date(2027, 1, 18), MONDAY]


def test_a_week_beyond_a_year_is_refused(sqlite_house: House) -> None:
    with pytest.raises(TooFarAhead):
        week_glance(sqlite_house.support, sqlite_house.person("cleo"), first=date(9999, 12, 30))


def test_the_glance_asks_six_questions_however_much_is_booked(house: House) -> None:
    ada, cleo = house.person("ada"), house.person("cleo")
    for start in ("2027-01-12T10:00Z", "2027-01-13T16:00Z", "2027-01-14T09:00Z"):
        book_session(house.support, ada, a_wish(start))

    with queries_of(house.stores.program) as of_program, queries_of(house.stores.confidential) as of_support:
        week_glance(house.support, cleo)

    assert (len(of_program), len(of_support)) == (1, 5)


def test_office_hours_planned_or_open_stand_on_the_day_on_which_they_begin(house: House) -> None:
    hold(house, hours=1)
    hold(house, starts_in=timedelta(hours=35))
    hold(house, "dev", starts_in=timedelta(hours=22))
    close_line(house.support, house.person("cleo"), hold(house, starts_in=timedelta(hours=50)))

    days = {who: [each.office_hours for each in week_glance(house.support, house.person(who)).days] for who in SUPPORT}

    today, tomorrow = (instant("2027-01-11T12:00Z"), instant("2027-01-12T23:00Z"))
    assert days["cleo"][:3] == [
        ((today, today + timedelta(hours=1)),),
        ((tomorrow, tomorrow + timedelta(hours=2)),),
        (),
    ]
    assert [bool(each) for each in days["dev"]] == [False, True, *[False] * 5]
    assert not any(days["eli"])
