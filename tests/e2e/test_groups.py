"""A session of several through Slack's own protocol: set up, take a seat, wait, give back, move, cancel."""

from datetime import timedelta

import pytest

from domain.groups import Standing
from handlers import texts
from handlers.ids import Action, Field
from services.booking.book import book_session
from services.booking.change import cancel_session
from services.groups.look import groups_for
from services.groups.seats import wait_in_line
from tests.acting.groups import fill_group, press_in_list, set_up, submit, take
from tests.acting.moments import errors_of, fill_moment
from tests.acting.steps import book, last_with, open_details, told
from tests.builders.bookings import a_cancellation, a_wish
from tests.builders.people import put_person
from tests.fixtures.products import Product
from tests.looking.invariants import broken_invariants

NEWS = [texts.messages.SESSION_BOOKED, texts.messages.SESSION_FILE]


def test_seat_is_taken_told_and_shown_to_hosts_alone(each_product: Product) -> None:
    product = each_product
    set_up(product, product.coach, cohost=product.actor("eli"))
    take(product, product.scholar)
    take(product, product.actor("bo"))

    for who in ("ada", "bo", "cleo", "eli"):
        open_details(product.actor(who))

    assert [told(product.actor(who)) for who in ("ada", "bo", "cleo", "eli")] == [NEWS] * 4
    for who in ("cleo", "eli"):
        assert "*Who has a seat:* Ada, Bo" in str(product.actor(who).modal())
    for who, other in (("ada", "Bo"), ("bo", "Ada")):
        shown = str(product.actor(who).modal())
        assert ("Writing together" in shown, "*Held by:* Cleo, Eli" in shown, other in shown) == (True, True, False)
    assert broken_invariants(product.stores.confidential) == []


def test_messages_of_a_seat_are_those_of_any_session(product: Product) -> None:
    set_up(product, product.coach)
    take(product, product.actor("bo"))
    book(product, product.scholar, staff="dev")

    of_seat = last_with(product.actor("bo"), Action.OPEN_DETAILS)
    of_two = last_with(product.scholar, Action.OPEN_DETAILS)

    assert str(of_seat["text"]).partition(":")[0] == str(of_two["text"]).partition(":")[0]
    assert [block["type"] for block in of_seat["blocks"]] == [block["type"] for block in of_two["blocks"]]
    assert [each["action_id"] for each in of_seat["blocks"][1]["elements"]] == [
        each["action_id"] for each in of_two["blocks"][1]["elements"]
    ]


def test_full_session_lets_wait_and_a_seat_given_back_goes_to_the_first(product: Product) -> None:
    put_person(product.stores.program, "zoe")
    product.workspace.join(id="UZOE", name="zoe", real_name="Zoe", email="zoe@example.org", tz="Europe/London")
    product.workspace.invite(product.workspace.channel_id("general"), "UZOE")
    zoe = product.actor("zoe")
    set_up(product, product.coach)
    take(product, product.scholar)
    take(product, product.actor("bo"))
    press_in_list(product, zoe, Action.WAIT_FOR_SEAT, texts.groups.WAITING)
    before = told(zoe)

    open_details(product.scholar)
    product.scholar.press(Action.GIVE_BACK_SEAT)
    product.scholar.wait(modal=texts.groups.GIVEN_BACK)
    product.deliver()
    open_details(zoe)

    assert before == []
    assert told(zoe) == NEWS
    assert texts.groups.GIVE_BACK in str(zoe.modal())
    assert told(product.scholar) == [*NEWS, texts.messages.SESSION_CANCELED, texts.messages.SESSION_FILE]
    assert broken_invariants(product.stores.confidential) == []


def test_whoever_was_busy_gets_the_free_seat_once_they_are_free(product: Product) -> None:
    support, people = product.runtime.desk.support, product.runtime.desk.people
    zoe = people.person(put_person(product.stores.program, "zoe"))
    assert zoe is not None
    set_up(product, product.coach, start="2027-01-13 02:00")
    take(product, product.scholar)
    take(product, product.actor("bo"))
    (line,) = groups_for(support, zoe)
    wait_in_line(support, zoe, line.ref, request_key="wait")
    booked = book_session(support, zoe, a_wish("2027-01-13T10:00Z", staff="dev")).booked
    give_back_from_message(product)
    cancel_session(support, zoe, a_cancellation(booked.scholar_ref))
    before = groups_for(support, zoe)[0].standing

    product.advance(timedelta(minutes=1))

    assert (before, groups_for(support, zoe)[0].standing) == (Standing.WAITING, Standing.SEATED)


