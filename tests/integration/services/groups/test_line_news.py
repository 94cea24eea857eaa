"""Who waits for a seat hears that the session has moved or is off: in neutral words, and only what still holds."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from functools import partial

import pytest

from domain.booking import AlreadyCanceled
from domain.delivery import Delivery, Suppressed
from domain.errors import NotFound
from domain.groups import Standing
from domain.kinds import RESEARCH
from domain.people import Role
from services.booking.book import book_session
from services.booking.change import cancel_session
from services.booking.sweep import sweep_changed_programs
from services.groups.change import cancel_group, move_group
from services.groups.line_news import IN_AGAIN, line_news
from services.groups.look import group_details
from services.groups.seats import give_back, leave_line, wait_in_line
from services.hours.own import change_hours
from services.session_news.news import APART, GONE, SessionNews
from tests.acting.rivals import PATIENCE_SECONDS, at_once, failures
from tests.builders import leaving
from tests.builders.bookings import a_cancellation, a_wish, instant
from tests.builders.groups import (
    GROUP_AT,
    a_calling_off,
    a_group_move,
    a_group_wish,
    a_key,
    an_edit,
    edit,
    news_for,
    ref_of,
    seated,
    set_up,
    waiting,
)
from tests.builders.people import put_membership, put_person
from tests.builders.scheduling import hours_in
from tests.fixtures.desks import LONDON, House, ledger_rows, replica
from tests.integration.services.groups.test_sweep import leave
from tests.looking.invariants import broken_invariants

LATER, LAST = "2027-01-13T16:00Z", "2027-01-14T16:00Z"


@pytest.fixture
def full(house: House) -> House:
    """A session of Dev's that is full, for which Ada waits first and Bo second."""
    set_up(house, host="dev", wish=a_group_wish(seats=2))
    seated(house, *(put_person(house.stores.program, who) for who in ("kay", "zoe")))
    waiting(house, "ada", "bo")
    return house


def move(house: House, to: str = LATER, *, version: int = 1) -> None:
    move_group(house.support, house.person("dev"), a_group_move(ref_of(house, "dev"), to, version=version))


def cancel(house: House, *, version: int = 1) -> None:
    cancel_group(house.support, house.person("dev"), a_calling_off(ref_of(house, "dev"), version=version))


def only(house: House, kind: str, who: str = "ada") -> Delivery:
    (row,) = [each for each in ledger_rows(house, kind) if each.person_id == who]
    return row


def test_line_of_a_canceled_session_is_told_that_it_is_off(full: House) -> None:
    cancel(full)

    told = line_news(full.support, only(full, "wait.off"))

    assert [news_for(full.messages(), who) for who in ("ada", "bo")] == [["wait.off"]] * 2
    assert isinstance(told, SessionNews)
    assert (told.starts, told.before, told.may_look) == (instant(GROUP_AT), None, False)
    assert full.groups()[0][4] == []
    assert broken_invariants(full.stores.confidential) == []


def test_line_of_a_moved_session_keeps_its_order_and_is_told_from_when_to_when(full: House) -> None:
    move(full)

    told = line_news(full.support, only(full, "wait.moved"))

    assert (full.groups()[0][4], news_for(full.messages(), "bo")) == (["ada", "bo"], ["wait.moved"])
    assert isinstance(told, SessionNews)
    assert (told.starts, told.before, told.may_look) == (instant(LATER), instant(GROUP_AT), True)
    seen = group_details(full.support, full.person("ada"), told.ref)
    assert (seen.standing, seen.place_in_line, seen.starts) == (Standing.WAITING, 1, instant(LATER))


def test_who_has_something_else_at_the_new_time_waits_no_longer_and_is_told(full: House) -> None:
    book_session(full.support, full.person("ada"), a_wish(LATER, staff="cleo"))

    move(full)

    told = line_news(full.support, only(full, "wait.passed"))
    assert full.groups()[0][4] == ["bo"]
    assert (news_for(full.messages(), "ada")[-1], news_for(full.messages(), "bo")) == ("wait.passed", ["wait.moved"])
    assert isinstance(told, SessionNews)
    assert (told.starts, told.before, told.may_look) == (instant(LATER), instant(GROUP_AT), True)
    assert broken_invariants(full.stores.confidential) == []


