"""A kept time that its staff member, or the program, has taken off meanwhile becomes no session with a press."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from domain.holds import NotKeptAnyMore
from domain.hours import Absence
from services.holds.take import take_time
from services.hours.own import change_hours
from services.waiting.match import keep_times
from storage.confidential import waiting_queries
from tests.acting.calendars import with_calendar
from tests.acting.waiting_line import kept_for, key, put_scholars, scarce, takes, the_kept, waits
from tests.builders.bookings import TOMORROW_TEN
from tests.builders.rules import closed_days, days, set_rules, with_kind
from tests.fixtures.desks import House
from tests.looking.invariants import broken_invariants

TUESDAY = "2027-01-12"


def is_away(house: House) -> None:
    gone = Absence(days=days(TUESDAY))
    change_hours(house.support, house.person("cleo"), lambda hours: replace(hours, absences=(gone,)))


def has_other_hours(house: House) -> None:
    scarce(house, dates={"2027-01-14": "22:00-23:00"})


def closes(house: House) -> None:
    set_rules(house.stores.program, lambda rules: replace(rules, closed=(closed_days(TUESDAY),)))


def has_an_appointment(house: House) -> None:
    with_calendar(house)


OFF = pytest.mark.parametrize("off", [is_away, has_other_hours, closes, has_an_appointment])


def kept_of_new_hours(house: House, *waiting: str) -> None:
    scarce(house, dates={})
    for scholar in waiting:
        waits(house, scholar)
    scarce(house)
    keep_times(house.desk)


@OFF
def test_what_was_taken_off_is_no_longer_kept_however_often_it_is_pressed(
    house: House, off: Callable[[House], None]
) -> None:
    kept_of_new_hours(house, "bo")
    ref, press = the_kept(house, "bo").ref, key()
    off(house)
    bo = house.person("bo")

    for request_key in (press, press, key()):
        with pytest.raises(NotKeptAnyMore):
            take_time(house.support, bo, ref, request_key=request_key)

    assert (house.bookings(), kept_for(house, "bo")) == ([("bo", "cleo", TOMORROW_TEN, "lapsed")], [])
    assert broken_invariants(house.stores.confidential) == []


def test_who_presses_keeps_their_place_and_the_next_is_not_offered_it(house: House) -> None:
    (third,) = put_scholars(house, 1)
    kept_of_new_hours(house, "bo", third)
    is_away(house)

    with pytest.raises(NotKeptAnyMore):
        takes(house, "bo")

    with house.stores.confidential.read() as connection:
        line = [each.scholar_id for each in waiting_queries.line(connection, "program-1", "coaching")]
    assert (line, [status for *_, status in house.bookings()]) == (["bo", third], ["lapsed"])


def test_what_is_full_since_or_too_soon_to_book_can_be_taken(house: House) -> None:
    kept_of_new_hours(house, "bo")
    set_rules(house.stores.program, lambda rules: with_kind(rules, per_week=1, notice_minutes=24 * 60))

    assert takes(house, "bo").booked.is_open
