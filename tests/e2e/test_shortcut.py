"""The global shortcut *Book a session*: for scholars, from anywhere in Slack; for nobody else."""

import pytest

from domain.people import Role
from handlers import texts
from handlers.ids import Field, Modal, Shortcut
from tests.acting.steps import told
from tests.builders.people import put_membership
from tests.fixtures.products import Product

ACCOUNTS = {Role.COACH: "cleo", Role.COMMUNITY_MANAGER: "eli", Role.STAFF: "sam"}


def test_a_scholars_shortcut_opens_the_form_and_books(each_product: Product) -> None:
    product, scholar = each_product, each_product.scholar

    scholar.shortcut(Shortcut.BOOK)
    scholar.wait(title=texts.booking.BOOK_TITLE)
    scholar.fill(Field.START, next(iter(scholar.options(Field.START))))
    outcome = scholar.submit()
    product.deliver()

    assert outcome["errors"] == {}
    assert scholar.modal()["title"]["text"] == texts.booking.BOOKED_TITLE
    assert told(scholar) == [texts.messages.SESSION_BOOKED, texts.messages.SESSION_FILE]


@pytest.mark.parametrize("role", ACCOUNTS)
def test_the_shortcut_of_somebody_in_another_role_is_told_whose_it_is(product: Product, role: Role) -> None:
    actor = product.actor(ACCOUNTS[role])

    actor.shortcut(Shortcut.BOOK)
    actor.wait(modal=texts.booking.BOOK_WHOSE)

    assert [view["callback_id"] for view in actor.modals()] == [Modal.NOTICE]


def test_the_shortcut_of_a_coach_who_is_a_scholar_too_opens_the_form(product: Product) -> None:
    put_membership(product.stores.program, "cleo", Role.SCHOLAR)

    product.coach.shortcut(Shortcut.BOOK)
    product.coach.wait(title=texts.booking.BOOK_TITLE)

    offered = product.coach.options(Field.STAFF)
    assert "cleo" not in offered
    assert "dev" in offered
