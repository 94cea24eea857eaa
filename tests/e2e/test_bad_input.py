"""Input that cannot be served as the person meets it: a sentence where they look, and nothing lost or done by half."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from domain.booking import WORDS_MAX
from handlers import texts
from handlers.ids import Action, Field, Modal
from services.proposals.answer import AnsweredAlready, NoLongerOpen
from storage.confidential.bookings import Booking
from storage.engine import table_of
from tests.acting.steps import (
    book,
    cancel,
    element_of,
    fill_booking,
    last_with,
    leave_roster,
    open_cancel,
    open_dates,
    open_details,
    open_move,
    open_week,
    propose,
    submission,
    told,
)
from tests.fixtures.products import Product

GONE = "That time has just been taken"
OVER = "This session has been canceled already, so nothing more is needed. Type /support to see what is ahead."


def test_a_vanished_slot_is_told_at_the_field_and_the_form_can_be_corrected(product: Product) -> None:
    scholar, rival = product.scholar, product.actor("bo")
    for actor in (scholar, rival):
        fill_booking(actor, staff="cleo", words=f"Words of {actor.id}.")
    scholar.submit()

    [sentence] = rival.submit()["errors"].values()
    words = rival.modal()["state"]["values"][Field.WORDS]
    rival.fill(Field.START, list(rival.options(Field.START))[3])
    corrected = rival.submit()
    product.deliver()

    assert sentence.startswith(GONE)
    assert "Next free: Wed 13 Jan, 08:00 PST; Thu 14 Jan, 07:00, 07:30 PST." in sentence
    assert words == {Field.VALUE: {"type": "plain_text_input", "value": "Words of UBO."}}
    assert corrected["errors"] == {}
    assert bookings(product) == 2


def test_a_canceled_session_pressed_in_an_old_message_says_that_it_is_canceled(product: Product) -> None:
    book(product)
    old = last_with(product.scholar, Action.OPEN_DETAILS)
    cancel(product, product.coach, reason="A cold.")

    open_details(product.scholar, old)

    assert texts.sessions.CANCELED_ALREADY in str(product.scholar.modal())
    assert Action.OPEN_MOVE not in str(product.scholar.modal())


@pytest.mark.parametrize("action", [Action.OPEN_MOVE, Action.OPEN_CANCEL])
def test_a_session_canceled_under_open_details_is_told_over_them(product: Product, action: Action) -> None:
    book(product)
    open_details(product.scholar)
    cancel(product, product.coach)

    product.scholar.press(action)
    product.scholar.wait(modal=OVER)

    assert [view["callback_id"] for view in product.scholar.modals()] == [Modal.DETAILS, Modal.NOTICE]


def test_a_coach_who_left_while_the_form_was_open_is_told_at_the_field(product: Product) -> None:
    fill_booking(product.scholar, staff="cleo")
    leave_roster(product, "cleo")

    outcome = product.scholar.submit()

    assert outcome["errors"] == {
        "staff:coaching": "They do not take sessions just now. Please choose somebody else.",
    }
    assert bookings(product) == 0


def test_a_coach_deactivated_while_the_form_was_open_is_told_at_the_field(product: Product) -> None:
    fill_booking(product.scholar, staff="cleo")
    product.change_account("cleo", deleted=True)

    outcome = product.scholar.submit()

    assert list(outcome["errors"]) == ["staff:coaching"]
    assert bookings(product) == 0


def test_with_anyone_a_coach_who_left_is_replaced_by_another(product: Product) -> None:
    fill_booking(product.scholar)
    leave_roster(product, "cleo")

    outcome = product.scholar.submit()
    product.deliver()

    assert outcome["errors"] == {}
    assert told(product.actor("dev")) == [texts.messages.SESSION_BOOKED, texts.messages.SESSION_FILE]


@pytest.mark.parametrize(
    ("waited", "sentence"),
    [
        (timedelta(hours=1, minutes=30), "at least 4 hours"),
        (timedelta(hours=2, minutes=59), "at least 4 hours"),
    ],
)
def test_a_time_that_came_too_close_while_the_form_was_open_is_told(
    product: Product, waited: timedelta, sentence: str
) -> None:
    fill_booking(product.scholar, staff="cleo", day=0)
    product.advance(waited)

    [told_at] = product.scholar.submit()["errors"].items()

    assert told_at[0].startswith("start:")
    assert sentence in told_at[1]
    assert bookings(product) == 0


@pytest.mark.parametrize(
    ("shift", "sentence"),
    [
        (-timedelta(days=9), "That time has passed."),
        (timedelta(days=364), "28 days"),
        (timedelta(minutes=7), "not"),
    ],
)
def test_a_start_that_was_never_offered_is_refused_at_the_field(
    product: Product, shift: timedelta, sentence: str
) -> None:
    start = fill_booking(product.scholar, staff="cleo")
    payload = submission(product.scholar)
    element_of(payload, Field.START)["selected_option"]["value"] = str(int(start) + int(shift.total_seconds()))

    body = product.workspace.deliver("interactive", payload)["body"]

    [told_at] = body["errors"].items()
    assert told_at[0].startswith("start:")
    assert sentence in told_at[1]
    assert bookings(product) == 0


def test_words_over_the_limit_are_refused_at_the_field_and_not_cut(product: Product) -> None:
    fill_booking(product.scholar, words="x")
    payload = submission(product.scholar)
    element_of(payload, Field.WORDS)["value"] = "x" * (WORDS_MAX + 5)

    body = product.workspace.deliver("interactive", payload)["body"]

    assert body["errors"] == {Field.WORDS: f"Please shorten this by 5 characters: {WORDS_MAX} fit here."}
    assert bookings(product) == 0


@pytest.mark.parametrize("line", ["/support boook", "/support 42", "/officehours now"])
def test_an_unknown_subcommand_says_where_the_help_is(product: Product, line: str) -> None:
    product.scholar.slash(line)

    [answer] = product.scholar.messages()
    assert answer["is_ephemeral"]
    assert answer["text"] == texts.helping.UNKNOWN


@pytest.mark.parametrize("times", [1, 2])
def test_a_redelivered_submission_books_once_and_answers_the_same(each_product: Product, times: int) -> None:
    product = each_product
    fill_booking(product.scholar)
    product.scholar.submit()

    answers = [product.workspace.redeliver() for _ in range(times)]
    product.deliver()

    assert [answer["body"]["view"]["title"]["text"] for answer in answers] == [texts.booking.BOOKED_TITLE] * times
    assert bookings(product) == 1
    assert told(product.scholar) == [texts.messages.SESSION_BOOKED, texts.messages.SESSION_FILE]


def test_a_redelivered_form_that_was_refused_is_judged_anew(product: Product) -> None:
    scholar, rival = product.scholar, product.actor("bo")
    for actor in (scholar, rival):
        fill_booking(actor, staff="cleo")
    scholar.submit()
    rival.submit()
    cancel_latest(product)

    product.workspace.deliver("interactive", submission(rival))

    assert bookings(product) == 2


def test_a_second_press_on_accepted_times_says_so(product: Product) -> None:
    scholar = product.scholar
    propose(product, product.coach, scholar)
    offer = scholar.messages()[-1]
    scholar.press_message(offer, f"{Action.ACCEPT_TIME}:0")
    product.workspace.redeliver()
    scholar.wait(text=texts.proposals.ACCEPTED)

    payload = product.workspace.deliveries("interactive")[-1]["payload"]
    product.workspace.deliver("interactive", payload | {"trigger_id": "1.1.another-press"})
    scholar.wait(text=AnsweredAlready().message)

    assert bookings(product) == 1


@pytest.mark.parametrize("action", [f"{Action.ACCEPT_TIME}:0", Action.DECLINE_TIMES, Action.OPEN_PROPOSAL], ids=str)
def test_a_press_on_times_that_were_taken_back_says_so_in_place_of_the_buttons(product: Product, action: str) -> None:
    scholar = product.scholar
    propose(product, product.coach, scholar, close=False)
    offer = last_with(scholar, Action.DECLINE_TIMES)
    product.coach.press(Action.WITHDRAW_TIMES)
    product.coach.wait(modal=texts.proposals.WITHDRAWN)

    scholar.press_message(offer, action)
    scholar.wait(text=NoLongerOpen().message)

    assert Action.DECLINE_TIMES not in str(scholar.messages())
    assert scholar.modals() == []


def test_a_closed_form_books_nothing(product: Product) -> None:
    fill_booking(product.scholar)

    product.scholar.close(everything=True)
    product.deliver()

    assert bookings(product) == 0
    assert told(product.scholar) == []


def test_of_two_who_cancel_at_once_the_second_hears_that_it_is_done(product: Product) -> None:
    book(product)
    for actor in (product.scholar, product.coach):
        open_cancel(actor, reason="Something came up.")
    product.scholar.submit()

    outcome = product.coach.submit()
    product.deliver()

    assert outcome["errors"] == {Field.REASON: OVER}
    assert told(product.coach).count(texts.messages.SESSION_CANCELED) == 1


def test_a_session_moved_on_another_device_is_not_moved_from_the_old_form(product: Product) -> None:
    book(product)
    open_move(product.coach, to=3)
    open_move(product.scholar)
    product.scholar.submit()

    [sentence] = product.coach.submit()["errors"].values()

    assert sentence == "This session was changed a moment ago. Type /support to see how it stands now."


def test_a_scholar_cannot_cancel_within_the_notice_but_the_coach_can(product: Product) -> None:
    start = int(book(product))
    product.advance(timedelta(seconds=start - 59 * 60 - product.clock.now().timestamp()))
    open_details(product.scholar)

    cancel(product, product.coach, reason="A cold.")

    assert Action.OPEN_CANCEL not in str(product.scholar.modal())
    assert told(product.scholar)[-2:] == [texts.messages.SESSION_CANCELED, texts.messages.SESSION_FILE]


@pytest.mark.parametrize(
    ("field", "written", "sentence"),
    [
        ("monday", "17:00-9:00", "end before they start"),
        ("tuesday", "nine to five", "9:00-12:00"),
        ("wednesday", "9:00-9:30", "Sessions take 45 minutes; these hours are shorter."),
        (Field.ZONE, "Europe/Atlantis", "zone"),
        (Field.OVERRIDES, "2027-02-30: off", "Line 1: There is no such date."),
    ],
)
def test_hours_that_cannot_be_read_are_told_at_their_field(
    product: Product, field: str, written: str, sentence: str
) -> None:
    (open_dates if field == Field.OVERRIDES else open_week)(product.coach)
    product.coach.fill(field, written)

    outcome = product.coach.submit()

    assert list(outcome["errors"]) == [field]
    assert sentence in outcome["errors"][field]


def bookings(product: Product) -> int:
    table = table_of(Booking)
    with product.stores.confidential.read() as connection:
        return int(connection.execute(select(func.count()).select_from(table)).scalar_one())


def cancel_latest(product: Product) -> None:
    product.scholar.close(everything=True)
    product.deliver()
    cancel(product, product.scholar)
