"""Going from place to place: signing in, the channel, the Home tab, two people at two tabs, times in one's own zone."""

from datetime import datetime
from zoneinfo import ZoneInfo

from playwright.sync_api import expect

from handlers import texts
from sandbox.page.messages import EARLIER, SHOWN_STEP
from tests.acting.steps import book, propose
from tests.e2e.browser.conftest import Seats
from tests.fixtures.products import Product


def clock_in(start: int, zone: str) -> str:
    """The time of day as the page writes it, such as "9:05 PM"."""
    return f"{datetime.fromtimestamp(start, ZoneInfo(zone)):%-I:%M %p}"


def test_signing_in_is_a_click_on_a_name_and_so_is_signing_in_as_somebody_else(seat: Seats) -> None:
    page = seat("ada").page
    with page.expect_popup() as opened:
        page.get_by_role("link", name="Open a tab as somebody else").click()
    door = opened.value
    door.get_by_label("Find a name").fill("cle")
    expect(door.get_by_role("listitem")).to_have_count(1)

    door.get_by_role("link", name="Cleo").click()

    expect(door).to_have_title("general · Cleo")
    expect(page).to_have_title("general · Ada")


def test_searching_for_a_name_nobody_has_says_so(seat: Seats, page_product: Product) -> None:
    page = seat("ada").page
    page.goto(page_product.workspace.url)

    page.get_by_label("Find a name").fill("nobody at all")

    expect(page.get_by_text("Nobody here is called that.")).to_be_visible()
    expect(page.get_by_role("listitem")).to_have_count(0)


def test_help_is_shown_to_the_one_who_asked_and_what_is_said_to_all(seat: Seats) -> None:
    ada, bo = seat("ada"), seat("bo")

    ada.command("/support help")
    expect(ada.log.get_by_text("Only visible to you")).to_be_visible()
    ada.command("Hello, everybody")

    expect(bo.log.get_by_text("Hello, everybody")).to_be_visible()
    expect(bo.log.get_by_role("article")).to_have_count(1)
    expect(ada.log.get_by_role("article")).to_have_count(2)


def test_keys_that_are_pressed_before_the_page_has_answered_stay(seat: Seats) -> None:
    ada = seat("ada")
    keys = ada.page.keyboard
    keys.type("/sup")
    expect(ada.page.get_by_role("option", name="/support")).to_be_visible()
    keys.press("Enter")
    keys.type("help")
    expect(ada.composer).to_have_value("/support help")
    keys.press("Enter")
    keys.type("Good morning")

    expect(ada.log.get_by_text(texts.helping.SEALED)).to_be_visible()
    expect(ada.composer).to_have_value("Good morning")


def test_a_long_channel_opens_at_its_end_and_shows_the_beginning_on_demand(seat: Seats, page_product: Product) -> None:
    bo = page_product.actor("bo")
    general = page_product.workspace.channel_id("general")
    for number in range(SHOWN_STEP + 10):
        bo.say(f"Message {number}.", channel=general)
    ada = seat("ada")
    expect(ada.log.get_by_text(f"Message {SHOWN_STEP + 9}.", exact=True)).to_be_in_viewport()
    expect(ada.log.get_by_role("article")).to_have_count(SHOWN_STEP)

    ada.page.get_by_role("button", name=EARLIER).click()

    expect(ada.log.get_by_role("article")).to_have_count(SHOWN_STEP + 10)
    expect(ada.log.get_by_role("article").first).to_contain_text("Message 0.")
    expect(ada.page.get_by_role("button", name=EARLIER)).to_be_hidden()
    expect(ada.page.get_by_text("This is the beginning of #general.")).to_be_visible()


def test_a_modal_of_one_person_is_on_no_other_persons_page(seat: Seats) -> None:
    ada, bo = seat("ada"), seat("bo")
    bo.command("/support book")
    bo.sees_modal(texts.booking.BOOK_TITLE)
    ada.command("/support help")

    expect(ada.log.get_by_text("Only visible to you")).to_be_visible()

    expect(ada.dialog).to_have_count(0)
    expect(bo.log.get_by_role("article")).to_have_count(0)


