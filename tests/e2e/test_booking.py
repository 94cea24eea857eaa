"""The main job through Slack's own protocol: book, be reminded, move, cancel; over Socket Mode and over signed HTTP."""

from datetime import timedelta

import pytest

from domain.kinds import COMMUNITY
from handlers import texts
from handlers.ids import Action, Field
from sandbox.client import Actor
from tests.acting.steps import book, cancel, fill_booking, move, open_details, open_move, propose, told
from tests.acting.teams import wait_until
from tests.fixtures.products import Product

WORDS = "Whether to apply for the extension."
NEWS = [texts.messages.SESSION_BOOKED, texts.messages.SESSION_FILE]


def test_booking_tells_both_once_and_opens_to_both(each_product: Product) -> None:
    product = each_product
    book(product, words=WORDS)

    open_details(product.scholar)
    open_details(product.coach)

    assert told(product.scholar) == told(product.coach) == NEWS
    assert WORDS in str(product.scholar.modal())
    assert WORDS in str(product.coach.modal())
    assert "*With:* Cleo" in str(product.scholar.modal())
    assert "*With:* Ada" in str(product.coach.modal())


def test_reminders_come_a_day_and_a_quarter_of_an_hour_ahead(product: Product) -> None:
    start = int(book(product))
    until = timedelta(seconds=start) - timedelta(seconds=product.clock.now().timestamp())

    product.advance(until - timedelta(hours=24, seconds=1))
    before = told(product.scholar)
    product.advance(timedelta(seconds=1))
    a_day_ahead = told(product.scholar)
    product.advance(timedelta(hours=23, minutes=45))
    product.advance(timedelta(days=3))

    assert before == NEWS
    assert a_day_ahead == [*NEWS, "In about a day"]
    reminded = [*NEWS, "In about a day", "In 15 minutes"]
    assert told(product.scholar) == told(product.coach) == [*reminded, texts.session_log.STILL_ASKED]


@pytest.mark.parametrize("who", ["ada", "cleo"])
def test_moving_by_either_side_tells_both_and_takes_the_reminders_along(product: Product, who: str) -> None:
    before = int(book(product))

    after = int(move(product, product.actor(who), reason="A meeting of my stream."))
    product.advance(timedelta(seconds=after - 1 - product.clock.now().timestamp()))

    assert after > before
    expected = [*NEWS, texts.messages.SESSION_MOVED, texts.messages.SESSION_FILE, texts.messages.SESSION_SOON]
    assert told(product.scholar) == told(product.coach) == expected
    for actor in (product.scholar, product.coach):
        (moved,) = [message for message in actor.messages() if texts.messages.SESSION_MOVED in str(message["text"])]
        assert all(f"<!date^{start}^" in str(moved["blocks"]) for start in (before, after))
    open_details(product.scholar)
    assert "A meeting of my stream." in str(product.scholar.modal())


@pytest.mark.parametrize("who", ["ada", "cleo"])
def test_canceling_by_either_side_tells_both_and_ends_the_reminders(product: Product, who: str) -> None:
    book(product)

    cancel(product, product.actor(who), reason="A cold.")
    product.advance(timedelta(days=3))

    assert (
        told(product.scholar)
        == told(product.coach)
        == [*NEWS, texts.messages.SESSION_CANCELED, texts.messages.SESSION_FILE]
    )
    open_details(product.scholar)
    assert texts.sessions.CANCELED_ALREADY in str(product.scholar.modal())
    assert "A cold." in str(product.scholar.modal())


def test_a_canceled_time_is_offered_again(product: Product) -> None:
    start = book(product)
    while_taken = _offered_on_wednesday(product.actor("bo"))

    cancel(product, product.scholar)
    afterwards = _offered_on_wednesday(product.actor("bo"))

    assert start not in while_taken
    assert start in afterwards


