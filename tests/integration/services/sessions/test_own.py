"""A person's own sessions, and nobody else's."""

from collections.abc import Callable
from datetime import timedelta
from typing import cast

import pytest
from sqlalchemy import update

from domain.errors import NotFound
from domain.focus import FocusArea
from domain.people import Person
from services.booking.book import book_session
from services.booking.change import cancel_session
from services.desk import SupportDesk
from services.sessions.facts import NamedSession, SessionDetails, SessionLine
from services.sessions.named import named_sessions
from services.sessions.own import (
    WHO_LEFT,
    changeable_details,
    session_details,
    upcoming_sessions,
)
from services.sessions.topic import Topic, seal_topic
from storage.confidential.bookings import Booking
from storage.engine import table_of
from tests.builders.bookings import TOMORROW_TEN, a_cancellation, a_wish, instant
from tests.builders.groups import GROUP_AT, seated, set_up
from tests.builders.leaving import off_the_roster
from tests.fixtures.desks import LONDON, House, label

_booking = table_of(Booking)
KINDS_TIMES = (("2027-01-13T10:00Z", "cleo"), ("2027-01-11T16:00Z", "dev"), (TOMORROW_TEN, "cleo"))


def starts_of(lines: tuple[SessionLine, ...]) -> list[str]:
    return [label(int(line.starts.timestamp())) for line in lines]


def three_sessions(house: House) -> None:
    for starts, staff in KINDS_TIMES:
        book_session(house.support, house.person("ada"), a_wish(starts, staff=staff))


def test_upcoming_sessions_are_the_persons_own_soonest_first(house: House) -> None:
    three_sessions(house)

    of = {id_: starts_of(upcoming_sessions(house.support, house.person(id_))) for id_ in ("ada", "cleo", "dev", "bo")}

    assert of == {
        "ada": ["2027-01-11T16:00Z", TOMORROW_TEN, "2027-01-13T10:00Z"],
        "cleo": [TOMORROW_TEN, "2027-01-13T10:00Z"],
        "dev": ["2027-01-11T16:00Z"],
        "bo": [],
    }


def test_upcoming_sessions_hold_the_time_and_nothing_more(sqlite_house: House) -> None:
    ref = book_session(sqlite_house.support, sqlite_house.person("ada"), a_wish()).booked.scholar_ref

    assert upcoming_sessions(sqlite_house.support, sqlite_house.person("ada")) == (
        SessionLine(
            ref=ref,
            starts=instant(TOMORROW_TEN),
            ends=instant("2027-01-12T10:45Z"),
            zone=LONDON,
            version=1,
        ),
    )


def test_upcoming_sessions_keep_one_that_is_going_on_and_drop_it_when_it_ends(sqlite_house: House) -> None:
    ada = sqlite_house.person("ada")
    book_session(sqlite_house.support, ada, a_wish())
    sqlite_house.clock.advance(timedelta(hours=22, minutes=44))
    going_on = starts_of(upcoming_sessions(sqlite_house.support, ada))
    sqlite_house.clock.advance(timedelta(minutes=1))

    assert (going_on, upcoming_sessions(sqlite_house.support, ada)) == ([TOMORROW_TEN], ())


@pytest.mark.parametrize("who", ["ada", "cleo"])
def test_upcoming_sessions_keep_a_group_session_until_it_ends(sqlite_house: House, who: str) -> None:
    set_up(sqlite_house)
    seated(sqlite_house, "ada")
    sqlite_house.clock.advance(instant(GROUP_AT) + timedelta(minutes=44) - sqlite_house.clock.now())
    going_on = starts_of(upcoming_sessions(sqlite_house.support, sqlite_house.person(who)))
    sqlite_house.clock.advance(timedelta(minutes=1))

    assert going_on == [GROUP_AT]
    assert upcoming_sessions(sqlite_house.support, sqlite_house.person(who)) == ()


def test_upcoming_sessions_leave_out_canceled_ones_and_stop_at_the_number_asked(sqlite_house: House) -> None:
    ada = sqlite_house.person("ada")
    three_sessions(sqlite_house)
    first, *_ = upcoming_sessions(sqlite_house.support, ada)
    cancel_session(sqlite_house.support, ada, a_cancellation(first.ref))

    assert starts_of(upcoming_sessions(sqlite_house.support, ada, at_most=1)) == [TOMORROW_TEN]


