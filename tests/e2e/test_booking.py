"""A scholar books, moves and cancels through Slack's own protocol."""

from datetime import timedelta

from handlers import texts
from handlers.ids import Action, Field
from tests.products import Product


def test_booking_through_slack_tells_both_once(product: Product) -> None:
    scholar, coach = product.scholar, product.coach
    scholar.open("/support book", texts.BOOK_TITLE)
    scholar.fill(Field.START, next(iter(scholar.options(Field.START))))

    scholar.submit()
    product.deliver()

    assert scholar.modal()["title"]["text"] == texts.BOOKED_TITLE
    assert [message["text"].partition(":")[0] for message in scholar.messages()] == [texts.SESSION_BOOKED, ""]
    assert [message["text"].partition(":")[0] for message in coach.messages()] == [texts.SESSION_BOOKED, ""]


def test_reminders_come_a_day_and_a_quarter_of_an_hour_ahead(product: Product) -> None:
    scholar = product.scholar
    scholar.open("/support book", texts.BOOK_TITLE)
    scholar.fill(Field.START, next(iter(scholar.options(Field.START))))
    scholar.submit()
    product.deliver()
    before = len(scholar.messages())

    product.advance(timedelta(days=3))

    assert len(scholar.messages()) == before
    assert Action.OPEN_DETAILS in str(scholar.messages()[0]["blocks"])
