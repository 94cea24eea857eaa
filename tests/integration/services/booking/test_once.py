"""One press is one deed, however often Slack delivers it (case 39); a field error leaves no trace."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from domain.errors import NotFound
from services.booking.book import book_session
from services.booking.change import cancel_session, move_session
from services.offers.gone import TimeGone
from services.proposals.answer import accept_time
from services.proposals.propose import propose_times
from services.sessions.facts import SessionDetails
from services.tidy import tidy
from storage.engine import table_of
from storage.once import KEEP_SECONDS, remember
from storage.program.once import ProgramOnce
from tests.builders.bookings import TOMORROW_TEN, a_cancellation, a_move, a_proposal, a_wish, instant
from tests.builders.people import PROGRAM
from tests.fixtures.desks import House, another_house

Deed = Callable[[House], SessionDetails]
KEY = "one press"


def booking(house: House) -> Deed:
    return lambda at: book_session(at.support, house.person("ada"), a_wish(key=KEY))


def moving(house: House) -> Deed:
    ref = book_session(house.support, house.person("ada"), a_wish()).booked.staff_ref
    move = a_move(ref, "2027-01-13T10:00Z", key=KEY)
    return lambda at: move_session(at.support, house.person("cleo"), move)


def canceling(house: House) -> Deed:
    ref = book_session(house.support, house.person("ada"), a_wish()).booked.scholar_ref
    return lambda at: cancel_session(at.support, house.person("ada"), a_cancellation(ref, key=KEY))


def accepting(house: House) -> Deed:
    ada = house.person("ada")
    proposal_id = propose_times(house.support, house.person("cleo"), ada, a_proposal()).id
    return lambda at: accept_time(at.support, ada, proposal_id, instant(TOMORROW_TEN), request_key=KEY)


@pytest.mark.parametrize("prepared", [booking, moving, canceling, accepting])
def test_deed_delivered_three_times_is_done_once(house: House, prepared: Callable[[House], Deed]) -> None:
    deed = prepared(house)
    restarted = another_house(house.stores, clock=house.clock, ids=house.ids)

    first = deed(house)
    messages = house.messages()
    again = [deed(house), deed(restarted)]

    assert again == [first, first]
    assert house.messages() == messages
    assert len(house.bookings()) == 1


def test_press_of_somebody_else_with_the_same_key_shows_them_nothing(sqlite_house: House) -> None:
    booking(sqlite_house)(sqlite_house)

    with pytest.raises(NotFound):
        book_session(sqlite_house.support, sqlite_house.person("bo"), a_wish(key=KEY))


def test_propose_delivered_three_times_is_one_message(sqlite_house: House) -> None:
    ada, cleo = sqlite_house.person("ada"), sqlite_house.person("cleo")

    proposal_ids = {propose_times(sqlite_house.support, cleo, ada, a_proposal(key=KEY)) for _ in range(3)}

    assert len(proposal_ids) == 1
    assert sqlite_house.messages() == [("session.proposed", "ada", "times", "2027-01-11T12:00Z")]


def test_book_refused_at_a_field_leaves_no_key_and_the_corrected_form_books(sqlite_house: House) -> None:
    ada = sqlite_house.person("ada")

    with pytest.raises(TimeGone):
        book_session(sqlite_house.support, ada, a_wish("2027-01-12T18:00Z", key=KEY))
    keys_after_refusal = sqlite_house.keys()
    booked = book_session(sqlite_house.support, ada, a_wish(key=KEY)).booked

    assert (keys_after_refusal, sqlite_house.keys()) == ([], [KEY])
    assert booked.starts == instant(TOMORROW_TEN)


def test_tidy_forgets_in_both_stores_what_slack_will_not_send_again(sqlite_house: House) -> None:
    ada = sqlite_house.person("ada")
    book_session(sqlite_house.support, ada, a_wish(key="old"))
    keep_in_program(sqlite_house, "old too")
    sqlite_house.clock.advance(timedelta(seconds=KEEP_SECONDS))
    book_session(sqlite_house.support, ada, a_wish("2027-01-14T10:00Z", key="young"))
    kept = tidy(sqlite_house.desk), sqlite_house.keys()
    sqlite_house.clock.advance(timedelta(seconds=1))

    forgotten = tidy(sqlite_house.desk), sqlite_house.keys()

    assert (kept, forgotten) == ((0, ["old", "young"]), (2, ["young"]))


def keep_in_program(house: House, key: str) -> None:
    with house.stores.program.write() as connection:
        remember(connection, table_of(ProgramOnce), key, program_id=PROGRAM, outcome={}, at=house.clock.now())
