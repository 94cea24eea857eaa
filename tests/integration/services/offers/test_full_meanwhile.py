"""A limit is reached between opening a form and sending it: it is told where it was pressed, and nothing is lost."""

from collections.abc import Callable
from dataclasses import dataclass, replace

import pytest

from domain.booking import TooManyOpen
from domain.errors import DomainError
from domain.groups import GroupFull
from domain.kinds import COACHING, COMMUNITY, DEFAULT_KINDS, GROUP, RESEARCH, URGENT
from domain.limits import OwnLimits
from domain.people import Role
from domain.series import Repeat, SeriesNotFree
from services.booking.book import book_session
from services.booking.change import cancel_session, move_session
from services.booking.commands import BookSession
from services.groups.rules import ref_for
from services.groups.seats import take_seat, wait_in_line
from services.hours.own import Profile, change_hours, save_profile
from services.offers.gone import TimeGone
from services.offers.offer import offer_move, offer_times
from services.proposals.answer import accept_time
from services.proposals.propose import propose_times
from services.urgent.offer import offer_urgent
from tests.builders.bookings import a_cancellation, a_move, a_proposal, a_wish, instant, starts_in
from tests.builders.groups import a_group_wish, a_key, ref_of, seated, set_up
from tests.builders.people import put_person
from tests.builders.rules import set_rules, with_kind
from tests.builders.scheduling import hours_in
from tests.fixtures.desks import LONDON, House
from tests.looking.invariants import broken_invariants