def test_the_community_manager_is_booked_by_kind(product: Product) -> None:
    book(product, kind=COMMUNITY, staff="")

    open_details(product.actor("eli"))

    assert texts.kinds.LABELS[COMMUNITY] in str(product.actor("eli").modal())
    assert told(product.coach) == []


def test_proposed_times_book_nothing_until_one_is_pressed(product: Product) -> None:
    manager, scholar = product.actor("eli"), product.scholar
    propose(product, manager, scholar)
    before = told(manager)

    message = scholar.messages()[-1]
    scholar.press_message(message, f"{Action.ACCEPT_TIME}:1")
    scholar.wait(text=texts.proposals.ACCEPTED)
    product.deliver()

    assert before == []
    assert told(manager) == NEWS
    assert texts.messages.SESSION_BOOKED in told(scholar)


def test_declined_times_book_nothing(product: Product) -> None:
    manager, scholar = product.actor("eli"), product.scholar
    propose(product, manager, scholar)

    scholar.press_message(scholar.messages()[-1], Action.DECLINE_TIMES)
    scholar.wait(text=texts.proposals.DECLINED)
    product.deliver()

    assert told(manager) == [texts.messages.TIMES_DECLINED]
    assert told(scholar) == [texts.proposals.DECLINED]
    manager.press_message(manager.messages()[-1], Action.OFFER_AGAIN)
    manager.wait(title=texts.proposals.PROPOSE_TITLE)
    assert manager.modal()["blocks"][0]["element"]["initial_user"] == scholar.id


def test_times_taken_back_cannot_be_accepted_and_the_scholar_hears_of_it(product: Product) -> None:
    coach, scholar = product.coach, product.scholar
    propose(product, coach, scholar, close=False)
    message = scholar.messages()[-1]

    coach.press(Action.WITHDRAW_TIMES)
    coach.wait(modal=texts.proposals.WITHDRAWN)
    product.deliver()
    scholar.press_message(message, f"{Action.ACCEPT_TIME}:0")
    scholar.wait(text="These times are no longer offered.")

    assert texts.messages.TIMES_WITHDRAWN in told(scholar)
    assert texts.messages.SESSION_BOOKED not in told(scholar)


def test_times_on_offer_stand_in_the_list_and_are_taken_back_from_there(product: Product) -> None:
    coach = product.coach
    propose(product, coach, product.scholar)

    coach.slash("/support list")
    coach.wait(modal=texts.proposals.ON_OFFER)
    shown = str(coach.modal())
    coach.press(Action.WITHDRAW_TIMES)
    wait_until(lambda: texts.proposals.ON_OFFER not in str(coach.modal()))

    assert "Ada" in shown
    assert texts.sessions.NOTHING_AHEAD in str(coach.modal())


def test_accepting_in_the_modal_books_too(product: Product) -> None:
    scholar = product.scholar
    propose(product, product.coach, scholar)
    scholar.press_message(scholar.messages()[-1], Action.OPEN_PROPOSAL)
    scholar.wait(modal="Cleo")

    scholar.press(f"{Action.ACCEPT_TIME}:0")
    scholar.wait(modal=texts.proposals.ACCEPTED)
    product.deliver()

    assert told(product.coach) == NEWS


def test_a_form_under_a_finished_one_shows_what_stands_now(product: Product) -> None:
    book(product)
    open_move(product.scholar)
    before = product.scholar.modals()[0]["hash"]

    product.scholar.submit()
    product.scholar.wait(modal=texts.sessions.MOVED)
    product.scholar.close()
    product.scholar.wait(hash=before)

    [details] = product.scholar.modals()
    assert details["title"]["text"] == texts.sessions.DETAILS_TITLE
    assert details["hash"] != before


def _offered_on_wednesday(actor: Actor) -> set[str]:
    fill_booking(actor, staff="cleo", day=0)
    actor.choose(Field.DAY, "2027-01-13")
    starts = set(actor.options(Field.START))
    actor.close(everything=True)
    return starts