def named(found: tuple[NamedSession, ...]) -> list[tuple[str, str, str]]:
    return [(label(int(each.line.starts.timestamp())), each.kind.key, each.other_name) for each in found]


def test_named_sessions_tell_each_of_the_two_whom_they_meet_and_for_which_kind(house: House) -> None:
    ada = house.person("ada")
    book_session(house.support, ada, a_wish("2027-01-12T12:00Z", kind="community", staff="eli"))
    book_session(house.support, ada, a_wish())

    of = {id_: named(named_sessions(house.support, house.person(id_))) for id_ in ("ada", "cleo", "eli", "dev")}

    assert of == {
        "ada": [(TOMORROW_TEN, "coaching", "Cleo"), ("2027-01-12T12:00Z", "community", "Eli")],
        "cleo": [(TOMORROW_TEN, "coaching", "Ada")],
        "eli": [("2027-01-12T12:00Z", "community", "Ada")],
        "dev": [],
    }


def test_named_sessions_are_the_lines_of_the_list_and_no_more_than_asked(sqlite_house: House) -> None:
    three_sessions(sqlite_house)
    ada = sqlite_house.person("ada")

    assert tuple(each.line for each in named_sessions(sqlite_house.support, ada, at_most=2)) == upcoming_sessions(
        sqlite_house.support, ada, at_most=2
    )


def test_named_sessions_do_not_name_whoever_has_left(sqlite_house: House) -> None:
    ada = sqlite_house.person("ada")
    book_session(sqlite_house.support, ada, a_wish())
    off_the_roster(sqlite_house.stores.program)

    assert named(named_sessions(sqlite_house.support, ada)) == [(TOMORROW_TEN, "coaching", WHO_LEFT)]


@pytest.mark.parametrize("look", [session_details, changeable_details])
@pytest.mark.parametrize("stranger", ["bo", "dev", "max", "sam"])
def test_details_of_another_persons_session_read_like_one_that_is_missing(
    sqlite_house: House, look: Callable[[SupportDesk, Person, str], SessionDetails], stranger: str
) -> None:
    booked = book_session(sqlite_house.support, sqlite_house.person("ada"), a_wish()).booked
    person = sqlite_house.person(stranger)

    messages = set()
    for ref in (booked.scholar_ref, booked.staff_ref, booked.id, "no-such-session"):
        with pytest.raises(NotFound) as refused:
            look(sqlite_house.support, person, ref)
        messages.add((refused.value.message, refused.value.field))

    assert messages == {(str(NotFound()), None)}


@pytest.mark.parametrize("who", ["ada", "cleo"])
@pytest.mark.parametrize("look", [session_details, changeable_details])
def test_details_open_by_ones_own_reference_alone(
    sqlite_house: House, look: Callable[[SupportDesk, Person, str], SessionDetails], who: str
) -> None:
    booked = book_session(sqlite_house.support, sqlite_house.person("ada"), a_wish()).booked
    person = sqlite_house.person(who)

    own = look(sqlite_house.support, person, booked.ref_of(who))

    assert (own.ref, own.booked) == (booked.ref_of(who), booked)
    for ref in (booked.ref_of(booked.other_side(who)), booked.id):
        with pytest.raises(NotFound):
            look(sqlite_house.support, person, ref)


def test_details_of_a_session_leave_out_a_topic_that_has_left_the_list(sqlite_house: House) -> None:
    house = sqlite_house
    booked = book_session(house.support, house.person("ada"), a_wish()).booked
    topic = Topic(areas=(cast("FocusArea", "left_the_list"), FocusArea.CAREER), words="Whether to stay")
    with house.stores.confidential.write() as connection:
        sealed = seal_topic(house.support, connection, topic, booked=booked)
        connection.execute(update(_booking).values(topic=sealed))

    details = session_details(house.support, house.person("cleo"), booked.staff_ref)

    assert (details.focus_areas, details.words) == ((FocusArea.CAREER,), "Whether to stay")
