"""The same signed request several times, one after the other or at once: one effect, and the same answer each time."""

from collections.abc import Callable
from functools import partial

import httpx
import pytest
from sqlalchemy import select

from handlers import texts
from handlers.ids import Action, Field
from sandbox.client import Actor, Payload
from storage.confidential.bookings import Booking
from storage.engine import table_of
from tests.acting.rivals import at_once, results
from tests.acting.signing import send, signed_interaction
from tests.acting.steps import (
    book,
    fill_booking,
    open_cancel,
    open_move,
    open_week,
    propose,
    save_hours,
    set_profile,
    submission,
    told,
)
from tests.fixtures.products import Product

TIMES = 6


def booking_form(product: Product) -> Payload:
    """Not yet sent."""
    fill_booking(product.scholar, staff="cleo")
    return submission(product.scholar)


def move_form(product: Product) -> Payload:
    """Of a session that stands."""
    book(product)
    open_move(product.scholar, reason="A meeting.")
    return submission(product.scholar)


def cancel_form(product: Product) -> Payload:
    """Of a session that stands."""
    book(product)
    open_cancel(product.scholar, reason="A cold.")
    return submission(product.scholar)


FORMS: dict[str, tuple[Callable[[Product], Payload], str, tuple[str, int], str]] = {
    "book": (booking_form, texts.booking.BOOKED_TITLE, ("booked", 1), texts.messages.SESSION_BOOKED),
    "move": (move_form, texts.sessions.MOVED_TITLE, ("booked", 2), texts.messages.SESSION_MOVED),
    "cancel": (cancel_form, texts.sessions.CANCELED_TITLE, ("canceled", 2), texts.messages.SESSION_CANCELED),
}


OWN: dict[str, tuple[Callable[[Actor, dict[str, str]], None], str, tuple[str, str]]] = {
    "hours": (save_hours, "tuesday", ("9:15-11:45", "13:15-16:45")),
    "profile": (set_profile, Field.ABOUT, ("Ask me about talks", "Ask me about grants")),
}


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("all_together", [True, False], ids=["at once", "in turn"])
def test_a_signed_form_sent_repeatedly_has_one_effect_and_one_answer(
    http_product: Product, form: str, *, all_together: bool
) -> None:
    product = http_product
    fill, title, stands, news = FORMS[form]
    request = signed_interaction(fill(product))
    deeds = [partial(send, product, request)] * TIMES

    answers = results(at_once(deeds)) if all_together else [deed() for deed in deeds]
    product.deliver()

    assert [title_of(answer) for answer in answers] == [title] * TIMES
    assert bookings(product) == [stands]
    for actor in (product.scholar, product.coach):
        assert told(actor).count(news) == 1


def test_signed_presses_on_a_proposal_sent_at_once_book_once(http_product: Product) -> None:
    product = http_product
    propose(product, product.coach, product.scholar)
    product.scholar.press_message(product.scholar.messages()[-1], f"{Action.ACCEPT_TIME}:0")
    product.scholar.wait(text=texts.proposals.ACCEPTED)
    pressed = product.workspace.deliveries("interactive")[-1]["payload"]
    requests = [signed_interaction(pressed | {"trigger_id": f"1.1.{number}"}) for number in range(TIMES)]

    answers = results(at_once([partial(send, product, request) for request in requests]))
    product.deliver()

    assert [answer.status_code for answer in answers] == [httpx.codes.OK] * TIMES
    assert bookings(product) == [("booked", 1)]
    assert told(product.coach).count(texts.messages.SESSION_BOOKED) == 1


@pytest.mark.parametrize("what", OWN)
def test_a_signed_form_of_ones_own_that_comes_again_later_brings_nothing_old_back(
    http_product: Product, what: str
) -> None:
    save, field, (old, new) = OWN[what]
    coach, workspace = http_product.coach, http_product.workspace
    save(coach, {field: old})
    first = next(each for each in workspace.deliveries("interactive") if each["payload"]["type"] == "view_submission")
    save(coach, {field: new})

    answer = send(http_product, signed_interaction(first["payload"]))

    open_week(coach)
    hours = str(coach.modal())
    coach.close(everything=True)
    coach.open("/hours", texts.hours.TITLE)
    coach.press(Action.OPEN_PROFILE)
    coach.wait(modal=texts.hours.PROFILE_ABOUT)
    shown = hours + str(coach.modal())
    assert (answer.status_code, new in shown, old in shown) == (httpx.codes.OK, True, False)


def title_of(answer: httpx.Response) -> str:
    """The title of the modal that the answer puts in the form's place."""
    return str(answer.json()["view"]["title"]["text"])


def bookings(product: Product) -> list[tuple[str, int]]:
    """Status and version of every booking."""
    table = table_of(Booking)
    with product.stores.confidential.read() as connection:
        return [(status, version) for status, version in connection.execute(select(table.c.status, table.c.version))]
