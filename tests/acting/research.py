"""Time on managing research: a coach sets hours aside, a mentor books."""

from dataclasses import replace

from domain.kinds import RESEARCH
from handlers import texts
from handlers.ids import Action, Field
from sandbox.client import Actor
from services.hours.own import save_hours
from tests.builders.people import TEAM, account_of
from tests.builders.scheduling import hours_in
from tests.fixtures.products import Product

LONDON = "Europe/London"


def set_research_hours(product: Product, *coaches: str) -> None:
    """Coaches set Tuesday's and Thursday's noon aside for mentors; everything around it is for scholars."""
    for who in coaches:
        support, coach = product.runtime.desk.support, product.runtime.desk.people.who(account_of(who), TEAM)
        week = hours_in(LONDON, dict.fromkeys(range(5), "9:00-17:00"))
        noons = hours_in(LONDON, {1: "12:00-14:00", 3: "12:00-14:00"}).windows
        aside = (replace(noon, purpose=RESEARCH) for noon in noons)
        save_hours(support, coach, replace(week, windows=(*week.windows, *aside)))


def book_research(mentor: Actor, *, staff: str, words: str = "") -> str:
    """Book a coach on the second day offered, days before its notice; returns the start as the menu's value."""
    mentor.open("/support research", texts.sessions.SESSIONS_TITLE)
    mentor.press(Action.OPEN_BOOKING)
    return choose_and_book(mentor, staff=staff, words=words)


def choose_and_book(mentor: Actor, *, staff: str, words: str = "") -> str:
    """The same in the form that has just been opened."""
    mentor.wait(modal=texts.booking.STAFF)
    mentor.choose(Field.STAFF, staff)
    mentor.choose(Field.DAY, list(mentor.options(Field.DAY))[1])
    start = next(iter(mentor.options(Field.START)))
    mentor.fill(Field.START, start)
    if words:
        mentor.fill(Field.WORDS, words)
    assert mentor.submit()["errors"] == {}
    mentor.wait(title=texts.booking.BOOKED_TITLE)
    mentor.close(everything=True)
    return start
