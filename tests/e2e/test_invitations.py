"""The one offer to those who never came, and what coaches see of each other's load, through Slack."""

import json
from dataclasses import replace
from datetime import timedelta

from domain.people import Role
from domain.rules import FairShares
from handlers import texts
from handlers.ids import Action
from services.invitations.invite import invite_newcomers
from tests.acting.steps import last_with
from tests.builders.people import put_membership
from tests.builders.rules import set_rules
from tests.fixtures.products import Product


def test_scholar_books_from_the_invitation_or_hears_no_more_of_it(product: Product) -> None:
    scholar, other = product.scholar, product.actor("bo")
    set_rules(product.stores.program, lambda rules: replace(rules, fair=FairShares(invite_after_days=5)))
    invite_newcomers(product.runtime.desk)
    product.advance(timedelta(hours=7))  # morning in Los Angeles, where the accounts are

    invitation = last_with(scholar, Action.DECLINE_INVITATIONS)
    scholar.press_message(invitation, Action.OPEN_BOOKING)
    scholar.wait(title=texts.booking.BOOK_TITLE)
    other.press_message(last_with(other, Action.DECLINE_INVITATIONS), Action.DECLINE_INVITATIONS)
    other.wait(text=texts.invitations.DECLINED)

    kept = json.dumps(invitation)
    assert [word for word in (" never ", "no session", "not booked", "first session", "Ada") if word in kept] == []


def test_coach_sees_the_load_and_others_are_told_whose_it_is(product: Product) -> None:
    product.coach.open("/support load", texts.load.TITLE)
    product.actor("eli").slash("/support load")
    product.actor("eli").wait(text=texts.load.WHOSE)

    assert texts.load.YOU.format(name="Cleo") in json.dumps(product.coach.modal(), ensure_ascii=False)


def test_coach_who_also_mentors_is_told_why_they_see_no_load(product: Product) -> None:
    put_membership(product.stores.program, "dev", Role.MENTOR)

    product.actor("dev").slash("/support load")

    product.actor("dev").wait(text=texts.load.NOT_BOTH)
