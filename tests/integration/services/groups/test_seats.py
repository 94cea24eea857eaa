"""Seats are taken, given back and waited for, on each engine."""

from datetime import timedelta

import pytest

from domain.booking import TooLate, TooManyOpen
from domain.errors import NotFound
from domain.groups import BusyThen, GroupFull, NoSeat, SeatsFree, SeatTakenAlready, Standing
from domain.people import Role
from services.booking.book import book_session
from services.booking.change import cancel_session
from services.groups.look import group_details, groups_for
from services.groups.seats import give_back, leave_line, take_seat, wait_in_line
from services.groups.sweep import fill_seats
from services.offers.gone import TimeGone
from services.offers.offer import offer_times
from tests.builders.bookings import a_cancellation, a_wish, starts_in
from tests.builders.groups import (
    GROUP_AT,
    a_group_wish,
    a_key,
    group_id,
    news_for,
    ref_of,
    seated,
    set_up,
    waiting,
)
from tests.builders.people import put_person, put_recusal
from tests.fixtures.desks import House
from tests.looking.invariants import broken_invariants
from tests.looking.queries import queries_of

SEAT_CELLS = 9
"""Five-minute cells of 45 minutes."""
BEFORE_IT = timedelta(days=2, hours=2)
"""From the house's now to the start."""


def scholars(house: House, how_many: int) -> list[str]:
    return [put_person(house.stores.program, f"scholar-{number}") for number in range(how_many)]


def test_seat_taken_is_the_scholars_time_and_is_told(house: House) -> None:
    set_up(house)

    outcome = take_seat(house.support, house.person("ada"), ref_of(house, "ada"), request_key=a_key())

    assert outcome.details.standing is Standing.SEATED
    assert set(outcome.person_ids) == {"ada", "cleo"}
    assert house.groups() == [(group_id(house), GROUP_AT, "booked", {1: "ada"}, [])]
    assert house.cells() == {"cleo": SEAT_CELLS, "ada": SEAT_CELLS}
    assert [message for message in house.messages() if message[1] == "ada"] == [
        ("session.booked", "ada", "v1", "2027-01-11T12:00Z"),
        ("session.file", "ada", "v1", "2027-01-11T12:00Z"),
        ("session.reminder", "ada", "15m v1", "2027-01-13T13:45Z"),
        ("session.reminder", "ada", "24h v1", "2027-01-12T14:00Z"),
    ]
    assert broken_invariants(house.stores.confidential) == []


def test_the_same_press_delivered_again_changes_nothing(house: House) -> None:
    set_up(house)
    ada, ref = house.person("ada"), ref_of(house, "ada")
    first = take_seat(house.support, ada, ref, request_key="one press")
    before = house.messages(), house.cells()

    again = take_seat(house.support, ada, ref, request_key="one press")

    assert (again.details, house.messages(), house.cells()) == (first.details, *before)


def test_second_press_of_its_own_is_told_that_the_seat_is_theirs(house: House) -> None:
    set_up(house)
    seated(house, "ada")

    with pytest.raises(SeatTakenAlready):
        seated(house, "ada")

    assert house.groups()[0][3] == {1: "ada"}


def test_seat_beyond_the_last_is_refused(house: House) -> None:
    set_up(house, wish=a_group_wish(seats=2))
    seated(house, "ada", "bo")
    (zoe,) = scholars(house, 1)

    with pytest.raises(GroupFull):
        seated(house, zoe)

    assert house.cells() == {"cleo": SEAT_CELLS, "ada": SEAT_CELLS, "bo": SEAT_CELLS}


def test_seat_while_another_session_is_booked_is_refused_and_the_other_way_round(house: House) -> None:
    set_up(house)
    book_session(house.support, house.person("ada"), a_wish("2027-01-13T13:30Z", staff="dev"))
    seated(house, "bo")

    with pytest.raises(BusyThen):
        seated(house, "ada")
    with pytest.raises(TimeGone) as refused:
        book_session(house.support, house.person("bo"), a_wish("2027-01-13T14:30Z", staff="dev"))

    assert str(refused.value).startswith("You have another session then.")


