"""Helpers take, finish with and miss people; nobody meets a judge; the line on the problem is for who needs it."""

from datetime import timedelta

import pytest

from domain.delivery import DeliveryState
from domain.office_hours import (
    HelpingAlready,
    InvalidOfficeHours,
    LineClosed,
    LineMoved,
    NobodyWaits,
    NotHelping,
    NotInLine,
    NotOpenYet,
    WithSomebody,
)
from domain.people import Role
from services.office_hours.joining import leave_line
from services.office_hours.looking import listed_hours, own_place
from services.office_hours.running import OnlyHelper, close_line, help_in_line, how_many_wait, step_out
from services.office_hours.serving import finish_with, not_there, take_next
from services.office_hours.sweep import sweep_office_hours
from services.office_hours.watching import helpers_line
from tests.builders import leaving
from tests.builders.office_hours import (
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
from tests.builders.people import put_membership, put_person, put_recusal
from tests.fixtures.desks import House
from tests.looking.queries import queries_of


def assist(house: House, who: str = "dev", number: int = 0) -> str:
    """Somebody helps in the first of the listed office hours too."""
    staff = house.person(who)
    ref = listed_hours(house.support, staff)[number].ref
    return help_in_line(house.support, staff, ref, ROOM, request_key=a_key())


def miss(house: House, ref: str, who: str, *, key: str | None = None) -> None:
    entry_ref = ref_for(house, "cleo", who)
    not_there(house.support, house.person("cleo"), ref, entry_ref, request_key=key or a_key())


def told(house: House, *states: DeliveryState) -> list[tuple[str, str, str]]:
    return [(kind, who, rung) for kind, who, rung, _ in house.messages(*states)]


def test_next_takes_the_first_and_tells_them_and_the_one_who_is_next(house: House) -> None:
    ref = hold(house)
    join(house, "ada", "bo")

    assert call_next(house, ref) == "ada"

    mine = helpers_line(house.support, house.person("cleo"), ref).mine
    seen = own_place(house.support, house.person("ada"))
    assert mine is not None
    assert (mine.name, mine.minutes, mine.problem and mine.problem.line) == ("Ada", 0, "It hangs.")
    assert (seen.place, seen.with_name, seen.where) == (None, "Cleo", ROOM)
    assert told(house) == [("line.next", "bo", "call 0"), ("line.turn", "ada", "call 1")]
    check_lines(house)


def test_who_joins_as_the_first_is_not_told_again_that_they_are_next(house: House) -> None:
    hold(house)

    join(house, "ada", "bo")

    assert told(house) == []


def test_next_twice_is_refused_while_somebody_is_there_and_a_repeated_request_is_once(house: House) -> None:
    ref = hold(house)
    join(house, "ada", "bo")
    cleo = house.person("cleo")

    called = [take_next(house.support, cleo, ref, request_key="one press") for _ in range(2)]

    assert called == ["ada", "ada"]
    with pytest.raises(WithSomebody):
        call_next(house, ref)
    assert in_line(house, ref) == ["Bo"]


def test_next_in_an_empty_a_planned_and_a_closed_line_says_what_is_so(house: House) -> None:
    ref = hold(house)
    with pytest.raises(NobodyWaits):
        call_next(house, ref)
    close_line(house.support, house.person("cleo"), ref)
    with pytest.raises(LineClosed):
        call_next(house, ref)
    planned = hold(house, starts_in=timedelta(hours=3))
    with pytest.raises(NotOpenYet):
        call_next(house, planned)


def test_helper_never_sees_or_takes_whom_they_may_not_meet(house: House) -> None:
    put_recusal(house.stores.program, "cleo", "ada")
    ref = hold(house)
    second = assist(house)
    join(house, "ada", "bo")

    assert in_line(house, ref) == ["Bo"]
    assert call_next(house, ref) == "bo"
    assert call_next(house, second, "dev") == "ada"

    seen = helpers_line(house.support, house.person("cleo"), ref)
    assert [each.name for each in seen.others] == []
    assert [each.name for each in helpers_line(house.support, house.person("dev"), second).others] == ["Bo"]
    check_lines(house)


def test_helper_who_is_a_scholar_too_is_never_called_by_themselves(house: House) -> None:
    put_person(house.stores.program, "duo", Role.SCHOLAR, Role.COACH)
    ref = hold(house, "duo")

    [listed] = listed_hours(house.support, house.person("duo"))

    assert listed.can_take is False
    with pytest.raises(NobodyWaits):
        call_next(house, ref, "duo")


def test_line_on_the_problem_is_read_by_who_takes_it_and_by_no_other_helper_any_more(house: House) -> None:
    ref = hold(house)
    second = assist(house)
    join(house, "ada", line="canary")
    waiting = helpers_line(house.support, house.person("dev"), second).waiting
    assert [each.problem.line for each in waiting] == ["canary"]

    call_next(house, ref)

    [other] = helpers_line(house.support, house.person("dev"), second).others
    assert (other.name, other.helper_name, other.problem) == ("Ada", "Cleo", None)


def test_done_frees_both_and_twice_says_that_the_line_has_moved(house: House) -> None:
    ref = hold(house)
    join(house, "ada", "bo")
    call_next(house, ref)
    ada = ref_for(house, "cleo", "ada")

    finish_with(house.support, house.person("cleo"), ref, ada)

    with pytest.raises(LineMoved):
        finish_with(house.support, house.person("cleo"), ref, ada)
    with pytest.raises(NotInLine, match=r"^You have been helped"):
        own_place(house.support, house.person("ada"), entry_of(house, "ada").scholar_ref)
    assert call_next(house, ref) == "bo"
    check_lines(house)


def test_old_done_button_does_not_end_somebody_elses_turn(house: House) -> None:
    ref = hold(house)
    join(house, "ada", "bo")
    call_next(house, ref)
    old = ref_for(house, "cleo", "ada")
    finish_with(house.support, house.person("cleo"), ref, old)
    call_next(house, ref)

    with pytest.raises(LineMoved):
        finish_with(house.support, house.person("cleo"), ref, old)

    assert entry_of(house, "bo").taken_by == "cleo"


def test_scholar_who_says_they_are_done_frees_their_helper(house: House) -> None:
    ref = hold(house)
    join(house, "ada")
    call_next(house, ref)

    assert leave_line(house.support, house.person("ada")) is True

    assert helpers_line(house.support, house.person("cleo"), ref).mine is None
    check_lines(house)


def test_not_there_goes_behind_the_next_one_once_and_then_out(house: House) -> None:
    put_person(house.stores.program, "cy")
    ref = hold(house)
    join(house, "ada", "bo", "cy")
    call_next(house, ref)

    for _ in range(2):
        miss(house, ref, "ada", key="one press")

    assert in_line(house, ref) == ["Bo", "Ada", "Cy"]
    assert ("line.back", "ada", "call 1") in told(house)
    call_next(house, ref)
    finish_with(house.support, house.person("cleo"), ref, ref_for(house, "cleo", "bo"))
    call_next(house, ref)
    miss(house, ref, "ada")
    assert in_line(house, ref) == ["Cy"]
    assert ("line.out", "ada", "call 2") in told(house)
    join(house, "ada")
    assert in_line(house, ref) == ["Cy", "Ada"]
    check_lines(house)


def test_not_there_after_the_end_is_out_at_once(house: House) -> None:
    ref = hold(house, hours=1)
    join(house, "ada")
    call_next(house, ref)
    house.clock.advance(timedelta(hours=1))

    miss(house, ref, "ada")

    assert entry_of(house, "ada").status == "missed"


def test_stepping_back_behind_somebody_tells_the_new_first(house: House) -> None:
    ref = hold(house)
    join(house, "ada", "bo")
    call_next(house, ref)
    miss(house, ref, "ada")

    assert ("line.next", "bo", "call 0") in told(house)


def test_closing_does_not_count_whom_the_helper_may_not_meet_but_tells_them(house: House) -> None:
    put_recusal(house.stores.program, "cleo", "ada")
    ref = hold(house)
    second = assist(house)
    join(house, "ada", "bo")

    counted = [how_many_wait(house.support, house.person(who), own) for who, own in (("cleo", ref), ("dev", second))]
    close_line(house.support, house.person("cleo"), ref)

    assert counted == [1, 2]
    assert sorted(each[1] for each in told(house) if each[0] == "line.closed") == ["ada", "bo"]


def test_helper_steps_out_only_free_and_only_if_another_stays(house: House) -> None:
    ref = hold(house)
    with pytest.raises(OnlyHelper):
        step_out(house.support, house.person("cleo"), ref)
    assist(house)
    join(house, "ada")
    call_next(house, ref)
    with pytest.raises(WithSomebody):
        step_out(house.support, house.person("cleo"), ref)
    leave_line(house.support, house.person("ada"))

    step_out(house.support, house.person("cleo"), ref)

    with pytest.raises(NotHelping):
        call_next(house, ref)
    assert assist(house, "cleo") == ref


def test_a_helper_helps_in_one_line_at_a_time(house: House) -> None:
    hold(house)
    hold(house, "dev", starts_in=timedelta(hours=1))

    with pytest.raises(HelpingAlready):
        hold(house, starts_in=timedelta(hours=1))
    with pytest.raises(HelpingAlready):
        assist(house, "cleo", 1)
    hold(house, starts_in=timedelta(hours=2))


def test_holding_office_hours_twice_by_one_request_is_once(house: House) -> None:
    refs = {hold(house, key="one press") for _ in range(2)}

    assert len(refs) == 1
    assert len(listed_hours(house.support, house.person("cleo"))) == 1


def test_office_hours_in_the_past_are_refused(house: House) -> None:
    with pytest.raises(InvalidOfficeHours):
        hold(house, hours=-1)


def test_nobody_runs_a_line_by_somebody_elses_reference(house: House) -> None:
    ref = hold(house)
    dev = house.person("dev")

    for deed in (helpers_line, close_line, step_out, how_many_wait):
        with pytest.raises(NotHelping):
            deed(house.support, dev, ref)


def test_a_line_is_looked_at_with_as_many_queries_for_many_as_for_few(house: House) -> None:
    ref = hold(house)
    counts = []
    for number in range(8):
        put_person(house.stores.program, f"scholar-{number}")
    for people in (["scholar-0"], [f"scholar-{number}" for number in range(1, 8)]):
        join(house, *people)
        cleo, ada = house.person("cleo"), house.person("ada")
        with queries_of(house.stores.program) as program, queries_of(house.stores.confidential) as confidential:
            helpers_line(house.support, cleo, ref)
            listed_hours(house.support, ada)
        counts.append((len(program), len(confidential)))

    assert counts[0] == counts[1]
    assert places(house, "scholar-7") == [8]


def test_helper_who_is_a_scholar_too_is_called_by_a_colleague_and_never_by_themselves(house: House) -> None:
    put_membership(house.stores.program, "cleo", Role.SCHOLAR)
    ref = hold(house)
    second = assist(house)
    join(house, "cleo")

    with pytest.raises(NobodyWaits):
        call_next(house, ref)

    assert (in_line(house, ref), in_line(house, second, "dev")) == ([], ["Cleo"])
    assert call_next(house, second, "dev") == "cleo"


def test_office_hours_last_until_midnight_of_the_last_day_and_no_longer(house: House) -> None:
    leaving.membership_over(house.stores.program, "cleo", "2027-01-11")
    leaving.membership_over(house.stores.program, "dev", "2027-01-11")

    ref = hold(house, hours=12)
    planned = hold(house, "dev", starts_in=timedelta(hours=2), hours=10)
    with pytest.raises(InvalidOfficeHours, match="last day") as refused:
        hold(house, "dev", starts_in=timedelta(hours=1), hours=12)

    assert (refused.value.field, bool(ref), bool(planned)) == ("end", True, True)
    assert sweep_office_hours(house.desk, "program-1") == 0
