"""Hosts move a group session, cancel it or change its seats."""

from datetime import timedelta

import pytest
from sqlalchemy import select, update

from domain.booking import AlreadyCanceled, AlreadyChanged, AlreadyOver, SameTime
from domain.errors import NotFound
from domain.groups import GroupWords, HostsBusy, SeatsBelowTaken
from domain.times import epoch_seconds
from services.booking.book import book_session
from services.groups.change import cancel_group, change_seats, move_group
from services.groups.look import group_details, groups_for
from services.groups.seats import give_back
from services.session_news.news import SessionNews, session_file, session_news
from storage.confidential.bookings import BookingChange
from storage.confidential.group_sessions import GroupSession
from storage.engine import table_of
from tests.builders.bookings import a_wish, instant
from tests.builders.groups import (
    GROUP_AT,
    a_calling_off,
    a_group_move,
    a_group_wish,
    a_key,
    group_id,
    news_for,
    other_seats,
    ref_of,
    seated,
    set_up,
    waiting,
)
from tests.builders.people import put_person, put_recusal
from tests.fixtures.desks import House, ledger_rows
from tests.looking.invariants import broken_invariants

LATER = "2027-01-13T16:00Z"


def test_move_takes_everybody_along_and_tells_them_once(house: House) -> None:
    details = set_up(house, wish=a_group_wish(cohost="dev"))
    seated(house, "ada", "bo")

    outcome = move_group(
        house.support, house.person("dev"), a_group_move(ref_of(house, "dev"), LATER, reason="A clash")
    )

    assert (outcome.details.starts, set(outcome.person_ids)) == (instant(LATER), {"ada", "bo", "cleo", "dev"})
    assert [news_for(house.messages(), who) for who in ("ada", "bo", "cleo", "dev")] == [
        ["session.booked", "session.moved"]
    ] * 4
    due = {send_at for kind, who, _, send_at in house.messages() if (kind, who) == ("session.reminder", "ada")}
    assert due == {"2027-01-12T16:00Z", "2027-01-13T15:45Z"}
    assert group_details(house.support, house.person("ada"), ref_of(house, "ada")).words.reason == "A clash"
    assert broken_invariants(house.stores.confidential) == []
    assert details.starts == instant(GROUP_AT)


def test_move_by_a_little_over_its_own_time_is_possible(house: House) -> None:
    set_up(house)
    seated(house, "ada")

    move_group(house.support, house.person("cleo"), a_group_move(ref_of(house, "cleo"), "2027-01-13T14:15Z"))

    assert house.cells() == {"cleo": 9, "ada": 9}


def test_scholar_who_is_busy_at_the_new_time_loses_the_seat_to_the_line_and_is_told(house: House) -> None:
    set_up(house, wish=a_group_wish(seats=2))
    zoe = put_person(house.stores.program, "zoe")
    seated(house, "ada", "bo")
    waiting(house, zoe)
    book_session(house.support, house.person("ada"), a_wish(LATER, staff="dev"))

    move_group(house.support, house.person("cleo"), a_group_move(ref_of(house, "cleo"), LATER))

    assert house.groups()[0][3:] == ({1: zoe, 2: "bo"}, [])
    told = {who: news_for(house.messages(), who) for who in ("ada", "bo", zoe)}
    assert told == {
        "ada": ["session.booked", "session.booked", "session.canceled"],
        "bo": ["session.booked", "session.moved"],
        zoe: ["session.booked"],
    }
    assert broken_invariants(house.stores.confidential) == []


def test_move_to_where_a_host_is_busy_is_refused_and_changes_nothing(house: House) -> None:
    set_up(house)
    seated(house, "ada")
    book_session(house.support, house.person("bo"), a_wish(LATER, staff="cleo"))
    before = house.messages(), house.cells(), house.groups()

    with pytest.raises(HostsBusy):
        move_group(house.support, house.person("cleo"), a_group_move(ref_of(house, "cleo"), LATER))
    with pytest.raises(SameTime):
        move_group(house.support, house.person("cleo"), a_group_move(ref_of(house, "cleo"), GROUP_AT))

    assert (house.messages(), house.cells(), house.groups()) == before