def test_offers_leave_out_hosted_time_and_seats_in_three_queries(house: House) -> None:
    before = starts_in(offer_times(house.support, house.person("ada"), staff_id="dev"))
    set_up(house)
    seated(house, "ada")

    ada = house.person("ada")
    with queries_of(house.stores.program) as of_program, queries_of(house.stores.confidential) as of_support:
        with_dev = starts_in(offer_times(house.support, ada, staff_id="dev"))
    with_cleo = starts_in(offer_times(house.support, house.person("bo"), staff_id="cleo"))

    # A seat takes 14:00 to 14:45 of Ada; Cleo needs a quarter of an hour after a session before it too.
    assert set(before) - set(with_dev) == {"2027-01-13T13:30Z", "2027-01-13T14:00Z", "2027-01-13T14:30Z"}
    assert {"2027-01-13T13:30Z", "2027-01-13T14:00Z", "2027-01-13T14:30Z"} & set(with_cleo) == set()
    assert "2027-01-13T13:00Z" in with_cleo
    assert (len(of_program), len(of_support)) == (1, 2)


def test_seat_given_back_frees_the_time_and_is_told(house: House) -> None:
    set_up(house)
    seated(house, "ada")

    outcome = give_back(house.support, house.person("ada"), ref_of(house, "ada"), request_key=a_key())

    assert outcome.details.standing is Standing.OUTSIDE
    assert house.cells() == {"cleo": SEAT_CELLS}
    assert news_for(house.messages(), "ada") == ["session.booked", "session.canceled"]
    assert [kind for kind, who, *_ in house.messages() if who == "ada" and kind == "session.reminder"] == []
    with pytest.raises(NoSeat):
        give_back(house.support, house.person("ada"), ref_of(house, "ada"), request_key=a_key())


def test_seat_taken_again_keeps_the_entry_in_the_calendar(house: House) -> None:
    set_up(house)
    seated(house, "ada")
    give_back(house.support, house.person("ada"), ref_of(house, "ada"), request_key=a_key())
    seated(house, "ada")

    assert [rung for kind, who, rung, _ in house.messages() if (kind, who) == ("session.booked", "ada")] == ["v1", "v3"]
    assert broken_invariants(house.stores.confidential) == []


def test_seat_is_given_back_until_the_notice_and_not_after(house: House) -> None:
    set_up(house)
    seated(house, "ada", "bo")
    ada, bo = house.person("ada"), house.person("bo")
    house.clock.advance(BEFORE_IT - timedelta(hours=1))

    give_back(house.support, ada, ref_of(house, "ada"), request_key=a_key())
    house.clock.advance(timedelta(seconds=1))
    with pytest.raises(TooLate) as refused:
        give_back(house.support, bo, ref_of(house, "bo"), request_key=a_key())

    assert "until 1 hour before it starts" in str(refused.value)


def test_seat_in_what_has_begun_is_refused(house: House) -> None:
    set_up(house)
    ref = ref_of(house, "ada")
    house.clock.advance(BEFORE_IT)

    with pytest.raises(NotFound):
        take_seat(house.support, house.person("ada"), ref, request_key=a_key())


def test_freed_seat_goes_to_the_first_in_line_who_is_told(house: House) -> None:
    set_up(house, wish=a_group_wish(seats=2))
    first, second = scholars(house, 2)
    seated(house, "ada", "bo")
    waiting(house, first, second)

    outcome = give_back(house.support, house.person("ada"), ref_of(house, "ada"), request_key=a_key())

    assert house.groups()[0][3:] == ({1: first, 2: "bo"}, [second])
    assert set(outcome.person_ids) == {"ada", "cleo", first}
    assert news_for(house.messages(), first) == ["session.booked"]
    assert news_for(house.messages(), second) == []
    assert broken_invariants(house.stores.confidential) == []


def test_first_in_line_who_is_busy_is_passed_over_and_seated_once_they_are_free(house: House) -> None:
    set_up(house, wish=a_group_wish(seats=2))
    first, second = scholars(house, 2)
    seated(house, "ada", "bo")
    waiting(house, first, second)
    other = book_session(house.support, house.person(first), a_wish(GROUP_AT, staff="dev")).booked

    give_back(house.support, house.person("ada"), ref_of(house, "ada"), request_key=a_key())
    give_back(house.support, house.person("bo"), ref_of(house, "bo"), request_key=a_key())
    passed_over = house.groups()[0][3:]
    before = fill_seats(house.desk)
    cancel_session(house.support, house.person(first), a_cancellation(other.scholar_ref))

    assert passed_over == ({1: second}, [first])
    assert (before, fill_seats(house.desk), fill_seats(house.desk)) == (0, 1, 0)
    assert house.groups()[0][3:] == ({1: second, 2: first}, [])


