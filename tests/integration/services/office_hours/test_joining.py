"""A scholar joins a line, steps back and leaves; who may not be taken by anybody is told before they wait."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from domain.errors import DomainError
from domain.office_hours import (
    AlreadyInLine,
    HelpTopic,
    LineClosed,
    LineMoved,
    NobodyBehind,
    NobodyToMeet,
    NotInLine,
    NotOpenYet,
    TopicNotCovered,
)
from domain.people import Role
from services.office_hours.joining import join_line, leave_line, step_back
from services.office_hours.looking import listed_hours, own_place
from services.office_hours.running import close_line
from services.office_hours.serving import finish_with
from storage.confidential import data_keys
from tests.builders.office_hours import (
    a_key,
    a_wish,
    call_next,
    check_lines,
    entry_of,
    hold,
    in_line,
    join,
    places,
    ref_for,
)
from tests.builders.people import put_person, put_program, put_recusal
from tests.fixtures.desks import House


def go_back(house: House, who: str, *, version: int | None = None, key: str | None = None) -> None:
    entry = entry_of(house, who)
    seen = entry.version if version is None else version
    step_back(house.support, house.person(who), entry.scholar_ref, seen, request_key=key or a_key())


def test_who_would_be_called_at_the_very_end_is_told_that_it_may_not_be_their_turn(house: House) -> None:
    hold(house, hours=0.5)
    people = ["ada", "bo", *(put_person(house.stores.program, each) for each in ("cy", "eve"))]

    join(house, *people)

    shown = [own_place(house.support, house.person(each)) for each in people]
    assert [(each.wait, each.is_past_end) for each in shown] == [(0, False), (10, False), (20, False), (30, True)]


def test_scholars_stand_in_the_order_in_which_they_came_with_an_honest_wait(house: House) -> None:
    put_person(house.stores.program, "cy")
    ref = hold(house)

    join(house, "bo", "ada", "cy")

    shown = [own_place(house.support, house.person(each)) for each in ("bo", "ada", "cy")]
    assert [(each.place, each.wait, each.can_step_back) for each in shown] == [
        (1, 0, True),
        (2, 10, True),
        (3, 20, False),
    ]
    assert in_line(house, ref) == ["Bo", "Ada", "Cy"]
    check_lines(house)


def test_topic_and_line_are_sealed_under_a_class_of_their_own(house: House) -> None:
    hold(house)
    join(house, "ada", topic=HelpTopic.DATA, line="canary in the data")

    entry = entry_of(house, "ada")

    assert own_place(house.support, house.person("ada")).problem.line == "canary in the data"
    assert b"canary" not in entry.words
    with house.stores.confidential.read() as connection:
        found = connection.execute(data_keys.table.select()).all()
    assert [(row.scholar_id, row.record_class) for row in found] == [("ada", "office_hours")]


def test_joining_twice_is_refused_and_the_same_request_again_is_once(house: House) -> None:
    hold(house)
    ada = house.person("ada")
    wish = a_wish(house, ada, key="one press")

    for _ in range(2):
        join_line(house.support, ada, wish)

    with pytest.raises(AlreadyInLine):
        join(house, "ada")
    assert places(house, "ada") == [1]
    check_lines(house)


def test_one_is_in_one_line_at_a_time(house: House) -> None:
    hold(house)
    hold(house, "dev")
    ada = house.person("ada")
    join(house, "ada")

    with pytest.raises(AlreadyInLine):
        join_line(house.support, ada, a_wish(house, ada, number=1))


def test_line_that_is_planned_closed_or_over_takes_nobody(house: House) -> None:
    ada = house.person("ada")
    hold(house, starts_in=timedelta(hours=1), hours=1)
    wish = a_wish(house, ada)
    with pytest.raises(NotOpenYet):
        join_line(house.support, ada, wish)

    house.clock.advance(timedelta(hours=2))

    with pytest.raises(LineClosed):
        join_line(house.support, ada, wish)
    ref = hold(house)
    later = a_wish(house, ada)
    close_line(house.support, house.person("cleo"), ref)
    with pytest.raises(LineClosed):
        join_line(house.support, ada, later)


def test_planned_hours_open_by_themselves(house: House) -> None:
    hold(house, starts_in=timedelta(hours=1))
    house.clock.advance(timedelta(hours=1))

    join(house, "ada")

    assert places(house, "ada") == [1]


def test_topic_that_is_not_covered_is_refused_at_its_field(house: House) -> None:
    hold(house, topics=[HelpTopic.STATISTICS])

    with pytest.raises(TopicNotCovered) as refused:
        join(house, "ada", topic=HelpTopic.DEBUGGING)

    assert refused.value.field == "topic"


def test_where_only_a_judge_helps_the_scholar_is_told_before_and_cannot_join(house: House) -> None:
    put_recusal(house.stores.program, "cleo", "ada")
    hold(house)

    [listed] = listed_hours(house.support, house.person("ada"))

    assert (listed.can_take, listed.wait, listed.helper_names) == (False, None, ())
    with pytest.raises(NobodyToMeet):
        join(house, "ada")
    assert [each.can_take for each in listed_hours(house.support, house.person("bo"))] == [True]


def test_line_of_one_program_is_not_there_for_another(house: House) -> None:
    put_program(house.stores.program, "program-2")
    put_person(house.stores.program, "zoe", program_id="program-2")
    put_person(house.stores.program, "yan", Role.COACH, program_id="program-2")
    hold(house)
    foreign = a_wish(house, house.person("ada"))

    for who in ("zoe", "yan"):
        assert listed_hours(house.support, house.person(who)) == ()
    with pytest.raises(LineClosed):
        join_line(house.support, house.person("zoe"), foreign)


def test_references_to_a_line_are_each_persons_own(house: House) -> None:
    hold(house)
    stolen = a_wish(house, house.person("bo"))

    with pytest.raises(LineClosed):
        join_line(house.support, house.person("ada"), stolen)


def test_who_was_helped_and_comes_again_stands_behind_those_who_were_not(house: House) -> None:
    put_person(house.stores.program, "cy")
    ref = hold(house)
    join(house, "ada", "bo")
    call_next(house, ref)
    finish_with(house.support, house.person("cleo"), ref, ref_for(house, "cleo", "ada"))

    join(house, "ada", "cy")

    assert in_line(house, ref) == ["Bo", "Cy", "Ada"]
    check_lines(house)


def test_who_left_without_help_and_comes_again_stands_at_the_end_like_anybody(house: House) -> None:
    put_person(house.stores.program, "cy")
    ref = hold(house)
    join(house, "ada", "bo")
    leave_line(house.support, house.person("ada"))

    join(house, "ada", "cy")

    assert in_line(house, ref) == ["Bo", "Ada", "Cy"]


def test_stepping_back_lets_exactly_the_next_one_go_first_once(house: House) -> None:
    put_person(house.stores.program, "cy")
    ref = hold(house)
    join(house, "ada", "bo", "cy")
    version = entry_of(house, "ada").version

    for _ in range(2):
        go_back(house, "ada", version=version, key="one press")

    assert in_line(house, ref) == ["Bo", "Ada", "Cy"]
    with pytest.raises(LineMoved):
        go_back(house, "ada", version=version)
    check_lines(house)


def test_stepping_back_behind_nobody_keeps_the_place_and_says_so(house: House) -> None:
    hold(house)
    join(house, "ada")

    with pytest.raises(NobodyBehind):
        go_back(house, "ada")
    assert places(house, "ada") == [1]


def test_leaving_twice_is_once_and_the_others_move_up(house: House) -> None:
    hold(house)
    join(house, "ada", "bo")
    ada, ref = house.person("ada"), entry_of(house, "ada").scholar_ref

    assert [leave_line(house.support, ada, ref) for _ in range(2)] == [False, False]

    assert places(house, "bo") == [1]
    with pytest.raises(NotInLine):
        own_place(house.support, ada)
    with pytest.raises(NotInLine):
        leave_line(house.support, ada)
    check_lines(house)


def test_nobody_finds_somebody_elses_place(house: House) -> None:
    hold(house)
    join(house, "ada")
    ref, bo = entry_of(house, "ada").scholar_ref, house.person("bo")

    deeds: list[Callable[[], object]] = [
        lambda: own_place(house.support, bo, ref),
        lambda: leave_line(house.support, bo, ref),
        lambda: step_back(house.support, bo, ref, 1, request_key=a_key()),
    ]

    for deed in deeds:
        with pytest.raises(DomainError) as refused:
            deed()
        assert type(refused.value) is NotInLine
