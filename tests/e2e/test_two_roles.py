"""Somebody on the staff who is a scholar too: each role gives its own, and neither opens what the other may not see."""

from datetime import timedelta

from domain.errors import NotFound
from domain.people import Role
from handlers import texts
from handlers.ids import Action, Field
from tests.acting.payloads import a_press
from tests.acting.steps import book, open_details, told
from tests.builders.people import put_membership
from tests.e2e.test_refusals import answers_to, session_of
from tests.fixtures.products import Product

NEWS = [texts.messages.SESSION_BOOKED, texts.messages.SESSION_FILE]


def test_a_staff_member_who_is_a_scholar_too_books_like_one(product: Product) -> None:
    put_membership(product.stores.program, "sam", Role.SCHOLAR)
    sam = product.actor("sam")

    book(product, sam)
    open_details(sam)

    assert told(sam) == told(product.coach) == NEWS
    assert "*With:* Cleo" in str(sam.modal())


def test_being_on_the_staff_opens_no_session_of_others(product: Product) -> None:
    put_membership(product.stores.program, "sam", Role.SCHOLAR)
    book(product)

    session = session_of(product)
    said = [
        answers_to(product, a_press("sam", action, f"{session}.1"))
        for action in (Action.OPEN_DETAILS, Action.OPEN_MOVE, Action.OPEN_CANCEL)
    ]

    assert said == [[NotFound().message]] * 3


def test_a_coach_who_is_a_scholar_too_is_not_offered_to_themselves(product: Product) -> None:
    put_membership(product.stores.program, "cleo", Role.SCHOLAR)

    product.coach.open("/support book", texts.booking.BOOK_TITLE)

    assert set(product.coach.options(Field.STAFF)) == {"anyone", "dev"}


def test_a_coach_who_is_a_scholar_too_lists_both_sides_and_sees_each(product: Product) -> None:
    put_membership(product.stores.program, "cleo", Role.SCHOLAR)
    as_coach = book(product)
    as_scholar = book(product, product.coach, staff="dev", day=3)

    product.coach.open("/support list", texts.sessions.SESSIONS_TITLE)
    listed = str(product.coach.modal())
    product.coach.close(everything=True)
    open_details(product.coach)

    assert as_coach != as_scholar
    assert [start for start in (as_coach, as_scholar) if start in listed] == [as_coach, as_scholar]
    assert "*With:* Dev" in str(product.coach.modal())


def test_losing_the_scholars_role_leaves_the_staffs_help_and_nothing_of_support(product: Product) -> None:
    put_membership(product.stores.program, "sam", Role.SCHOLAR, last_day="2027-01-11")
    sam = product.actor("sam")
    sam.slash("/support book")
    sam.wait(title=texts.booking.BOOK_TITLE)
    sam.close(everything=True)

    product.advance(timedelta(days=1))
    sam.slash("/support book")
    sam.wait(text=texts.helping.STAFF)

    assert sam.modals() == []
