"""A series through Slack's own protocol: one form, one message, sessions that live their own lives."""

from handlers import texts
from handlers.ids import AND_FOLLOWING, Action, Field
from tests.acting.steps import book, fill_booking, last_with, open_cancel, told
from tests.e2e.test_canaries import as_list
from tests.fixtures.products import Product
from tests.looking.invariants import broken_invariants

NEWS = [texts.messages.SERIES_BOOKED, texts.messages.SESSION_FILE]


def book_series(product: Product, times: str = "1.3") -> None:
    """Book with Cleo, every week."""
    fill_booking(product.scholar, staff="cleo", words="Whether to go on.", repeat=times)
    outcome = product.scholar.submit()
    assert outcome["errors"] == {}
    product.scholar.wait(title=texts.booking.BOOKED_TITLE)


def files_of(product: Product) -> list[tuple[str, str]]:
    """Name and content of each file that was sent."""
    asked = [call["args"]["filename"] for call in product.workspace.calls("files.getUploadURLExternal", accepted=True)]
    finished = product.workspace.calls("files.completeUploadExternal", accepted=True)
    sent = [product.workspace.file_text(file["id"]) for call in finished for file in as_list(call["args"]["files"])]
    return list(zip(asked, sent, strict=True))


def test_series_is_told_once_to_each_and_opens_to_both(each_product: Product) -> None:
    product = each_product
    book_series(product)
    done = str(product.scholar.modal())
    product.scholar.close(everything=True)
    product.deliver()

    product.coach.press_message(last_with(product.coach, Action.OPEN_DETAILS), Action.OPEN_DETAILS)
    product.coach.wait(title=texts.sessions.DETAILS_TITLE)

    assert "All 3 sessions are booked." in done
    assert done.count("<!date^") == 4
    assert told(product.scholar) == told(product.coach) == NEWS
    (message,) = [each for each in product.coach.messages() if texts.messages.SERIES_BOOKED in str(each["text"])]
    assert str(message["blocks"]).count("<!date^") == 3
    assert [word for word in ("Ada", "Whether", "oach") if word in str(message["text"]) + str(message["blocks"])] == []
    assert "Whether to go on." in str(product.coach.modal())
    files = files_of(product)
    assert [(name, content.count("BEGIN:VEVENT")) for name, content in files] == [("sessions.ics", 3)] * 2
    assert broken_invariants(product.stores.confidential) == []


def test_this_one_and_those_that_follow_are_canceled_with_one_press(product: Product) -> None:
    book_series(product)
    product.scholar.close(everything=True)
    product.deliver()
    open_cancel(product.scholar, reason="A trip.")
    product.scholar.fill(Field.WHICH, AND_FOLLOWING)
    product.scholar.submit()
    product.scholar.wait(modal=texts.sessions.CANCELED_SERIES)
    product.deliver()

    news = [*NEWS, texts.messages.SERIES_CANCELED, texts.messages.SESSION_FILE]
    assert told(product.scholar) == told(product.coach) == news
    again = last_with(product.scholar, Action.OPEN_BOOKING)
    product.scholar.close(everything=True)
    product.scholar.press_message(again, Action.OPEN_BOOKING)
    product.scholar.wait(title=texts.booking.BOOK_TITLE)
    assert broken_invariants(product.stores.confidential) == []


def test_refused_series_names_the_date_and_keeps_the_form(product: Product) -> None:
    book(product, product.actor("bo"), day=7)
    # A moment has passed since, and with it the last time of the first day: this Wednesday is one further ahead.
    fill_booking(product.scholar, staff="cleo", day=1, words="Whether to go on.", repeat="1.3")

    refused = product.scholar.submit()

    ((field, sentence),) = refused["errors"].items()
    assert field.startswith(Field.REPEAT)
    assert "(taken)" in sentence
    assert "Whether to go on." in str(product.scholar.modal())
    product.scholar.fill(Field.REPEAT, "1.1")
    assert product.scholar.submit()["errors"] == {}
    product.scholar.wait(modal=texts.booking.BOOKED)


def test_list_says_which_of_the_series_each_session_is_and_home_does_not(product: Product) -> None:
    book_series(product)
    product.scholar.close(everything=True)
    product.deliver()
    for actor in (product.scholar, product.coach):
        actor.open_home()
        actor.open("/support list", texts.sessions.SESSIONS_TITLE)
    product.scholar.wait(home=texts.home.NEXT)
    product.coach.wait(home=texts.home.TODAY)

    for actor in (product.scholar, product.coach):
        shown = str(actor.modal())
        assert [f"{number} of 3 in a series" in shown for number in (1, 2, 3)] == [True] * 3
        assert "in a series" not in str(actor.home()) + str(actor.messages())