def test_cancel_tells_everybody_and_frees_their_time(house: House) -> None:
    set_up(house, wish=a_group_wish(seats=2))
    zoe = put_person(house.stores.program, "zoe")
    seated(house, "ada", "bo")
    waiting(house, zoe)

    outcome = cancel_group(house.support, house.person("cleo"), a_calling_off(ref_of(house, "cleo"), reason="A cold"))

    assert (outcome.details.is_open, house.cells(), house.groups()[0][2:]) == (False, {}, ("canceled", {}, []))
    assert [news_for(house.messages(), who)[-1:] for who in ("ada", "bo", "cleo", zoe)] == [
        ["session.canceled"]
    ] * 3 + [["wait.off"]]
    seen = group_details(house.support, house.person("ada"), ref_of(house, "ada"))
    assert (seen.is_open, seen.words.reason) == (False, "A cold")
    assert broken_invariants(house.stores.confidential) == []


def test_change_delivered_again_changes_nothing_and_an_older_form_is_refused(house: House) -> None:
    set_up(house)
    cleo, ref = house.person("cleo"), ref_of(house, "cleo")
    first = move_group(house.support, cleo, a_group_move(ref, LATER, key="one press"))
    before = house.messages()

    again = move_group(house.support, cleo, a_group_move(ref, LATER, key="one press"))
    with pytest.raises(AlreadyChanged):
        move_group(house.support, cleo, a_group_move(ref, GROUP_AT, version=1))
    cancel_group(house.support, cleo, a_calling_off(ref, version=2))
    with pytest.raises(AlreadyCanceled):
        cancel_group(house.support, cleo, a_calling_off(ref, version=3))

    assert again.details == first.details
    assert len(house.messages()) != len(before)


def test_change_after_it_has_begun_is_refused(house: House) -> None:
    set_up(house)
    ref = ref_of(house, "cleo")
    house.clock.advance(timedelta(days=2, hours=2))

    with pytest.raises(AlreadyOver):
        cancel_group(house.support, house.person("cleo"), a_calling_off(ref))


def test_only_hosts_change_it(house: House) -> None:
    set_up(house)
    seated(house, "ada")

    for who in ("ada", "dev", "bo"):
        person, ref = house.person(who), ref_of(house, who)
        with pytest.raises(NotFound):
            move_group(house.support, person, a_group_move(ref, LATER))
        with pytest.raises(NotFound):
            cancel_group(house.support, person, a_calling_off(ref))
        with pytest.raises(NotFound):
            change_seats(house.support, person, other_seats(ref, 5))

    assert house.groups()[0][1:3] == (GROUP_AT, "booked")


def test_fewer_seats_than_are_taken_are_refused_and_as_many_close_ranks(house: House) -> None:
    set_up(house, wish=a_group_wish(seats=4))
    zoe = put_person(house.stores.program, "zoe")
    seated(house, "ada", "bo", zoe)
    give_back(house.support, house.person("ada"), ref_of(house, "ada"), request_key=a_key())
    cleo, ref = house.person("cleo"), ref_of(house, "cleo")

    change_seats(house.support, cleo, other_seats(ref, 2))
    with pytest.raises(SeatsBelowTaken) as refused:
        change_seats(house.support, cleo, other_seats(ref, 1, version=2))

    assert (refused.value.message, refused.value.field) == (
        "2 seats are taken, so there cannot be fewer than that.",
        "seats",
    )
    assert house.groups()[0][3] == {1: zoe, 2: "bo"}
    assert broken_invariants(house.stores.confidential) == []


def test_number_that_is_refused_counts_nobody_whom_the_host_may_not_meet_any_more(house: House) -> None:
    set_up(house, wish=a_group_wish(seats=4))
    zoe = put_person(house.stores.program, "zoe")
    seated(house, "ada", "bo", zoe)
    cleo, ref = house.person("cleo"), ref_of(house, "cleo")
    put_recusal(house.stores.program, "cleo", "ada")

    with pytest.raises(SeatsBelowTaken) as refused:
        change_seats(house.support, cleo, other_seats(ref, 1))
    outcome = change_seats(house.support, cleo, other_seats(ref, 2))

    assert refused.value.message == "2 seats are taken, so there cannot be fewer than that."
    assert (outcome.details.seats, outcome.details.seated_names) == (2, ("Bo", "Zoe"))
    assert "ada" in outcome.person_ids
    assert set(house.groups()[0][3].values()) == {"bo", zoe}
    assert broken_invariants(house.stores.confidential) == []


def test_more_seats_go_to_the_line_at_once(house: House) -> None:
    set_up(house, wish=a_group_wish(seats=2))
    zoe = put_person(house.stores.program, "zoe")
    seated(house, "ada", "bo")
    waiting(house, zoe)

    change_seats(house.support, house.person("cleo"), other_seats(ref_of(house, "cleo"), 3))

    assert house.groups()[0][3:] == ({1: "ada", 2: "bo", 3: zoe}, [])


