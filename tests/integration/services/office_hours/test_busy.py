"""Office hours are real time of their helper: nothing is booked into them, and they are planned over nothing."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest

from domain.groups import HostsBusy
from domain.kinds import DEFAULT_KINDS
from domain.office_hours import HelpingAlready, TimeTaken
from domain.people import Role
from services.booking.book import book_session
from services.booking.change import cancel_session, move_session
from services.booking.sweep import sweep_changed_programs
from services.groups.setup import set_up_group
from services.hours.aside import AsideTaken
from services.hours.own import change_hours, save_hours
from services.offers.gone import TimeGone
from services.offers.offer import offer_times
from services.offers.own_times import explain_own
from services.office_hours.looking import listed_hours
from services.office_hours.running import close_line, help_in_line, step_out
from services.office_hours.tending import tend_office_hours
from services.proposals.propose import TimeNotFree, propose_times
from services.waiting.match import keep_times
from tests.acting.steps import leave_roster_of
from tests.acting.waiting_line import kept_for, scarce, waits
from tests.builders.bookings import a_cancellation, a_move, a_proposal, a_wish, starts_in
from tests.builders.groups import a_group_wish
from tests.builders.office_hours import ROOM, a_key, hold
from tests.builders.people import TEAM, put_person
from tests.builders.rules import set_rules
from tests.builders.scheduling import hours_in
from tests.fixtures.desks import LONDON, WEEKDAYS, House
from tests.looking.invariants import broken_invariants
from tests.looking.queries import queries_of

TO_TEN = timedelta(hours=22)
"""From the noon at which tests begin to ten o'clock on Tuesday."""
TEN, ELEVEN, TWELVE, ONE = (f"2027-01-12T{hour}:00Z" for hour in (10, 11, 12, 13))
TWO_HOURS = 24
"""Cells of five minutes."""
RESEARCH = replace(DEFAULT_KINDS[0], key="mentor", set_aside=True, notice_minutes=0)


def plan(house: House, by: str = "cleo", *, after: float = 0, hours: float = 2) -> str:
    """Office hours on Tuesday, so many hours after ten."""
    return hold(house, by, starts_in=TO_TEN + timedelta(hours=after), hours=hours)


def offered(house: House, who: str = "ada") -> list[str]:
    """The hours at which Cleo is offered on Tuesday."""
    found = starts_in(offer_times(house.support, house.person(who), staff_id="cleo"))
    return [start[11:16] for start in found if start.startswith("2027-01-12")]


def books(house: House, start: str = TEN, *, who: str = "ada", staff: str | None = "cleo") -> str:
    return book_session(house.support, house.person(who), a_wish(start, staff=staff)).ref


def assist(house: House, who: str = "dev") -> str:
    staff = house.person(who)
    return help_in_line(house.support, staff, listed_hours(house.support, staff)[0].ref, ROOM, request_key=a_key())


def test_planned_office_hours_are_not_offered_and_no_buffer_reaches_into_them(house: House) -> None:
    before = offered(house)

    plan(house)

    # Coaching takes 45 minutes and a quarter of an hour after it.
    assert sorted(set(before) - set(offered(house))) == ["09:30", "10:00", "10:30", "11:00", "11:30"]
    assert house.cells() == {"cleo": TWO_HOURS}
    assert broken_invariants(house.stores.confidential) == []


@pytest.mark.parametrize("start", ["2027-01-12T09:30Z", TEN, "2027-01-12T11:30Z"])
def test_booking_into_planned_office_hours_is_refused(house: House, start: str) -> None:
    plan(house)

    with pytest.raises(TimeGone):
        books(house, start)

    books(house, "2027-01-12T09:00Z")
    books(house, TWELVE, who="bo")
    assert broken_invariants(house.stores.confidential) == []


def test_open_office_hours_take_the_time_from_now_on(house: House) -> None:
    set_rules(house.stores.program, lambda rules: replace(rules, kinds=(replace(rules.kinds[0], notice_minutes=0),)))
    hold(house, hours=2)

    with pytest.raises(TimeGone):
        books(house, "2027-01-11T13:00Z")

    books(house, "2027-01-11T14:00Z")


def test_session_is_not_moved_into_them(house: House) -> None:
    ref = books(house, ONE)
    plan(house)

    with pytest.raises(TimeGone):
        move_session(house.support, house.person("ada"), a_move(ref, TEN))


