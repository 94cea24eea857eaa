"""What a coach does from the week at a glance, and what a scholar finds of it."""

from handlers import texts
from handlers.ids import Action, Field
from sandbox.client import Actor
from tests.acting.steps import book, open_week
from tests.e2e.test_texts import marked
from tests.fixtures.products import Product


def days(actor: Actor) -> list[str]:
    return [text for text in marked(actor.modal()) if text.startswith("*")][:7]


def save_span(actor: Actor, action: Action, title: str, fields: dict[str, str]) -> None:
    actor.open("/hours", texts.hours.TITLE)
    actor.press(action)
    actor.wait(modal=title)
    for field, value in fields.items():
        actor.fill(field, value)
    assert actor.submit()["errors"] == {}


def test_hours_open_with_the_week_and_turn_to_the_next_and_back(product: Product) -> None:
    book(product)
    coach = product.coach
    coach.open("/hours", texts.hours.TITLE)
    first = days(coach)

    coach.press(f"{Action.SHOW_WEEK}:later")
    coach.wait(modal="Mon 18 Jan")
    second = days(coach)
    coach.press(f"{Action.SHOW_WEEK}:earlier")
    coach.wait(modal="Mon 11 Jan")

    assert first[0] == "*Mon 11 Jan* (today): 9:00-17:00"
    assert [day for day in first if texts.hours.ONE_SESSION in day] == ["*Wed 13 Jan*: 9:00-17:00 · 1 session"]
    assert second[:1] == ["*Mon 18 Jan*: 9:00-17:00"]
    assert days(coach) == first


def test_what_is_saved_shows_in_the_week_beneath(product: Product) -> None:
    coach = product.coach
    open_week(coach)
    coach.fill("monday", "8-12")
    coach.fill(Field.COPY_FROM, "monday")
    coach.fill(Field.COPY_TO, ["tuesday", "saturday"])
    coach.submit()
    coach.close()

    coach.wait(modal="*Sat 16 Jan*: 8:00-12:00")

    assert days(coach)[:2] == ["*Mon 11 Jan* (today): 8:00-12:00", "*Tue 12 Jan*: 8:00-12:00"]


def test_time_away_tells_of_sessions_and_a_colleague_takes_those_days(product: Product) -> None:
    book(product)
    save_span(
        product.coach,
        Action.EDIT_AWAY,
        texts.hours.AWAY_WHAT[:20],
        {Field.FIRST: "2027-01-13", Field.LAST: "2027-01-14", Field.COLLEAGUE: "dev"},
    )
    saved = str(product.coach.modal())
    product.coach.press(Action.OPEN_SESSIONS)
    product.coach.wait(title=texts.sessions.SESSIONS_TITLE)
    scholar = product.scholar
    scholar.open("/support book", texts.booking.BOOK_TITLE)
    scholar.choose(Field.STAFF, "cleo")
    line = [text for text in marked(scholar.modal()) if "is away" in text]
    scholar.choose(Field.DAY, "2027-01-14")
    labels = scholar.options(Field.START)
    scholar.fill(Field.START, next(iter(labels)))
    scholar.submit()
    scholar.wait(title=texts.booking.BOOKED_TITLE)

    assert "You have 1 session booked on these days: Wed 13 Jan" in saved
    assert line == ["*Cleo* is away from Wed 13 Jan to Thu 14 Jan. Dev takes sessions meanwhile."]
    assert all(label.endswith("with Dev") for label in labels.values())
    assert [text for text in marked(scholar.modal()) if "*With:* Dev" in text] != []


def test_travel_can_be_added_and_removed(product: Product) -> None:
    coach = product.coach
    fields: dict[str, str] = {Field.FIRST: "2027-01-12", Field.LAST: "2027-01-12", Field.ZONE: "america/new york"}
    save_span(coach, Action.EDIT_TRAVEL, texts.hours.TRAVEL_WHAT[:20], fields)
    coach.close()
    coach.wait(modal="In another zone: America/New_York")
    coach.press(Action.EDIT_TRAVEL)
    coach.wait(modal="Tue 12 Jan: America/New_York")

    coach.press(f"{Action.REMOVE_TRAVEL}:0")
    coach.wait(modal=texts.hours.TRAVEL_WHAT[:20])
    coach.close()

    coach.wait(modal="*Tue 12 Jan*: 9:00-17:00")
    assert "America/New_York" not in str(coach.modal())


def test_spans_that_cannot_be_are_told_at_their_field_and_nothing_is_lost(product: Product) -> None:
    coach = product.coach
    coach.open("/hours", texts.hours.TITLE)
    coach.press(Action.EDIT_TRAVEL)
    coach.wait(modal=texts.hours.TRAVEL_WHAT[:20])
    for field, value in {Field.FIRST: "2027-01-12", Field.LAST: "2027-01-11", Field.ZONE: "Berlim"}.items():
        coach.fill(field, value)

    errors = coach.submit()["errors"]

    assert set(errors) == {Field.LAST, Field.ZONE}
    assert "Did you mean Europe/Berlin" in errors[Field.ZONE]
    assert "Berlim" in str(coach.modal()["state"])


def test_why_is_answered_kind_by_kind(product: Product) -> None:
    coach = product.coach
    coach.open("/hours", texts.hours.TITLE)

    coach.press(Action.WHY_NOTHING)
    coach.wait(modal="Scholars are offered")

    assert [text for text in marked(coach.modal()) if "Scholars are offered" in text and "are free" in text] != []
