"""Another time for a session that was canceled: what was chosen need not be chosen again."""

from domain.focus import FocusArea
from handlers import texts
from handlers.ids import ANYONE, Action, Field
from sandbox.client import Actor, Payload
from tests.acting.steps import cancel, fill_booking, last_with
from tests.builders.leaving import recused
from tests.fixtures.products import Product

WORDS = "Whether to apply for the extension."


def canceled(product: Product) -> None:
    """Ada books Cleo with a focus area and a few words; Cleo cancels."""
    fill_booking(product.scholar, staff="cleo", words=WORDS)
    product.scholar.fill(Field.FOCUS, [FocusArea.CAREER.value])
    assert product.scholar.submit()["errors"] == {}
    product.scholar.close(everything=True)
    product.deliver()
    cancel(product, product.coach)


def book_another(product: Product) -> dict[str, object]:
    """Press the button in the message that it was canceled; what the form begins with, by field."""
    scholar = product.scholar
    scholar.press_message(last_with(scholar, Action.OPEN_BOOKING), Action.OPEN_BOOKING)
    scholar.wait(title=texts.booking.BOOK_TITLE)
    return {field: chosen(scholar, field) for field in (Field.KIND, Field.STAFF, Field.FOCUS, Field.START, Field.WORDS)}


def chosen(actor: Actor, field: str) -> object:
    values: Payload = actor.modal()["state"]["values"]
    element = next(inside for block in values if block.partition(":")[0] == field for inside in values[block].values())
    options = element.get("selected_options")
    if options is not None:
        return [option["value"] for option in options]
    option = element.get("selected_option")
    return option["value"] if option else element.get("value")


def test_another_time_begins_with_what_was_chosen(product: Product) -> None:
    canceled(product)

    begins = book_another(product)
    start = next(iter(product.scholar.options(Field.START)))
    product.scholar.fill(Field.START, start)
    outcome = product.scholar.submit()

    assert begins == {
        Field.KIND: "coaching",
        Field.STAFF: "cleo",
        Field.FOCUS: [FocusArea.CAREER.value],
        Field.START: None,
        Field.WORDS: WORDS,
    }
    assert outcome["errors"] == {}
    assert WORDS in str(product.scholar.modal()["blocks"])


def test_what_was_filled_in_before_stays_when_another_day_is_chosen(product: Product) -> None:
    canceled(product)
    book_another(product)

    product.scholar.choose(Field.DAY, list(product.scholar.options(Field.DAY))[2])

    assert (chosen(product.scholar, Field.FOCUS), chosen(product.scholar, Field.WORDS)) == (
        [FocusArea.CAREER.value],
        WORDS,
    )


def test_words_for_somebody_who_cannot_be_met_any_more_are_left_out(product: Product) -> None:
    canceled(product)
    recused(product.stores.program)

    begins = book_another(product)

    assert (begins[Field.STAFF], begins[Field.FOCUS], begins[Field.WORDS]) == (ANYONE, [FocusArea.CAREER.value], None)


def test_no_word_lies_in_what_slack_keeps_beside_the_form(product: Product) -> None:
    canceled(product)
    book_another(product)

    view = product.scholar.modal()

    assert WORDS not in str([view.get("private_metadata"), last_with(product.scholar, Action.OPEN_BOOKING)])
