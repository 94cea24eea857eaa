"""A scholar waits, another cancels, the first in line takes the time with a press; through Slack's own protocol."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from handlers import texts
from handlers.ids import Action, Field
from tests.acting.steps import book, last_with, told
from tests.acting.teams import wait_until
from tests.acting.waiting_steps import (
    a_time_comes_free,
    ask_for,
    needs_approval,
    one_hour_only,
    open_request,
    wait_in_line,
)
from tests.fixtures.products import Product

NEWS = [texts.messages.SESSION_BOOKED, texts.messages.SESSION_FILE]


def test_first_in_line_takes_a_freed_time_with_one_press(each_product: Product) -> None:
    product, waiting = each_product, each_product.actor("bo")
    a_time_comes_free(product)
    before = told(waiting)
    of_coach = told(product.coach)

    waiting.press_message(last_with(waiting, Action.TAKE_TIME), Action.TAKE_TIME)
    waiting.wait(text=texts.holds.TAKEN)
    product.deliver()

    assert before == [texts.holds.OFFERED]
    assert told(waiting) == [texts.holds.TAKEN, *NEWS]
    assert told(product.coach)[len(of_coach) :] == NEWS
    waiting.open("/support list", texts.sessions.SESSIONS_TITLE)
    assert texts.waiting.WAITING_FOR not in str(waiting.modal())


def test_who_and_where_open_on_a_press_and_can_be_taken_there(product: Product) -> None:
    waiting = product.actor("bo")
    a_time_comes_free(product)

    waiting.press_message(last_with(waiting, Action.OPEN_KEPT), Action.OPEN_KEPT)
    waiting.wait(title=texts.holds.KEPT_TITLE)
    shown = str(waiting.modal())
    waiting.press(Action.TAKE_TIME)
    waiting.wait(modal=texts.holds.TAKEN)

    assert ("Cleo" in shown, "Cleo" in str(waiting.messages())) == (True, False)


def test_no_thanks_frees_it_and_a_later_press_says_so(product: Product) -> None:
    waiting = product.actor("bo")
    a_time_comes_free(product)
    message = last_with(waiting, Action.REFUSE_TIME)
    waiting.press_message(message, Action.OPEN_KEPT)
    waiting.wait(title=texts.holds.KEPT_TITLE)

    waiting.press_message(message, Action.REFUSE_TIME)
    waiting.wait(text=texts.holds.REFUSED)
    waiting.press(Action.TAKE_TIME)
    waiting.wait(modal="You have said no to this time already.")

    assert texts.messages.SESSION_BOOKED not in told(waiting)


def test_a_hold_that_runs_out_says_so_and_a_press_in_the_old_message_too(product: Product) -> None:
    waiting = product.actor("bo")
    a_time_comes_free(product)
    message = last_with(waiting, Action.TAKE_TIME)

    product.advance(timedelta(hours=6))  # it is four in the morning for Bo: until nine
    waiting.press_message(message, Action.TAKE_TIME)
    waiting.wait(text="This time is no longer kept for you.")

    assert texts.holds.RUN_OUT in told(waiting)


def test_what_is_kept_stands_in_the_list_and_is_answered_there(product: Product) -> None:
    waiting = product.actor("bo")
    a_time_comes_free(product)

    waiting.slash("/support list")
    waiting.wait(modal=texts.holds.KEPT_FOR_YOU)
    waiting.press(Action.OPEN_KEPT)
    waiting.wait(title=texts.holds.KEPT_TITLE)
    waiting.press(Action.REFUSE_TIME)
    waiting.wait(modal=texts.holds.REFUSED)
    wait_until(lambda: texts.holds.KEPT_FOR_YOU not in str(waiting.modals()[0]))

    assert texts.waiting.WAITING_FOR in str(waiting.modals()[0])


def test_leaving_the_line_is_one_press_in_the_list(product: Product) -> None:
    waiting = product.actor("bo")
    one_hour_only(product)
    book(product, day=0)
    wait_in_line(waiting)

    waiting.slash("/support list")
    waiting.wait(modal=texts.waiting.WAITING_FOR)
    waiting.press(Action.LEAVE_WAITING)
    wait_until(lambda: texts.waiting.WAITING_FOR not in str(waiting.modal()))

    assert texts.sessions.NOTHING_AHEAD in str(waiting.modal())


def test_a_booking_form_that_offers_nothing_leads_to_the_line_with_what_was_chosen(product: Product) -> None:
    waiting = product.actor("bo")
    one_hour_only(product)
    book(product, day=0)
    waiting.open("/support book", texts.booking.BOOK_TITLE)
    waiting.choose(Field.STAFF, "cleo")

    waiting.press(Action.OPEN_WAITING)
    waiting.wait(modal=texts.waiting.HOW[:40])
    chosen = str(waiting.modal()["state"]["values"])
    outcome = waiting.submit()

    assert ("'value': 'cleo'" in chosen, outcome["errors"]) == (True, {})
    assert texts.waiting.JOINED[:40] in str(waiting.modal())


def test_where_times_are_free_there_is_nothing_to_wait_for(product: Product) -> None:
    waiting = product.actor("bo")
    waiting.open("/support list", texts.sessions.SESSIONS_TITLE)
    waiting.press(Action.OPEN_WAITING)
    waiting.wait(modal=texts.waiting.HOW[:40])

    free = waiting.submit()["errors"]
    waiting.fill(Field.FROM_DAY, "2027-01-16")
    waiting.fill(Field.UNTIL_DAY, "2027-01-12")
    wrong = waiting.submit()["errors"]
    waiting.fill(Field.UNTIL_DAY, "2027-01-17")
    at_the_weekend = waiting.submit()["errors"]

    assert list(free) == [Field.FROM_DAY]
    assert free[Field.FROM_DAY].startswith("There are free times on these days: Mon 11 Jan, 08:00 PST;")
    assert wrong == {Field.UNTIL_DAY: "Please choose a last day that is not before the first one."}
    assert at_the_weekend == {}


def test_kind_chosen_in_the_form_brings_its_people(product: Product) -> None:
    waiting = product.actor("bo")
    waiting.open("/support list", texts.sessions.SESSIONS_TITLE)
    waiting.press(Action.OPEN_WAITING)
    waiting.wait(modal=texts.waiting.HOW[:40])

    waiting.choose(Field.KIND, "community")

    assert list(waiting.options(Field.STAFF)) == ["anyone", "eli"]


def test_the_line_is_invisible_to_the_coach(product: Product) -> None:
    one_hour_only(product)
    book(product, day=0)
    wait_in_line(product.actor("bo"))
    before = len(product.coach.messages())
    product.advance(timedelta(minutes=1))

    product.coach.open("/support list", texts.sessions.SESSIONS_TITLE)

    shown = str(product.coach.modal())
    assert ("Bo" in shown, texts.waiting.WAITING_FOR in shown, len(product.coach.messages())) == (False, False, before)


@pytest.mark.parametrize("who", ["ada", "cleo"])
def test_nobody_presses_for_somebody_else(product: Product, who: str) -> None:
    a_time_comes_free(product)
    waiting, other = product.actor("bo"), product.actor(who)
    value = next(
        element["value"]
        for block in last_with(waiting, Action.TAKE_TIME)["blocks"]
        if block["type"] == "actions"
        for element in block["elements"]
        if element["action_id"] == Action.TAKE_TIME
    )
    payload = {
        "type": "block_actions",
        "team": {"id": "T1", "domain": "sandbox"},
        "user": {"id": other.id, "username": other.id, "name": other.id, "team_id": "T1"},
        "api_app_id": "A1",
        "token": "deprecated",
        "trigger_id": "1.1.made-up",
        "container": {"type": "message"},
        "actions": [{"type": "button", "action_id": Action.TAKE_TIME, "block_id": "answer", "value": value}],
    }

    product.workspace.deliver("interactive", payload)
    product.deliver()

    assert texts.messages.SESSION_BOOKED not in told(waiting)


def test_home_says_what_is_kept_until_it_is_let_go(product: Product) -> None:
    waiting = product.actor("bo")
    a_time_comes_free(product)
    waiting.open_home()
    waiting.wait(home=texts.holds.HOME_KEPT[:22])
    shown = str(waiting.home())

    product.clock.advance(timedelta(hours=20))
    product.tick("holds")

    wait_until(lambda: texts.holds.HOME_KEPT[:22] not in str(waiting.home()))
    assert "Cleo" not in shown


def test_open_home_says_no_more_that_a_time_is_kept_after_no_thanks(product: Product) -> None:
    waiting = product.actor("bo")
    a_time_comes_free(product)
    waiting.open_home()
    waiting.wait(home=texts.holds.HOME_KEPT[:22])

    waiting.press_message(last_with(waiting, Action.REFUSE_TIME), Action.REFUSE_TIME)

    wait_until(lambda: texts.holds.HOME_KEPT[:22] not in str(waiting.home()))


def take_back(product: Product) -> None:
    scholar = product.scholar
    scholar.press_message(last_with(scholar, Action.WITHDRAW_REQUEST), Action.WITHDRAW_REQUEST)


def decline(product: Product) -> None:
    open_request(product)
    product.coach.press(Action.OPEN_DECLINE)
    product.coach.wait(title=texts.holds.DECLINE_TITLE)
    assert product.coach.submit()["errors"] == {}


@pytest.mark.parametrize("answer", [take_back, decline])
def test_open_home_says_no_more_that_a_time_was_asked_for_once_it_is_answered(
    product: Product, answer: Callable[[Product], None]
) -> None:
    needs_approval(product)
    ask_for(product)
    product.scholar.open_home()
    product.scholar.wait(home=texts.holds.HOME_ASKED[:24])

    answer(product)

    wait_until(lambda: texts.holds.HOME_ASKED[:24] not in str(product.scholar.home()))


def test_open_home_shows_what_is_kept_once_the_message_has_come(each_product: Product) -> None:
    product, waiting = each_product, each_product.actor("bo")
    waiting.open_home()
    waiting.wait(home=texts.home.NOTHING)

    a_time_comes_free(product)

    waiting.wait(home=texts.holds.HOME_KEPT[:22])


def test_home_of_whoever_is_asked_says_nothing_and_the_scholars_leads_to_the_list(product: Product) -> None:
    needs_approval(product)
    ask_for(product)
    for actor in (product.scholar, product.coach):
        actor.open_home()
    product.scholar.wait(home=texts.holds.HOME_ASKED[:24])
    product.coach.wait(home=texts.home.TODAY)

    row = next(each for each in product.scholar.home()["blocks"] if texts.holds.HOME_ASKED[:24] in str(each))

    assert row["accessory"]["action_id"] == Action.OPEN_SESSIONS
    assert texts.holds.HOME_ASKED[:24] not in str(product.coach.home())
