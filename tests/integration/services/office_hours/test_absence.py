"""Office hours keep to time away and closed days, whether these were there before or come afterwards."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from functools import partial

import pytest

from domain.days import DateSpan
from domain.delivery import Suppressed
from domain.errors import DomainError
from domain.hours import Absence
from domain.hours.seasons import Shut
from domain.office_hours import OFFICE_HOURS, DayShut, InvalidOfficeHours, LineClosed, NotOfferedNow
from domain.rules import OfficeHoursRules
from services.hours.away import HelpingThen, helping_within
from services.hours.own import change_hours
from services.office_hours.joining import join_line
from services.office_hours.looking import listed_hours, own_line_now
from services.office_hours.news import line_news
from services.office_hours.running import close_line, help_in_line, step_out
from services.office_hours.tending import tend_office_hours
from services.office_hours.watching import helpers_line
from tests.builders.bookings import instant
from tests.builders.office_hours import ROOM, a_key, a_wish, call_next, check_lines, hold, in_line, join
from tests.builders.rules import a_phase, closed_days, set_rules
from tests.fixtures.desks import House, ledger_rows
from tests.looking.invariants import broken_invariants
from tests.looking.queries import queries_of

TO_TEN = timedelta(hours=22)
"""From the noon at which tests begin to ten o'clock on Tuesday."""
MONDAY, TUESDAY = date(2027, 1, 11), date(2027, 1, 12)


def away(house: House, who: str = "cleo", day: date = TUESDAY) -> None:
    """Somebody is away on a day."""
    absence = Absence(days=DateSpan(first=day, last=day))
    change_hours(house.support, house.person(who), lambda hours: replace(hours, absences=(*hours.absences, absence)))


def closed(house: House, day: date = TUESDAY) -> None:
    """The program is closed on a day."""
    days = closed_days(day.isoformat())
    set_rules(house.stores.program, lambda rules: replace(rules, closed=(*rules.closed, days)))


def left_out(house: House, day: date = TUESDAY) -> None:
    """A phase without office hours, of one day."""
    phase = a_phase(day.isoformat(), day.isoformat(), without=(OFFICE_HOURS,))
    set_rules(house.stores.program, lambda rules: replace(rules, phases=(phase,)))


def switched_off(house: House, *, is_offered: bool = False) -> None:
    """Staff have decided that there are no office hours."""
    office_hours = OfficeHoursRules(is_offered=is_offered)
    set_rules(house.stores.program, lambda rules: replace(rules, office_hours=office_hours))


def plan(house: House, by: str = "cleo", *, ahead: timedelta = TO_TEN, hours: float = 2) -> str:
    return hold(house, by, starts_in=ahead, hours=hours)


def assist(house: House, who: str = "dev") -> str:
    staff = house.person(who)
    return help_in_line(house.support, staff, listed_hours(house.support, staff)[0].ref, ROOM, request_key=a_key())


def names(house: House, who: str = "ada") -> list[tuple[str, ...]]:
    """Who helps in what somebody is listed."""
    return [each.helper_names for each in listed_hours(house.support, house.person(who))]


def told_of_beginning(house: House) -> list[str | Suppressed]:
    return [line_news(house.support, each) for each in ledger_rows(house, "line.begun")]


@pytest.mark.parametrize(
    ("off", "sentence"),
    [
        (
            away,
            r"^You are away on Tue 12 Jan 2027\. Please choose another day, or change your time away with /hours\.$",
        ),
        (closed, r"^The program is closed on Tue 12 Jan 2027\. Please choose another day\.$"),
        (left_out, r"^The program offers no office hours on Tue 12 Jan 2027\. Please choose another day\.$"),
    ],
)
@pytest.mark.parametrize(("ahead", "hours"), [(TO_TEN, 2.0), (timedelta(hours=11), 2.0), (timedelta(hours=35), 2.0)])
def test_planning_on_a_day_off_is_refused_however_little_of_it_they_touch(
    house: House, off: Callable[[House], None], sentence: str, ahead: timedelta, hours: float
) -> None:
    off(house)

    with pytest.raises(DayShut, match=sentence) as refused:
        plan(house, ahead=ahead, hours=hours)

    assert refused.value.field == "start"
    assert house.cells() == {}


