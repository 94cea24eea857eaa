"""A kind that needs approval: asked for, answered in a modal, and told to both; through Slack's own protocol."""

from datetime import timedelta

from handlers import texts
from handlers.ids import Action, Field
from tests.acting.steps import last_with, told
from tests.acting.teams import wait_until
from tests.acting.waiting_steps import ask_for, needs_approval, open_request
from tests.fixtures.products import Product

WORDS = "Whether to apply for the extension."
NEWS = [texts.messages.SESSION_BOOKED, texts.messages.SESSION_FILE]


def test_approving_sets_it_and_tells_both(each_product: Product) -> None:
    product = each_product
    needs_approval(product)
    ask_for(product, words=WORDS)
    before = told(product.scholar), told(product.coach)

    open_request(product)
    shown = str(product.coach.modal())
    product.coach.press(Action.APPROVE_REQUEST)
    product.coach.wait(modal=texts.holds.APPROVED)
    product.deliver()

    assert before == ([texts.holds.ASKED], [texts.holds.WAITING])
    assert ("*With:* Ada" in shown, WORDS in shown, WORDS in str(product.coach.messages())) == (True, True, False)
    assert (told(product.scholar), told(product.coach)) == ([texts.holds.ASKED, *NEWS], [texts.holds.WAITING, *NEWS])


def test_declining_says_why_in_a_modal_alone(product: Product) -> None:
    needs_approval(product)
    ask_for(product)
    open_request(product)

    product.coach.press(Action.OPEN_DECLINE)
    product.coach.wait(title=texts.holds.DECLINE_TITLE)
    product.coach.fill(Field.REASON, "I am away that week.")
    outcome = product.coach.submit()
    product.coach.wait(modal=texts.holds.DECLINED_DONE)
    product.deliver()
    scholar = product.scholar
    scholar.press_message(last_with(scholar, Action.OPEN_KEPT), Action.OPEN_KEPT)
    scholar.wait(modal="I am away that week.")

    assert (outcome["errors"], told(scholar)) == ({}, [texts.holds.ASKED, texts.holds.DECLINED])
    assert "away" not in str(scholar.messages())
    assert Action.OPEN_BOOKING in str(scholar.messages()[-1])


def test_taking_it_back_tells_whoever_was_asked_and_their_answer_is_too_late(product: Product) -> None:
    needs_approval(product)
    ask_for(product)
    open_request(product)
    scholar = product.scholar

    scholar.press_message(last_with(scholar, Action.WITHDRAW_REQUEST), Action.WITHDRAW_REQUEST)
    scholar.wait(text=texts.holds.WITHDRAWN)
    product.coach.press(Action.APPROVE_REQUEST)
    product.coach.wait(modal="This time has been taken back by the one who asked for it.")
    product.deliver()

    assert told(product.coach) == [texts.holds.WAITING, texts.holds.TAKEN_BACK]


def test_both_find_it_in_their_lists(product: Product) -> None:
    needs_approval(product)
    ask_for(product)
    scholar, coach = product.scholar, product.coach
    coach.open_home()
    coach.wait(home=texts.holds.HOME_TO_ANSWER.partition("{")[0])

    scholar.slash("/support list")
    scholar.wait(modal=texts.holds.YOU_ASKED)
    scholar.press(Action.OPEN_KEPT)
    scholar.wait(title=texts.holds.ASKED_TITLE)
    coach.slash("/support list")
    coach.wait(modal=texts.holds.TO_APPROVE)
    coach.press(Action.OPEN_REQUEST)
    coach.wait(title=texts.holds.REQUEST_TITLE)
    coach.press(Action.APPROVE_REQUEST)
    coach.wait(modal=texts.holds.APPROVED)
    wait_until(lambda: texts.holds.TO_APPROVE not in str(coach.modals()[0]))
    scholar.press(Action.WITHDRAW_REQUEST)
    scholar.wait(modal="Your session has just been approved.")

    assert "Ada" in str(coach.modals()[0])
    wait_until(lambda: texts.holds.HOME_TO_ANSWER.partition("{")[0] not in str(coach.home()))


def test_unanswered_it_lapses_and_the_scholar_can_book_another_time(product: Product) -> None:
    needs_approval(product)
    ask_for(product)
    message = last_with(product.coach, Action.OPEN_REQUEST)

    product.advance(timedelta(hours=48))
    scholar = product.scholar
    scholar.press_message(scholar.messages()[-1], Action.OPEN_BOOKING)
    scholar.wait(title=texts.booking.BOOK_TITLE)
    product.coach.press_message(message, Action.OPEN_REQUEST)
    product.coach.wait(modal="Nobody answered in time, so nothing was booked.")

    assert told(scholar) == [texts.holds.ASKED, texts.holds.LAPSED]