def test_nobody_is_seated_from_the_line_who_could_not_give_the_seat_back(house: House) -> None:
    set_up(house, wish=a_group_wish(seats=2))
    (first,) = scholars(house, 1)
    seated(house, "ada", "bo")
    waiting(house, first)
    house.clock.advance(BEFORE_IT - timedelta(minutes=30))

    with pytest.raises(TooLate):
        waiting(house, put_person(house.stores.program, "late"))

    assert fill_seats(house.desk) == 0
    assert house.groups()[0][4] == [first]


def test_waiting_is_for_a_full_session_and_leaving_is_one_press(house: House) -> None:
    set_up(house, wish=a_group_wish(seats=2))
    (first,) = scholars(house, 1)
    seated(house, "ada")
    with pytest.raises(SeatsFree):
        waiting(house, first)
    seated(house, "bo")
    waiting(house, first, first)

    told = group_details(house.support, house.person(first), ref_of(house, first))
    left = leave_line(house.support, house.person(first), ref_of(house, first), request_key=a_key())

    assert (told.standing, told.place_in_line, told.has_free_seats) == (Standing.WAITING, 1, False)
    assert (left.details.standing, house.groups()[0][4]) == (Standing.OUTSIDE, [])


def test_more_seats_and_places_in_line_than_may_be_at_once_are_refused(house: House) -> None:
    starts = [f"2027-01-{day}T15:00Z" for day in (13, 14, 15, 18, 19, 20)]
    ada = house.person("ada")
    for start in starts:
        set_up(house, wish=a_group_wish(start))
    refs = [line.ref for line in groups_for(house.support, ada)]
    for ref in refs[:5]:
        take_seat(house.support, ada, ref, request_key=a_key())

    with pytest.raises(TooManyOpen):
        take_seat(house.support, ada, refs[5], request_key=a_key())


def test_session_of_somebody_who_judges_the_scholar_is_not_there_for_them(house: House) -> None:
    put_person(house.stores.program, "kim", Role.COACH)
    put_person(house.stores.program, "lu", mentor="kim")
    put_recusal(house.stores.program, "kim", "bo")
    set_up(house, wish=a_group_wish(cohost="kim"))
    ref = {who: ref_of(house, who) for who in ("ada", "bo", "lu")}

    listed = {who: len(groups_for(house.support, house.person(who))) for who in ref}

    assert listed == {"ada": 1, "bo": 0, "lu": 0}
    for who in ("bo", "lu"):
        for deed in (take_seat, wait_in_line, leave_line, give_back):
            with pytest.raises(NotFound):
                deed(house.support, house.person(who), ref[who], request_key=a_key())
        with pytest.raises(NotFound):
            group_details(house.support, house.person(who), ref[who])
    assert house.groups()[0][3:] == ({}, [])


def test_attendees_are_hidden_from_one_another_and_shown_to_hosts(house: House) -> None:
    set_up(house, wish=a_group_wish(seats=2, cohost="dev"))
    (zoe,) = scholars(house, 1)
    seated(house, "ada", "bo")
    waiting(house, zoe)

    seen = {who: group_details(house.support, house.person(who), ref_of(house, who)) for who in ("ada", zoe, "dev")}

    assert (seen["dev"].seated_names, seen["dev"].waiting, seen["dev"].seats) == (("Ada", "Bo"), 1, 2)
    assert [(seen[who].seated_names, seen[who].waiting, seen[who].seats) for who in ("ada", zoe)] == [(None,) * 3] * 2
    assert "Bo" not in str(seen["ada"])
    assert seen["ada"].host_names == ("Cleo", "Dev")


def test_a_reference_opens_to_nobody_else(house: House) -> None:
    set_up(house)
    seated(house, "ada")
    theirs = {who: ref_of(house, who) for who in ("ada", "bo", "cleo", "dev", "eli")}

    for who in theirs:
        for other, ref in theirs.items():
            if who != other:
                with pytest.raises(NotFound):
                    group_details(house.support, house.person(who), ref)

    assert len(set(theirs.values())) == len(theirs)
    assert group_id(house) not in theirs.values()


@pytest.mark.parametrize("size", [1, 4])
def test_list_asks_as_much_for_many_sessions_as_for_few(house: House, size: int) -> None:
    for number in range(size):
        set_up(house, wish=a_group_wish(f"2027-01-{13 + number}T15:00Z"))
    ada = house.person("ada")

    with queries_of(house.stores.program) as of_program, queries_of(house.stores.confidential) as of_support:
        lines = groups_for(house.support, ada)

    assert (len(of_program), len(of_support), len(lines)) == (2, 5, size)
