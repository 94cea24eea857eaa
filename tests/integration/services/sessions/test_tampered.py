"""Who can write the database but has no key: a session pointed at somebody else shows nothing of what was said."""

from collections.abc import Callable

import pytest
from sqlalchemy import select, update

from domain.booking import Booked
from domain.kinds import COMMUNITY
from domain.people import Role
from handlers import texts
from handlers.views.sessions import details_modal
from services.booking.book import book_session
from services.booking.change import cancel_session, move_session
from services.sessions.facts import SessionDetails
from services.sessions.own import session_details
from storage.confidential.bookings import Booking, BookingChange
from storage.engine import table_of
from tests.builders.bookings import a_cancellation, a_move, a_wish
from tests.builders.people import put_membership
from tests.fixtures.desks import House

WORDS, REASON = "My father is in hospital", "A funeral"
LATER = "2027-01-13T10:00Z"
_booking, _change = table_of(Booking), table_of(BookingChange)


def moved_session(house: House) -> Booked:
    """Ada's with Cleo, with words and a reason."""
    booked = book_session(house.support, house.person("ada"), a_wish(words=WORDS)).booked
    move = a_move(booked.scholar_ref, LATER, reason=REASON)
    return move_session(house.support, house.person("ada"), move).booked


def rewrite(house: House, **values: object) -> None:
    house.is_broken_on_purpose = True
    with house.stores.confidential.write() as connection:
        connection.execute(update(_booking).values(**values))


def to_another_coach(house: House) -> str:
    rewrite(house, staff_id="dev")
    return "dev"


def to_another_kind(house: House) -> str:
    """Cleo is the community manager too."""
    put_membership(house.stores.program, "cleo", Role.COMMUNITY_MANAGER)
    rewrite(house, kind=COMMUNITY)
    return "cleo"


def seen_by(house: House, who: str, booked: Booked) -> SessionDetails:
    return session_details(house.support, house.person(who), booked.staff_ref)


@pytest.mark.parametrize("redirect", [to_another_coach, to_another_kind])
def test_a_session_redirected_in_the_database_shows_its_words_to_nobody(
    house: House, redirect: Callable[[House], str]
) -> None:
    booked = moved_session(house)
    assert seen_by(house, "cleo", booked).words == WORDS

    reader = redirect(house)

    seen = seen_by(house, reader, booked)
    assert (seen.words, seen.focus_areas, seen.reason, seen.is_unreadable) == ("", (), "", True)
    assert texts.sessions.UNREADABLE in str(details_modal(seen))
    assert not any(word in str(details_modal(seen)) for word in (WORDS, REASON))


def test_words_and_reason_swapped_in_from_another_session_open_for_nobody(sqlite_house: House) -> None:
    house = sqlite_house
    booked = moved_session(house)
    other = book_session(house.support, house.person("bo"), a_wish(staff="dev", words="Something else")).booked
    rewrite(house, topic=other.topic)
    with house.stores.confidential.write() as connection:
        connection.execute(update(_change).values(reason=other.topic))

    seen = seen_by(house, "cleo", booked)

    assert (seen.words, seen.reason, seen.is_unreadable) == ("", "", True)


def test_a_reason_given_for_an_earlier_change_opens_for_no_later_one(sqlite_house: House) -> None:
    house = sqlite_house
    booked = moved_session(house)
    again = a_move(booked.scholar_ref, "2027-01-14T10:00Z", version=2, reason="A cold")
    move_session(house.support, house.person("ada"), again)
    assert seen_by(house, "cleo", booked).reason == "A cold"
    with house.stores.confidential.write() as connection:
        earlier = select(_change.c.reason).where(_change.c.version == 2).scalar_subquery()
        connection.execute(update(_change).where(_change.c.version == 3).values(reason=earlier))

    seen = seen_by(house, "cleo", booked)

    assert (seen.reason, seen.words) == ("", WORDS)


@pytest.mark.parametrize("who", ["ada", "cleo"])
def test_a_session_whose_words_do_not_open_can_still_be_moved_and_canceled(sqlite_house: House, who: str) -> None:
    house = sqlite_house
    booked = moved_session(house)
    rewrite(house, topic=b"not as it was sealed")
    person = house.person(who)

    moved = move_session(house.support, person, a_move(booked.ref_of(who), "2027-01-14T10:00Z", version=2))
    canceled = cancel_session(house.support, person, a_cancellation(booked.ref_of(who), version=3))

    assert (moved.is_unreadable, canceled.is_unreadable, canceled.booked.is_open) == (True, True, False)


def test_trouble_with_sealed_words_is_logged_without_a_name_or_a_word(
    sqlite_house: House, caplog: pytest.LogCaptureFixture
) -> None:
    booked = moved_session(sqlite_house)
    to_another_coach(sqlite_house)

    seen_by(sqlite_house, "dev", booked)

    said = " ".join(record.getMessage() for record in caplog.records)
    assert "could not be opened" in said
    assert not any(word in said for word in (WORDS, REASON, "ada", "cleo", "dev", booked.id, booked.staff_ref))
