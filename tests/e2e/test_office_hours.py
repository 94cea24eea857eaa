"""Office hours in Slack: two scholars, two helpers, a peer and a mentor, through real sockets."""

from datetime import timedelta

from domain.office_hours import HelpTopic
from handlers import texts
from handlers.ids import Action, Field
from sandbox.client import Actor
from tests.acting.lines import (
    agree,
    chosen_time,
    join_line,
    look_at_line,
    offer_help,
    open_line,
    press_in_line,
    suggest_first_peer,
    taken,
)
from tests.acting.moments import errors_of, fill_moment
from tests.acting.steps import last_with, leave_roster
from tests.acting.teams import wait_until
from tests.builders.people import put_recusal
from tests.fixtures.products import Product


def shown(actor: Actor) -> str:
    return str(actor.modal()["blocks"])


def said(actor: Actor) -> list[str]:
    return [str(message["text"]) for message in actor.messages() if "bot_id" in message or message.get("app_id")]


def last_said(actor: Actor) -> str:
    return str(actor.messages()[-1]["text"])


def see_place(actor: Actor) -> str:
    actor.open("/officehours", texts.office_hours.PLACE_TITLE)
    seen = shown(actor)
    actor.close(everything=True)
    return seen


def test_a_line_from_opening_to_done(each_product: Product) -> None:
    product = each_product
    ada, bo, cleo = product.scholar, product.actor("bo"), product.coach
    open_line(product)
    join_line(ada, "My training loop hangs.")
    join_line(bo, "Which test do I need?", topic=HelpTopic.STATISTICS)
    assert "Place 2" in see_place(bo)
    assert "about 10 minutes" in see_place(bo)

    look_at_line(cleo, wanted="Which test do I need?")
    press_in_line(cleo, Action.TAKE_NEXT)
    product.deliver()

    assert "*You are with Ada*" in shown(cleo)
    assert (last_said(ada), last_said(bo)) == (texts.office_hours.MESSAGE_TURN, texts.office_hours.MESSAGE_NEXT)
    ada.press_message(last_with(ada, Action.SEE_PLACE), Action.SEE_PLACE)
    ada.wait(modal="Room 4.12")
    assert "With: Cleo" in shown(ada)
    ada.close(everything=True)
    press_in_line(cleo, Action.FINISH_WITH)
    press_in_line(cleo, Action.TAKE_NEXT)
    assert "*You are with Bo*" in shown(cleo)
    bo.open("/officehours", texts.office_hours.TURN_TITLE)
    bo.press(Action.LEAVE_LINE)
    bo.wait(modal=texts.office_hours.DONE)
    look_at_line(cleo, wanted=texts.office_hours.NOBODY_WAITS)
    assert "You are with" not in shown(cleo)


def test_scholar_lets_the_next_one_go_first_and_leaves_by_a_word(product: Product) -> None:
    ada, bo = product.scholar, product.actor("bo")
    open_line(product)
    join_line(ada)
    join_line(bo)

    ada.slash("/officehours")
    ada.wait(modal="Place 1")
    press_in_line(ada, Action.STEP_BACK)

    assert "Place 2" in shown(ada)
    assert "Place 1" in see_place(bo)
    ada.close(everything=True)
    ada.slash("/officehours leave")
    ada.wait(text=texts.office_hours.LEFT)
    ada.slash("/officehours leave")
    ada.wait(text="You are not in line.")


def test_two_helpers_work_through_one_line(product: Product) -> None:
    ada, bo, cleo, dev = product.scholar, product.actor("bo"), product.coach, product.actor("dev")
    open_line(product)
    dev.open("/officehours", texts.office_hours.TITLE)
    dev.press(Action.OPEN_HELP)
    dev.wait(modal=texts.office_hours.WHERE)
    dev.fill(Field.PLACE, "link: https://meet.example.org/dev")
    taken(dev)
    dev.press(Action.WATCH_LINE)
    dev.wait(modal=texts.office_hours.NOBODY_WAITS)
    join_line(ada)
    join_line(bo)

    press_in_line(cleo, Action.WATCH_LINE)
    press_in_line(cleo, Action.TAKE_NEXT)
    press_in_line(dev, Action.WATCH_LINE)
    press_in_line(dev, Action.TAKE_NEXT)

    assert "*You are with Ada*" in shown(cleo)
    assert "*You are with Bo*" in shown(dev)
    assert "Ada is with Cleo" in shown(dev)
    bo.open("/officehours", texts.office_hours.TURN_TITLE)
    assert "https://meet.example.org/dev" in shown(bo)
    press_in_line(dev, Action.NOT_THERE)
    product.deliver()
    assert last_said(bo) == texts.office_hours.MESSAGE_BACK
    press_in_line(dev, Action.STEP_OUT)
    assert texts.office_hours.STEPPED_OUT in shown(dev)


