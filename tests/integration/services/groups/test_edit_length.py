"""Hosts make a group session longer or shorter: everybody's time and calendar follow, and who cannot stay is told."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from functools import partial

import pytest
from icalendar import Calendar

from domain.delivery import DeliveryState
from domain.errors import DomainError
from domain.groups import HostsBusy
from domain.kinds import GROUP, RESEARCH
from domain.people import Role
from domain.places import Place
from services.booking.book import book_session
from services.groups.change import move_group
from services.groups.look import group_details
from services.groups.seats import give_back
from services.hours.own import change_hours
from services.session_news.deliveries import ledger
from services.session_news.news import SessionNews, session_file, session_news
from storage.confidential import group_queries
from tests.acting.rivals import PATIENCE_SECONDS, at_once, failures
from tests.builders import leaving
from tests.builders.bookings import a_wish, instant
from tests.builders.groups import (
    GROUP_AT,
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
from tests.builders.rules import set_rules, with_kind
from tests.builders.scheduling import hours_in
from tests.fixtures.desks import LONDON, House, label, ledger_rows, replica
from tests.looking.invariants import broken_invariants

AFTER = "2027-01-13T15:00Z"
"""An hour after it begins."""
LATER = "2027-01-14T14:00Z"


def lengthen(house: House, who: str = "cleo", *, minutes: int = 90, **wishes: object) -> None:
    edit(house, who, an_edit(ref_of(house, who), minutes=minutes, **wishes))  # type: ignore[arg-type]  # handed on


def test_longer_session_takes_everybodys_time_and_is_told_once_with_a_file(house: House) -> None:
    set_up(house, wish=a_group_wish(cohost="dev"))
    seated(house, "ada")

    lengthen(house, cohost="dev", place=Place(kind="room", detail="5.20"))

    assert house.cells() == {"cleo": 18, "dev": 18, "ada": 18}
    told = ["session.booked", "session.length"]
    assert [news_for(house.messages(), who) for who in ("ada", "cleo", "dev")] == [told] * 3
    (row,) = [each for each in ledger_rows(house, "session.length") if each.person_id == "ada"]
    news = session_news(house.support, row)
    assert isinstance(news, SessionNews)
    assert (news.starts, news.ends, news.before) == (instant(GROUP_AT), instant("2027-01-13T15:30Z"), None)
    assert group_details(house.support, house.person("ada"), ref_of(house, "ada")).minutes == 90
    assert broken_invariants(house.stores.confidential) == []


def test_calendar_entry_ends_when_it_does_now_and_reminders_are_not_doubled(house: House) -> None:
    set_up(house)
    seated(house, "ada")

    lengthen(house, minutes=30)

    (row,) = [each for each in ledger_rows(house, "session.file") if (each.person_id, each.rung) == ("ada", "v2")]
    content = session_file(house.support, row)
    assert isinstance(content, bytes)
    text = Calendar.from_ical(content).to_ical().decode()
    assert [line in text for line in ("SEQUENCE:1\r\n", "DTEND:20270113T143000Z\r\n", "METHOD:PUBLISH")] == [True] * 3
    reminders = {send_at for kind, who, _, send_at in house.messages() if (kind, who) == ("session.reminder", "ada")}
    assert reminders == {"2027-01-12T14:00Z", "2027-01-13T13:45Z"}
    assert [kind for kind, who, *_ in house.messages() if who == "ada"].count("session.reminder") == 2
    assert house.cells() == {"cleo": 6, "ada": 6}


def test_who_has_something_else_by_then_loses_the_seat_to_the_line_and_is_told(house: House) -> None:
    set_up(house, wish=a_group_wish(seats=2))
    zoe, kay = put_person(house.stores.program, "zoe"), put_person(house.stores.program, "kay")
    seated(house, "ada", "bo")
    waiting(house, zoe, kay)
    book_session(house.support, house.person("ada"), a_wish(AFTER, staff="dev"))
    book_session(house.support, house.person(zoe), a_wish("2027-01-13T15:00Z", kind="community", staff="eli"))

    lengthen(house)

    assert house.groups()[0][3:] == ({1: kay, 2: "bo"}, [zoe])
    assert news_for(house.messages(), "ada")[-1] == "session.canceled"
    assert (news_for(house.messages(), kay), news_for(house.messages(), zoe)) == (["session.booked"],) * 2
    assert broken_invariants(house.stores.confidential) == []


@pytest.mark.parametrize(
    ("busy", "says"),
    [
        ("cleo", "One of you has something else then. Please make it shorter."),
        ("dev", "One of you has something else then. Please make it shorter."),
    ],
)
def test_host_who_has_something_else_by_then_is_not_named_and_nothing_changes(
    house: House, busy: str, says: str
) -> None:
    set_up(house, wish=a_group_wish(cohost="dev"))
    book_session(house.support, house.person("bo"), a_wish(AFTER, staff=busy))
    before = house.messages(), house.cells(), house.groups()

    with pytest.raises(HostsBusy) as refused:
        lengthen(house, cohost="dev", title="Reading")

    assert (refused.value.message, refused.value.field) == (says, "length")
    assert (house.messages(), house.cells(), house.groups()) == before


def test_session_cannot_outlast_a_host(house: House) -> None:
    put_person(house.stores.program, "kim", Role.COACH, last_day="2027-01-13")
    set_up(house, wish=a_group_wish("2027-01-13T22:30Z", cohost="kim"))

    with pytest.raises(DomainError, match="Please make it shorter") as refused:
        lengthen(house, minutes=120, cohost="kim")

    assert refused.value.field == "length"


def test_partner_who_goes_needs_no_time_for_it_and_one_who_comes_needs_all_of_it(house: House) -> None:
    set_up(house, wish=a_group_wish(cohost="dev"))
    book_session(house.support, house.person("bo"), a_wish(AFTER, staff="dev"))
    book_session(house.support, house.person("ada"), a_wish(AFTER, kind="community", staff="eli"))

    with pytest.raises(HostsBusy) as refused:
        lengthen(house, cohost="eli")
    lengthen(house, cohost=None)

    assert refused.value.field == "cohost"
    assert house.cells()["cleo"] == 18
    assert news_for(house.messages(), "dev") == ["session.booked", "session.booked", "session.canceled"]
    assert broken_invariants(house.stores.confidential) == []


def test_next_move_tells_from_when_to_who_was_told_of_the_length(house: House) -> None:
    set_up(house)
    seated(house, "ada")
    lengthen(house)
    with house.stores.confidential.write() as connection:
        connection.execute(ledger.update().where(ledger.c.kind == "session.length").values(state=DeliveryState.SENT))

    move_group(house.support, house.person("cleo"), a_group_move(ref_of(house, "cleo"), LATER, version=2))

    (row,) = [each for each in ledger_rows(house, "session.moved") if each.person_id == "ada"]
    news = session_news(house.support, row)
    assert isinstance(news, SessionNews)
    assert (news.before, news.starts, news.ends) == (instant(GROUP_AT), instant(LATER), instant("2027-01-14T15:30Z"))


def test_lengthening_against_bookings_in_the_added_time_takes_no_time_twice(house: House) -> None:
    rival = replica(house, lock_wait_seconds=PATIENCE_SECONDS)
    set_up(house)
    seated(house, "ada", "bo")

    deeds: list[Callable[[], object]] = [
        partial(lengthen, house),
        partial(book_session, rival.support, house.person("ada"), a_wish(AFTER, staff="dev")),
        partial(give_back, rival.support, house.person("bo"), ref_of(house, "bo"), request_key=a_key()),
    ]
    outcomes = at_once(deeds)

    assert len(failures(outcomes)) <= 1
    assert broken_invariants(house.stores.confidential) == []


def test_time_after_it_that_hosts_keep_free_moves_with_its_end(house: House) -> None:
    set_rules(house.stores.program, lambda rules: with_kind(rules, GROUP, buffer_after_minutes=15))
    set_up(house)
    seated(house, "ada")
    before = house.cells()

    lengthen(house)

    assert (before, house.cells()) == ({"cleo": 12, "ada": 9}, {"cleo": 21, "ada": 18})
    assert broken_invariants(house.stores.confidential) == []


def test_form_that_is_saved_as_it_was_makes_no_version_and_tells_nobody(house: House) -> None:
    set_up(house, wish=a_group_wish(cohost="dev"))
    seated(house, "ada")
    before = house.cells(), house.groups(), house.messages()

    for host, cohost in (("cleo", "dev"), ("dev", "cleo")):
        edit(house, host, an_edit(ref_of(house, host), cohost=cohost))

    assert (house.cells(), house.groups(), house.messages()) == before
    assert group_details(house.support, house.person("ada"), ref_of(house, "ada")).version == 1


def test_session_may_last_until_midnight_of_a_hosts_last_day_and_no_longer(house: House) -> None:
    set_up(house, wish=a_group_wish("2027-01-13T23:00Z", minutes=60))
    leaving.membership_over(house.stores.program, "dev", "2027-01-13")
    edit(house, "cleo", an_edit(ref_of(house, "cleo"), cohost="dev", minutes=60))
    lengthen(house, minutes=45, cohost="dev", version=2)

    lengthen(house, minutes=60, cohost="dev", version=3)
    with pytest.raises(DomainError, match="have left by then") as too_long:
        lengthen(house, minutes=75, cohost="dev", version=4)
    lengthen(house, minutes=75, version=4)
    with pytest.raises(DomainError, match="have left by then") as too_late:
        lengthen(house, minutes=75, cohost="dev", version=5)

    assert (too_long.value.field, too_late.value.field) == ("length", "cohost")
    assert broken_invariants(house.stores.confidential) == []


def test_colleague_who_waits_for_a_seat_themselves_can_come_to_hold_it_and_waits_no_more(house: House) -> None:
    put_membership(house.stores.program, "dev", Role.SCHOLAR)
    set_up(house, wish=a_group_wish(seats=1))
    seated(house, "ada")
    waiting(house, "dev")

    edit(house, "cleo", an_edit(ref_of(house, "cleo"), cohost="dev"))

    ((_, _, _, seats, line),) = house.groups()
    assert (seats, line, house.cells()) == ({1: "ada"}, [], {"cleo": 9, "dev": 9, "ada": 9})
    assert broken_invariants(house.stores.confidential) == []


def set_aside(house: House, who: str) -> None:
    """They take mentors on Wednesdays from three to four."""
    three = hours_in(LONDON, {2: "15:00-16:00"}).windows
    aside = tuple(replace(window, purpose=RESEARCH) for window in three)
    change_hours(house.support, house.person(who), lambda hours: replace(hours, windows=(*hours.windows, *aside)))


@pytest.mark.parametrize("who", ["cleo", "dev"])
def test_hours_set_aside_stand_against_a_longer_session(house: House, who: str) -> None:
    set_up(house, wish=a_group_wish(cohost="dev"))
    set_aside(house, who)

    lengthen(house, minutes=60, cohost="dev")
    with pytest.raises(HostsBusy) as refused:
        lengthen(house, minutes=75, cohost="dev", version=2)

    assert refused.value.field == "length"


def test_hours_set_aside_stand_against_coming_to_hold_it(house: House) -> None:
    set_up(house, wish=a_group_wish(minutes=90))
    set_aside(house, "dev")

    with pytest.raises(HostsBusy) as refused:
        edit(house, "cleo", an_edit(ref_of(house, "cleo"), minutes=90, cohost="dev"))

    assert refused.value.field == "cohost"


def test_change_after_the_clock_was_set_back_is_not_written_down_as_earlier_than_the_one_before(house: House) -> None:
    set_up(house)
    house.clock.shift(timedelta(hours=-1))

    edit(house, "cleo", an_edit(ref_of(house, "cleo"), title="Reading"))

    ((id_, *_),) = house.groups()
    with house.stores.confidential.read() as connection:
        after = group_queries.group_by_id(connection, id_)
    assert after is not None
    assert (after.version, label(after.changed_at)) == (2, "2027-01-11T12:00Z")
