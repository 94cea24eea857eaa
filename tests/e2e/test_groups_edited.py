"""A session of several is edited in the workspace: what its people see of it, and what is refused."""

import pytest

from domain.booking import AlreadyCanceled
from handlers import texts
from handlers.ids import Action, Field
from sandbox.client import Actor
from tests.acting.groups import set_up, submit, take
from tests.acting.steps import last_with, open_details, told
from tests.fixtures.products import Product
from tests.looking.invariants import broken_invariants

NEWS = [texts.messages.SESSION_BOOKED, texts.messages.SESSION_FILE]


def open_edit(host: Actor) -> None:
    """From the message that told of it to the form."""
    open_details(host)
    host.press(Action.OPEN_GROUP_EDIT)
    host.wait(modal=texts.groups.EDIT_TELLS)


def in_form(actor: Actor) -> dict[str, str | None]:
    """What stands in the fields to type into."""
    values = actor.modal()["state"]["values"]
    return {field: values[field][Field.VALUE]["value"] for field in (Field.TITLE, Field.ABOUT, Field.PLACE)}


def test_edited_words_and_place_are_there_for_who_has_a_seat_and_a_message_tells_neither(each_product: Product) -> None:
    product = each_product
    set_up(product, product.coach, cohost=product.actor("eli"))
    take(product, product.scholar)
    coach = product.coach
    open_edit(coach)
    before = in_form(coach), coach.modal()["state"]["values"][Field.COHOST][Field.VALUE]["selected_user"]
    coach.fill(Field.TITLE, "Reading together")
    coach.fill(Field.PLACE, "room: 5.20")
    submit(coach)
    coach.wait(modal=texts.groups.EDITED)
    product.deliver()

    open_details(product.scholar)

    assert before == (
        {Field.TITLE: "Writing together", Field.ABOUT: "Bring a page.", Field.PLACE: "room: 4.12"},
        product.actor("eli").id,
    )
    for word in ("Reading together", "Bring a page.", "Room 5.20"):
        assert word in str(product.scholar.modal())
    assert told(product.scholar) == told(product.actor("eli")) == [*NEWS, texts.messages.SESSION_CHANGED]
    assert told(coach) == NEWS
    last = last_with(product.scholar, Action.OPEN_DETAILS)
    said = str([last["text"], last["blocks"]])  # when it was sent may have the digits of the room
    assert [word for word in ("5.20", "eading", "Cleo", "roup", "lace", "seat") if word in said] == []


def test_second_of_two_hosts_who_edit_reads_what_stands_and_loses_nothing(product: Product) -> None:
    first, second = product.coach, product.actor("eli")
    set_up(product, first, cohost=second)
    for host in (first, second):
        open_edit(host)
    first.fill(Field.TITLE, "Reading together")
    submit(first)
    first.wait(modal=texts.groups.EDITED)
    second.fill(Field.TITLE, "Drawing together")
    second.fill(Field.ABOUT, "Bring a pencil.")
    second.fill(Field.PLACE, "room: 5.20")

    second.submit()
    second.wait(modal=texts.groups.CHANGED_MEANWHILE)
    shown, kept = str(second.modal()["blocks"][:3]), in_form(second)
    submit(second)
    second.wait(modal=texts.groups.EDITED)

    assert "*Reading together*" in shown
    assert kept == {Field.TITLE: "Drawing together", Field.ABOUT: "Bring a pencil.", Field.PLACE: "room: 5.20"}
    assert "Drawing together" in str(second.modal())
    assert broken_invariants(product.stores.confidential) == []


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        (Field.TITLE, " ", "Please give it a name."),
        (Field.PLACE, "link: nowhere", "Please write the whole link"),
        (Field.COHOST, "UADA", "I cannot ask this person"),
    ],
)
def test_bad_edit_is_told_at_its_field_and_nothing_is_lost(
    product: Product, field: Field, value: str, sentence: str
) -> None:
    coach = product.coach
    set_up(product, coach)
    open_edit(coach)
    coach.fill(Field.ABOUT, "Bring a pencil.")
    coach.fill(field, value)

    refused = coach.submit()

    assert [(at, sentence in said) for at, said in refused["errors"].items()] == [(field, True)]
    assert in_form(coach)[Field.ABOUT] == "Bring a pencil."
    coach.fill(field, {Field.TITLE: "Reading", Field.PLACE: "room: 5.20", Field.COHOST: "UDEV"}[field])
    submit(coach)
    coach.wait(modal=texts.groups.EDITED)


def test_edit_of_a_session_that_was_called_off_meanwhile_says_so(product: Product) -> None:
    first, second = product.coach, product.actor("eli")
    set_up(product, first, cohost=second)
    open_edit(second)
    open_details(first)
    first.press(Action.OPEN_GROUP_CANCEL)
    first.wait(modal=texts.groups.CANCEL_ASK)
    submit(first)
    first.wait(modal=texts.groups.CANCELED)

    refused = second.submit()

    assert list(refused["errors"].values()) == [str(AlreadyCanceled())]


def test_another_length_is_told_in_neutral_words_and_the_calendar_follows(product: Product) -> None:
    set_up(product, product.coach)
    take(product, product.scholar)
    coach = product.coach
    open_edit(coach)
    coach.fill(Field.LENGTH, "90")
    submit(coach)
    coach.wait(modal=texts.groups.EDITED)
    product.deliver()

    open_details(product.scholar)

    assert "*Group session*, 90 minutes" in str(product.scholar.modal())
    assert told(product.scholar) == told(coach) == [*NEWS, texts.messages.SESSION_LENGTH, texts.messages.SESSION_FILE]
    assert broken_invariants(product.stores.confidential) == []
