"""What comes after booking, as people do it on the page: waiting, seats, a line, a log, a handover, hours."""

import re
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from playwright.sync_api import TimeoutError, expect  # noqa: A004 the name that Playwright gives it

from domain.days import DateSpan
from domain.kinds import RESEARCH
from domain.rules import Phase
from domain.times import zone
from handlers import texts
from tests.acting.afterwards import let_end
from tests.acting.steps import book
from tests.builders.rules import set_rules
from tests.e2e.browser.conftest import ZONES, Seats
from tests.e2e.browser.seat import REBUILT_MS, TRIES, Seat
from tests.fixtures.products import Product

WEDNESDAY, THURSDAY = "2027-01-13", "2027-01-14"
PROBLEM = "My training loop hangs."
STEP = "One page by Friday."


def press(seat: Seat, name: str, *, shows: str) -> None:
    """Press a button of the modal, and wait for the next one by its title.

    The modal may be drawn anew under the hand, when what lay over it has changed it; then it is pressed again.
    """
    for _ in range(TRIES):
        seat.dialog.get_by_role("button", name=name, exact=True).click()
        try:
            seat.dialog.get_by_role("heading", name=shows, exact=True).wait_for(timeout=REBUILT_MS)
        except TimeoutError:
            continue
        return
    raise AssertionError(f"{name} does not open")


def fill(seat: Seat, fields: dict[str, str]) -> None:
    """Type or pick what stands behind these labels."""
    for label, value in fields.items():
        seat.field(label).fill(value)


def test_a_scholar_waits_for_a_time_and_leaves_with_a_press(seat: Seats) -> None:
    ada = seat("ada")
    ada.command("/support")
    ada.sees_modal(texts.sessions.SESSIONS_TITLE)
    press(ada, texts.waiting.WAIT, shows=texts.waiting.TITLE)
    fill(ada, {texts.waiting.FROM: "2027-01-16", texts.waiting.UNTIL: "2027-01-17"})

    ada.submit(texts.waiting.SUBMIT)
    ada.sees_modal(texts.waiting.JOINED_TITLE)
    ada.page.keyboard.press("Escape")
    expect(ada.dialog).to_contain_text(texts.waiting.WAITING_FOR)
    ada.dialog.get_by_role("button", name=texts.waiting.LEAVE, exact=True).click()

    expect(ada.dialog).not_to_contain_text(texts.waiting.WAITING_FOR)


def test_a_group_session_is_set_up_with_pickers_and_a_seat_is_taken(seat: Seats) -> None:
    cleo, ada = seat("cleo"), seat("ada")
    cleo.command("/support groups")
    cleo.sees_modal(texts.groups.TITLE)
    press(cleo, texts.groups.NEW, shows=texts.groups.NEW_TITLE)
    expect(cleo.field(texts.moments.TIME)).to_have_accessible_description(re.compile(ZONES["cleo"]))
    fill(cleo, {texts.groups.WHAT: "Writing", texts.groups.SEATS: "2"})
    fill(cleo, {texts.moments.DAY: WEDNESDAY, texts.moments.TIME: "14:00"})

    cleo.submit(texts.groups.SAVE)
    cleo.sees_modal(texts.groups.SET_UP_TITLE)
    ada.command("/support groups")
    ada.sees_modal(texts.groups.TITLE)
    expect(ada.dialog).to_contain_text("Thursday, January 14th, 2027, 12:30 AM")  # in Kolkata
    ada.dialog.get_by_role("button", name=texts.groups.TAKE, exact=True).click()

    expect(ada.dialog).to_contain_text(texts.groups.TAKEN)


def test_a_time_that_happens_twice_is_asked_about_on_the_page(seat: Seats) -> None:
    cleo = seat("cleo")
    cleo.command("/officehours plan")
    cleo.sees_modal(texts.office_hours.PLAN_TITLE)
    fill(cleo, {texts.moments.DAY: "2027-11-07", texts.office_hours.START: "01:30"})
    fill(cleo, {texts.office_hours.END: "03:00", texts.office_hours.WHERE: "room: 4.12"})
    cleo.submit(texts.office_hours.PLAN_SUBMIT)

    first = cleo.dialog.get_by_role("radio", name="The first (EDT)")
    expect(first).to_be_checked()
    expect(cleo.field(texts.office_hours.WHERE)).to_have_value("room: 4.12")
    expect(cleo.field(texts.office_hours.START)).to_have_value("01:30")
    cleo.submit(texts.office_hours.PLAN_SUBMIT)

    start = cleo.field(texts.office_hours.START)
    expect(start).to_have_attribute("aria-invalid", "true")  # it is too far ahead, which is told only now


def test_a_line_is_opened_joined_and_worked_through(seat: Seats, page_product: Product) -> None:
    cleo, ada = seat("cleo"), seat("ada")
    cleo.command("/officehours open")
    cleo.sees_modal(texts.office_hours.OPEN_TITLE)
    until = (page_product.clock.now() + timedelta(hours=2)).astimezone(zone(ZONES["cleo"]))
    fill(cleo, {texts.office_hours.END: f"{until:%H:%M}", texts.office_hours.WHERE: "room: 4.12"})
    cleo.submit(texts.office_hours.OPEN_SUBMIT)
    cleo.sees_modal(texts.office_hours.TITLE)
    press(cleo, texts.office_hours.SEE_LINE, shows=texts.office_hours.LINE_TITLE)

    ada.command("/officehours")
    ada.sees_modal(texts.office_hours.TITLE)
    press(ada, texts.office_hours.JOIN, shows=texts.office_hours.JOIN_TITLE)
    ada.choose(texts.office_hours.TOPIC, "Debugging")
    fill(ada, {texts.office_hours.PROBLEM: PROBLEM})
    ada.submit(texts.office_hours.JOIN_SUBMIT)
    ada.sees_modal(texts.office_hours.PLACE_TITLE)
    cleo.dialog.get_by_role("button", name=texts.office_hours.REFRESH, exact=True).click()
    expect(cleo.dialog).to_contain_text(PROBLEM)
    cleo.dialog.get_by_role("button", name=texts.office_hours.NEXT, exact=True).click()

    expect(cleo.dialog).to_contain_text("You are with Ada")


