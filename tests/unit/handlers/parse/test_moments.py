"""A date and a time as a form holds them, as instants."""

from datetime import timedelta

import pytest

from domain.errors import DomainError
from domain.times import TimeRepeated, TimeSkipped, UnknownZone, UnreadableTime
from handlers import texts
from handlers.ids.fields import day_field, pass_field
from handlers.parse.booking import UnreadableForm
from handlers.parse.moments import is_empty, moment, moment_after
from handlers.parse.state import State
from tests.builders.bookings import instant
from tests.builders.sessions import LONDON, NEW_YORK, a_form, a_moment, a_time, chosen

EIGHT_HOURS = timedelta(hours=8)


def held(when: str | None, zone_name: str = NEW_YORK, *, which: str | None = None) -> State:
    """A form with a date and a time, and which one is meant if it has asked."""
    asked = {} if which is None else {pass_field("start"): chosen(which)}
    return State(a_form(a_moment("start", when, zone_name) | asked))


def test_moment_is_read_in_the_zone_that_its_block_names() -> None:
    assert moment(held("2027-01-12 10:05", LONDON), "start") == instant("2027-01-12T10:05Z")
    assert moment(held("2027-01-12 10:05"), "start") == instant("2027-01-12T15:05Z")


@pytest.mark.parametrize(
    ("when", "field", "error", "says"),
    [
        (None, "start.day", DomainError, texts.moments.NO_DAY),
        (" 10:05", "start.day", DomainError, texts.moments.NO_DAY),
        ("2027-01-12", "start", DomainError, texts.moments.NO_TIME),
        ("2027-03-14 02:30", "start", TimeSkipped, "There is no 02:30 on Sun 14 Mar 2027"),
        ("2026-11-01 01:30", "start", TimeRepeated, "01:30 happens twice on Sun 1 Nov 2026"),
    ],
)
def test_moment_that_cannot_be_is_told_at_its_date_or_its_time(
    when: str | None, field: str, error: type[DomainError], says: str
) -> None:
    with pytest.raises(error, match=says) as refused:
        moment(held(when), "start")

    assert refused.value.field == field


@pytest.mark.parametrize("when", ["2027-01-12 25:00", "2027-01-12 9:30", "2027-01-12 soon", "2027-01-12 ٠٩:٣٠"])
def test_moment_that_no_picker_sends_is_refused(when: str) -> None:
    with pytest.raises(UnreadableForm) as refused:
        moment(held(when), "start")

    assert refused.value.field == "start"


def test_moment_with_a_date_or_a_zone_that_no_form_of_ours_has_is_refused() -> None:
    with pytest.raises(UnreadableTime):
        moment(held("2027-13-40 10:00"), "start")
    with pytest.raises(UnknownZone):
        moment(held("2027-01-12 10:00", "../../etc/passwd"), "start")


@pytest.mark.parametrize(
    ("which", "at"), [("first", "2026-11-01T05:30Z"), ("second", "2026-11-01T06:30Z")], ids=["EDT", "EST"]
)
def test_moment_that_happens_twice_is_the_one_that_was_said(which: str, at: str) -> None:
    assert moment(held("2026-11-01 01:30", which=which), "start") == instant(at)


def test_moment_that_happens_twice_is_asked_about_again_after_a_crafted_answer() -> None:
    with pytest.raises(TimeRepeated):
        moment(held("2026-11-01 01:30", which="third"), "start")


def test_answer_about_another_time_does_no_harm() -> None:
    assert moment(held("2027-01-12 10:05", which="second"), "start") == instant("2027-01-12T15:05Z")


@pytest.mark.parametrize(
    ("starts", "clock", "at"),
    [
        ("2027-01-12T15:00Z", "11:00", "2027-01-12T16:00Z"),
        ("2027-01-13T04:30Z", "00:15", "2027-01-13T05:15Z"),
        ("2027-01-12T15:00Z", "10:00", "2027-01-12T15:00Z"),
        ("2027-01-12T15:00Z", "09:00", "2027-01-12T14:00Z"),
        ("2027-03-14T04:30Z", "03:30", "2027-03-14T07:30Z"),
    ],
    ids=["same day", "past midnight", "no later", "earlier", "over a gap"],
)
def test_time_without_a_date_is_the_next_one_unless_that_is_too_long(starts: str, clock: str, at: str) -> None:
    state = State(a_form(a_time("end", clock, NEW_YORK)))

    assert moment_after(state, "end", instant(starts), longest=EIGHT_HOURS) == instant(at)


@pytest.mark.parametrize(
    ("starts", "error"),
    [("2027-03-14T04:30Z", TimeSkipped), ("2026-11-01T03:30Z", TimeRepeated)],
    ids=["in a gap of the next day", "twice on the next day"],
)
def test_time_without_a_date_is_checked_on_the_day_that_it_belongs_to(starts: str, error: type[DomainError]) -> None:
    clock = "02:30" if error is TimeSkipped else "01:30"

    with pytest.raises(error):
        moment_after(State(a_form(a_time("end", clock, NEW_YORK))), "end", instant(starts), longest=EIGHT_HOURS)


def test_second_pass_may_be_the_end_of_what_began_in_the_first() -> None:
    form = a_form(a_time("end", "01:10", NEW_YORK) | {pass_field("end"): chosen("second")})

    end = moment_after(State(form), "end", instant("2026-11-01T05:30Z"), longest=EIGHT_HOURS)

    assert end == instant("2026-11-01T06:10Z")


def test_moment_is_empty_without_either() -> None:
    empty = [is_empty(held(when), "start") for when in (None, "2027-01-12", " 10:00")]

    assert (empty, day_field("start")) == ([True, False, False], "start.day")