def test_the_home_tab_follows_what_happens(seat: Seats, page_product: Product) -> None:
    ada = seat("ada")
    ada.open_app("Home")
    home = ada.page.get_by_role("tabpanel")
    expect(home).to_contain_text(texts.home.NOTHING)

    book(page_product, page_product.scholar)

    expect(home.get_by_role("button", name=texts.sessions.DETAILS)).to_be_visible()
    home.get_by_role("button", name=texts.sessions.DETAILS).click()
    ada.sees_modal(texts.sessions.DETAILS_TITLE)
    expect(ada.dialog).to_contain_text("Cleo")


def test_times_are_told_in_the_zone_of_the_one_who_reads(seat: Seats, page_product: Product) -> None:
    ada, cleo = seat("ada"), seat("cleo")
    start = int(book(page_product))
    ada.open_app("Messages")
    cleo.open_app("Messages")

    told = {
        name: each.log.get_by_role("article").filter(has_text=texts.messages.SESSION_BOOKED)
        for name, each in (("ada", ada), ("cleo", cleo))
    }

    expect(told["ada"]).to_contain_text(clock_in(start, "Asia/Kolkata"))
    expect(told["cleo"]).to_contain_text(clock_in(start, "America/New_York"))


def test_a_proposal_is_accepted_with_one_press(seat: Seats, page_product: Product) -> None:
    ada = seat("ada")
    ada.open_app("Messages")
    propose(page_product, page_product.actor("eli"), page_product.scholar)

    ada.log.get_by_role("article").last.get_by_role("button").first.click()

    expect(ada.log.get_by_text(texts.proposals.ACCEPTED)).to_be_visible()


def test_a_shortcut_opens_the_form_by_keyboard(seat: Seats) -> None:
    ada = seat("ada")
    shortcuts = ada.page.get_by_role("button", name="Shortcuts")
    shortcuts.press("Enter")
    entry = ada.page.get_by_role("menuitem", name=texts.booking.BOOK_A_SESSION)
    expect(ada.page.get_by_role("menu")).to_be_focused()

    ada.page.keyboard.press("ArrowDown")
    expect(entry).to_be_focused()
    ada.page.keyboard.press("Enter")
    ada.sees_modal(texts.booking.BOOK_TITLE)
    ada.page.keyboard.press("Escape")

    expect(shortcuts).to_be_focused()


def test_a_place_that_is_not_there_says_so_and_leaves_the_way_back(seat: Seats) -> None:
    page = seat("ada").page
    page.goto(page.url.rstrip("/") + "/C0NOWHERE")

    expect(page.get_by_text("You are not in this channel.")).to_be_visible()
    page.get_by_role("link", name="general").click()

    expect(page.get_by_role("combobox", name="Write to #general")).to_be_visible()


def test_a_person_who_is_not_there_leads_to_the_list_of_people(seat: Seats, page_product: Product) -> None:
    page = seat("ada").page

    page.goto(f"{page_product.workspace.url}/as/U0NOBODY")

    expect(page.get_by_label("Find a name")).to_be_visible()


def test_a_command_that_is_refused_keeps_its_line(seat: Seats) -> None:
    ada = seat("ada")

    ada.command("/nothing here")

    expect(ada.page.get_by_role("alert").filter(has_text="/nothing")).to_be_visible()
    expect(ada.composer).to_have_value("/nothing here")


def test_a_modal_stands_in_the_tab_that_opened_it_and_comes_back_when_that_is_reloaded(seat: Seats) -> None:
    ada, elsewhere = seat("ada"), seat("ada")
    ada.command("/support book")
    ada.sees_modal(texts.booking.BOOK_TITLE)
    elsewhere.command("/support help")
    expect(elsewhere.log.get_by_text(texts.helping.SEALED)).to_be_visible()
    expect(elsewhere.dialog).to_have_count(0)

    ada.page.reload()

    ada.sees_modal(texts.booking.BOOK_TITLE)


def test_the_name_of_the_place_one_is_at_can_be_read_with_something_unread_in_it(
    seat: Seats, page_product: Product
) -> None:
    ada = seat("ada")
    app = ada.page.get_by_role("link", name="Scholarbot")
    general = ada.page.get_by_role("link", name="general")
    app.click()
    ada.page.get_by_role("tab", name="Home").click()
    color = "element => getComputedStyle(element).color"
    readable = app.evaluate(color)

    book(page_product)

    expect(app.get_by_label("unread")).to_be_visible()
    assert (app.evaluate(color), readable == general.evaluate(color)) == (readable, False)
