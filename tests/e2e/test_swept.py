"""The roster keeps two apart: what they see of the session that is canceled for it."""

from handlers import texts
from handlers.ids import Action
from tests.acting.steps import book, last_with, open_details, told
from tests.builders import leaving
from tests.fixtures.products import Product


def test_home_tabs_and_the_scholars_modal_tell_at_once_that_it_is_off(product: Product) -> None:
    scholar, coach = product.scholar, product.coach
    book(product, day=0)
    for person in (scholar, coach):
        person.open_home()
        person.wait(home=texts.sessions.DETAILS)
    leaving.recused(product.stores.program)

    product.tick("sweep")

    scholar.wait(home=texts.home.NOTHING)
    coach.wait(home=texts.home.NO_DAY)
    product.deliver()
    open_details(scholar)
    assert texts.sessions.OFF in str(scholar.modal())
    assert texts.messages.WHO_WHERE_WHAT not in str(coach.messages()[-2]["blocks"])


def test_an_old_message_opens_nothing_for_who_became_the_mentor(product: Product) -> None:
    book(product, words="My mentor shouts at me.")
    leaving.became_mentor(product.stores.program)

    product.coach.press_message(last_with(product.coach, Action.OPEN_DETAILS), Action.OPEN_DETAILS)
    product.coach.wait(text="That is no longer there.")

    assert product.coach.modals() == []


def test_the_home_tab_of_who_has_left_shows_no_session_any_more(product: Product) -> None:
    book(product, day=0)
    product.coach.open_home()
    product.coach.wait(home=texts.sessions.DETAILS)
    leaving.off_the_roster(product.stores.program)

    product.tick("sweep")

    product.coach.wait(home=texts.home.PLAIN)
    assert texts.sessions.DETAILS not in str(product.coach.home())


def test_the_same_time_with_somebody_else_comes_in_the_same_news_and_is_taken_with_a_press(product: Product) -> None:
    scholar = product.scholar
    book(product)
    before = len(scholar.messages())
    leaving.off_the_roster(product.stores.program)

    product.tick("sweep")
    product.deliver()
    news = last_with(scholar, Action.TAKE_TIME)
    scholar.press_message(news, Action.TAKE_TIME)
    scholar.wait(text=texts.holds.TAKEN)
    product.deliver()

    assert news["text"].startswith(f"{texts.messages.SESSION_CANCELED}: ")
    assert texts.holds.ELSEWHERE[:45] in news["text"]
    assert "Dev" not in str(scholar.messages())
    assert len(scholar.messages()) == before + 4
    assert texts.messages.SESSION_BOOKED in told(product.actor("dev"))