def test_time_of_ones_own_in_them_is_not_proposed(house: House) -> None:
    plan(house)

    with pytest.raises(TimeNotFree):
        propose_times(house.support, house.person("cleo"), house.person("ada"), a_proposal(own=[TEN]))


def test_session_of_several_is_not_held_in_them_by_either_host(house: House) -> None:
    plan(house)
    plan(house, "dev", after=2)

    for wish in (a_group_wish(TEN), a_group_wish(TWELVE, cohost="dev")):
        with pytest.raises(HostsBusy):
            set_up_group(house.support, house.person("cleo"), TEAM, wish)


def test_helper_who_is_a_scholar_too_books_nothing_in_them(house: House) -> None:
    put_person(house.stores.program, "duo", Role.SCHOLAR, Role.COACH)
    plan(house, "duo")

    assert "10:00" not in offered(house, "duo")
    with pytest.raises(TimeGone):
        books(house, TEN, who="duo")


def test_whoever_helps_too_gives_their_time_and_only_until_they_step_out(house: House) -> None:
    plan(house)
    second = assist(house)
    with pytest.raises(TimeGone):
        books(house, TEN, staff="dev")

    step_out(house.support, house.person("dev"), second)

    books(house, TEN, staff="dev")
    with pytest.raises(TimeTaken, match=r"buffers included: Tue 12 Jan 2027, 10:00 to 11:00\."):
        assist(house)
    assert broken_invariants(house.stores.confidential) == []


def booked(house: House) -> None:
    books(house, TEN)


def kept(house: House) -> None:
    ref = books(house, TEN)
    scarce(house)
    waits(house, "bo", until_day="2027-01-12")
    cancel_session(house.support, house.person("ada"), a_cancellation(ref))


def hosted(house: House) -> None:
    set_up_group(house.support, house.person("cleo"), TEAM, a_group_wish(TEN, minutes=60))


@pytest.mark.parametrize("taken", [booked, kept, hosted])
@pytest.mark.parametrize(("after", "hours"), [(0, 2), (0.75, 1), (-1, 1.5)])
def test_planning_over_what_is_booked_or_kept_is_refused_and_says_when(
    house: House, taken: Callable[[House], None], after: float, hours: float
) -> None:
    taken(house)
    cells = house.cells()

    with pytest.raises(
        TimeTaken, match=r"^Your time is taken then, buffers included: Tue 12 Jan 2027, 10:00 to 11:00\."
    ):
        plan(house, after=after, hours=hours)

    assert (house.cells(), listed_hours(house.support, house.person("cleo"))) == (cells, ())
    plan(house, after=1)
    plan(house, after=-1, hours=1)
    assert broken_invariants(house.stores.confidential) == []


def test_refusal_names_three_stretches_at_most_and_nobody(house: House) -> None:
    scholars = ["ada", "bo", *(put_person(house.stores.program, f"scholar-{number}") for number in range(2))]
    for number, who in enumerate(scholars):
        books(house, f"2027-01-12T{9 + 2 * number:02}:00Z", who=who)

    with pytest.raises(TimeTaken) as refused:
        plan(house, after=-1, hours=8)

    assert str(refused.value) == (
        "Your time is taken then, buffers included: Tue 12 Jan 2027, 09:00 to 10:00; Tue 12 Jan 2027, 11:00 to 12:00; "
        "Tue 12 Jan 2027, 13:00 to 14:00; and 1 more. Please choose another time."
    )


def test_opening_over_the_next_session_is_refused_and_until_it_begins_is_fine(house: House) -> None:
    set_rules(house.stores.program, lambda rules: replace(rules, kinds=(replace(rules.kinds[0], notice_minutes=0),)))
    books(house, "2027-01-11T13:00Z")

    with pytest.raises(TimeTaken, match="13:00 to 14:00") as refused:
        hold(house, hours=2)

    assert refused.value.field == "end"
    hold(house, hours=1)


def test_session_of_ones_own_as_a_scholar_stands_in_the_way_without_buffers(house: House) -> None:
    put_person(house.stores.program, "duo", Role.SCHOLAR, Role.COACH)
    books(house, TEN, who="duo", staff="dev")

    with pytest.raises(TimeTaken, match="10:00 to 10:45"):
        plan(house, "duo")

    plan(house, "duo", after=0.75)