def test_messages_and_files_of_a_group_session_are_those_of_any_session(house: House) -> None:
    set_up(house)
    seated(house, "ada")
    booked = [row for row in ledger_rows(house, "session.booked") if row.person_id == "ada"]
    told = session_news(house.support, booked[0])
    move_group(house.support, house.person("cleo"), a_group_move(ref_of(house, "cleo"), LATER))
    moved = [row for row in ledger_rows(house, "session.moved") if row.person_id == "ada"]
    files = {row.object_version: row for row in ledger_rows(house, "session.file") if row.person_id == "ada"}
    after_move = session_file(house.support, files[2])
    give_back(house.support, house.person("ada"), ref_of(house, "ada"), request_key=a_key())
    canceled = {row.object_version: row for row in ledger_rows(house, "session.file") if row.person_id == "ada"}
    after_giving_back = session_file(house.support, canceled[3])

    assert isinstance(told, SessionNews)
    assert (told.ref, told.is_for_scholar, told.may_look) == (ref_of(house, "ada"), True, True)
    assert isinstance(after_move, bytes)
    assert isinstance(after_giving_back, bytes)
    for content, sequence, method in ((after_move, 1, "PUBLISH"), (after_giving_back, 2, "CANCEL")):
        text = content.decode()
        assert f"UID:{ref_of(house, 'ada')}@scholarbot" in text
        assert f"SEQUENCE:{sequence}\r\n" in text
        assert f"METHOD:{method}\r\n" in text
        assert "SUMMARY:Session\r\n" in text
        assert [word for word in ("Writing", "Cleo", "roup", "4.12") if word in text] == []
    assert len(moved) == 1


def test_session_whose_words_were_touched_can_still_be_looked_at_and_canceled(house: House) -> None:
    set_up(house)
    seated(house, "ada")
    with house.stores.confidential.write() as connection:
        connection.execute(update(table_of(GroupSession)).values(words=b"something else"))

    before = group_details(house.support, house.person("ada"), ref_of(house, "ada"))
    cancel_group(house.support, house.person("cleo"), a_calling_off(ref_of(house, "cleo"), reason="A cold"))
    after = group_details(house.support, house.person("ada"), ref_of(house, "ada"))

    assert (before.words, after.words) == (GroupWords(is_unreadable=True),) * 2
    assert (before.is_open, after.is_open) == (True, False)


def test_words_of_one_session_do_not_open_in_another(house: House) -> None:
    set_up(house, wish=a_group_wish(title="Grief"))
    with house.stores.confidential.read() as connection:
        words = connection.execute(select(table_of(GroupSession).c.words)).scalar_one()
    set_up(house, wish=a_group_wish(LATER))
    with house.stores.confidential.write() as connection:
        connection.execute(update(table_of(GroupSession)).values(words=words))

    titles = [line.words.title for line in groups_for(house.support, house.person("ada"))]

    assert titles == ["Grief", ""]


def test_each_step_of_its_life_is_written_down_with_who_did_it(house: House) -> None:
    set_up(house, wish=a_group_wish(seats=2, cohost="dev"))
    change_seats(house.support, house.person("dev"), other_seats(ref_of(house, "dev"), 3))
    move_group(house.support, house.person("cleo"), a_group_move(ref_of(house, "cleo"), LATER, version=2))
    cancel_group(house.support, house.person("dev"), a_calling_off(ref_of(house, "dev"), version=3))

    steps = table_of(BookingChange)
    with house.stores.confidential.read() as connection:
        own = select(steps.c.version, steps.c.what, steps.c.by_id, steps.c.starts_at)
        found = connection.execute(own.where(steps.c.booking_id == group_id(house)).order_by(steps.c.version)).all()

    at, later = (epoch_seconds(instant(each)) for each in (GROUP_AT, LATER))
    assert [tuple(step) for step in found] == [
        (1, "booked", "cleo", at),
        (2, "changed", "dev", at),
        (3, "moved", "cleo", later),
        (4, "canceled", "dev", later),
    ]


def test_why_it_was_moved_is_still_told_after_its_seats_have_changed(house: House) -> None:
    set_up(house)
    seated(house, "ada")
    cleo, ref = house.person("cleo"), ref_of(house, "cleo")
    move_group(house.support, cleo, a_group_move(ref, LATER, reason="A clash"))

    change_seats(house.support, cleo, other_seats(ref, 5, version=2))

    assert group_details(house.support, house.person("ada"), ref_of(house, "ada")).words.reason == "A clash"