def give_back_from_message(product: Product) -> None:
    """Ada gives the seat back, from the message that told of it."""
    open_details(product.scholar)
    product.scholar.press(Action.GIVE_BACK_SEAT)
    product.scholar.wait(modal=texts.groups.GIVEN_BACK)


def test_leaving_the_line_is_one_press_and_the_list_says_so(product: Product) -> None:
    set_up(product, product.coach)
    take(product, product.scholar)
    put_person(product.stores.program, "lu")
    product.workspace.join(id="ULU", name="lu", real_name="Lu", email="lu@example.org", tz="Europe/London")
    product.workspace.invite(product.workspace.channel_id("general"), "ULU")
    lu = product.actor("lu")
    take(product, product.actor("bo"))
    press_in_list(product, lu, Action.WAIT_FOR_SEAT, texts.groups.WAITING)

    press_in_list(product, lu, Action.LEAVE_SEAT_LINE, texts.groups.LEFT)

    lu.open("/support groups", texts.groups.TITLE)
    assert texts.groups.FULL in str(lu.modal())


def test_press_on_a_list_that_is_out_of_date_shows_what_stands_now(product: Product) -> None:
    set_up(product, product.coach, seats=2)
    bo = product.actor("bo")
    bo.open("/support groups", texts.groups.TITLE)
    take(product, product.scholar)
    bo.press(Action.TAKE_SEAT)
    bo.wait(modal=texts.groups.TAKEN)
    bo.close(everything=True)
    bo.open("/support groups", texts.groups.TITLE)
    bo.press(Action.OPEN_DETAILS)
    bo.wait(title=texts.sessions.DETAILS_TITLE)
    bo.press(Action.GIVE_BACK_SEAT)
    bo.wait(modal=texts.groups.GIVEN_BACK)
    bo.press(Action.TAKE_SEAT)
    bo.wait(modal=texts.groups.TAKEN)

    assert broken_invariants(product.stores.confidential) == []


def test_reminders_come_and_home_shows_the_seat_without_a_word_about_it(product: Product) -> None:
    set_up(product, product.coach)
    take(product, product.scholar)
    product.scholar.open_home()
    product.scholar.wait(home="date^1799877600^")

    product.advance(timedelta(days=1, hours=10))
    product.advance(timedelta(hours=23, minutes=45))

    assert told(product.scholar) == told(product.coach) == [*NEWS, "In about a day", "In 15 minutes"]
    # The ways at its foot are the same for every scholar, and say nothing of anybody's sessions.
    told_at_home = [block for block in product.scholar.home()["blocks"] if block.get("block_id") != "home.ways"]
    assert [word for word in ("Writing", "Cleo", "Group") if word in str(told_at_home)] == []


def test_moving_and_canceling_tell_everybody_with_a_seat(product: Product) -> None:
    set_up(product, product.coach)
    take(product, product.scholar)
    coach = product.coach
    open_details(coach)
    coach.press(Action.OPEN_GROUP_MOVE)
    coach.wait(title=texts.groups.MOVE_TITLE)
    fill_moment(coach, Field.START, "2027-01-14 10:00")
    coach.fill(Field.REASON, "A clash.")
    submit(coach)
    coach.wait(modal=texts.groups.MOVED)
    coach.close(everything=True)
    product.deliver()
    open_details(coach)
    coach.press(Action.OPEN_GROUP_CANCEL)
    coach.wait(modal=texts.groups.CANCEL_ASK)
    submit(coach)
    coach.wait(modal=texts.groups.CANCELED)
    product.deliver()

    news = [*NEWS, texts.messages.SESSION_MOVED, texts.messages.SESSION_FILE]
    assert told(product.scholar) == told(coach) == [*news, texts.messages.SESSION_CANCELED, texts.messages.SESSION_FILE]
    product.scholar.press_message(last_with(product.scholar, Action.OPEN_BOOKING), Action.OPEN_BOOKING)
    product.scholar.wait(title=texts.booking.BOOK_TITLE)


