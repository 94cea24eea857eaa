"""What was asked for or kept comes to nothing: whose open Home tab is drawn anew, and what it says till then."""

from dataclasses import replace
from datetime import timedelta

from handlers.holds import withdraw
from handlers.ids import Action
from handlers.reply import RefreshHome
from handlers.request import Kind, Request
from services.booking.book import book_session
from services.holds.kept import requests_to, waiting_times
from services.holds.lapse import let_go
from tests.acting.waiting_line import booked_out, cancels, with_approval
from tests.builders.bookings import a_wish
from tests.builders.payloads import a_press, an_envelope
from tests.fixtures.desks import House


def test_who_was_asked_is_among_them_when_it_is_taken_back(sqlite_house: House) -> None:
    house, ada = with_approval(sqlite_house), sqlite_house.person("ada")
    ref = book_session(house.support, ada, a_wish()).booked.scholar_ref
    body = a_press(Action.WITHDRAW_REQUEST, value=f"{ref}.1")
    envelope = an_envelope(Kind.ACTION, Action.WITHDRAW_REQUEST, body=body)

    reply = withdraw(house.desk, Request(envelope=envelope, person=ada))

    assert RefreshHome(("ada", "cleo")) in reply.screens


def test_who_was_asked_is_among_them_when_nobody_answers(sqlite_house: House) -> None:
    house = with_approval(sqlite_house)
    book_session(house.support, house.person("ada"), a_wish())

    assert redrawn(house) == ["ada", "cleo"]


def test_a_time_that_was_kept_shows_on_its_scholars_alone(sqlite_house: House) -> None:
    cancels(sqlite_house, booked_out(sqlite_house, "bo"))

    assert redrawn(sqlite_house) == ["bo"]


def test_what_has_run_out_is_on_no_home_before_it_is_let_go(sqlite_house: House) -> None:
    house = with_approval(sqlite_house)
    ada, cleo = house.person("ada"), house.person("cleo")
    book_session(house.support, ada, a_wish())
    (asked,) = waiting_times(house.support, ada)
    house.clock.advance(asked.until - house.clock.now() - timedelta(seconds=1))
    before = (waiting_times(house.support, ada), requests_to(house.support, cleo))
    house.clock.advance(timedelta(seconds=1))

    assert before == ((asked,), (replace(asked, zone=cleo.zone),))
    assert (waiting_times(house.support, ada), requests_to(house.support, cleo)) == ((), ())


def redrawn(house: House) -> list[str]:
    """Whose tab is, once everything has run out."""
    people: list[str] = []
    house.clock.advance(timedelta(hours=48))
    let_go(house.support, lambda *them: people.extend(them))
    return people
