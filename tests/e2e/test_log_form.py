"""The form of the log, in the running product: what it takes, puts right, and tells at its field."""

from datetime import timedelta

import pytest
from sqlalchemy import select, update

from domain.booking import AlreadyCanceled, BookingStatus
from domain.session_log import AnsweredForGood, LoggedForGood
from handlers import texts
from handlers.ids import Action, Field
from handlers.ids.fields import day_field, pass_field
from sandbox.client import Actor
from storage.confidential.bookings import Booking
from storage.confidential.session_log import SessionLog, SessionRating
from storage.engine import table_of
from tests.acting.afterwards import LENGTH, filled, let_end, open_log, open_rating, save_log, versions
from tests.acting.moments import errors_of, fill_moment, moment_in
from tests.acting.steps import book, last_with, open_details, submission
from tests.fixtures.desks import LONDON
from tests.fixtures.products import Product

STEP = "One page by Friday, however bad."


def fields(actor: Actor) -> list[str]:
    """The inputs of the topmost modal."""
    return [block["block_id"].partition(":")[0] for block in actor.modal()["blocks"] if block["type"] == "input"]


def test_form_follows_what_is_chosen_and_keeps_what_was_written(product: Product) -> None:
    coach = product.coach
    let_end(product, book(product))
    open_log(coach)
    began = moment_in(coach, Field.BEGAN)
    coach.fill(Field.NEXT_STEP, STEP)

    coach.choose(Field.OUTCOME, "no_show")
    without = fields(coach)
    coach.choose(Field.OUTCOME, "happened")

    assert without == [Field.OUTCOME, Field.NEXT_STEP]
    times = [day_field(Field.BEGAN), Field.BEGAN, Field.ENDED]
    assert fields(coach) == [Field.OUTCOME, *times, Field.FOCUS, Field.NEXT_STEP]
    assert moment_in(coach, Field.BEGAN) == began
    save_log(product, coach)
    open_log(coach)
    assert filled(coach, Field.NEXT_STEP) == STEP


def test_old_message_opens_the_log_to_be_put_right_and_says_so(product: Product) -> None:
    coach = product.coach
    let_end(product, book(product))
    open_log(coach)
    save_log(product, coach, **{Field.NEXT_STEP: STEP})

    open_log(coach)
    shown = str(coach.modal()["blocks"])
    save_log(product, coach, **{Field.NEXT_STEP: "Two pages."})

    assert texts.session_log.LOGGED_BEFORE in shown
    assert STEP in shown
    assert versions(product) == 2
    open_details(product.scholar)
    assert "Two pages." in str(product.scholar.modal())
    assert STEP not in str(product.scholar.modal())


def test_old_messages_say_when_it_is_too_late(product: Product) -> None:
    scholar, coach = product.scholar, product.coach
    let_end(product, book(product))
    product.advance(timedelta(days=14))

    coach.press_message(last_with(coach, Action.OPEN_LOG), Action.OPEN_LOG)
    coach.wait(text=LoggedForGood().message)
    scholar.press_message(last_with(scholar, Action.OPEN_RATING), Action.OPEN_RATING)
    scholar.wait(text=AnsweredForGood().message)

    assert (coach.modals(), scholar.modals()) == ([], [])


@pytest.mark.parametrize(
    ("began", "field", "says"),
    [
        ("2027-02-01 10:00", Field.ENDED, "still to come"),
        ("2026-12-01 10:00", Field.BEGAN, "more than a day before"),
        ("2026-03-29 01:30", Field.BEGAN, "There is no 01:30"),
    ],
)
def test_times_that_cannot_be_are_told_at_their_field_and_nothing_is_lost(
    product: Product, began: str, field: Field, says: str
) -> None:
    coach = product.coach
    product.change_account("cleo", tz=LONDON)
    let_end(product, book(product))
    open_log(coach)
    coach.fill(Field.NEXT_STEP, STEP)
    right = moment_in(coach, Field.BEGAN)

    fill_moment(coach, Field.BEGAN, began)
    errors = errors_of(coach)
    fill_moment(coach, Field.BEGAN, right)
    save_log(product, coach)

    assert list(errors) == [field]
    assert says in errors[field]
    open_details(coach)
    assert STEP in str(coach.modal())


