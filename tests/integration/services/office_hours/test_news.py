"""A message about a line is judged when it is sent: what is not true any more is not told."""

from datetime import timedelta

import pytest

from domain.delivery import Delivery, Suppressed
from domain.office_hours import ANSWER_MINUTES, HelpTopic
from services.office_hours.favors import accept_favor
from services.office_hours.joining import leave_line, step_back
from services.office_hours.looking import listed_hours, own_place
from services.office_hours.news import line_news
from services.office_hours.offers import offer_help, withdraw_help
from services.office_hours.running import close_line, help_in_line
from services.office_hours.serving import finish_with, not_there
from services.office_hours.suggesting import answer_suggestion, peers_for, suggest_peer
from services.office_hours.tending import tend_office_hours
from tests.acting.steps import leave_roster_of
from tests.builders.office_hours import MINUTES, ROOM, a_key, call_next, entry_of, hold, join, ref_for
from tests.builders.people import put_person
from tests.fixtures.desks import House, ledger_rows

OVER = Suppressed("line has moved")


def the_row(house: House, kind: str) -> Delivery:
    return ledger_rows(house, kind)[-1]


def news(house: House, kind: str) -> str | Suppressed:
    return line_news(house.support, the_row(house, kind))


def called(house: House) -> str:
    """Cleo is with Ada, Bo is next; returns Cleo's reference."""
    ref = hold(house)
    join(house, "ada", "bo")
    call_next(house, ref)
    return ref


def done_with_ada(house: House, ref: str) -> None:
    finish_with(house.support, house.person("cleo"), ref, ref_for(house, "cleo", "ada"))


def missed(house: House, ref: str) -> None:
    cleo, entry_ref = house.person("cleo"), ref_for(house, "cleo", "ada")
    not_there(house.support, cleo, ref, entry_ref, request_key=a_key())


def asked(house: House) -> str:
    offer_help(house.support, house.person("bo"), [HelpTopic.DEBUGGING], request_key=a_key())
    ref = hold(house)
    join(house, "ada")
    cleo, entry_ref = house.person("cleo"), ref_for(house, "cleo", "ada")
    [peer] = peers_for(house.support, cleo, ref, entry_ref).peers
    suggest_peer(house.support, cleo, ref, entry_ref, peer.ref, request_key=a_key())
    return ref


def agree(house: House) -> None:
    answer_suggestion(house.support, house.person("ada"), entry_of(house, "ada").scholar_ref, agrees=True)


def test_turn_is_told_while_somebody_is_there_for_them(house: House) -> None:
    ref = called(house)
    assert news(house, "line.turn") == entry_of(house, "ada").scholar_ref

    done_with_ada(house, ref)

    assert news(house, "line.turn") == OVER


def test_next_is_told_while_they_are_first(house: House) -> None:
    called(house)
    join_behind(house)
    assert news(house, "line.next") == entry_of(house, "bo").scholar_ref
    entry = entry_of(house, "bo")

    step_back(house.support, house.person("bo"), entry.scholar_ref, entry.version, request_key=a_key())

    [of_bo, of_cy] = ledger_rows(house, "line.next")
    assert {line_news(house.support, each) for each in (of_bo, of_cy)} == {OVER, entry_of(house, "cy").scholar_ref}


def join_behind(house: House) -> None:
    put_person(house.stores.program, "cy")
    join(house, "cy")


def test_that_they_were_missed_is_told_while_they_wait_again(house: House) -> None:
    ref = called(house)
    missed(house, ref)
    assert news(house, "line.back") == entry_of(house, "ada").scholar_ref

    leave_line(house.support, house.person("ada"))

    assert news(house, "line.back") == OVER


def test_that_they_are_out_is_not_told_once_they_have_joined_again(house: House) -> None:
    ref = hold(house)
    join(house, "ada")
    for _ in range(2):
        call_next(house, ref)
        missed(house, ref)
    assert news(house, "line.out") == entry_of(house, "ada").scholar_ref

    join(house, "ada")

    assert news(house, "line.out") == OVER


def test_closing_is_told_to_who_waited(house: House) -> None:
    ref = called(house)
    house.clock.advance(timedelta(minutes=1))

    close_line(house.support, house.person("cleo"), ref)

    assert news(house, "line.closed") == entry_of(house, "bo").scholar_ref


@pytest.mark.parametrize("what", ["answered", "left", "late"])
def test_question_to_the_scholar_is_asked_while_it_is_open(house: House, what: str) -> None:
    asked(house)
    assert news(house, "line.choice") == entry_of(house, "ada").scholar_ref

    if what == "answered":
        agree(house)
    elif what == "left":
        leave_line(house.support, house.person("ada"))
    else:
        house.clock.advance(timedelta(minutes=ANSWER_MINUTES))

    assert news(house, "line.choice") == OVER


