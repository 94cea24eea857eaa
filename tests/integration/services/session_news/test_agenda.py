"""Whoever asked for it is sent their day at eight where they work: once, only on days with sessions, times only."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from functools import partial

import pytest

from domain.days import DateSpan
from domain.delivery import Delivery, Suppressed
from domain.hours import Travel
from services.booking.book import book_session
from services.booking.change import cancel_session
from services.hours.own import Profile, change_hours, save_profile
from services.session_news.agenda import AGENDA, agenda, plan_agendas
from services.sessions.own import upcoming_sessions
from tests.acting.rivals import PATIENCE_SECONDS, at_once
from tests.builders import leaving
from tests.builders.bookings import a_cancellation, a_wish, instant
from tests.builders.groups import seated, set_up
from tests.builders.scheduling import LOS_ANGELES
from tests.fixtures.desks import House, ledger_rows, replica
from tests.looking.queries import queries_of

TUESDAY, WEDNESDAY = "2027-01-12", "2027-01-13"


def want(house: House, *staff: str, has_agenda: bool = True) -> None:
    """They tick the box, or take the tick out."""
    for each in staff:
        profile = Profile(about="", focus_areas=(), places={}, has_agenda=has_agenda)
        save_profile(house.support, house.person(each), profile)


def at(house: House, moment: str) -> int:
    """The tick at an instant; how many rows were new."""
    house.clock.advance(instant(moment) - house.clock.now())
    return plan_agendas(house.desk)


def planned(house: House) -> list[tuple[str, str, str, str]]:
    return [row for row in house.messages() if row[0] == AGENDA]


def the_row(house: House) -> Delivery:
    (row,) = ledger_rows(house, AGENDA)
    return row


def a_tuesday(house: House) -> None:
    """Cleo wants her day, and has two sessions on Tuesday and one on Wednesday."""
    want(house, "cleo")
    for scholar, starts in (("ada", f"{TUESDAY}T10:00Z"), ("bo", f"{TUESDAY}T15:00Z"), ("ada", f"{WEDNESDAY}T10:00Z")):
        book_session(house.support, house.person(scholar), a_wish(starts))
    plan_agendas(house.desk)


def test_a_day_is_planned_at_eight_once_and_holds_the_times_of_that_day_alone(house: House) -> None:
    a_tuesday(house)

    added = [at(house, f"{TUESDAY}T{clock}Z") for clock in ("07:59", "08:00", "08:01", "12:30")]

    assert added == [0, 1, 0, 0]
    assert planned(house) == [(AGENDA, "cleo", TUESDAY, f"{TUESDAY}T08:00Z")]
    house.clock.advance(instant(f"{TUESDAY}T09:00Z") - house.clock.now())
    day = agenda(house.support, the_row(house))
    assert not isinstance(day, Suppressed)
    assert [f"{line.starts:%d %H:%M}" for line in day] == ["12 10:00", "12 15:00"]


def test_nobody_who_did_not_ask_and_nobody_without_sessions_gets_one(house: House) -> None:
    want(house, "cleo", "eli")
    book_session(house.support, house.person("ada"), a_wish(f"{TUESDAY}T10:00Z", staff="dev"))
    plan_agendas(house.desk)

    assert at(house, f"{TUESDAY}T08:00Z") == 0


def test_a_group_session_makes_a_day_too(house: House) -> None:
    set_up(house, "cleo")
    seated(house, "ada")
    want(house, "cleo")
    (starts,) = (starts for _, starts, *_ in house.groups())
    plan_agendas(house.desk)

    added = at(house, f"{starts[:10]}T08:00Z")
    day = agenda(house.support, the_row(house))

    assert (added, [f"{line.starts:%Y-%m-%dT%H:%MZ}" for line in day]) == (1, [starts])  # type: ignore[union-attr]  # not suppressed


def test_after_an_outage_the_morning_is_caught_up_as_long_as_it_helps(house: House) -> None:
    a_tuesday(house)

    late = at(house, f"{TUESDAY}T11:30Z")
    too_late = at(house, f"{WEDNESDAY}T12:01Z")

    assert (late, too_late) == (1, 0)
    assert the_row(house).expires_at == instant(f"{TUESDAY}T12:00Z")


def test_who_asks_after_eight_is_sent_the_first_on_the_next_day(house: House) -> None:
    a_tuesday(house)
    want(house, "cleo", has_agenda=False)
    at(house, f"{TUESDAY}T09:00Z")
    want(house, "cleo")

    assert [at(house, f"{TUESDAY}T09:01Z"), at(house, f"{WEDNESDAY}T08:00Z")] == [0, 1]


def test_eight_is_where_they_are_that_day(house: House) -> None:
    a_tuesday(house)
    away = Travel(days=DateSpan(first=date(2027, 1, 12), last=date(2027, 1, 12)), zone=LOS_ANGELES)
    change_hours(house.support, house.person("cleo"), lambda hours: replace(hours, travels=(away,)))
    book_session(house.support, house.person("bo"), a_wish(f"{TUESDAY}T22:00Z"))

    added = [at(house, f"{TUESDAY}T{clock}Z") for clock in ("08:00", "15:59", "16:00")]

    assert added == [0, 0, 1]


def test_who_changes_zone_after_eight_does_not_get_the_day_twice(house: House) -> None:
    a_tuesday(house)
    at(house, f"{TUESDAY}T08:00Z")
    change_hours(house.support, house.person("cleo"), lambda hours: replace(hours, zone="America/New_York"))
    book_session(house.support, house.person("bo"), a_wish(f"{TUESDAY}T20:00Z"))

    assert at(house, f"{TUESDAY}T13:00Z") == 0


def cancel_all(house: House) -> None:
    for scholar in ("ada", "bo"):
        person = house.person(scholar)
        for line in upcoming_sessions(house.support, person):
            cancel_session(house.support, person, a_cancellation(line.ref))


def untick(house: House) -> None:
    want(house, "cleo", has_agenda=False)


def leave(house: House) -> None:
    leaving.off_the_roster(house.stores.program)


def next_day(house: House) -> None:
    house.clock.advance(timedelta(days=1))


@pytest.mark.parametrize(
    ("happens", "reason"),
    [(cancel_all, "nothing left"), (untick, "not wanted"), (leave, "gone"), (next_day, "over")],
)
def test_what_is_not_so_any_more_when_it_is_sent_is_not_sent(
    house: House, happens: Callable[[House], None], reason: str
) -> None:
    a_tuesday(house)
    at(house, f"{TUESDAY}T08:00Z")

    happens(house)

    assert agenda(house.support, the_row(house)) == Suppressed(reason)


def test_several_replicas_plan_a_day_once(house: House) -> None:
    a_tuesday(house)
    house.clock.advance(instant(f"{TUESDAY}T08:00Z") - house.clock.now())
    houses = [replica(house, lock_wait_seconds=PATIENCE_SECONDS) for _ in range(4)]

    added = at_once([partial(plan_agendas, each.desk) for each in houses])

    assert sorted(map(str, added)) == ["0", "0", "0", "1"]


@pytest.mark.parametrize("number", [1, 3])
def test_planning_asks_no_more_for_many_than_for_one(sqlite_house: House, number: int) -> None:
    staff = ("cleo", "dev", "eli")[:number]
    want(sqlite_house, *staff)
    for each in staff:
        kind = "community" if each == "eli" else "coaching"
        clock = {"cleo": "10", "dev": "12", "eli": "14"}[each]
        wish = a_wish(f"{TUESDAY}T{clock}:00Z", staff=each, kind=kind)
        book_session(sqlite_house.support, sqlite_house.person("ada"), wish)
    plan_agendas(sqlite_house.desk)
    sqlite_house.clock.advance(instant(f"{TUESDAY}T08:00Z") - sqlite_house.clock.now())

    with queries_of(sqlite_house.stores.confidential) as asked, queries_of(sqlite_house.stores.program) as people:
        added = plan_agendas(sqlite_house.desk)

    assert (added, len(people)) == (number, 1)
    assert len([each for each in asked if not each.startswith("INSERT")]) == 5


def test_without_the_confidential_store_nothing_is_planned(sqlite_house: House) -> None:
    assert plan_agendas(replace(sqlite_house.desk, support_desk=None)) == 0
