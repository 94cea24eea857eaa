"""What nobody presses: ends, lapses, reminders, and people who have gone; safe to do at any moment, by anybody."""

from datetime import timedelta

import pytest
from sqlalchemy import update

from domain.office_hours import ANSWER_MINUTES, LINGER_MINUTES, HelpTopic, NoSuchPeer, WithSomebody
from domain.people import Role
from services.office_hours.favors import accept_favor
from services.office_hours.looking import is_in_line, listed_hours, own_place
from services.office_hours.offers import offer_help
from services.office_hours.running import help_in_line
from services.office_hours.serving import finish_with
from services.office_hours.suggesting import answer_suggestion, peers_for, suggest_peer
from services.office_hours.tending import tend_office_hours
from services.office_hours.watching import helpers_line
from storage.confidential.office_hours import OfficeHoursRow, OfficeTransfer
from storage.engine import table_of
from storage.program.people_queries import membership, person
from tests.acting.steps import leave_roster_of
from tests.builders.office_hours import (
    MINUTES,
    ROOM,
    a_key,
    call_next,
    check_lines,
    entry_of,
    hold,
    in_line,
    join,
    places,
    ref_for,
)
from tests.builders.people import put_membership, put_person, put_program, put_recusal
from tests.fixtures.desks import House, replica

_office, _transfer = table_of(OfficeHoursRow), table_of(OfficeTransfer)
OVER_TIME = timedelta(minutes=MINUTES)


def told(house: House, kind: str) -> list[tuple[str, str]]:
    return [(who, rung) for each, who, rung, _ in house.messages() if each == kind]


def unsettled(house: House) -> int:
    with house.stores.confidential.read() as connection:
        return len(connection.execute(_office.select().where(_office.c.is_settled.is_(False))).all())


def with_a_peer(house: House) -> str:
    """Bo helps Ada in Cleo's line; returns Cleo's reference."""
    offer_help(house.support, house.person("bo"), [HelpTopic.DEBUGGING], request_key=a_key())
    ref = hold(house)
    join(house, "ada")
    suggest(house, ref)
    answer_suggestion(house.support, house.person("ada"), entry_of(house, "ada").scholar_ref, agrees=True)
    with house.stores.confidential.read() as connection:
        peer_ref = connection.execute(_transfer.select()).one().peer_ref
    accept_favor(house.support, house.person("bo"), peer_ref)
    return ref


def suggest(house: House, ref: str) -> None:
    cleo, entry_ref = house.person("cleo"), ref_for(house, "cleo", "ada")
    [peer] = peers_for(house.support, cleo, ref, entry_ref).peers
    suggest_peer(house.support, cleo, ref, entry_ref, peer.ref, request_key=a_key())


def test_at_the_end_the_line_closes_and_who_waits_is_told_once(house: House) -> None:
    ref = hold(house, hours=1)
    join(house, "ada", "bo")
    call_next(house, ref)
    house.clock.advance(timedelta(hours=1))
    homes: list[str] = []

    for _ in range(3):
        tend_office_hours(replica(house).desk, homes.append)

    assert told(house, "line.closed") == [("bo", "call 0")]
    assert homes == ["bo", "cleo"]
    assert own_place(house.support, house.person("ada")).with_name == "Cleo"
    assert unsettled(house) == 1
    finish_with(house.support, house.person("cleo"), ref, ref_for(house, "cleo", "ada"))
    tend_office_hours(house.desk)
    assert unsettled(house) == 0
    check_lines(house)


def test_who_forgot_to_say_done_is_free_after_a_while(house: House) -> None:
    ref = hold(house, hours=1)
    join(house, "ada")
    call_next(house, ref)
    house.clock.advance(timedelta(hours=1))
    tend_office_hours(house.desk)
    house.clock.advance(timedelta(minutes=LINGER_MINUTES))

    tend_office_hours(house.desk)

    assert not is_in_line(house.support, house.person("ada"))
    assert (entry_of(house, "ada").status, unsettled(house)) == ("done", 0)
    check_lines(house)


def test_who_has_gone_to_another_program_is_in_the_line_no_more_and_helps_in_it_no_more(house: House) -> None:
    ref = hold(house)
    dev = house.person("dev")
    help_in_line(house.support, dev, listed_hours(house.support, dev)[0].ref, ROOM, request_key=a_key())
    join(house, "ada", "bo")
    put_program(house.stores.program, "program-2")

    change_program(house, "ada", "dev")

    assert (in_line(house, ref), places(house, "bo")) == (["Bo"], [1])
    assert helpers_line(house.support, house.person("cleo"), ref).helper_names == ()  # of the others
    assert call_next(house, ref) == "bo"
    tend_office_hours(house.desk)
    assert (entry_of(house, "ada").status, entry_of(house, "bo").status) == ("left", "helped")
    change_program(house, "cleo")
    tend_office_hours(house.desk)
    assert (entry_of(house, "bo").status, unsettled(house)) == ("closed", 0)


def change_program(house: House, *people: str) -> None:
    with house.stores.program.write() as connection:
        for each in people:
            connection.execute(update(person).where(person.c.id == each).values(program_id="program-2"))
            membered = update(membership).where(membership.c.person_id == each)
            connection.execute(membered.values(program_id="program-2"))


def test_helper_over_time_is_told_once_and_only_while_somebody_waits(house: House) -> None:
    ref = hold(house)
    join(house, "ada")
    call_next(house, ref)
    house.clock.advance(OVER_TIME)
    tend_office_hours(house.desk)
    assert told(house, "line.time") == []
    join(house, "bo")

    for _ in range(3):
        house.clock.advance(timedelta(seconds=15))
        tend_office_hours(house.desk)

    assert told(house, "line.time") == [("cleo", "call 1")]
    mine = helpers_line(house.support, house.person("cleo"), ref).mine
    assert mine is not None
    assert (mine.is_over_time, mine.minutes) == (True, MINUTES)


