"""What becomes of those who wait, and of those who are with somebody, when a line closes."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from domain.office_hours import JUST_CALLED_SECONDS, LINGER_MINUTES, LineMoved, NotInLine
from services.office_hours.joining import leave_line
from services.office_hours.looking import helps_now, is_in_line, listed_hours, own_line_now, own_place
from services.office_hours.running import close_line, help_in_line, how_many_wait, step_out
from services.office_hours.serving import finish_with
from services.office_hours.tending import tend_office_hours
from services.office_hours.watching import helpers_line
from storage.confidential.office_hours import OfficeHelper
from storage.engine import table_of
from tests.builders.office_hours import ROOM, a_key, call_next, check_lines, entry_of, hold, join, ref_for
from tests.fixtures.desks import House, label
from tests.looking.invariants import broken_invariants

_helper = table_of(OfficeHelper)
A_WHILE = timedelta(seconds=JUST_CALLED_SECONDS)


def assist(house: House, who: str = "dev") -> str:
    staff = house.person(who)
    return help_in_line(house.support, staff, listed_hours(house.support, staff)[0].ref, ROOM, request_key=a_key())


def close(house: House, ref: str, by: str = "cleo") -> tuple[str, ...]:
    return close_line(house.support, house.person(by), ref)


def told_closed(house: House) -> list[str]:
    return [who for kind, who, _, _ in house.messages() if kind == "line.closed"]


def test_before_a_line_has_begun_nobody_can_wait_in_it(house: House) -> None:
    ref = hold(house, starts_in=A_WHILE)

    waiting = [how_many_wait(house.support, house.person("cleo"), ref)]
    house.clock.advance(A_WHILE)
    waiting.append(how_many_wait(house.support, house.person("cleo"), ref))

    assert waiting == [None, 0]


def test_closing_tells_who_waits_and_ends_what_the_helper_serves(house: House) -> None:
    ref = hold(house)
    join(house, "ada", "bo")
    call_next(house, ref)
    house.clock.advance(A_WHILE)
    assert how_many_wait(house.support, house.person("cleo"), ref) == 1

    concerned = [close(house, ref) for _ in range(2)]

    assert concerned == [("bo", "ada"), ()]
    assert told_closed(house) == ["bo"]
    assert [entry_of(house, who).status for who in ("ada", "bo")] == ["done", "closed"]
    with pytest.raises(NotInLine, match=r"^You have been helped"):
        own_place(house.support, house.person("ada"), entry_of(house, "ada").scholar_ref)
    with pytest.raises(NotInLine, match=r"^This line has closed"):
        own_place(house.support, house.person("bo"), entry_of(house, "bo").scholar_ref)
    with pytest.raises(LineMoved):
        finish_with(house.support, house.person("cleo"), ref, ref_for(house, "cleo", "ada"))
    assert own_line_now(house.support, house.person("cleo")) is None
    check_lines(house)


def test_helper_who_closed_while_with_somebody_can_begin_anew_at_once(house: House) -> None:
    ref = hold(house)
    join(house, "ada")
    call_next(house, ref)
    house.clock.advance(A_WHILE)
    close(house, ref)

    again = hold(house)
    join(house, "ada")

    assert call_next(house, again) == "ada"
    check_lines(house)
    assert broken_invariants(house.stores.confidential) == []


def test_who_was_only_just_called_is_told_that_the_line_has_closed(house: House) -> None:
    ref = hold(house)
    join(house, "ada", "bo")
    call_next(house, ref)
    house.clock.advance(A_WHILE - timedelta(seconds=1))

    concerned = close(house, ref)

    assert sorted(concerned) == sorted(told_closed(house)) == ["ada", "bo"]
    assert [entry_of(house, who).status for who in ("ada", "bo")] == ["closed", "closed"]
    check_lines(house)


def test_nobody_is_told_that_they_are_next_in_a_line_whose_time_is_over(house: House) -> None:
    hold(house, hours=1)
    join(house, "ada", "bo")
    house.clock.advance(timedelta(hours=1))

    leave_line(house.support, house.person("ada"))

    assert [who for kind, who, *_ in house.messages() if kind == "line.next"] == []
    tend_office_hours(house.desk)
    assert told_closed(house) == ["bo"]
    check_lines(house)


def test_whoever_a_colleague_is_with_stays_until_they_are_done_and_both_read_why(house: House) -> None:
    ref = hold(house)
    second = assist(house)
    join(house, "ada", "bo")
    call_next(house, ref)
    call_next(house, second, "dev")
    house.clock.advance(A_WHILE)

    close(house, ref)

    seen = helpers_line(house.support, house.person("dev"), second)
    bo = own_place(house.support, house.person("bo"))
    assert (seen.is_over, seen.mine and seen.mine.name) == (True, "Bo")
    assert seen.lingers_until == house.clock.now() + timedelta(minutes=LINGER_MINUTES)
    assert (bo.with_name, bo.is_line_over) == ("Dev", True)
    finish_with(house.support, house.person("dev"), second, ref_for(house, "dev", "bo"))
    tend_office_hours(house.desk)
    assert not is_in_line(house.support, house.person("bo"))
    check_lines(house)


def test_home_says_that_somebody_helps_only_while_they_do_and_the_line_is_open(house: House) -> None:
    ref = hold(house, hours=1)
    second = assist(house)
    helping = [helps_now(house.support, house.person(who)) for who in ("cleo", "dev")]

    step_out(house.support, house.person("dev"), second)
    after_stepping_out = [own_line_now(house.support, house.person(who)) for who in ("cleo", "dev")]
    house.clock.advance(timedelta(hours=1))  # and nobody has tended it yet

    assert (helping, after_stepping_out) == ([True, True], [ref, None])
    assert not helps_now(house.support, house.person("cleo"))


def test_who_stepped_out_before_gives_nothing_more_back_when_the_line_closes(house: House) -> None:
    ref = hold(house)
    second = assist(house)
    house.clock.advance(timedelta(minutes=30))
    step_out(house.support, house.person("dev"), second)
    house.clock.advance(timedelta(minutes=30))

    close(house, ref)

    with house.stores.confidential.read() as connection:
        until = dict(connection.execute(select(_helper.c.helper_id, _helper.c.busy_to)).all())
    assert {who: label(end) for who, end in until.items()} == {"dev": "2027-01-11T12:30Z", "cleo": "2027-01-11T13:00Z"}
    check_lines(house)
