"""Taking a kept time while its coach saves other hours: it is a session, or it is let go and said; never both."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from functools import partial

import pytest

from domain.holds import NotKeptAnyMore
from domain.hours import WeeklyHours
from services.holds.take import take_time
from services.hours.aside import AsideTaken
from services.hours.own import change_hours, own_hours
from services.sessions.facts import SessionDetails
from services.waiting.match import keep_times
from tests.acting.rivals import PATIENCE_SECONDS, at_once, failures, results
from tests.acting.waiting_line import key, put_scholars, scarce, the_kept, waits
from tests.builders.scheduling import hours_in
from tests.fixtures.desks import LONDON, House, replica
from tests.looking.invariants import broken_invariants

RACES = 6
DAYS = [f"2027-01-{day}" for day in range(18, 18 + RACES)]
Edit = Callable[[str, WeeklyHours], WeeklyHours]


def kept_on_each_day(house: House) -> dict[str, str]:
    """Somebody else's time is kept on each day; by day who it is."""
    scarce(house, dates={})
    scholars = dict(zip(DAYS, put_scholars(house, RACES), strict=True))
    for day, scholar in scholars.items():
        waits(house, scholar, from_day=day, until_day=day)
    scarce(house, dates=dict.fromkeys(DAYS, "10:00-11:00"))
    assert keep_times(house.desk) == RACES
    return scholars


def without(day: str, hours: WeeklyHours) -> WeeklyHours:
    """The coach takes that day off."""
    return replace(hours, overrides=tuple(each for each in hours.overrides if each.day.isoformat() != day))


def later(day: str, hours: WeeklyHours) -> WeeklyHours:
    """The coach begins at two that day."""
    moved = hours_in(LONDON, {}, {day: "14:00-15:00"}).overrides
    return replace(hours, overrides=(*without(day, hours).overrides, *moved))


def race(house: House, edit: Edit) -> list[tuple[str, list[type[Exception]]]]:
    """Take and save at once on each day; the status that the time has then, and who was refused."""
    saving, taking = (replica(house, lock_wait_seconds=PATIENCE_SECONDS) for _ in range(2))
    cleo, endings = house.person("cleo"), []
    for number, (day, who) in enumerate(kept_on_each_day(house).items()):
        deeds: list[Callable[[], SessionDetails | WeeklyHours]] = [
            partial(take_time, taking.support, house.person(who), the_kept(house, who).ref, request_key=key()),
            partial(change_hours, saving.support, cleo, partial(edit, day)),
        ]
        outcomes = at_once(deeds if number % 2 else deeds[::-1])
        (status,) = [status for scholar, *_, status in house.bookings() if scholar == who]
        endings.append((status, [type(each) for each in failures(outcomes)]))
        assert len(results(outcomes)) + len(failures(outcomes)) == len(deeds)
        assert broken_invariants(house.stores.confidential) == []
    return endings


@pytest.mark.parametrize("edit", [without, later])
def test_taking_while_the_hours_are_saved_has_one_of_two_endings(house: House, edit: Edit) -> None:
    endings = race(house, edit)

    assert [each for each in endings if each not in (("booked", []), ("lapsed", [NotKeptAnyMore]))] == []
    saved = own_hours(house.support, house.person("cleo"))
    assert [day for day in DAYS if without(day, saved) != saved and edit is without] == []


def test_hours_are_not_set_aside_over_what_is_being_taken(house: House) -> None:
    def aside(day: str, hours: WeeklyHours) -> WeeklyHours:
        window = hours_in(LONDON, {date.fromisoformat(day).weekday(): "10:00-11:00"}).windows
        return replace(hours, windows=tuple(replace(each, purpose="research") for each in window))

    endings = race(house, aside)

    assert endings == [("booked", [AsideTaken])] * RACES