TEN, TWO = "2027-01-12T10:00Z", "2027-01-12T14:00Z"
BOOKED = (COACHING, COMMUNITY, URGENT, RESEARCH)
"""All kinds that are booked; a seat in a group session is taken."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """Somebody fills a form in, and a rival reaches the limit of a day before it is sent."""

    wish: BookSession
    rival_wish: BookSession
    who: str = "ada"
    rival: str = "bo"
    limit: dict[str, int]
    refused: type[DomainError]
    field: str
    says: str
    prepare: Callable[[House], object] = lambda _house: None


def set_noon_aside(house: House) -> None:
    """Cleo takes mentors on Tuesdays from ten to three, and Nia mentors too."""
    put_person(house.stores.program, "nia", Role.MENTOR)
    noon = hours_in(LONDON, {1: "10:00-15:00"}).windows
    aside = tuple(replace(window, purpose=RESEARCH) for window in noon)
    change_hours(house.support, house.person("cleo"), lambda hours: replace(hours, windows=(*hours.windows, *aside)))


CASES = {
    "coaching": Case(
        wish=a_wish(TEN),
        rival_wish=a_wish(TWO),
        limit={"per_day": 1},
        refused=TimeGone,
        field="start",
        says="Next free: ",
    ),
    "community": Case(
        wish=a_wish(TEN, kind=COMMUNITY, staff="eli"),
        rival_wish=a_wish(TWO, kind=COMMUNITY, staff="eli"),
        limit={"per_week": 1},
        refused=TimeGone,
        field="start",
        says="Next free: Mon 18 Jan",
    ),
    "urgent": Case(
        wish=a_wish("2027-01-11T13:00Z", kind=URGENT, staff=None),
        rival_wish=a_wish("2027-01-11T15:00Z", kind=URGENT, staff=None),
        limit={"per_day": 1},
        refused=TimeGone,
        field="start",
        says="Next free: Tue 12 Jan",
    ),
    "research": Case(
        wish=a_wish("2027-01-19T10:00Z", kind=RESEARCH),
        rival_wish=a_wish("2027-01-19T13:00Z", kind=RESEARCH),
        who="max",
        rival="nia",
        limit={"per_day": 1},
        refused=TimeGone,
        field="start",
        says="Next free: ",
        prepare=set_noon_aside,
    ),
    "series": Case(
        wish=replace(a_wish(TEN), repeat=Repeat(every_weeks=1, times=3)),
        rival_wish=a_wish("2027-01-26T14:00Z"),
        limit={"per_day": 1},
        refused=SeriesNotFree,
        field="repeat",
        says="that day is full",
    ),
}


def opened(house: House, case: Case) -> list[str]:
    """The times in the form as it was opened."""
    person = house.person(case.who)
    if case.wish.kind == URGENT:
        return [f"{each.starts:%Y-%m-%dT%H:%MZ}" for each in offer_urgent(house.support, person).starts]
    return starts_in(offer_times(house.support, person, kind=case.wish.kind, staff_id=case.wish.staff_id))


@pytest.mark.parametrize("name", CASES)
def test_limit_reached_while_a_form_is_open_is_told_at_its_field_and_keeps_everything(house: House, name: str) -> None:
    case = CASES[name]
    case.prepare(house)
    set_rules(house.stores.program, lambda rules: with_kind(rules, case.wish.kind, **case.limit))
    in_form = opened(house, case)
    book_session(house.support, house.person(case.rival), replace(case.rival_wish, request_key=a_key()))
    before = house.bookings(), house.keys(), house.messages()

    with pytest.raises(case.refused) as refused:
        book_session(house.support, house.person(case.who), replace(case.wish, request_key="open form"))

    assert f"{case.wish.starts:%Y-%m-%dT%H:%MZ}" in in_form
    assert (refused.value.field, case.says in refused.value.message) == (case.field, True), refused.value.message
    assert before == (house.bookings(), house.keys(), house.messages())
    assert broken_invariants(house.stores.confidential) == []


@pytest.mark.parametrize("kind", BOOKED)
@pytest.mark.parametrize("limit", ["per_day", "per_week", "per_month"])
def test_each_limit_of_each_kind_holds_for_a_form_that_was_opened_before(house: House, kind: str, limit: str) -> None:
    case = CASES[kind]
    case.prepare(house)
    set_rules(house.stores.program, lambda rules: with_kind(rules, kind, **{limit: 1}))
    in_form = opened(house, case)
    book_session(house.support, house.person(case.rival), replace(case.rival_wish, request_key=a_key()))

    with pytest.raises(TimeGone) as refused:
        book_session(house.support, house.person(case.who), replace(case.wish, request_key=a_key()))

    assert (f"{case.wish.starts:%Y-%m-%dT%H:%MZ}" in in_form, refused.value.field) == (True, "start")
    assert [who for who, *_ in house.bookings()] == [case.rival]


def test_every_kind_there_is_is_tried() -> None:
    assert {*BOOKED, GROUP} == {kind.key for kind in DEFAULT_KINDS}


@pytest.mark.parametrize("move_to", [TEN, "2027-01-12T11:00Z"])
def test_limit_reached_while_the_form_to_move_is_open_is_told_at_its_field_and_nothing_moves(
    house: House, move_to: str
) -> None:
    set_rules(house.stores.program, lambda rules: with_kind(rules, per_day=1))
    ada = house.person("ada")
    mine = book_session(house.support, ada, a_wish("2027-01-13T10:00Z")).booked
    in_form = starts_in(offer_move(house.support, ada, mine))
    book_session(house.support, house.person("bo"), a_wish(TWO))
    before = house.bookings(), house.messages()

    with pytest.raises(TimeGone) as refused:
        move_session(house.support, ada, a_move(mine.scholar_ref, move_to))

    assert (move_to in in_form, refused.value.field, "Next free: " in refused.value.message) == (True, "start", True)
    assert (house.bookings(), house.messages()) == before


def test_who_offered_a_time_is_taken_at_their_word_when_their_day_is_full_by_then(house: House) -> None:
    set_rules(house.stores.program, lambda rules: with_kind(rules, per_day=1))
    ada = house.person("ada")
    refs = propose_times(house.support, house.person("cleo"), ada, a_proposal(TEN))
    book_session(house.support, house.person("bo"), a_wish(TWO))

    taken = accept_time(house.support, ada, refs.id, instant(TEN), request_key=a_key())

    assert (taken.booked.is_open, len(house.bookings())) == (True, 2)


def test_ones_own_limit_reached_after_a_time_was_offered_is_told_and_the_offer_stands(house: House) -> None:
    set_rules(house.stores.program, lambda rules: with_kind(rules, open_per_scholar=1))
    ada = house.person("ada")
    refs = propose_times(house.support, house.person("cleo"), ada, a_proposal(TEN))
    other = book_session(house.support, ada, a_wish(TWO)).booked

    with pytest.raises(TooManyOpen):
        accept_time(house.support, ada, refs.id, instant(TEN), request_key=a_key())
    cancel_session(house.support, ada, a_cancellation(other.scholar_ref))
    taken = accept_time(house.support, ada, refs.id, instant(TEN), request_key=a_key())

    assert taken.booked.starts == instant(TEN)


@pytest.mark.parametrize("kind", BOOKED)
def test_ones_own_limit_reached_on_another_device_is_told_at_the_field(house: House, kind: str) -> None:
    case = CASES[kind]
    case.prepare(house)
    set_rules(house.stores.program, lambda rules: with_kind(rules, kind, open_per_scholar=1))
    in_form = opened(house, case)
    who = house.person(case.who)
    book_session(house.support, who, replace(case.rival_wish, request_key=a_key()))

    with pytest.raises(TooManyOpen) as refused:
        book_session(house.support, who, replace(case.wish, request_key=a_key()))

    offered = f"{case.wish.starts:%Y-%m-%dT%H:%MZ}" in in_form
    assert (offered, refused.value.field, len(house.bookings())) == (True, "start", 1)
    assert refused.value.message == (
        "You have 1 session of this kind ahead, as many as can be booked at once. "
        "Please cancel one with /support list, or book again after the next one."
    )


def test_with_anyone_somebody_who_is_not_full_takes_it(house: House) -> None:
    set_rules(house.stores.program, lambda rules: with_kind(rules, per_day=1))
    offered = starts_in(offer_times(house.support, house.person("ada")))
    book_session(house.support, house.person("bo"), a_wish(TWO))

    taken = book_session(house.support, house.person("ada"), a_wish(TEN, staff=None))

    assert (TEN in offered, taken.booked.staff_id) == (True, "dev")


def test_what_somebody_takes_of_all_kinds_does_not_refuse_what_is_urgent(house: House) -> None:
    save_profile(
        house.support,
        house.person("eli"),
        Profile(about="", focus_areas=(), places={}, limits=OwnLimits(per_day=1)),
    )
    offer_urgent(house.support, house.person("ada"))
    book_session(house.support, house.person("bo"), a_wish("2027-01-11T15:00Z", kind=COMMUNITY, staff="eli"))

    taken = book_session(house.support, house.person("ada"), a_wish("2027-01-11T13:00Z", kind=URGENT, staff=None))

    assert taken.booked.is_open


def test_last_seat_taken_while_the_list_is_open_is_told_and_the_line_is_open(house: House) -> None:
    set_up(house, wish=a_group_wish(seats=1))
    ref = ref_of(house, "ada")
    seated(house, "bo")

    with pytest.raises(GroupFull):
        take_seat(house.support, house.person("ada"), ref, request_key=a_key())
    waiting = wait_in_line(house.support, house.person("ada"), ref, request_key=a_key())

    assert waiting.details.place_in_line == 1
    assert broken_invariants(house.stores.confidential) == []


def test_ones_own_limit_of_seats_reached_on_another_device_is_told(house: House) -> None:
    set_rules(house.stores.program, lambda rules: with_kind(rules, "group", open_per_scholar=1))
    refs = [set_up(house, wish=a_group_wish(f"2027-01-{day}T14:00Z")).ref for day in (13, 14)]
    first, second = (ids[0] for ids in house.groups())

    take_seat(house.support, house.person("ada"), ref_for(first, "ada"), request_key=a_key())
    with pytest.raises(TooManyOpen) as refused:
        take_seat(house.support, house.person("ada"), ref_for(second, "ada"), request_key=a_key())

    assert len(refs) == 2
    assert refused.value.message == (
        "You have a seat in 1 group session ahead, or wait for one, as many as can be at once. "
        "Please give one back first, or come again after the next one."
    )
    assert broken_invariants(house.stores.confidential) == []
