"""Somebody in support lets a calendar of their own be read: what it takes is offered to nobody, and it stays theirs."""

import json
from datetime import timedelta

import httpx
import pytest

from bot.settings import LogFormat
from domain.feeds import FeedProblem, FeedState
from domain.times import instant_of, zone
from handlers import texts
from handlers.ids import Action, Field
from tests.acting.moments import fill_moment
from tests.acting.steps import book, told
from tests.builders.bookings import instant
from tests.builders.calendars import ADDRESS, a_calendar, an_entry
from tests.builders.people import TEAM
from tests.e2e.test_canaries import everything_logged, found_in, pages, stored
from tests.e2e.test_texts import marked
from tests.fixtures.products import Product

WEDNESDAY = "2027-01-13"
CANARIES = ("private-abc123", "calendar.example.org", "basic.ics", "Dentist", "dentist@example.org")
MORNING = an_entry(":20270113T090000Z", ":20270113T120000Z")


def open_calendars(product: Product) -> None:
    product.coach.open("/hours", texts.hours.TITLE)
    product.coach.press(Action.OPEN_CALENDARS)
    product.coach.wait(modal=texts.calendars.ADDRESS)


def add_calendar(product: Product, *entries: str) -> None:
    product.calendars.contents[ADDRESS] = a_calendar(*(entries or (MORNING,)))
    open_calendars(product)
    product.coach.fill(Field.ADDRESS, ADDRESS)
    assert product.coach.submit()["errors"] == {}
    product.coach.close(everything=True)
    product.tick("calendars")


def offered(product: Product) -> list[str]:
    scholar = product.scholar
    scholar.open("/support book", texts.booking.BOOK_TITLE)
    scholar.choose(Field.STAFF, "cleo")
    scholar.choose(Field.DAY, WEDNESDAY)
    found = list(scholar.options(Field.START).values())
    scholar.close(everything=True)
    return found


def test_what_a_calendar_takes_is_offered_to_nobody_until_it_is_removed(each_product: Product) -> None:
    product = each_product
    before = offered(product)
    add_calendar(product)
    assert 0 < len(offered(product)) < len(before)

    open_calendars(product)
    product.coach.wait(modal="Read just now; 1 busy time in the next eight weeks.")
    assert ADDRESS not in str(product.coach.modal())
    shown = product.coach.modal()["hash"]
    product.coach.press(Action.REMOVE_CALENDAR)
    product.coach.wait(hash=shown)
    assert "busy time in the next" not in str(product.coach.modal())

    product.coach.close(everything=True)
    assert offered(product) == before


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("calendar.example.org/basic.ics", "This is no address of a calendar."),
        ("http://calendar.example.org/basic.ics", "This is no address of a calendar."),
        ("https://me:secret@calendar.example.org/x", "without a user name"),
        ("https://calendar.google.com/calendar/u/0/r", "Secret address in iCal format"),
    ],
)
def test_address_that_cannot_be_read_is_told_at_its_field(product: Product, typed: str, told: str) -> None:
    open_calendars(product)
    product.coach.fill(Field.ADDRESS, typed)

    errors = product.coach.submit()["errors"]

    assert list(errors) == [Field.ADDRESS]
    assert told in errors[Field.ADDRESS]


def test_calendar_that_cannot_be_read_says_why_and_is_read_again_on_a_press(product: Product) -> None:
    add_calendar(product)
    product.calendars.problems[ADDRESS] = FeedProblem(FeedState.REFUSED)
    product.clock.advance(timedelta(minutes=5))
    product.tick("calendars")
    open_calendars(product)
    assert "The server does not let me read it." in str(product.coach.modal())
    assert "Last read 5 minutes ago. What was known then still counts." in str(product.coach.modal())

    del product.calendars.problems[ADDRESS]
    product.coach.press(Action.READ_CALENDAR)
    product.coach.wait(modal=texts.calendars.SOON)
    product.tick("calendars")

    product.coach.close(everything=True)
    open_calendars(product)
    assert "Read just now; 1 busy time" in str(product.coach.modal())


def test_owner_is_told_in_neutral_words_and_the_week_shows_what_meets(product: Product) -> None:
    start = f"{instant_of(int(book(product))):%Y%m%dT%H%M%SZ}"
    add_calendar(product, an_entry(f":{start}", "", "DURATION:PT15M"))
    product.coach.open("/hours", texts.hours.TITLE)
    shown = marked(product.coach.modal())
    assert [text for text in shown if f"at the time of a session: {start[9:11]}:{start[11:13]}" in text]
    product.coach.close(everything=True)
    product.calendars.problems[ADDRESS] = FeedProblem(FeedState.MISSING)
    before = len(product.coach.messages())

    product.advance(timedelta(days=1, minutes=10))
    product.tick("calendars")
    product.deliver()

    told = [each for each in product.coach.messages()[before:] if each["text"] == texts.calendars.UNREAD]
    assert len(told) == 1
    product.coach.press_message(told[0], Action.OPEN_HOURS)
    product.coach.wait(title=texts.hours.TITLE)


def test_who_offers_a_time_that_their_calendar_takes_is_told_and_may(product: Product) -> None:
    add_calendar(product)
    coach, scholar = product.coach, product.scholar
    tz = zone(product.runtime.desk.people.who(coach.id, TEAM).zone)
    wanted = f"{instant('2027-01-13T10:00Z').astimezone(tz):%Y-%m-%d %H:%M}"
    coach.open("/support propose", texts.proposals.PROPOSE_TITLE)
    coach.choose(Field.SCHOLAR, scholar.id)
    fill_moment(coach, Field.OWN, wanted)

    coach.press(Action.ADD_OWN_TIME)
    coach.wait(modal=texts.proposals.MEETS_OWN.partition("{")[0])
    assert coach.submit()["errors"] == {}
    coach.wait(modal=texts.proposals.SENT_MEETS_OWN.partition("{")[0])

    product.deliver()
    assert texts.messages.TIMES_PROPOSED in told(scholar)
    assert "calendar" not in json.dumps(scholar.messages()).lower()


@pytest.mark.parametrize("who", ["ada", "max", "sam"])
def test_nobody_else_reaches_calendars(product: Product, who: str) -> None:
    add_calendar(product)
    before = product.workspace.count_calls()

    product.actor(who).slash("/hours")

    assert "calendar" not in json.dumps(product.workspace.calls(after=before)).lower()


def test_address_and_words_of_a_calendar_stay_nowhere(product: Product, tmp_path: object) -> None:
    with everything_logged(LogFormat.TEXT) as log:
        add_calendar(product)
        offered(product)
        product.calendars.problems[ADDRESS] = FeedProblem(FeedState.MISSING)
        product.advance(timedelta(days=1, minutes=10))
        product.tick("calendars")
        product.deliver()
        product.tick("beat")

    calls = json.dumps(product.workspace.calls())
    assert found_in(calls, CANARIES) == []
    assert found_in(log.getvalue(), CANARIES) == []
    assert found_in(stored(product, tmp_path), CANARIES) == []  # type: ignore[arg-type]
    assert found_in(pages(product), CANARIES) == []
    with httpx.Client(base_url=product.url, trust_env=False) as client:
        assert 'scholarbot_calendars{state="failing"} 1.0' in client.get("/metrics").text