def test_helper_within_time_is_not_told(house: House) -> None:
    ref = hold(house)
    join(house, "ada", "bo")
    call_next(house, ref)
    house.clock.advance(OVER_TIME - timedelta(seconds=1))

    tend_office_hours(house.desk)

    assert told(house, "line.time") == []


def test_helper_over_time_is_not_told_of_somebody_whom_they_may_not_take(house: House) -> None:
    put_recusal(house.stores.program, "cleo", "bo")
    ref = hold(house)
    other = hold(house, "dev", starts_in=timedelta(hours=3))
    join(house, "ada")
    call_next(house, ref)
    house.clock.advance(OVER_TIME)

    tend_office_hours(house.desk)

    assert (told(house, "line.time"), in_line(house, other, "dev")) == ([], [])


def test_scholar_whose_helper_has_left_the_program_stands_where_they_stood(house: House) -> None:
    ref = hold(house)
    join(house, "ada", "bo")
    call_next(house, ref)
    [listed] = listed_hours(house.support, house.person("dev"))
    second = help_in_line(house.support, house.person("dev"), listed.ref, ROOM, request_key=a_key())
    leave_roster_of(house.stores, "cleo")

    tend_office_hours(house.desk)

    assert in_line(house, second, "dev") == ["Ada", "Bo"]
    assert places(house, "ada", "bo") == [1, 2]
    assert ("ada", "call 1") in told(house, "line.next")
    check_lines(house)


def test_line_whose_last_helper_has_left_the_program_closes(house: House) -> None:
    hold(house)
    join(house, "ada")
    leave_roster_of(house.stores, "cleo")

    tend_office_hours(house.desk)

    assert told(house, "line.closed") == [("ada", "call 0")]
    assert listed_hours(house.support, house.person("ada")) == ()
    assert unsettled(house) == 0


def test_scholar_who_has_left_the_program_leaves_the_line(house: House) -> None:
    ref = hold(house)
    join(house, "ada", "bo")
    call_next(house, ref)
    leave_roster_of(house.stores, "ada")
    with pytest.raises(WithSomebody):
        call_next(house, ref)

    tend_office_hours(house.desk)

    assert entry_of(house, "ada").status == "left"
    assert call_next(house, ref) == "bo"
    check_lines(house)


def test_two_who_may_not_meet_any_more_are_let_go(house: House) -> None:
    ref = hold(house)
    join(house, "ada")
    call_next(house, ref)
    put_recusal(house.stores.program, "cleo", "ada")

    tend_office_hours(house.desk)

    assert (entry_of(house, "ada").taken_by, in_line(house, ref)) == (None, [])
    check_lines(house)


def test_scholar_whose_peer_has_left_stands_in_line_again(house: House) -> None:
    ref = with_a_peer(house)
    leave_roster_of(house.stores, "bo")

    tend_office_hours(house.desk)

    assert in_line(house, ref) == ["Ada"]
    check_lines(house)


def test_unanswered_question_lapses_and_somebody_else_can_be_asked(house: House) -> None:
    offer_help(house.support, house.person("bo"), [HelpTopic.DEBUGGING], request_key=a_key())
    ref = hold(house)
    join(house, "ada")
    suggest(house, ref)
    house.clock.advance(timedelta(minutes=ANSWER_MINUTES))

    tend_office_hours(house.desk)

    assert not own_place(house.support, house.person("ada")).is_asked
    [waiting] = helpers_line(house.support, house.person("cleo"), ref).waiting
    assert not waiting.is_being_asked


def test_without_anything_open_nothing_is_done(house: House) -> None:
    hold(house, starts_in=timedelta(hours=1))

    assert tend_office_hours(house.desk) == 0
    assert unsettled(house) == 1


@pytest.mark.parametrize("hours", [1, 2])
def test_planned_hours_tell_their_helper_when_they_begin(house: House, hours: int) -> None:
    hold(house, starts_in=timedelta(hours=hours))

    [(kind, who, _, at)] = house.messages()

    assert (kind, who, at) == ("line.begun", "cleo", f"2027-01-11T{12 + hours}:00Z")


def test_who_a_peer_is_with_who_judges_somebody_by_now_stands_in_line_again(house: House) -> None:
    with_a_peer(house)
    put_membership(house.stores.program, "bo", Role.GRADER)

    tend_office_hours(house.desk)

    assert (entry_of(house, "ada").status, places(house, "ada")) == ("waiting", [1])
    check_lines(house)


def test_nobody_is_asked_to_help_in_a_line_whose_time_is_over(house: House) -> None:
    offer_help(house.support, house.person("bo"), [HelpTopic.DEBUGGING], request_key=a_key())
    ref = hold(house, hours=1)
    join(house, "ada")
    house.clock.advance(timedelta(hours=1))

    with pytest.raises(NoSuchPeer) as refused:
        suggest(house, ref)

    assert (refused.value.field, told(house, "line.choice")) == ("peer", [])


def test_peer_who_is_with_somebody_is_not_suggested_to_anybody_else(house: House) -> None:
    ref = with_a_peer(house)
    put_person(house.stores.program, "eve")
    join(house, "eve")

    found = peers_for(house.support, house.person("cleo"), ref, ref_for(house, "cleo", "eve"))

    assert found.peers == ()
