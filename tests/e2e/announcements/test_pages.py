"""Long lists in the running product: what one page does not hold can be opened and pressed on the next one."""

from datetime import timedelta

from domain.announcements import Text
from handlers.ids import Action
from handlers.views.lists import LISTED as LISTS_LISTED
from services.announcements.compose import Write, write
from services.announcements.look import LISTED
from services.audiences.lists import begin_list
from tests.acting.announcing import WORDS
from tests.builders.announcements import a_content, request_key
from tests.fakes.ids import FakeIds
from tests.fixtures.desks import another_house
from tests.fixtures.products import Product


def test_draft_of_the_second_page_is_opened(product: Product) -> None:
    house = another_house(product.stores, clock=product.clock, ids=FakeIds("draft"))
    for number in range(LISTED + 1):
        content = a_content(text=Text(title=f"Draft {number}.", body="Words."))
        write(house.desk, house.person("sam"), Write(request_key=request_key(), content=content))
        product.clock.advance(timedelta(seconds=1))
    staff = product.actor("sam")

    staff.open("/announce", WORDS.TITLE)
    before = str(staff.modal()["blocks"])
    staff.press(f"{Action.TURN_ANNOUNCEMENTS}:next")
    staff.wait(modal="Draft 0.")
    staff.press(Action.OPEN_ANNOUNCEMENT)
    staff.wait(title=WORDS.PREVIEW_TITLE)

    assert ("Draft 0." in before, WORDS.MORE in before) == (False, True)
    assert "Draft 0." in str(staff.modal()["blocks"])


def test_list_of_the_second_page_is_joined_there(product: Product) -> None:
    house = another_house(product.stores, clock=product.clock, ids=FakeIds("list"))
    for number in range(LISTS_LISTED + 1):
        begin_list(house.desk, house.person("sam"), title=f"List {number:02}.", about="", request_key=request_key())
    scholar, last = product.scholar, f"List {LISTS_LISTED}."
    scholar.open("/announce", WORDS.OWN_TITLE)
    scholar.press(Action.OPEN_LISTS)
    scholar.wait(title=WORDS.LISTS_TITLE)
    before = str(scholar.modal()["blocks"])

    scholar.press(f"{Action.TURN_LISTS}:next")
    scholar.wait(modal=last)
    scholar.press(Action.JOIN_LIST)
    scholar.wait(modal=WORDS.LIST_ON)

    assert last not in before
    assert last in str(scholar.modal()["blocks"])