@pytest.mark.parametrize("what", ["accepted", "withdrawn", "called", "late"])
def test_question_to_the_peer_is_asked_while_it_is_open(house: House, what: str) -> None:
    ref = asked(house)
    agree(house)
    peer_ref = news(house, "line.favor")
    assert isinstance(peer_ref, str)

    if what == "accepted":
        accept_favor(house.support, house.person("bo"), peer_ref)
    elif what == "withdrawn":
        withdraw_help(house.support, house.person("bo"))
    elif what == "called":
        call_next(house, ref)
    else:
        house.clock.advance(timedelta(minutes=ANSWER_MINUTES))

    assert news(house, "line.favor") == OVER


@pytest.mark.parametrize("what", ["done", "nobody waits"])
def test_helper_is_told_of_the_time_while_it_matters(house: House, what: str) -> None:
    ref = called(house)
    house.clock.advance(timedelta(minutes=MINUTES))
    tend_office_hours(house.desk)
    assert news(house, "line.time") == ref

    if what == "done":
        done_with_ada(house, ref)
    else:
        leave_line(house.support, house.person("bo"))

    assert news(house, "line.time") == OVER


def test_beginning_is_told_unless_it_was_called_off(house: House) -> None:
    ref = hold(house, starts_in=timedelta(hours=1))
    house.clock.advance(timedelta(hours=1))
    assert news(house, "line.begun") == ref

    close_line(house.support, house.person("cleo"), ref)

    assert news(house, "line.begun") == OVER


def test_who_has_left_the_program_is_told_nothing(house: House) -> None:
    called(house)
    leave_roster_of(house.stores, "ada")

    assert news(house, "line.turn") == Suppressed("gone")


def test_peer_is_not_asked_any_more_about_somebody_who_has_left_the_line(house: House) -> None:
    asked(house)
    agree(house)
    before = news(house, "line.favor")

    leave_line(house.support, house.person("ada"))

    assert (before == OVER, news(house, "line.favor")) == (False, OVER)


@pytest.mark.parametrize("kind", ["line.choice", "line.favor"])
def test_peer_is_not_asked_any_more_about_somebody_with_a_colleague_once_the_line_has_closed(
    house: House, kind: str
) -> None:
    ref = asked(house)
    dev = house.person("dev")
    second = help_in_line(house.support, dev, listed_hours(house.support, dev)[0].ref, ROOM, request_key=a_key())
    call_next(house, second, "dev")
    offer_help(house.support, house.person("bo"), [HelpTopic.DEBUGGING], request_key=a_key())
    put_person(house.stores.program, "eve")
    offer_help(house.support, house.person("eve"), [HelpTopic.DEBUGGING], request_key=a_key())
    entry_ref = ref_for(house, "dev", "ada")
    peer, *_ = peers_for(house.support, dev, second, entry_ref).peers
    suggest_peer(house.support, dev, second, entry_ref, peer.ref, request_key=a_key())
    if kind == "line.favor":
        agree(house)
    before = news(house, kind)

    close_line(house.support, house.person("cleo"), ref)

    assert (before == OVER, news(house, kind)) == (False, OVER)


def test_who_opens_a_line_at_once_is_not_told_that_it_has_begun(house: House) -> None:
    hold(house)
    hold(house, "dev", starts_in=timedelta(hours=1))

    assert [row.person_id for row in ledger_rows(house, "line.begun")] == ["dev"]


def test_who_joins_in_front_of_those_helped_before_sees_so_at_once_and_is_not_told(house: House) -> None:
    ref = hold(house)
    join(house, "ada")
    call_next(house, ref)
    done_with_ada(house, ref)
    put_person(house.stores.program, "eve")
    join(house, "ada", "bo", "eve")

    leave_line(house.support, house.person("eve"))

    assert [row.person_id for row in ledger_rows(house, "line.next")] == []


def test_who_did_not_come_and_is_first_still_is_told_once_that_they_wait_again(house: House) -> None:
    ref = hold(house)
    join(house, "ada")
    call_next(house, ref)

    missed(house, ref)

    told = [row[0] for row in house.messages() if row[1] == "ada"]
    assert sorted(told) == ["line.back", "line.turn"]


def test_turn_of_an_earlier_call_is_not_told_again_with_the_next_one(house: House) -> None:
    ref = hold(house)
    join(house, "ada")
    call_next(house, ref)
    missed(house, ref)
    call_next(house, ref)

    first, second = sorted(ledger_rows(house, "line.turn"), key=lambda row: row.object_version)

    assert line_news(house.support, first) == OVER
    assert line_news(house.support, second) == entry_of(house, "ada").scholar_ref


def test_question_that_has_lapsed_is_not_in_the_scholars_place_any_more_before_anybody_tends_the_line(
    house: House,
) -> None:
    asked(house)
    ada = house.person("ada")
    before = own_place(house.support, ada).is_asked

    house.clock.advance(timedelta(minutes=ANSWER_MINUTES))

    assert (before, own_place(house.support, ada).is_asked) == (True, False)
