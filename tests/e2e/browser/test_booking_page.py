"""The main job as people do it: hands on the page in a real browser, the whole product behind it."""

import re

from playwright.sync_api import expect

from domain.kinds import COACHING
from domain.places import Place
from handlers import texts
from services.hours.own import Profile, save_profile
from tests.acting.steps import fill_booking, told
from tests.e2e.browser.conftest import Seats
from tests.e2e.browser.seat import Seat
from tests.fixtures.products import Product

WORDS = "Whether to apply for the extension."
LINK = "https://meet.example.org/cleo?room=1&quiet=2"
ABOUT = "I write at https://cleo.example.org/notes"
OPEN = texts.messages.WHO_WHERE_WHAT


def set_link(product: Product) -> None:
    """Cleo meets people behind a link, and names another in a few words."""
    desk = product.runtime.desk
    cleo = desk.people.person("cleo")
    assert cleo is not None
    places = {COACHING: {"": Place(kind="link", detail=LINK)}}
    save_profile(desk.support, cleo, Profile(about=ABOUT, focus_areas=(), places=places))


def fill_form(seat: Seat) -> None:
    """The form with Cleo, the first time, a focus area and a few words."""
    seat.command("/support book")
    seat.sees_modal(texts.booking.BOOK_TITLE)
    seat.choose_anew(texts.booking.STAFF, "Cleo", rebuilds=texts.booking.START)
    expect(seat.field(texts.booking.STAFF)).to_have_value("Cleo")
    seat.choose(texts.booking.START)


def test_a_scholar_books_and_the_coach_sees_it_without_reloading(seat: Seats, page_product: Product) -> None:
    set_link(page_product)
    ada, cleo = seat("ada"), seat("cleo")
    cleo.open_app("Messages")
    ada.composer.press_sequentially("/sup")
    expect(ada.page.get_by_role("option", name="/support")).to_be_visible()
    ada.composer.press("Tab")
    expect(ada.composer).to_have_value("/support ")
    ada.composer.press_sequentially("book")
    ada.composer.press("Enter")
    ada.sees_modal(texts.booking.BOOK_TITLE)
    ada.choose_anew(texts.booking.STAFF, "Cleo", rebuilds=texts.booking.START)
    expect(ada.field(texts.booking.STAFF)).to_have_value("Cleo")
    expect(ada.dialog).to_contain_text(ABOUT)
    expect(ada.dialog.get_by_role("link")).to_have_count(0)
    ada.choose(texts.booking.START)
    ada.choose(texts.booking.FOCUS, "Career")
    ada.page.keyboard.press("Escape")
    ada.field(texts.booking.WORDS).fill(WORDS)

    ada.submit(texts.booking.BOOK)
    ada.sees_modal(texts.booking.BOOKED_TITLE)
    page_product.deliver()

    expect(cleo.log.get_by_text(texts.messages.SESSION_BOOKED)).to_be_visible()
    expect(cleo.log.get_by_role("link", name="Download session.ics")).to_be_visible()
    expect(cleo.page.get_by_text("Ada")).to_have_count(0)
    cleo.log.get_by_role("button", name=OPEN).click()
    cleo.sees_modal(texts.sessions.DETAILS_TITLE)
    expect(cleo.dialog).to_contain_text("Ada")
    expect(cleo.dialog.get_by_role("link", name=LINK, exact=True)).to_have_attribute("href", LINK)
    expect(cleo.dialog).to_contain_text("Career")
    expect(cleo.dialog).to_contain_text(WORDS)


def test_a_rival_reads_at_the_field_that_the_time_is_taken_and_keeps_the_words(
    seat: Seats, page_product: Product
) -> None:
    bo = seat("bo")
    fill_form(bo)
    bo.field(texts.booking.WORDS).fill(WORDS)
    fill_booking(page_product.scholar, staff="cleo", day=0)
    page_product.scholar.submit()

    bo.submit(texts.booking.BOOK)

    start = bo.field(texts.booking.START)
    expect(start).to_have_attribute("aria-invalid", "true")
    expect(start).to_have_accessible_description(re.compile("has just been taken"))
    expect(start).to_be_focused()
    expect(bo.field(texts.booking.WORDS)).to_have_value(WORDS)


def test_what_is_missing_is_said_at_the_field_before_anything_is_sent(seat: Seats) -> None:
    ada = seat("ada")
    ada.command("/support book")
    ada.sees_modal(texts.booking.BOOK_TITLE)

    ada.submit(texts.booking.BOOK)

    start = ada.field(texts.booking.START)
    expect(start).to_have_accessible_description(re.compile("Please complete this required field"))
    expect(start).to_be_focused()


def test_booking_works_by_keyboard_alone(seat: Seats, page_product: Product) -> None:
    ada = seat("ada")
    keys = ada.page.keyboard
    keys.type("/")
    expect(ada.page.get_by_role("option", name="/announce")).to_have_attribute("aria-selected", "true")
    keys.press("ArrowDown")
    expect(ada.page.get_by_role("option", name="/deadlines")).to_have_attribute("aria-selected", "true")
    keys.type("s")
    expect(ada.page.get_by_role("option", name="/support")).to_have_attribute("aria-selected", "true")
    keys.press("Enter")
    expect(ada.composer).to_have_value("/support ")
    keys.type("book")
    keys.press("Enter")

    expect(ada.dialog.get_by_role("radio", checked=True)).to_be_focused()
    keys.press("Tab")
    expect(ada.field(texts.booking.STAFF)).to_be_focused()
    keys.press("Tab")
    keys.press("Tab")
    expect(ada.field(texts.booking.START)).to_be_focused()
    keys.press("ArrowDown")
    expect(ada.page.get_by_role("option").first).to_be_visible()
    keys.press("ArrowDown")
    keys.press("Enter")
    expect(ada.field(texts.booking.START)).not_to_have_value("")
    keys.press("Control+Enter")
    ada.sees_modal(texts.booking.BOOKED_TITLE)
    keys.press("Escape")

    expect(ada.dialog).to_have_count(0)
    expect(ada.composer).to_be_focused()
    page_product.deliver()
    assert told(page_product.scholar)[0] == texts.messages.SESSION_BOOKED


def test_escape_closes_one_modal_and_gives_the_focus_back(seat: Seats, page_product: Product) -> None:
    ada = seat("ada")
    fill_booking(page_product.scholar, staff="cleo")
    page_product.scholar.submit()
    page_product.scholar.close(everything=True)
    page_product.deliver()
    ada.open_app("Messages")
    ada.log.get_by_role("button", name=OPEN).click()
    ada.sees_modal(texts.sessions.DETAILS_TITLE)
    ada.dialog.get_by_role("button", name=texts.sessions.MOVE, exact=True).click()
    ada.sees_modal(texts.sessions.MOVE_TITLE)

    ada.page.keyboard.press("Escape")
    ada.sees_modal(texts.sessions.DETAILS_TITLE)
    expect(ada.dialog.get_by_role("button", name=texts.sessions.MOVE, exact=True)).to_be_focused()
    ada.page.keyboard.press("Escape")

    expect(ada.dialog).to_have_count(0)
    expect(ada.log.get_by_role("button", name=OPEN)).to_be_focused()
