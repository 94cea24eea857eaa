"""`/support list` of somebody who has more sessions ahead than a list shows."""

from collections.abc import Sequence
from datetime import timedelta

import pytest

from handlers import texts
from handlers.ids import Action
from sandbox.client import Actor
from services.booking.book import book_session
from services.desk import SupportDesk
from services.sessions.own import LISTED
from tests.builders.bookings import a_wish
from tests.builders.people import TEAM, account_of, put_person
from tests.fixtures.products import Product

DAYS = (12, 13, 14, 15, 18, 19, 20)
HOURS = (9, 11, 13, 15)
STARTS = [f"2027-01-{day}T{hour:02}:00Z" for day in DAYS for hour in HOURS]


@pytest.mark.parametrize(("booked", "notes"), [(LISTED, 0), (LISTED + 1, 1)])
def test_a_list_of_more_sessions_than_fit_says_that_there_are_more(product: Product, booked: int, notes: int) -> None:
    book_many(product, STARTS[:booked])

    product.coach.open("/support list", texts.sessions.SESSIONS_TITLE)

    assert rows(product.coach) == LISTED
    assert str(product.coach.modal()).count(texts.sessions.MORE_AHEAD.format(number=LISTED)) == notes


def test_the_rest_come_into_view_as_sessions_pass(product: Product) -> None:
    book_many(product, STARTS[: LISTED + 1])
    product.advance(timedelta(days=1))

    product.coach.open("/support list", texts.sessions.SESSIONS_TITLE)

    assert rows(product.coach) == LISTED + 1 - 2
    assert "there are more" not in str(product.coach.modal())


def book_many(product: Product, starts: Sequence[str]) -> None:
    """A session with Cleo at each of these, each of another scholar."""
    desk: SupportDesk = product.runtime.desk.support
    for number, start in enumerate(starts):
        scholar = put_person(product.stores.program, f"scholar{number}")
        book_session(desk, desk.people.who(account_of(scholar), TEAM), a_wish(start, key=scholar))


def rows(actor: Actor) -> int:
    """How many sessions are in the list."""
    return str(actor.modal()["blocks"]).count(f"'action_id': '{Action.OPEN_DETAILS}'")