@pytest.mark.parametrize("minutes_later", [-60, 37])
def test_closing_gives_the_rest_free(house: House, minutes_later: int) -> None:
    ref = plan(house)
    assist(house)
    house.clock.advance(TO_TEN + timedelta(minutes=minutes_later))

    close_line(house.support, house.person("cleo"), ref)

    begun = max(minutes_later, 0) // 5
    assert house.cells() == ({"cleo": begun, "dev": begun} if begun else {})
    plan_again = hold(house, hours=1)
    assert plan_again
    assert broken_invariants(house.stores.confidential) == []


def test_line_that_closes_by_itself_gives_its_last_cell_free(house: House) -> None:
    hold(house, hours=2 + 1 / 60)
    house.clock.advance(timedelta(hours=2, minutes=2))

    tend_office_hours(house.desk)

    assert hold(house, hours=1)
    assert broken_invariants(house.stores.confidential) == []


def test_what_closing_frees_is_offered_to_who_waits(house: House) -> None:
    scarce(house)
    ref = plan(house, hours=1)
    waits(house, "ada")
    keep_times(house.desk)
    assert kept_for(house, "ada") == []

    close_line(house.support, house.person("cleo"), ref)
    keep_times(house.desk)

    assert [f"{each.starts:%Y-%m-%dT%H:%MZ}" for each in kept_for(house, "ada")] == [TEN]
    assert broken_invariants(house.stores.confidential) == []


def test_helper_who_leaves_support_has_their_time_back_and_the_others_go_on(house: House) -> None:
    plan(house)
    assist(house)
    alone = plan(house, after=4)
    leave_roster_of(house.stores, "cleo")

    sweep_changed_programs(house.desk)

    assert house.cells() == {"dev": TWO_HOURS}
    assert alone
    assert len(listed_hours(house.support, house.person("ada"))) == 1
    assert broken_invariants(house.stores.confidential) == []


def test_hours_set_aside_and_office_hours_keep_clear_of_each_other(house: House) -> None:
    set_rules(house.stores.program, lambda rules: replace(rules, kinds=(*rules.kinds, RESEARCH)))
    aside = tuple(replace(window, purpose="mentor") for window in hours_in(LONDON, {1: "11-12"}).windows)
    plan(house, hours=1.5)
    cleo, dev = house.person("cleo"), house.person("dev")

    with pytest.raises(
        AsideTaken, match=r"office hours or sessions lie .* aside: Tue 12 Jan 2027, 10:00\. Please close"
    ):
        change_hours(house.support, cleo, lambda hours: replace(hours, windows=(*hours.windows, *aside)))

    change_hours(house.support, dev, lambda hours: replace(hours, windows=(*hours.windows, *aside)))
    with pytest.raises(TimeTaken, match=r"hours you have set aside: Tue 12 Jan 2027, 11:00 to 11:30"):
        plan(house, "dev", hours=1.5)
    with pytest.raises(TimeTaken, match="set aside"):
        assist(house)


def test_what_is_offered_and_why_counts_them(house: House) -> None:
    save_hours(house.support, house.person("cleo"), hours_in(LONDON, {}, {"2027-01-12": "10:00-12:00"}))
    before = explain_own(house.support, house.person("cleo"), DEFAULT_KINDS[0])

    plan(house, hours=1)
    found = explain_own(house.support, house.person("cleo"), DEFAULT_KINDS[0])

    assert (before.free, found.free) == (3, 1)
    assert found.shares[0] == "2 are taken by sessions with their buffers, or by office hours"


def test_other_office_hours_are_said_to_be_office_hours(house: House) -> None:
    plan(house)

    with pytest.raises(HelpingAlready):
        plan(house, after=1)


def test_offer_takes_as_many_queries_with_office_hours_as_without(house: House) -> None:
    save_hours(house.support, house.person("cleo"), hours_in(LONDON, WEEKDAYS))
    counts = []
    for number in range(2):
        with queries_of(house.stores.confidential) as asked:
            offered(house)
        counts.append(len(asked))
        plan(house, after=3 * number)

    assert counts[0] == counts[1]


@pytest.mark.parametrize("hours", [2.0, 0.25, 0.2])
def test_line_opens_right_after_a_session_and_takes_no_buffer_twice(house: House, hours: float) -> None:
    books(house, TEN)
    house.clock.advance(TO_TEN + timedelta(minutes=46))

    with pytest.raises(TimeTaken):
        hold(house, starts_in=timedelta(minutes=1), hours=hours)
    ref = hold(house, hours=hours)

    assert broken_invariants(house.stores.confidential) == []
    close_line(house.support, house.person("cleo"), ref)
    assert hold(house, hours=hours)
    assert broken_invariants(house.stores.confidential) == []
