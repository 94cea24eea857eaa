"""No time is free: the form says so, keeps what was typed, and its button looks again."""

from handlers import texts
from handlers.ids import Action, Field
from sandbox.client import Actor
from services.hours.own import save_hours
from services.offers.explain import NO_HOURS
from tests.acting.steps import book, open_details
from tests.builders.people import TEAM, account_of
from tests.builders.scheduling import hours_in
from tests.fixtures.desks import LONDON, WEEKDAYS
from tests.fixtures.products import Product

WORDS = "Whether to apply for the extension."


def set_hours(product: Product, weekly: dict[int, str]) -> None:
    """The coaches' hours from now on."""
    support = product.runtime.desk.support
    for id_ in ("cleo", "dev"):
        save_hours(support, support.people.who(account_of(id_), TEAM), hours_in(LONDON, weekly))


def button_of(actor: Actor) -> str:
    return str(actor.modal()["submit"]["text"])


def test_booking_form_with_nothing_free_looks_again_and_keeps_the_words(product: Product) -> None:
    set_hours(product, {})
    scholar = product.scholar
    scholar.open("/support book", texts.booking.BOOK_TITLE)
    scholar.fill(Field.WORDS, WORDS)
    empty = (NO_HOURS in str(scholar.modal()), button_of(scholar))
    still_empty = scholar.submit(), button_of(scholar)
    set_hours(product, WEEKDAYS)

    scholar.submit()

    assert empty == (True, texts.booking.LOOK_AGAIN)
    assert (still_empty[0]["errors"], still_empty[1]) == ({}, texts.booking.LOOK_AGAIN)
    assert button_of(scholar) == texts.booking.BOOK
    assert scholar.options(Field.START)
    assert WORDS in str(scholar.modal()["state"])


def test_move_form_with_nothing_free_looks_again(product: Product) -> None:
    book(product)
    set_hours(product, {})
    scholar = product.scholar
    open_details(scholar)
    scholar.press(Action.OPEN_MOVE)
    scholar.wait(title=texts.sessions.MOVE_TITLE)
    scholar.fill(Field.REASON, "A cold.")
    empty = button_of(scholar)
    set_hours(product, WEEKDAYS)

    outcome = scholar.submit()

    assert (empty, outcome["errors"], button_of(scholar)) == (texts.booking.LOOK_AGAIN, {}, texts.sessions.MOVE)
    assert scholar.options(Field.START)
    assert "A cold." in str(scholar.modal()["state"])
