"""More time in the running product: asked for with a sealed reason, granted or refused once, and told."""

from datetime import timedelta

from handlers import texts
from handlers.ids import Action, Field
from tests.acting.deadlines import (
    TITLE,
    TO_THE_DAY_BEFORE,
    last_text,
    open_request,
    reminders,
    send_wish,
    set_deadline,
)
from tests.acting.rules import shown
from tests.fixtures.products import Product

_W, _D = texts.deadlines, texts.due


def test_extension_is_asked_for_granted_once_and_arms_the_ladder_of_that_person(each_product: Product) -> None:
    product = each_product
    set_deadline(product)
    product.advance(TO_THE_DAY_BEFORE)
    ask_for_time(product, reason="My mother is ill")
    staff = product.actor("sam")
    asked = [each for each in staff.messages() if Action.OPEN_EXTENSION.value in str(each.get("blocks"))][-1]

    staff.press_message(asked, Action.OPEN_EXTENSION)
    staff.wait(title=_W.REQUEST_TITLE)
    before = shown(staff)
    staff.press(Action.READ_REASON)
    staff.wait(title=_W.REASON_TITLE)
    reason = shown(staff)
    staff.close()
    staff.press(Action.GRANT_EXTENSION)
    staff.wait(modal="Granted until")
    staff.press_message(asked, Action.OPEN_EXTENSION)
    staff.wait(modal="Already granted by Sam")
    product.advance(timedelta(hours=25))

    assert "*Ada* asks" in before
    assert "mother" not in before
    assert "My mother is ill" in reason
    assert asked["text"] == _W.ASKED_MESSAGE
    assert last_text(product, "ada") == f"Reminder: {TITLE}, due Wed 27 Jan, 17:00 GMT (with your extra time)"
    assert last_text(product, "bo") == f"Overdue: {TITLE}, was due Mon 25 Jan, 17:00 GMT"


def ask_for_time(product: Product, *, reason: str) -> None:
    """By the button of a reminder."""
    product.scholar.press_message(reminders(product.scholar)[-1], Action.OPEN_ASK)
    send_wish(product, until="2027-01-27", reason=reason)


def test_refusal_is_told_and_its_sentence_opens_on_a_press(product: Product) -> None:
    set_deadline(product)
    product.advance(TO_THE_DAY_BEFORE)
    ask_for_time(product, reason="")
    staff = product.actor("sam")
    open_request(staff)
    staff.press(Action.OPEN_REFUSE)
    staff.wait(title=_W.REFUSE_TITLE)
    staff.fill(Field.ANSWER, "The jury <!channel> meets on Tuesday.")
    staff.submit()
    staff.wait(modal=_W.REFUSED_NOW)
    product.deliver()

    answer = reminders(product.scholar)[-1]
    product.scholar.press_message(answer, Action.OPEN_DUE_ONE)
    product.scholar.wait(title=_D.ONE_TITLE)

    assert "jury" not in str(answer)
    assert "The jury &lt;!channel&gt; meets on Tuesday." in shown(product.scholar)