@pytest.mark.parametrize("afterwards", [partial(move, to=LAST, version=2), partial(cancel, version=2)])
def test_who_lost_the_place_hears_of_it_whatever_becomes_of_the_session_before_it_is_sent(
    full: House, afterwards: Callable[[House], None]
) -> None:
    book_session(full.support, full.person("ada"), a_wish(LATER, staff="cleo"))
    move(full)

    afterwards(full)

    told = line_news(full.support, only(full, "wait.passed"))
    assert isinstance(told, SessionNews)
    assert (told.starts, told.before) == (instant(LATER), instant(GROUP_AT))
    assert told.may_look == (full.groups()[0][2] == "booked")


def test_who_gets_a_seat_through_the_move_hears_of_the_seat_alone(full: House) -> None:
    book_session(full.support, full.person("kay"), a_wish(LATER, staff="cleo"))

    move(full)

    assert full.groups()[0][3:] == ({1: "ada", 2: "zoe"}, ["bo"])
    assert (news_for(full.messages(), "ada"), news_for(full.messages(), "bo")) == (["session.booked"], ["wait.moved"])


def test_move_sent_again_and_a_second_move_are_told_once_each(full: House) -> None:
    wish = a_group_move(ref_of(full, "dev"), LATER)
    for _ in range(2):
        move_group(full.support, full.person("dev"), wish)
    move(full, LAST, version=2)

    first, second = sorted((each for each in ledger_rows(full, "wait.moved") if each.person_id == "ada"), key=rung)

    assert line_news(full.support, first) == Suppressed("session changed")
    told = line_news(full.support, second)
    assert isinstance(told, SessionNews)
    assert (told.starts, told.before) == (instant(LAST), instant(LATER))


def rung(row: Delivery) -> str:
    return row.rung


def test_line_is_told_nothing_of_a_better_title_or_another_place(full: House) -> None:
    edit(full, "dev", an_edit(ref_of(full, "dev"), title="Reading", place=None))

    assert news_for(full.messages(), "ada") == []


def test_what_does_not_hold_any_more_when_it_is_sent_is_not_told(full: House) -> None:
    move(full)
    leave_line(full.support, full.person("ada"), ref_of(full, "ada"), request_key=a_key())
    gone_from_line = line_news(full.support, only(full, "wait.moved"))
    cancel(full, version=2)

    assert gone_from_line == Suppressed("not in line any more")
    assert line_news(full.support, only(full, "wait.moved", "bo")) == Suppressed("session changed")
    assert isinstance(line_news(full.support, only(full, "wait.off", "bo")), SessionNews)
    assert [row.person_id for row in ledger_rows(full, "wait.off")] == ["bo"]


def test_who_waits_again_by_then_is_not_told_that_they_do_not(full: House) -> None:
    booked = book_session(full.support, full.person("ada"), a_wish(LATER, staff="cleo")).booked
    move(full)
    cancel_session(full.support, full.person("ada"), a_cancellation(booked.scholar_ref))
    wait_in_line(full.support, full.person("ada"), ref_of(full, "ada"), request_key=a_key())

    assert full.groups()[0][4] == ["bo", "ada"]
    assert line_news(full.support, only(full, "wait.passed")) == Suppressed("in line again")


def test_line_whose_only_host_has_left_is_told_and_who_left_is_not(full: House) -> None:
    leave(full.stores.program, "dev")
    leave(full.stores.program, "bo")

    sweep_changed_programs(full.desk)

    assert isinstance(line_news(full.support, only(full, "wait.off")), SessionNews)
    assert line_news(full.support, only(full, "wait.off", "bo")) == GONE