def test_up_to_a_day_off_and_from_its_end_on_they_can_be_planned(house: House) -> None:
    away(house)

    plan(house, ahead=timedelta(hours=10))
    plan(house, ahead=timedelta(hours=36))

    assert len(listed_hours(house.support, house.person("ada"))) == 2


def test_nobody_opens_or_comes_to_help_while_they_are_away(house: House) -> None:
    away(house, "dev", MONDAY)
    hold(house)

    for deed in (partial(hold, house, "dev"), partial(assist, house)):
        with pytest.raises(DayShut, match="away on Mon 11 Jan 2027"):
            deed()


@pytest.mark.parametrize(
    ("off", "shut"),
    [(away, Shut.AWAY), (closed, Shut.CLOSED), (left_out, Shut.LEFT_OUT), (switched_off, Shut.LEFT_OUT)],
)
def test_what_was_planned_before_is_shown_to_who_planned_it_alone_and_does_not_open(
    house: House, off: Callable[[House], None], shut: Shut
) -> None:
    ref = plan(house)

    off(house)

    seen = {who: listed_hours(house.support, house.person(who)) for who in ("ada", "dev", "cleo")}
    assert (seen["ada"], seen["dev"], [each.shut for each in seen["cleo"]]) == ((), (), [shut])
    assert helpers_line(house.support, house.person("cleo"), ref).shut is shut
    house.clock.advance(TO_TEN)
    assert names(house) == []
    assert [type(each) for each in told_of_beginning(house)] == [Suppressed]
    tend_office_hours(house.desk)
    assert own_line_now(house.support, house.person("cleo")) is None
    assert listed_hours(house.support, house.person("cleo")) == ()
    assert house.cells() == {}
    assert broken_invariants(house.stores.confidential) == []


def test_none_are_planned_opened_or_helped_in_while_the_program_offers_none(house: House) -> None:
    plan(house)
    dev = house.person("dev")
    (planned,) = listed_hours(house.support, dev)
    switched_off(house)

    for deed in (
        partial(plan, house, "eli", ahead=timedelta(hours=40)),
        partial(hold, house, "eli"),
        partial(help_in_line, house.support, house.person("dev"), planned.ref, ROOM, request_key=a_key()),
    ):
        with pytest.raises(NotOfferedNow):
            deed()

    assert set(house.cells()) == {"cleo"}


def test_open_line_goes_on_to_its_end_when_they_are_switched_off(house: House) -> None:
    ref = hold(house)
    join(house, "ada")
    switched_off(house)
    tend_office_hours(house.desk)

    second = assist(house)
    join(house, "bo")

    assert (call_next(house, ref), call_next(house, second, "dev")) == ("ada", "bo")
    assert names(house) == [("Cleo", "Dev")]
    check_lines(house)


def test_switched_on_again_they_open_as_planned(house: House) -> None:
    plan(house)
    switched_off(house)
    switched_off(house, is_offered=True)

    house.clock.advance(TO_TEN)
    tend_office_hours(house.desk)

    assert names(house) == [("Cleo",)]
    join(house, "ada")


def test_they_are_as_long_as_the_program_lets_them_be(house: House) -> None:
    set_rules(house.stores.program, lambda rules: replace(rules, office_hours=OfficeHoursRules(longest_hours=3)))

    with pytest.raises(InvalidOfficeHours, match="take 3 h at most") as refused:
        plan(house, hours=3.25)
    plan(house, hours=3)

    assert refused.value.field == "end"
    assert len(listed_hours(house.support, house.person("ada"))) == 1


