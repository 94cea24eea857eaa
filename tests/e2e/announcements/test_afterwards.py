"""After an announcement was sent, in the running product: who has not read it, another text, taking it back."""

from datetime import timedelta

from domain.delivery import Tier
from handlers.ids import Action, Field
from tests.acting.announcing import (
    BODY,
    TITLE,
    WORDS,
    announce,
    open_one,
    pressed,
    told,
    wake,
)
from tests.acting.teams import wait_until
from tests.fixtures.products import Product

HOUR = timedelta(hours=1)


def test_staff_see_who_has_not_acknowledged_and_nudge_them_once_an_hour(product: Product) -> None:
    wake(product, "ada", "bo", "sam")
    announce(product)
    pressed(product.scholar)
    product.advance(5 * HOUR)
    product.advance(20 * HOUR)
    staff = product.actor("sam")
    message = "\n".join([staff.messages()[-1]["text"], staff.messages()[-1]["blocks"][0]["text"]["text"]])
    staff.press_message(staff.messages()[-1], Action.OPEN_ANNOUNCEMENT)
    staff.wait(title=WORDS.DETAILS_TITLE)
    details = str(staff.modal())
    before = len(told(product.actor("bo")))

    staff.press(Action.NUDGE_READERS)
    staff.wait(modal=WORDS.NUDGED_ONE)
    staff.press(Action.NUDGE_READERS)
    staff.wait(modal="less than an hour ago")
    product.deliver()

    assert ("1 of 2" in message, "Bo" in message) == (True, False)
    assert ("1 of 2 has acknowledged it." in details, "Bo, last message" in details, "Ada" in details) == (
        True,
        True,
        False,
    )
    assert len(told(product.actor("bo"))) == before + 1


def test_new_text_changes_the_message_in_place_and_keeps_the_press(product: Product) -> None:
    announce(product)
    pressed(product.scholar)
    staff = product.actor("sam")
    open_one(staff)
    staff.press(Action.CORRECT_ANNOUNCEMENT)
    staff.wait(title=WORDS.CORRECT_TITLE)
    staff.fill(Field.BODY, "The room has changed.")
    staff.submit()
    staff.wait(modal=WORDS.CORRECT_SAVED)

    product.deliver()

    ada, bo = told(product.scholar), told(product.actor("bo"))
    assert (len(ada), len(bo)) == (1, 1)
    assert ["The room has changed." in str(each[-1]) for each in (ada, bo)] == [True, True]
    assert [Action.ACKNOWLEDGE in str(each[-1]) for each in (ada, bo)] == [False, True]


def test_taking_it_back_changes_what_is_out_and_says_how_many_had_it(product: Product) -> None:
    announce(product)
    staff = product.actor("sam")
    open_one(staff)

    staff.press(Action.RETRACT_ANNOUNCEMENT)
    staff.wait(modal="2 people had had it")
    product.deliver()

    assert WORDS.RETRACTED in str(product.scholar.messages()[-1])
    assert BODY not in str(product.scholar.messages())


def test_home_tabs_have_a_notice_at_once_and_lose_what_is_taken_back(product: Product) -> None:
    announce(product, {Field.TIER: Tier.NOTICE.value})
    scholar, staff = product.scholar, product.actor("sam")
    scholar.wait(home=TITLE)
    open_one(staff)

    staff.press(Action.RETRACT_ANNOUNCEMENT)
    staff.wait(modal=WORDS.RETRACTED_NOBODY)

    wait_until(lambda: TITLE not in str(scholar.home()))