def test_who_may_not_come_any_more_is_told_that_it_is_off_in_the_same_words(house: House) -> None:
    set_up(house, wish=a_group_wish(seats=2))
    seated(house, "bo", put_person(house.stores.program, "zoe"))
    waiting(house, "ada")
    move_group(house.support, house.person("cleo"), a_group_move(ref_of(house, "cleo"), LATER))
    leaving.recused(house.stores.program)
    before = line_news(house.support, only(house, "wait.moved"))

    sweep_changed_programs(house.desk)

    told = line_news(house.support, only(house, "wait.off"))
    assert before == APART
    assert isinstance(told, SessionNews)
    assert (told.starts, told.may_look) == (instant(LATER), False)


def test_canceling_against_standing_in_line_tells_everybody_who_stood_in_it(house: House) -> None:
    rival = replica(house, lock_wait_seconds=PATIENCE_SECONDS)
    set_up(house, wish=a_group_wish(seats=2))
    seated(house, "ada", "bo")
    people = [put_person(house.stores.program, f"scholar-{number}") for number in range(6)]
    ref = ref_of(house, "cleo")

    outcomes = at_once(
        [
            partial(cancel_group, rival.support, house.person("cleo"), a_calling_off(ref)),
            *(
                partial(wait_in_line, house.support, house.person(who), ref_of(house, who), request_key=a_key())
                for who in people
            ),
        ]
    )

    late = len(failures(outcomes))
    assert all(isinstance(each, AlreadyCanceled | NotFound) for each in failures(outcomes))
    assert len(ledger_rows(house, "wait.off")) == len(people) - late
    assert broken_invariants(house.stores.confidential) == []


def test_news_of_a_move_help_until_it_begins(full: House) -> None:
    move(full)
    cancel(full, version=2)

    assert only(full, "wait.moved").expires_at == instant(LATER)
    assert only(full, "wait.off").expires_at == full.clock.now() + timedelta(days=2)


@pytest.mark.parametrize("kind", ["wait.moved", "wait.passed", "wait.off"])
def test_who_is_no_scholar_any_more_is_told_nothing_of_a_seat(full: House, kind: str) -> None:
    if kind == "wait.passed":
        book_session(full.support, full.person("ada"), a_wish(LATER))
    if kind == "wait.off":
        cancel(full)
    else:
        move(full)
    row = only(full, kind)
    before = line_news(full.support, row)

    leaving.became_staff(full.stores.program, "ada")

    assert isinstance(before, SessionNews)
    assert line_news(full.support, row) == GONE


def test_who_has_set_hours_aside_when_it_is_to_be_waits_no_longer(full: House) -> None:
    put_membership(full.stores.program, "cleo", Role.SCHOLAR)
    waiting(full, "cleo")
    four = hours_in(LONDON, {2: "16:00-17:00"}).windows
    aside = tuple(replace(window, purpose=RESEARCH) for window in four)
    change_hours(full.support, full.person("cleo"), lambda hours: replace(hours, windows=(*hours.windows, *aside)))

    move(full)

    ((*_, line),) = full.groups()
    assert line == ["ada", "bo"]
    assert [news_for(full.messages(), who) for who in ("ada", "cleo")] == [["wait.moved"], ["wait.passed"]]


def test_who_has_a_seat_after_all_is_not_told_that_they_wait_no_longer_until_they_give_it_back(full: House) -> None:
    other = book_session(full.support, full.person("ada"), a_wish(LATER))
    leave_line(full.support, full.person("bo"), ref_of(full, "bo"), request_key=a_key())
    move(full)
    row = only(full, "wait.passed")
    cancel_session(full.support, full.person("ada"), a_cancellation(other.ref))
    give_back(full.support, full.person("kay"), ref_of(full, "kay"), request_key=a_key())

    seated(full, "ada")
    with_a_seat = line_news(full.support, row)
    give_back(full.support, full.person("ada"), ref_of(full, "ada"), request_key=a_key())

    assert with_a_seat == IN_AGAIN
    assert isinstance(line_news(full.support, row), SessionNews)
