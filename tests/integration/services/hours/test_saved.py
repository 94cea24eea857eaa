"""What was saved is never denied: after the commit nothing is read any more that could fail."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from domain.booking import Booked
from domain.errors import StoreAway
from handlers.ids import Action, Modal
from handlers.proposals import withdraw
from handlers.reply import RefreshHome, UpdateUnder, UpdateView
from handlers.request import Kind, Request
from handlers.sessions import submit_cancel
from services.booking.book import book_session
from services.booking.change import cancel_session, move_session
from services.proposals.answer import accept_time
from services.proposals.propose import propose_times
from services.proposals.withdraw import times_offered_by
from services.sessions.facts import SessionDetails
from services.sessions.own import session_details, upcoming_sessions
from tests.acting.silent import Moment, SilentAfterwards
from tests.builders import leaving
from tests.builders.bookings import TOMORROW_TEN, a_cancellation, a_move, a_proposal, a_wish, instant
from tests.builders.payloads import a_press, a_submission, a_view, an_envelope
from tests.fixtures.desks import House, another_house

LATER = "2027-01-13T10:00Z"
Deed = Callable[[House], SessionDetails]


def a_session(house: House) -> Booked:
    return book_session(house.support, house.person("ada"), a_wish(words="Whether to stay")).booked


def silent_afterwards(house: House) -> House:
    """The same house, whose stores cannot be read any more once something is saved."""
    moment = Moment()
    program, confidential = (
        SilentAfterwards(store, moment) for store in (house.stores.program, house.stores.confidential)
    )
    return another_house(house.stores, clock=house.clock, ids=house.ids, program=program, confidential=confidential)


def booking(house: House) -> Deed:
    ada = house.person("ada")
    return lambda at: book_session(at.support, ada, a_wish(words="Whether to stay"))


def accepting(house: House) -> Deed:
    ada = house.person("ada")
    proposal_id = propose_times(house.support, house.person("cleo"), ada, a_proposal()).id
    return lambda at: accept_time(at.support, ada, proposal_id, instant(TOMORROW_TEN), request_key="press")


def moving(house: House) -> Deed:
    ada, booked = house.person("ada"), a_session(house)
    return lambda at: move_session(at.support, ada, a_move(booked.scholar_ref, LATER, reason="A cold"))


def canceling(house: House) -> Deed:
    ada, booked = house.person("ada"), a_session(house)
    return lambda at: cancel_session(at.support, ada, a_cancellation(booked.scholar_ref, reason="A cold"))


@pytest.mark.parametrize("ready", [booking, accepting, moving, canceling])
def test_deed_whose_store_falls_silent_after_the_commit_tells_what_stands(
    house: House, ready: Callable[[House], Deed]
) -> None:
    deed = ready(house)

    told = deed(silent_afterwards(house))

    assert told == session_details(house.support, house.person("ada"), told.ref)


def test_form_whose_store_falls_silent_after_the_commit_shows_what_stands(sqlite_house: House) -> None:
    booked = a_session(sqlite_house)
    body = a_submission(a_view("modal.cancel", private_metadata=f"{booked.scholar_ref}.1"))
    envelope = an_envelope(Kind.SUBMISSION, "modal.cancel", body=body)
    request = Request(envelope=envelope, person=sqlite_house.person("ada"))

    reply = submit_cancel(silent_afterwards(sqlite_house).desk, request)

    (under,) = [screen for screen in reply.screens if isinstance(screen, UpdateUnder)]
    assert reply.view is not None
    assert upcoming_sessions(sqlite_house.support, request.person) == ()
    assert under.root is not None
    with pytest.raises(StoreAway):
        under.root()


def test_times_taken_back_from_the_list_are_not_denied_when_the_store_falls_silent(sqlite_house: House) -> None:
    cleo, ada = sqlite_house.person("cleo"), sqlite_house.person("ada")
    refs = propose_times(sqlite_house.support, cleo, ada, a_proposal())
    body = a_press(Action.WITHDRAW_TIMES, value=refs.staff_ref, view=a_view(Modal.SESSIONS))
    request = Request(envelope=an_envelope(Kind.ACTION, Action.WITHDRAW_TIMES, body=body), person=cleo)

    reply = withdraw(silent_afterwards(sqlite_house).desk, request)

    screen, home = reply.screens
    assert isinstance(screen, UpdateView)
    assert isinstance(home, RefreshHome)
    assert callable(screen.view)
    assert times_offered_by(sqlite_house.support, cleo) == ()
    with pytest.raises(StoreAway):
        screen.view()


def test_request_delivered_again_after_the_coach_has_left_tells_what_it_booked(sqlite_house: House) -> None:
    ada, wish = sqlite_house.person("ada"), a_wish(key="once", words="Whether to stay")
    first = book_session(sqlite_house.support, ada, wish)
    leaving.off_the_roster(sqlite_house.stores.program)

    again = book_session(sqlite_house.support, ada, wish)

    assert again == replace(first, other_name="somebody who has left the program")
