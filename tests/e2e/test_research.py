"""A mentor books time on managing research, and is treated like anybody who books."""

from handlers import texts
from handlers.ids import Action
from tests.acting.research import book_research, choose_and_book, set_research_hours
from tests.acting.steps import last_with, open_details, told
from tests.builders import leaving
from tests.fixtures.products import Product


def test_a_mentor_books_in_hours_set_aside_and_both_read_who_and_what(product: Product) -> None:
    mentor, coach = product.actor("max"), product.coach
    set_research_hours(product, "cleo")

    book_research(mentor, staff="cleo", words="How do I plan a summer?")
    product.deliver()

    for person in (mentor, coach):
        assert texts.messages.SESSION_BOOKED in told(person)
        open_details(person)
        assert "How do I plan a summer?" in str(person.modal())
        person.close(everything=True)


def test_a_mentor_books_from_the_home_tab_which_shows_the_next_session_as_a_time(product: Product) -> None:
    mentor = product.actor("max")
    set_research_hours(product, "cleo")
    mentor.open_home()
    mentor.wait(home=texts.home.MENTORS_NOTHING)

    mentor.press(Action.OPEN_BOOKING)
    choose_and_book(mentor, staff="cleo")

    mentor.wait(home=texts.sessions.DETAILS)
    mentor.press(Action.OPEN_DETAILS)
    mentor.wait(modal="Cleo")


def test_what_is_kept_for_a_mentor_with_somebody_else_is_taken_with_a_press(product: Product) -> None:
    mentor = product.actor("max")
    set_research_hours(product, "cleo", "dev")
    book_research(mentor, staff="cleo")
    leaving.off_the_roster(product.stores.program)

    product.tick("sweep")
    product.deliver()
    news = last_with(mentor, Action.TAKE_TIME)
    mentor.press_message(news, Action.OPEN_KEPT)
    mentor.wait(modal="Dev")
    mentor.close(everything=True)
    mentor.press_message(news, Action.TAKE_TIME)
    mentor.wait(text=texts.holds.TAKEN)
    product.deliver()

    assert texts.messages.SESSION_BOOKED in told(product.actor("dev"))