def test_peer_helps_after_both_have_said_yes(product: Product) -> None:
    ada, bo, cleo = product.scholar, product.actor("bo"), product.coach
    offer_help(bo)
    open_line(product)
    join_line(ada, "canary")
    look_at_line(cleo, wanted="canary")

    suggest_first_peer(product, cleo)
    assert last_said(ada) == texts.office_hours.MESSAGE_CHOICE
    agree(product, ada)
    message = last_with(bo, Action.ACCEPT_FAVOR)
    bo.press_message(message, Action.OPEN_FAVOR)
    bo.wait(modal="debugging")
    assert not any(word in shown(bo) for word in ("Ada", "canary"))
    bo.close(everything=True)
    bo.press_message(message, Action.ACCEPT_FAVOR)
    bo.wait(text=texts.office_hours.ACCEPTED)
    product.deliver()

    bo.open("/officehours", texts.office_hours.FAVOR_TITLE)
    assert all(word in shown(bo) for word in ("Ada", "canary"))
    ada.press_message(last_with(ada, Action.SEE_PLACE), Action.SEE_PLACE)
    ada.wait(modal="With: Bo")
    press_in_line(cleo, Action.WATCH_LINE)
    assert "Ada is with Bo, a peer" in shown(cleo)
    bo.press(Action.FINISH_FAVOR)
    bo.wait(modal=texts.office_hours.THANKED)
    ada.close(everything=True)
    ada.open("/officehours", texts.office_hours.TITLE)


def test_peer_says_not_now_and_withdraws_the_offer(product: Product) -> None:
    ada, bo, cleo = product.scholar, product.actor("bo"), product.coach
    offer_help(bo)
    open_line(product)
    join_line(ada)
    look_at_line(cleo, wanted="Ada")
    suggest_first_peer(product, cleo)
    agree(product, ada)
    message = last_with(bo, Action.DECLINE_FAVOR)

    bo.press_message(message, Action.DECLINE_FAVOR)
    bo.wait(text=texts.office_hours.DECLINED)

    assert "Place 1" in see_place(ada)
    bo.open("/officehours help", texts.office_hours.OFFER_TITLE)
    bo.press(Action.WITHDRAW_OFFER)
    bo.wait(modal=texts.office_hours.NOT_OFFERED)
    press_in_line(cleo, Action.WATCH_LINE)
    cleo.press(Action.OPEN_SUGGEST)
    cleo.wait(modal=texts.office_hours.NO_PEERS)


def test_closing_tells_who_waits_and_offers_a_session(product: Product) -> None:
    ada, cleo = product.scholar, product.coach
    open_line(product)
    join_line(ada)

    cleo.close(everything=True)
    cleo.open("/officehours close", texts.office_hours.CLOSE_TITLE)
    assert texts.office_hours.CLOSE_ONE in shown(cleo)
    taken(cleo)
    cleo.wait(modal=texts.office_hours.CLOSED)
    product.deliver()

    message = last_with(ada, Action.OPEN_BOOKING)
    assert message["text"] == texts.office_hours.MESSAGE_CLOSED
    ada.press_message(message, Action.OPEN_BOOKING)
    ada.wait(title=texts.booking.BOOK_TITLE)
    ada.close(everything=True)
    cleo.slash("/officehours close")
    cleo.wait(text=texts.office_hours.NO_LINE)


def test_at_the_end_the_line_closes_by_itself_and_over_time_is_told(product: Product) -> None:
    ada, bo, cleo = product.scholar, product.actor("bo"), product.coach
    open_line(product)
    join_line(ada)
    join_line(bo)
    look_at_line(cleo, wanted="Bo")
    press_in_line(cleo, Action.TAKE_NEXT)

    product.advance(timedelta(minutes=10))
    assert last_said(cleo) == texts.office_hours.MESSAGE_TIME
    press_in_line(cleo, Action.WATCH_LINE)
    assert "The 10 minutes are over" in shown(cleo)
    product.advance(timedelta(hours=2))

    assert last_said(bo) == texts.office_hours.MESSAGE_CLOSED
    press_in_line(cleo, Action.WATCH_LINE)
    assert texts.office_hours.LINE_OVER in shown(cleo)
    press_in_line(cleo, Action.FINISH_WITH)
    assert "You are with" not in shown(cleo)


