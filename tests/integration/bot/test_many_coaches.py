"""More coaches than a Slack menu has room for: each of them can be chosen and booked."""

from domain.people import Role
from handlers import texts
from handlers.ids import Field
from services.hours.own import save_hours
from tests.acting.steps import open_details
from tests.builders.people import put_person
from tests.builders.scheduling import hours_in
from tests.fixtures.desks import LONDON, WEEKDAYS
from tests.fixtures.products import Product

COACHES = 110
LAST = f"zoe{COACHES - 1}"


def test_the_last_of_many_coaches_can_be_booked(product: Product) -> None:
    for number in range(COACHES):
        put_person(product.stores.program, f"zoe{number}", Role.COACH)
    staff = product.runtime.desk.people.person(LAST)
    assert staff is not None
    save_hours(product.runtime.desk.support, staff, hours_in(LONDON, WEEKDAYS))
    scholar = product.scholar
    scholar.open("/support book", texts.booking.BOOK_TITLE)

    scholar.choose(Field.STAFF, LAST)
    scholar.fill(Field.START, next(iter(scholar.options(Field.START))))
    assert scholar.submit()["errors"] == {}
    scholar.wait(title=texts.booking.BOOKED_TITLE)
    scholar.close(everything=True)
    product.deliver()
    open_details(scholar)

    assert f"*With:* {LAST.title()}" in str(scholar.modal())
