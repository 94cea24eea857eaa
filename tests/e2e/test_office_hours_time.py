"""Office hours are time of their helper, in the running product: what is in the way, days off, and where they stand."""

from datetime import timedelta

from domain.places import Place
from domain.times import zone
from handlers import texts
from handlers.ids import Action, Field
from services.booking.book import book_session
from services.office_hours.commands import HoldOfficeHours
from services.office_hours.running import hold_office_hours
from tests.builders.bookings import a_wish, instant
from tests.builders.people import TEAM, account_of
from tests.e2e.test_texts import marked
from tests.fixtures.products import Product

TOMORROW_TEN = timedelta(hours=22)
"""From the noon at which tests begin."""


def plan(product: Product, *, ahead: timedelta = TOMORROW_TEN) -> None:
    """Cleo has planned office hours of two hours."""
    desk = product.runtime.desk
    starts = product.clock.now() + ahead
    command = HoldOfficeHours(
        request_key=f"planned {starts}",
        starts=starts,
        ends=starts + timedelta(hours=2),
        minutes=10,
        topics=(),
        place=Place(kind="room", detail="4.12"),
    )
    hold_office_hours(desk.support, desk.people.who(account_of("cleo"), TEAM), command)


def test_opening_over_a_session_is_refused_at_its_field_with_when_and_with_nobodys_name(product: Product) -> None:
    desk, coach = product.runtime.desk, product.coach
    book_session(desk.support, desk.people.who(account_of("ada"), TEAM), a_wish("2027-01-11T16:00Z"))
    coach.open("/officehours open", texts.office_hours.OPEN_TITLE)
    tz = zone(desk.people.who(coach.id, TEAM).zone)
    begins = instant("2027-01-11T16:00Z").astimezone(tz)
    coach.fill(Field.END, f"{begins + timedelta(minutes=30):%H:%M}")
    coach.fill(Field.PLACE, "room: 4.12")

    outcome = coach.submit()

    [sentence] = outcome["errors"].values()
    when = f"Mon 11 Jan 2027, {begins:%H:%M} to {begins + timedelta(hours=1):%H:%M}"
    assert sentence == f"Your time is taken then, buffers included: {when}. Please choose another time."
    assert "Ada" not in str(outcome)
    assert coach.modal()["title"]["text"] == texts.office_hours.OPEN_TITLE


def test_planned_ones_stand_in_the_week_and_a_day_off_says_that_they_do_not_open(product: Product) -> None:
    plan(product)
    coach, scholar = product.coach, product.scholar
    scholar.open("/officehours", texts.office_hours.TITLE)
    assert "With Cleo" in str(scholar.modal())
    scholar.close(everything=True)

    coach.open("/hours", texts.hours.TITLE)
    week = marked(coach.modal())
    coach.press(Action.EDIT_AWAY)
    coach.wait(modal=texts.hours.AWAY_WHAT[:20])
    for name in (Field.FIRST, Field.LAST):
        coach.fill(name, "2027-01-12")
    coach.submit()
    coach.wait(modal=texts.hours.AWAY_SAVED)
    saved = str(coach.modal())
    coach.close(everything=True)
    coach.open("/officehours", texts.office_hours.TITLE)
    listed = str(coach.modal())
    scholar.open("/officehours", texts.office_hours.TITLE)

    assert [text for text in week if "office hours 10:00-12:00" in text and "Tue 12 Jan" in text] != []
    assert (
        "You have planned office hours on these days: Tue 12 Jan, 10:00 GMT. Scholars do not see you in them" in saved
    )
    assert "You are away then: scholars do not see you in it" in listed
    assert texts.office_hours.LIST_NONE in str(scholar.modal())


def test_open_line_leads_to_what_else_is_planned(product: Product) -> None:
    plan(product)
    plan(product, ahead=timedelta(0))
    coach = product.coach

    coach.open("/officehours", texts.office_hours.LINE_TITLE)
    line = str(coach.modal())
    coach.press(Action.LIST_LINES)
    coach.wait(title=texts.office_hours.TITLE)

    assert "You have planned: *" in line
    assert "Open now" in str(coach.modal())


def test_planned_ones_are_called_off_in_words_of_their_own(product: Product) -> None:
    plan(product)
    coach, scholar = product.coach, product.scholar
    coach.open("/officehours", texts.office_hours.TITLE)
    coach.press(Action.WATCH_LINE)
    coach.wait(modal=texts.office_hours.CALL_OFF)

    coach.press(Action.OPEN_CLOSE)
    coach.wait(modal=texts.office_hours.CALL_OFF_ASK)
    assert coach.submit()["errors"] == {}
    coach.wait(modal=texts.office_hours.CALLED_OFF)

    scholar.open("/officehours", texts.office_hours.TITLE)
    assert texts.office_hours.LIST_NONE in str(scholar.modal())
