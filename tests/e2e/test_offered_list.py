"""A scholar answers offered times from the list of what is ahead, long after the message with them has gone by."""

import pytest

from handlers import texts
from handlers.ids import Action, Modal
from sandbox.client import Actor
from tests.acting.steps import last_with, propose
from tests.acting.teams import wait_until
from tests.fixtures.products import Product


def open_offer(product: Product) -> Actor:
    """From the list to the times; returns the scholar."""
    scholar = product.scholar
    scholar.open("/support list", texts.sessions.SESSIONS_TITLE)
    scholar.press(Action.OPEN_PROPOSAL)
    scholar.wait(title=texts.proposals.PROPOSED_TIMES_TITLE)
    return scholar


def test_times_are_accepted_from_the_list_which_then_shows_the_session(product: Product) -> None:
    propose(product, product.coach, product.scholar)
    scholar = open_offer(product)
    assert texts.sessions.WHERE in str(scholar.modal())

    scholar.press(f"{Action.ACCEPT_TIME}:0")
    scholar.wait(modal=texts.proposals.ACCEPTED)
    scholar.close()
    scholar.wait(title=texts.sessions.SESSIONS_TITLE)

    wait_until(lambda: Action.OPEN_DETAILS in str(scholar.modal()))
    assert texts.proposals.OFFERED not in str(scholar.modal())


def test_times_are_declined_from_the_list_and_a_session_can_be_booked_at_once(product: Product) -> None:
    propose(product, product.coach, product.scholar)
    scholar = open_offer(product)

    scholar.press(Action.DECLINE_TIMES)
    scholar.wait(modal=texts.proposals.DECLINED)
    wait_until(lambda: texts.proposals.OFFERED not in str(scholar.modals()[0]))
    scholar.press(Action.OPEN_BOOKING)
    scholar.wait(title=texts.booking.BOOK_TITLE)

    assert scholar.modal()["callback_id"] == Modal.BOOK


def test_whoever_wants_none_of_the_times_in_the_message_can_book_there(product: Product) -> None:
    scholar = product.scholar
    propose(product, product.coach, scholar)

    scholar.press_message(last_with(scholar, Action.DECLINE_TIMES), Action.DECLINE_TIMES)
    scholar.wait(text=texts.proposals.DECLINED)
    scholar.press_message(last_with(scholar, Action.OPEN_BOOKING), Action.OPEN_BOOKING)
    scholar.wait(title=texts.booking.BOOK_TITLE)

    assert Action.DECLINE_TIMES not in str(scholar.messages())


@pytest.mark.parametrize("who", ["bo", "dev"])
def test_the_list_of_others_shows_nothing_of_it(product: Product, who: str) -> None:
    propose(product, product.coach, product.scholar)

    product.actor(who).open("/support list", texts.sessions.SESSIONS_TITLE)

    assert texts.proposals.OFFERED not in str(product.actor(who).modal())