def test_an_end_that_is_no_later_than_the_beginning_is_told_at_its_field(product: Product) -> None:
    coach = product.coach
    let_end(product, book(product))
    open_log(coach)

    coach.fill(Field.ENDED, moment_in(coach, Field.BEGAN).split()[1])

    assert {field: "after the start" in said for field, said in errors_of(coach).items()} == {Field.ENDED: True}


def test_a_time_that_happens_twice_is_asked_about_and_everything_filled_in_stays(product: Product) -> None:
    coach = product.coach
    product.change_account("cleo", tz=LONDON)
    let_end(product, book(product))
    open_log(coach)
    coach.fill(Field.NEXT_STEP, STEP)
    fill_moment(coach, Field.BEGAN, "2026-10-25 01:30")
    coach.fill(Field.ENDED, "02:15")

    assert coach.submit()["errors"] == {}

    which = next(block for block in coach.modal()["blocks"] if block["block_id"] == pass_field(Field.BEGAN))
    assert [option["text"]["text"] for option in which["element"]["options"]] == ["The first (BST)", "The second (GMT)"]
    assert "happens twice on Sun 25 Oct 2026 in Europe/London" in which["hint"]["text"]
    values = coach.modal()["state"]["values"]
    assert values[Field.NEXT_STEP][Field.VALUE]["value"] == STEP
    assert values[day_field(Field.BEGAN)][Field.VALUE]["selected_date"] == "2026-10-25"
    coach.fill(pass_field(Field.BEGAN), "second")
    assert errors_of(coach)[Field.BEGAN].startswith("That is more than a day before")


def test_times_are_read_in_the_zone_the_form_was_opened_in(product: Product) -> None:
    start = book(product)
    product.change_account("cleo", tz=LONDON)
    let_end(product, start)
    open_log(product.coach)

    product.change_account("cleo", tz="Asia/Tokyo")
    save_log(product, product.coach)

    with product.stores.confidential.read() as connection:
        table = table_of(SessionLog)
        logged = connection.execute(select(table.c.started_at, table.c.ended_at)).one()
    assert tuple(logged) == (int(start), int(start) + int(LENGTH.total_seconds()))


def test_form_that_is_open_while_the_session_is_canceled_says_so(product: Product) -> None:
    let_end(product, book(product))
    open_log(product.coach)
    open_rating(product.scholar)
    product.scholar.fill(Field.SCORE, "4")
    with product.stores.confidential.write() as connection:
        connection.execute(update(table_of(Booking)).values(status=BookingStatus.CANCELED.value))

    refused = [list(actor.submit()["errors"].values()) for actor in (product.coach, product.scholar)]

    assert refused == [[AlreadyCanceled().message]] * 2
    assert (versions(product), versions(product, SessionRating)) == (0, 0)


def test_form_that_slack_delivers_again_is_kept_once(product: Product) -> None:
    let_end(product, book(product))
    open_log(product.coach)
    payload = submission(product.coach)

    for _ in range(2):
        product.workspace.deliver("interactive", payload)

    assert versions(product) == 1


def test_form_sent_before_it_followed_the_choice_is_shown_with_the_times_first(product: Product) -> None:
    coach = product.coach
    let_end(product, book(product))
    open_log(coach)
    coach.choose(Field.OUTCOME, "no_show")
    payload = submission(coach)
    payload["view"]["state"]["values"][Field.OUTCOME][Action.CHOOSE_OUTCOME]["selected_option"]["value"] = "happened"

    answer = product.workspace.deliver("interactive", payload)["body"]

    assert answer["response_action"] == "update"
    assert day_field(Field.BEGAN) in [block.get("block_id") for block in answer["view"]["blocks"]]
    assert versions(product) == 0
