"""Waiting, taking, asking and approving in the running product, a line each."""

from handlers import texts
from handlers.ids import Action, Field
from sandbox.client import Actor
from services.hours.own import save_hours
from tests.acting.steps import WEDNESDAY, book, cancel, fill_booking, last_with
from tests.builders.people import TEAM, account_of
from tests.builders.rules import set_rules, with_kind
from tests.builders.scheduling import hours_in
from tests.fixtures.desks import LONDON
from tests.fixtures.products import Product

ONE_HOUR = {"2027-01-13": "17:00-18:00"}


def one_hour_only(product: Product, dates: dict[str, str] | None = None) -> None:
    """Cleo has Wednesday at five in London and nothing else: nine in the morning where the scholars are."""
    support = product.runtime.desk.support
    cleo = support.people.who(account_of("cleo"), TEAM)
    save_hours(support, cleo, hours_in(LONDON, {}, ONE_HOUR if dates is None else dates))


def needs_approval(product: Product) -> None:
    """Coaching is approved first, from now on."""
    set_rules(product.stores.program, lambda rules: with_kind(rules, needs_approval=True))


def wait_in_line(actor: Actor, *, staff: str = "cleo") -> None:
    """From the list to the form, and in."""
    actor.open("/support list", texts.sessions.SESSIONS_TITLE)
    actor.press(Action.OPEN_WAITING)
    actor.wait(modal=texts.waiting.HOW[:40])
    actor.fill(Field.STAFF, staff)
    outcome = actor.submit()
    assert outcome["errors"] == {}
    actor.wait(modal=texts.waiting.JOINED[:40])
    actor.close(everything=True)


def a_time_comes_free(product: Product) -> None:
    """Ada has Cleo's only hour, Bo waits for it, and Ada cancels."""
    one_hour_only(product)
    book(product, day=0)
    wait_in_line(product.actor("bo"))
    cancel(product, product.scholar)


def ask_for(product: Product, *, words: str = "", day: int = WEDNESDAY) -> None:
    """Ada asks Cleo for a session, and both are told."""
    fill_booking(product.scholar, staff="cleo", words=words, day=day)
    assert product.scholar.submit()["errors"] == {}
    product.scholar.wait(title=texts.holds.ASKED_TITLE)
    product.scholar.close(everything=True)
    product.deliver()


def open_request(product: Product) -> None:
    """Cleo opens who and what."""
    coach = product.coach
    coach.press_message(last_with(coach, Action.OPEN_REQUEST), Action.OPEN_REQUEST)
    coach.wait(title=texts.holds.REQUEST_TITLE)
