"""The database is held by somebody else, away, or absent: a sentence, and no half work (promises 1 and 3)."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace

import pytest

from domain.booking import Booked
from domain.errors import StoreBusy, SupportUnavailable
from services.booking.book import book_session
from services.booking.change import cancel_session, move_session
from services.hours.own import own_hours, save_hours
from services.offers.offer import offer_times
from services.proposals.answer import accept_time
from services.proposals.propose import propose_times
from services.tidy import tidy
from storage.migrations import StoreName
from tests.builders.bookings import TOMORROW_TEN, a_cancellation, a_move, a_proposal, a_wish, instant
from tests.builders.scheduling import hours_in
from tests.fixtures.desks import LONDON, House, replica

SHORT_WAIT_SECONDS = 0.05


@pytest.fixture
def session(house: House) -> Booked:
    """A session of Bo with Dev."""
    return book_session(house.support, house.person("bo"), a_wish("2027-01-13T10:00Z", staff="dev")).booked


@pytest.fixture
def proposal_id(house: House) -> str:
    """Times that Cleo offers Ada."""
    return propose_times(house.support, house.person("cleo"), house.person("ada"), a_proposal()).id


def booking(house: House, _session: Booked, _proposal_id: str) -> object:
    return book_session(house.support, house.person("ada"), a_wish())


def moving(house: House, session: Booked, _proposal_id: str) -> object:
    return move_session(house.support, house.person("bo"), a_move(session.scholar_ref, TOMORROW_TEN))


def canceling(house: House, session: Booked, _proposal_id: str) -> object:
    return cancel_session(house.support, house.person("bo"), a_cancellation(session.scholar_ref))


def proposing(house: House, _session: Booked, _proposal_id: str) -> object:
    return propose_times(house.support, house.person("cleo"), house.person("ada"), a_proposal()).id


def accepting(house: House, _session: Booked, proposal_id: str) -> object:
    ada = house.person("ada")
    return accept_time(house.support, ada, proposal_id, instant(TOMORROW_TEN), request_key="accept")


def saving(house: House, _session: Booked, _proposal_id: str) -> None:
    save_hours(house.support, house.person("cleo"), hours_in(LONDON, {0: "8:00-9:00"}))


@pytest.mark.parametrize("deed", [booking, moving, canceling, proposing, accepting, saving])
def test_deed_while_another_process_holds_the_records_says_busy_and_does_nothing_then_works(
    house: House, session: Booked, proposal_id: str, deed: Callable[[House, Booked, str], object]
) -> None:
    impatient = replica(house, lock_wait_seconds=SHORT_WAIT_SECONDS)
    before = everything(house)

    with holding(house, session), pytest.raises(StoreBusy):
        deed(impatient, session, proposal_id)
    after_refusal = everything(house)
    deed(impatient, session, proposal_id)

    assert after_refusal == before
    assert everything(house) != before


def test_offer_while_another_process_writes_is_answered(house: House, session: Booked) -> None:
    impatient = replica(house, lock_wait_seconds=SHORT_WAIT_SECONDS)
    ada = house.person("ada")
    before = offer_times(impatient.support, ada)

    with holding(house, session):
        assert offer_times(impatient.support, ada) == before


def test_everything_but_support_works_without_the_confidential_store(sqlite_house: House) -> None:
    desk = replace(sqlite_house.desk, support_desk=None)

    with pytest.raises(SupportUnavailable) as refused:
        desk.support  # noqa: B018  asking is the deed
    assert str(refused.value) == "Not available now. Please try again later."
    assert (desk.people.person("ada"), tidy(desk)) == (sqlite_house.person("ada"), 0)


def everything(house: House) -> object:
    """All that any of these deeds could leave behind."""
    hours = own_hours(house.support, house.person("cleo"))
    return house.bookings(), house.cells(), house.messages(), house.keys(), hours


@contextmanager
def holding(house: House, session: Booked) -> Iterator[None]:
    """Another process in the middle of its write: on SQLite of the file, on PostgreSQL of what the deeds go through."""
    other = house.stores.open(StoreName.CONFIDENTIAL)
    with other.write() as connection:
        for name in sorted(("ada", "cleo", session.id)):
            other.lock(connection, name)
        yield