def test_planned_hours_are_listed_told_to_nobody_and_open_by_themselves(product: Product) -> None:
    ada, cleo = product.scholar, product.coach
    cleo.open("/officehours plan", texts.office_hours.PLAN_TITLE)
    begins = int((product.clock.now() + timedelta(hours=3)).timestamp())
    fill_moment(cleo, Field.START, chosen_time(product, cleo, timedelta(hours=3)))
    end = chosen_time(product, cleo, timedelta(hours=4)).split()[1]
    for field, value in {Field.END: end, Field.PLACE: "room: 4.12"}.items():
        cleo.fill(field, value)
    taken(cleo)
    cleo.wait(modal=texts.office_hours.PLANNED_DONE)
    assert f"<!date^{begins}^" in shown(cleo)
    assert f"<!date^{begins + 3600}^" in shown(cleo)
    cleo.close(everything=True)
    product.deliver()
    ada.open("/officehours", texts.office_hours.TITLE)
    assert f"<!date^{begins}^" in shown(ada)
    assert texts.office_hours.JOIN not in shown(ada)
    ada.close(everything=True)
    assert ada.messages() == []

    product.advance(timedelta(hours=3))

    assert last_said(cleo) == texts.office_hours.MESSAGE_BEGUN
    cleo.press_message(last_with(cleo, Action.WATCH_LINE), Action.WATCH_LINE)
    cleo.wait(modal=texts.office_hours.NOBODY_WAITS)
    join_line(ada)


def test_forms_say_at_each_field_what_cannot_be_read(product: Product) -> None:
    cleo = product.coach
    cleo.open("/officehours plan", texts.office_hours.PLAN_TITLE)
    fill_moment(cleo, Field.START, "2027-03-14 02:30")
    for field, value in {Field.END: "04:00", Field.PLACE: "link: nowhere"}.items():
        cleo.fill(field, value)

    errors = errors_of(cleo)

    assert set(errors) == {Field.START, Field.PLACE}
    assert "clocks go from 02:00 straight to 03:00" in errors[Field.START]
    fill_moment(cleo, Field.START, "2027-01-12 15:00")
    cleo.fill(Field.END, "14:00")
    cleo.fill(Field.PLACE, "room: 4.12")
    assert "after the beginning" in errors_of(cleo)[Field.END]


def test_a_beginning_that_has_passed_is_blamed_and_not_the_end(product: Product) -> None:
    cleo = product.coach
    cleo.open("/officehours plan", texts.office_hours.PLAN_TITLE)
    fill_moment(cleo, Field.START, "2027-01-08 15:00")
    cleo.fill(Field.END, "16:00")
    cleo.fill(Field.PLACE, "room: 4.12")

    errors = errors_of(cleo)

    assert {field: said.partition(".")[0] for field, said in errors.items()} == {
        Field.START: "That beginning has passed"
    }


def test_scholar_whom_nobody_can_take_is_told_kindly_and_has_no_button(product: Product) -> None:
    put_recusal(product.stores.program, "cleo", "ada")
    open_line(product)

    product.scholar.open("/officehours", texts.office_hours.TITLE)

    assert texts.office_hours.NOBODY_FOR_YOU in shown(product.scholar)
    assert Action.OPEN_JOIN not in shown(product.scholar)


def test_old_buttons_double_presses_and_helpers_who_left_are_answered_in_sentences(product: Product) -> None:
    ada, cleo = product.scholar, product.coach
    open_line(product)
    join_line(ada)
    look_at_line(cleo, wanted="Ada")
    press_in_line(cleo, Action.TAKE_NEXT)
    product.deliver()
    turn = last_with(ada, Action.SEE_PLACE)
    product.workspace.redeliver()
    press_in_line(cleo, Action.FINISH_WITH)

    ada.press_message(turn, Action.SEE_PLACE)
    ada.wait(text="You have been helped")
    leave_roster(product, "cleo")
    cleo.press(Action.WATCH_LINE)
    cleo.wait(modal="This is not available to you.")
    ada.open("/officehours", texts.office_hours.TITLE)
    assert texts.office_hours.LIST_NONE in shown(ada)


def test_home_says_that_there_is_a_line_and_no_number_name_or_topic(product: Product) -> None:
    ada, cleo = product.scholar, product.coach
    for actor in (ada, cleo):
        actor.open_home()
        actor.wait(home=texts.home.ZONE[:20])
    open_line(product)
    cleo.wait(home=texts.office_hours.HOME_OPEN)
    join_line(ada)
    ada.wait(home=texts.office_hours.HOME_IN_LINE)

    home = str(ada.home())
    ada.press_home(Action.SEE_PLACE)
    ada.wait(modal="Place 1")

    assert [word for word in ("Place", "Cleo", "Debugging", "office hours", "minutes") if word in home] == []
    ada.press(Action.LEAVE_LINE)
    wait_until(lambda: texts.office_hours.HOME_IN_LINE not in str(ada.home()))


def test_mentor_is_told_whose_office_hours_are_and_nothing_else(product: Product) -> None:
    max_ = product.actor("max")
    words = ("", "open", "leave", "help", "close")

    before = [max_.slash(f"/officehours {word}".strip()) for word in words]
    open_line(product)
    join_line(product.scholar)
    after = [max_.slash(f"/officehours {word}".strip()) for word in words]

    assert before == after
    max_.wait(text=texts.office_hours.WHOSE)
    assert max_.modals() == []
