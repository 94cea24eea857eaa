"""A second press in an old message, or on another device: one effect, and a sentence that says what stands."""

from collections.abc import Callable

import pytest

from domain.errors import DomainError
from domain.holds import RequestApproved, RequestDeclined, TakenAlready
from domain.people import Person
from handlers import texts
from handlers.ids import Action
from sandbox.client import Actor
from services.desk import SupportDesk
from services.holds.approve import approve_request, decline_request
from services.holds.kept import kept_times
from tests.acting.steps import last_with, told
from tests.acting.waiting_steps import a_time_comes_free, ask_for, needs_approval, open_request
from tests.builders.people import TEAM, account_of
from tests.fixtures.products import Product
from tests.looking.invariants import broken_invariants


def press_again(product: Product) -> None:
    """The last press once more, as from another device where the message or modal is as it was."""
    payload = product.workspace.deliveries("interactive")[-1]["payload"]
    product.workspace.deliver("interactive", payload | {"trigger_id": "1.1.another-press"})


def all_is_well(product: Product) -> bool:
    return broken_invariants(product.stores.confidential) == []


def asked(product: Product) -> Actor:
    needs_approval(product)
    ask_for(product)
    return product.scholar


def kept(product: Product) -> Actor:
    a_time_comes_free(product)
    return product.actor("bo")


@pytest.mark.parametrize(
    ("begin", "action", "first", "second", "booked"),
    [
        (kept, Action.TAKE_TIME, texts.holds.TAKEN, TakenAlready().message, 1),
        (kept, Action.REFUSE_TIME, texts.holds.REFUSED, texts.holds.REFUSED, 0),
        (asked, Action.WITHDRAW_REQUEST, texts.holds.WITHDRAWN, texts.holds.WITHDRAWN, 0),
    ],
    ids=["take", "no thanks", "take back"],
)
def test_second_press_in_a_message_says_what_stands_and_changes_nothing(
    product: Product, begin: Callable[[Product], Actor], action: Action, first: str, second: str, booked: int
) -> None:
    actor = begin(product)
    before = told(actor).count(texts.messages.SESSION_BOOKED)
    actor.press_message(last_with(actor, action), action)
    actor.wait(text=first)

    press_again(product)
    actor.wait(text=second)
    product.deliver()

    assert told(actor).count(texts.messages.SESSION_BOOKED) - before == booked
    assert all_is_well(product)


def approve(desk: SupportDesk, staff: Person, ref: str) -> None:
    approve_request(desk, staff, ref, request_key="another device")


def decline(desk: SupportDesk, staff: Person, ref: str) -> None:
    decline_request(desk, staff, ref, reason="", request_key="another device")


@pytest.mark.parametrize(
    ("answer", "says"), [(approve, RequestApproved()), (decline, RequestDeclined())], ids=["approved", "declined"]
)
def test_answering_in_a_modal_that_is_open_still_hears_what_the_other_device_said(
    product: Product, answer: Callable[[SupportDesk, Person, str], None], says: DomainError
) -> None:
    scholar, coach, desk = asked(product), product.coach, product.runtime.desk.support
    open_request(product)
    cleo = desk.people.who(account_of("cleo"), TEAM)
    (request,) = kept_times(desk, cleo)
    answer(desk, cleo, request.ref)

    coach.press(Action.APPROVE_REQUEST)
    coach.wait(modal=says.message)
    product.deliver()

    assert told(scholar).count(texts.messages.SESSION_BOOKED) == (answer is approve)
    assert told(scholar).count(texts.holds.DECLINED) == (answer is decline)
    assert all_is_well(product)


def test_the_message_that_asked_shows_what_stands_once_it_is_answered(product: Product) -> None:
    asked(product)
    open_request(product)
    product.coach.press(Action.APPROVE_REQUEST)
    product.coach.wait(modal=texts.holds.APPROVED)
    product.coach.close(everything=True)

    message = last_with(product.coach, Action.OPEN_REQUEST)
    product.coach.press_message(message, Action.OPEN_REQUEST)
    product.coach.wait(title=texts.sessions.DETAILS_TITLE)

    assert Action.APPROVE_REQUEST not in str(product.coach.modal())