def test_seats_are_changed_and_never_below_what_is_taken(product: Product) -> None:
    set_up(product, product.coach, seats=3)
    for who in ("ada", "bo"):
        take(product, product.actor(who))
    put_person(product.stores.program, "lu")
    open_details(product.coach)
    product.coach.press(Action.OPEN_GROUP_SEATS)
    product.coach.wait(title=texts.groups.SEATS_TITLE)
    product.coach.fill(Field.SEATS, "1")
    refused = product.coach.submit()
    product.coach.fill(Field.SEATS, "2")
    submit(product.coach)
    product.coach.wait(modal=texts.groups.SEATS_SAVED)

    assert list(refused["errors"].values()) == ["Please write a number of seats from 2 to 50."]
    assert "Seats: 2 of 2 taken." in str(product.coach.modal())


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        (Field.START, "2027-01-10 10:00", "That time has passed."),
        (Field.START, "2027-03-14 02:30", "There is no 02:30"),
        (Field.SEATS, "0", "from 2 to 50"),
        (Field.COHOST, "UADA", "I cannot ask this person"),
    ],
)
def test_bad_input_is_told_at_its_field_and_nothing_is_lost(
    product: Product, field: Field, value: str, sentence: str
) -> None:
    coach = product.coach
    fill_group(coach)
    fill_moment(coach, field, value) if field == Field.START else coach.fill(field, value)

    refused = errors_of(coach)

    assert [(at, sentence in said) for at, said in refused.items()] == [(field, True)]
    right = {Field.START: "2027-01-13 14:00", Field.SEATS: "2", Field.COHOST: "UDEV"}[field]
    fill_moment(coach, field, right) if field == Field.START else coach.fill(field, right)
    submit(coach)
    coach.wait(modal=texts.groups.SET_UP)


def test_list_of_what_is_ahead_holds_seats_and_hosted_sessions(product: Product) -> None:
    set_up(product, product.coach)
    take(product, product.scholar)

    product.scholar.open("/support list", texts.sessions.SESSIONS_TITLE)
    product.coach.open("/support list", texts.sessions.SESSIONS_TITLE)

    assert "*Writing together*\\n*Group session* with Cleo" in str(product.scholar.modal())
    assert "*Writing together*\\n*Group session* with several scholars" in str(product.coach.modal())
    product.scholar.press(Action.OPEN_DETAILS)
    product.scholar.wait(title=texts.sessions.DETAILS_TITLE)
    product.scholar.press(Action.GIVE_BACK_SEAT)
    product.scholar.wait(modal=texts.groups.GIVEN_BACK)
    product.scholar.close()
    product.scholar.wait(modal=texts.sessions.NOTHING_AHEAD)


def test_who_waits_in_line_hears_of_a_move_and_that_it_is_off_in_neutral_words(each_product: Product) -> None:
    product = each_product
    put_person(product.stores.program, "zoe")
    product.workspace.join(id="UZOE", name="zoe", real_name="Zoe", email="zoe@example.org", tz="Europe/London")
    product.workspace.invite(product.workspace.channel_id("general"), "UZOE")
    zoe, coach = product.actor("zoe"), product.coach
    set_up(product, coach)
    for who in ("ada", "bo"):
        take(product, product.actor(who))
    press_in_list(product, zoe, Action.WAIT_FOR_SEAT, texts.groups.WAITING)
    open_details(coach)
    coach.press(Action.OPEN_GROUP_MOVE)
    coach.wait(title=texts.groups.MOVE_TITLE)
    fill_moment(coach, Field.START, "2027-01-14 10:00")
    submit(coach)
    coach.wait(modal=texts.groups.MOVED)
    coach.close(everything=True)
    product.deliver()
    open_details(zoe)
    shown = str(zoe.modal())
    zoe.close(everything=True)
    open_details(coach)
    coach.press(Action.OPEN_GROUP_CANCEL)
    coach.wait(modal=texts.groups.CANCEL_ASK)
    submit(coach)
    coach.wait(modal=texts.groups.CANCELED)
    product.deliver()

    assert told(zoe) == [texts.messages.WAIT_MOVED, texts.messages.WAIT_OFF]
    assert (texts.groups.PLACE_IN_LINE.format(number=1) in shown, texts.groups.LEAVE in shown) == (True, True)
    said = str([(message["text"], message.get("blocks")) for message in zoe.messages()])
    assert [word for word in ("riting", "Cleo", "roup", "4.12", "seat") if word in said] == []
