"""What somebody in support sets for themselves: their day in the morning, and how much they take of all kinds."""

from datetime import UTC, datetime

from handlers import texts
from handlers.ids import Action, Field
from handlers.parse.hours import SEND_AGENDA
from tests.acting.steps import book, set_profile
from tests.fixtures.desks import LONDON
from tests.fixtures.products import Product

SECRETS = ("Cleo", "Ada", "Canary", "oach", "Scholar support")


def test_the_day_is_sent_in_the_morning_with_times_and_a_way_to_more(product: Product) -> None:
    coach = product.coach
    product.change_account("cleo", tz=LONDON)
    set_profile(coach, {Field.AGENDA: [SEND_AGENDA]})
    start = int(book(product, words="Canary words."))
    product.tick("agendas")
    day = datetime.fromtimestamp(start, UTC)
    before = len(coach.messages())

    product.advance(day.replace(hour=8, minute=0) - product.clock.now())
    product.tick("agendas")
    product.deliver()

    (message,) = [each for each in coach.messages()[before:] if each["text"].startswith(f"{texts.messages.AGENDA}:")]
    assert str(start) in str(message["blocks"])
    assert [secret for secret in SECRETS if secret in str(message["blocks"]) + message["text"]] == []
    coach.press_message(message, Action.OPEN_SESSIONS)
    coach.wait(title=texts.sessions.SESSIONS_TITLE)
    assert not [each for each in product.scholar.messages() if each["text"].startswith(f"{texts.messages.AGENDA}:")]


def test_what_somebody_takes_of_all_kinds_is_read_back_and_a_wrong_number_is_told_at_its_field(
    product: Product,
) -> None:
    coach = product.coach
    set_profile(coach, {Field.PER_DAY: "3", Field.PER_WEEK: "12", Field.AGENDA: [SEND_AGENDA]})
    coach.open("/hours", texts.hours.TITLE)
    coach.press(Action.OPEN_PROFILE)
    coach.wait(modal=texts.hours.PROFILE_ABOUT)
    shown = {block["block_id"]: block["element"] for block in coach.modal()["blocks"] if block["type"] == "input"}

    coach.fill(Field.PER_DAY, "101")
    coach.fill(Field.PER_WEEK, "a few")
    errors = coach.submit()["errors"]

    assert (shown[Field.PER_DAY]["initial_value"], shown[Field.PER_WEEK]["initial_value"]) == ("3", "12")
    assert [option["value"] for option in shown[Field.AGENDA]["initial_options"]] == [SEND_AGENDA]
    assert sorted(errors) == [Field.PER_DAY, Field.PER_WEEK]
    assert "from 1 to 100" in errors[Field.PER_DAY]