def test_a_session_is_logged_with_the_time_it_really_began(seat: Seats, page_product: Product) -> None:
    start = book(page_product)
    let_end(page_product, start)
    cleo = seat("cleo")
    cleo.open_app("Home")
    cleo.page.get_by_role("tabpanel").get_by_role("button", name=texts.session_log.SEE, exact=True).first.click()
    cleo.sees_modal(texts.session_log.LOGS_TITLE)
    press(cleo, texts.session_log.LOG, shows=texts.session_log.TITLE)
    began = datetime.fromtimestamp(int(start), UTC).astimezone(zone(ZONES["cleo"])) + timedelta(minutes=5)
    fill(cleo, {texts.session_log.BEGAN: f"{began:%H:%M}", texts.session_log.NEXT_STEP: STEP})

    cleo.submit(texts.session_log.SAVE)
    cleo.sees_modal(texts.session_log.LOGGED_TITLE)

    expect(cleo.dialog).to_contain_text(f"{began:%-I:%M %p}")
    expect(cleo.dialog).to_contain_text(STEP)


def test_a_scholar_is_handed_over_and_answers(seat: Seats, page_product: Product) -> None:
    book(page_product)
    cleo, ada = seat("cleo"), seat("ada")
    cleo.command("/support handover")
    cleo.sees_modal(texts.handover.TITLE)
    press(cleo, texts.handover.NEW, shows=texts.handover.NEW_TITLE)
    cleo.choose(texts.handover.SCHOLAR, "Ada")
    cleo.choose(texts.handover.SUCCESSOR, "Dev")
    fill(cleo, {texts.handover.FIRST: "2027-01-18", texts.handover.WORDS: "Dev knows a lot about this."})
    cleo.submit(texts.handover.SEND)
    cleo.sees_modal(texts.handover.SENT_TITLE)
    page_product.deliver()

    ada.open_app("Messages")
    ada.log.get_by_role("button", name=texts.handover.LOOK, exact=True).click()
    ada.sees_modal(texts.handover.SHEET_TITLE)
    expect(ada.dialog).to_contain_text("Dev knows a lot about this.")
    ada.submit(texts.handover.SAVE)

    ada.sees_modal(texts.handover.SAVED_TITLE)


@pytest.fixture
def with_phase(page_product: Product) -> None:
    """A program with a phase in which hours can be other ones."""
    research = Phase(name="Research", days=DateSpan(first=date(2027, 2, 1), last=date(2027, 3, 31)))
    set_rules(page_product.stores.program, lambda rules: replace(rules, phases=(research,)))


@pytest.mark.usefixtures("with_phase")
def test_hours_away_travel_phase_and_set_aside_are_saved_from_one_place(seat: Seats) -> None:
    cleo = seat("cleo")
    cleo.command("/hours")
    cleo.sees_modal(texts.hours.TITLE)
    aside = texts.hours.ASIDE.format(kind=texts.kinds.LABELS[RESEARCH])

    press(cleo, texts.hours.EDIT_AWAY, shows=texts.hours.AWAY_TITLE)
    fill(cleo, {texts.hours.FIRST: WEDNESDAY, texts.hours.LAST: WEDNESDAY})
    cleo.submit(texts.hours.ADD)
    expect(cleo.dialog).to_contain_text(texts.hours.AWAY_SAVED)
    back(cleo)
    press(cleo, texts.hours.EDIT_TRAVEL, shows=texts.hours.TRAVEL_TITLE)
    fill(cleo, {texts.hours.FIRST: THURSDAY, texts.hours.LAST: THURSDAY, texts.hours.TRAVEL_ZONE: "Asia/Tokyo"})
    cleo.submit(texts.hours.ADD)
    expect(cleo.dialog).to_contain_text(texts.hours.SAVED)
    back(cleo)
    press(cleo, texts.hours.PHASE.format(name="Research"), shows=texts.hours.WEEK_TITLE)
    cleo.dialog.get_by_role("radio", name=texts.hours.PHASE_OWN).check()
    fill(cleo, {"Friday": "9-12, 11-13"})
    cleo.submit(texts.hours.SAVE)
    expect(cleo.dialog).to_contain_text("Friday 9:00-13:00")
    back(cleo)
    press(cleo, aside, shows=texts.hours.ASIDE_TITLE)
    fill(cleo, {"Monday": "9-5"})
    cleo.submit(texts.hours.SAVE)
    expect(cleo.field("Monday")).to_have_accessible_description(re.compile(r"Did you mean 9:00-17:00\?"))
    fill(cleo, {"Monday": "9:00-10:00"})
    cleo.submit(texts.hours.SAVE)
    expect(cleo.dialog).to_contain_text(texts.hours.ASIDE_SAVED)
    back(cleo)

    expect(cleo.dialog).to_contain_text(texts.hours.DIFFERS["away"])
    expect(cleo.dialog).to_contain_text(texts.hours.DIFFERS["travel"])


def back(seat: Seat) -> None:
    """Close what lies over the week."""
    seat.page.keyboard.press("Escape")
    seat.sees_modal(texts.hours.TITLE)
    expect(seat.dialog.get_by_role("button", name=texts.hours.EDIT_WEEK, exact=True)).to_be_visible()
