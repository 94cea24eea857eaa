"""Hours set aside for one kind: no session with a scholar is ever there, and what they offer shows nothing of any."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date
from functools import partial

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.days import DateSpan
from domain.errors import DomainError
from domain.hours import Travel, WeeklyHours
from domain.kinds import DEFAULT_KINDS, GROUP
from domain.people import Role
from services.booking.book import book_session
from services.booking.change import cancel_session, move_session
from services.groups.change import cancel_group
from services.hours.aside import AsideTaken
from services.hours.own import change_hours, own_hours, save_hours
from services.offers.gone import TimeGone
from services.offers.offer import offer_between, offer_times
from services.proposals.propose import TimeNotFree, propose_times
from services.sessions.own import upcoming_sessions
from tests.acting.waiting_line import waits
from tests.builders.bookings import a_cancellation, a_move, a_proposal, a_wish, starts_in
from tests.builders.groups import a_calling_off, a_group_wish, set_up
from tests.builders.people import put_membership
from tests.builders.rules import set_rules
from tests.builders.rules import with_kind as rules_with
from tests.builders.scheduling import hours_in
from tests.fixtures.desks import LONDON, WEEKDAYS, House, replica

COACHING = DEFAULT_KINDS[0]
RESEARCH = replace(COACHING, key="mentor", set_aside=True, notice_minutes=0)
NOON_TO_TWO = hours_in(LONDON, {1: "12-14"}).windows
"""On Tuesdays."""
AT_TWELVE, AT_ELEVEN, AT_TWO = (f"2027-01-12T{clock}Z" for clock in ("12:00", "11:00", "14:00"))


def with_kind(house: House) -> House:
    set_rules(house.stores.program, lambda rules: replace(rules, kinds=(*rules.kinds, RESEARCH)))
    return house


@pytest.fixture
def both(house: House) -> House:
    """The small program with a kind that hours are set aside for, on each engine."""
    return with_kind(house)


@pytest.fixture
def one(sqlite_house: House) -> House:
    """The same on SQLite."""
    return with_kind(sqlite_house)


def set_noon_aside(hours: WeeklyHours) -> WeeklyHours:
    return replace(hours, windows=(*hours.windows, *(replace(window, purpose="mentor") for window in NOON_TO_TWO)))


def set_aside_hours(house: House, staff: str = "cleo") -> None:
    change_hours(house.support, house.person(staff), set_noon_aside)


def offer_of_research(house: House, asks: str = "bo") -> str:
    """All that is offered of the set-aside kind, byte for byte."""
    return repr(
        offer_between(
            house.support,
            viewer=house.person(asks),
            kind=RESEARCH,
            staff=house.person("cleo"),
            scholar=house.person(asks),
        )
    )


def test_a_kind_is_offered_in_the_hours_set_aside_for_it_alone_buffers_inside(one: House) -> None:
    set_aside_hours(one)

    offer = offer_between(
        one.support, viewer=one.person("bo"), kind=RESEARCH, staff=one.person("cleo"), scholar=one.person("bo")
    )

    assert starts_in(offer)[:3] == [AT_TWELVE, "2027-01-12T12:30Z", "2027-01-12T13:00Z"]


def test_scholars_are_offered_nothing_in_them_and_no_buffer_reaches_into_them(both: House) -> None:
    set_aside_hours(both)

    tuesday = [
        start[11:16]
        for start in starts_in(offer_times(both.support, both.person("ada"), staff_id="cleo"))
        if start.startswith("2027-01-12")
    ]

    # Coaching takes 45 minutes and a quarter of an hour after it.
    assert tuesday == ["09:00", "09:30", "10:00", "10:30", "11:00", *(["14:00", "14:30", "15:00", "15:30", "16:00"])]


def kept_at_twelve(house: House) -> None:
    cancels = book_session(house.support, house.person("ada"), a_wish(AT_TWELVE)).ref
    save_hours(house.support, house.person("cleo"), hours_in(LONDON, {1: "12-13"}))
    waits(house, "bo", until_day="2027-01-12")
    cancel_session(house.support, house.person("ada"), a_cancellation(cancels))


def asked_for_at_twelve(house: House) -> None:
    set_rules(house.stores.program, lambda rules: rules_with(rules, COACHING.key, needs_approval=True))
    book_session(house.support, house.person("ada"), a_wish(AT_TWELVE))


@pytest.mark.parametrize("taken", [kept_at_twelve, asked_for_at_twelve])
def test_hours_are_not_set_aside_over_what_is_kept_or_asked_for(both: House, taken: Callable[[House], None]) -> None:
    taken(both)

    with pytest.raises(AsideTaken, match=r"times that are not free .* aside: Tue 12 Jan 2027, 12:00\. "):
        set_aside_hours(both)

    assert both.bookings()[-1][-1] in ("held", "requested")


@pytest.mark.parametrize("start", ["2027-01-12T11:15Z", AT_TWELVE, "2027-01-12T13:30Z"])
def test_booking_into_them_is_refused_as_outside_the_hours(one: House, start: str) -> None:
    save_hours(one.support, one.person("cleo"), hours_in(LONDON, {1: "9-17"}))
    set_rules(one.stores.program, lambda rules: rules_with(rules, COACHING.key, step_minutes=15))
    house = one
    set_aside_hours(house)

    with pytest.raises(TimeGone, match="outside the hours on offer"):
        book_session(house.support, house.person("ada"), a_wish(start))

    assert house.bookings() == []


def test_moving_into_them_and_naming_own_times_in_them_is_refused(both: House) -> None:
    ada, cleo = both.person("ada"), both.person("cleo")
    booked = book_session(both.support, ada, a_wish(AT_ELEVEN)).booked
    set_aside_hours(both)

    for person, ref in ((ada, booked.scholar_ref), (cleo, booked.staff_ref)):
        with pytest.raises(TimeGone, match="outside the hours on offer"):
            move_session(both.support, person, a_move(ref, AT_TWELVE))
    with pytest.raises(TimeNotFree, match="You have set these hours aside"):
        propose_times(both.support, cleo, ada, a_proposal(own=["2027-01-12T13:10Z"]))


def test_setting_hours_aside_over_sessions_is_refused_with_when_and_nothing_is_saved(both: House) -> None:
    ada, cleo = both.person("ada"), both.person("cleo")
    book_session(both.support, ada, a_wish("2027-01-12T11:30Z"))
    before = own_hours(both.support, cleo)

    with pytest.raises(AsideTaken, match=r"aside: Tue 12 Jan 2027, 11:30\. Please move them first"):
        set_aside_hours(both)

    assert own_hours(both.support, cleo) == before


@pytest.mark.parametrize("host", ["cleo", "dev"])
@pytest.mark.parametrize("start", ["11:30", "12:00"])
def test_hours_are_not_set_aside_over_a_group_session_or_its_buffers(both: House, host: str, start: str) -> None:
    """A mentor would be offered a time that can never be booked."""
    set_rules(both.stores.program, lambda rules: rules_with(rules, GROUP, buffer_after_minutes=15))
    set_up(both, host, a_group_wish(f"2027-01-12T{start}Z", cohost="dev" if host == "cleo" else "cleo", minutes=30))
    before = own_hours(both.support, both.person("cleo"))

    with pytest.raises(AsideTaken, match=rf"sessions that are booked lie .* aside: Tue 12 Jan 2027, {start}\. Please"):
        set_aside_hours(both)

    assert own_hours(both.support, both.person("cleo")) == before


def test_group_sessions_elsewhere_called_off_or_of_others_are_not_in_the_way(one: House) -> None:
    set_up(one, "dev", a_group_wish(AT_TWELVE))
    set_up(one, wish=a_group_wish(AT_TWO))
    off = set_up(one, wish=a_group_wish("2027-01-19T12:00Z"))
    cancel_group(one.support, one.person("cleo"), a_calling_off(off.ref))

    set_aside_hours(one)

    assert own_hours(one.support, one.person("cleo")).purposes == ("mentor",)


def test_a_session_that_ends_with_its_buffer_as_they_begin_does_not_stand_in_the_way(one: House) -> None:
    book_session(one.support, one.person("ada"), a_wish(AT_ELEVEN))
    book_session(one.support, one.person("bo"), a_wish(AT_TWO))

    set_aside_hours(one)

    assert own_hours(one.support, one.person("cleo")).purposes == ("mentor",)


def test_a_travel_that_would_put_them_over_a_session_is_refused(one: House) -> None:
    set_aside_hours(one)
    cleo = one.person("cleo")
    book_session(one.support, one.person("ada"), a_wish("2027-01-12T11:00Z"))
    berlin = Travel(days=DateSpan(first=date(2027, 1, 12), last=date(2027, 1, 12)), zone="Europe/Berlin")

    with pytest.raises(AsideTaken, match="12:00"):
        change_hours(one.support, cleo, lambda hours: replace(hours, travels=(berlin,)))


def test_somebody_of_both_roles_books_nothing_in_hours_they_have_set_aside_themselves(one: House) -> None:
    put_membership(one.stores.program, "dev", Role.SCHOLAR)
    set_aside_hours(one, "dev")

    offered = starts_in(offer_times(one.support, one.person("dev"), staff_id="cleo"))

    assert [start for start in offered if "2027-01-12T11:30Z" <= start < AT_TWO] == []
    with pytest.raises(TimeGone):
        book_session(one.support, one.person("dev"), a_wish(AT_TWELVE))


BOOKABLE = [
    f"2027-01-{day}T{hour:02}:{minute}Z" for day in (12, 13, 19) for hour in range(9, 17) for minute in ("00", "30")
]


def test_what_is_set_aside_is_offered_the_same_whatever_scholars_have_booked(one: House) -> None:
    """Byte for byte: random bookings, moves and proposals of scholars with everybody."""
    set_aside_hours(one)
    empty = offer_of_research(one)
    deeds = st.lists(
        st.tuples(
            st.sampled_from(("ada", "bo")),
            st.sampled_from(("cleo", "cleo", "dev", None)),
            st.sampled_from(BOOKABLE),
            st.sampled_from(BOOKABLE),
        ),
        min_size=1,
        max_size=6,
    )
    found = []

    @settings(max_examples=15, deadline=None, database=None, derandomize=True)
    @given(deeds)
    def check(wishes: list[tuple[str, str | None, str, str]]) -> None:
        made = []
        for scholar, coach, start, then in wishes:
            try:
                details = book_session(one.support, one.person(scholar), a_wish(start, staff=coach))
                made.append((scholar, details.booked))
                moved = move_session(one.support, one.person(scholar), a_move(details.booked.scholar_ref, then)).booked
                made[-1] = (scholar, moved)
            except DomainError:
                continue
        found.append(len(made))

        assert offer_of_research(one) == empty
        for scholar, booked in made:
            cancellation = a_cancellation(booked.scholar_ref, version=booked.version)
            cancel_session(one.support, one.person(scholar), cancellation)

    check()

    assert "datetime.datetime(2027, 1, 12, 12, 30" in empty
    assert sum(found) > 20


def test_sessions_of_the_one_who_asks_do_not_show_in_what_is_set_aside(one: House) -> None:
    set_aside_hours(one)
    empty = offer_of_research(one)

    book_session(one.support, one.person("bo"), a_wish(AT_TWELVE, staff="dev"))

    assert offer_of_research(one) == empty


WEEKS = ("2027-01-12T12:00Z", "2027-01-19T12:00Z", "2027-01-26T12:00Z", "2027-02-02T12:00Z")


@pytest.mark.parametrize("staff", ["cleo", None])
def test_of_setting_hours_aside_and_booking_at_one_moment_one_is_refused(both: House, staff: str | None) -> None:
    """With connections of their own; whoever is second hears of the first."""
    save_hours(both.support, both.person("dev"), hours_in(LONDON))
    rival = replica(both)

    for start in WEEKS:
        wish = partial(book_session, rival.support, rival.person("ada"), a_wish(start, staff=staff))
        with ThreadPoolExecutor(2) as pool:
            done = [pool.submit(outcome_of, deed) for deed in (partial(set_aside_hours, both), wish)]
        assert {each.result() for each in done} == {True, False}
        start_afresh(both)


def outcome_of(deed: Callable[[], object]) -> bool:
    try:
        deed()
    except (AsideTaken, TimeGone):
        return False
    return True


def start_afresh(house: House) -> None:
    save_hours(house.support, house.person("cleo"), hours_in(LONDON, WEEKDAYS))
    for line in upcoming_sessions(house.support, house.person("ada")):
        cancel_session(house.support, house.person("ada"), a_cancellation(line.ref, version=line.version))