def test_nobody_joins_what_does_not_open_before_it_is_tended_to(house: House) -> None:
    plan(house)
    house.clock.advance(TO_TEN)
    ada = house.person("ada")
    wish = a_wish(house, ada)
    away(house)

    with pytest.raises(LineClosed):
        join_line(house.support, ada, wish)


def test_day_off_that_is_taken_back_lets_them_come_and_open(house: House) -> None:
    plan(house)
    away(house)
    change_hours(house.support, house.person("cleo"), lambda hours: replace(hours, absences=()))

    assert names(house) == [("Cleo",)]
    house.clock.advance(TO_TEN)
    tend_office_hours(house.desk)
    join(house, "ada")
    check_lines(house)


def test_colleague_goes_on_alone_when_one_of_two_is_away(house: House) -> None:
    ref = plan(house)
    second = assist(house)
    away(house)

    assert names(house) == names(house, "dev") == [("Dev",)]
    assert helpers_line(house.support, house.person("dev"), second).helper_names == ()
    house.clock.advance(TO_TEN)
    tend_office_hours(house.desk)
    join(house, "ada")

    assert call_next(house, second, "dev") == "ada"
    with pytest.raises(DomainError):
        call_next(house, ref)
    assert sorted(house.cells()) == ["dev"]
    assert broken_invariants(house.stores.confidential) == []


def test_who_is_away_can_still_step_out_or_call_them_off(house: House) -> None:
    ref = plan(house)
    assist(house)
    away(house)

    step_out(house.support, house.person("cleo"), ref)

    assert names(house) == [("Dev",)]
    alone = plan(house, ahead=timedelta(hours=70))
    away(house, day=date(2027, 1, 14))
    close_line(house.support, house.person("cleo"), alone)
    assert len(listed_hours(house.support, house.person("cleo"))) == 1


@pytest.mark.parametrize("off", [away, closed])
def test_line_that_is_open_stays_open_when_the_day_is_taken_off(house: House, off: Callable[..., None]) -> None:
    ref = plan(house, ahead=timedelta(hours=1))
    house.clock.advance(timedelta(hours=1))
    tend_office_hours(house.desk)
    join(house, "ada")

    off(house, day=MONDAY)
    tend_office_hours(house.desk)

    assert in_line(house, ref) == ["Ada"]
    assert names(house) == [("Cleo",)]
    assert call_next(house, ref) == "ada"


def test_office_hours_in_an_absence_are_found_for_who_saves_it(house: House) -> None:
    hold(house, hours=1)
    plan(house)
    plan(house, ahead=timedelta(hours=35))
    plan(house, "dev", ahead=timedelta(hours=48))
    closed_again = plan(house, ahead=timedelta(hours=26))
    close_line(house.support, house.person("cleo"), closed_again)
    cleo = house.person("cleo")

    found = {day: helping_within(house.support, cleo, DateSpan(first=day, last=day)) for day in (MONDAY, TUESDAY)}
    wednesday = helping_within(house.support, cleo, DateSpan(first=date(2027, 1, 13), last=date(2027, 1, 13)))

    late = instant("2027-01-12T23:00Z")
    assert found == {
        MONDAY: HelpingThen(is_open=True),
        TUESDAY: HelpingThen(planned=(instant("2027-01-12T10:00Z"), late)),
    }
    assert wednesday == HelpingThen(planned=(late,))


def test_list_takes_as_many_queries_for_many_planned_as_for_one(house: House) -> None:
    counts = []
    for number in range(4):
        for who in ("cleo", "dev", "eli"):
            plan(house, who, ahead=TO_TEN + timedelta(hours=3 * number))
        with queries_of(house.stores.confidential) as confidential, queries_of(house.stores.program) as program:
            listed_hours(house.support, house.person("ada"))
        counts.append((len(confidential), len(program)))

    assert len(set(counts)) == 1
