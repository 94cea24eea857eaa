"""Who is told what of a session, and when: the ledger's rows after each change."""

from datetime import timedelta

from domain.booking import Booked
from domain.delivery import DeliveryState
from services.booking.book import book_session
from services.booking.change import cancel_session, move_session
from tests.builders.bookings import TOMORROW_TEN, a_cancellation, a_move, a_wish
from tests.fixtures.desks import House


def booked(house: House, starts: str = "2027-01-13T10:00Z") -> Booked:
    return book_session(house.support, house.person("ada"), a_wish(starts)).booked


def news(kind: str, version: int, at_: str) -> list[tuple[str, str, str, str]]:
    """A message and the calendar file after it, for both."""
    return sorted(
        (each, person, f"v{version}", at_) for each in (f"session.{kind}", "session.file") for person in ("ada", "cleo")
    )


def reminders(version: int, **leads: str) -> list[tuple[str, str, str, str]]:
    return sorted(
        ("session.reminder", person, f"{lead[1:]} v{version}", at_)
        for lead, at_ in leads.items()
        for person in ("ada", "cleo")
    )


def test_book_tells_both_once_and_plans_their_reminders(house: House) -> None:
    booked(house)

    assert house.messages() == sorted(
        news("booked", 1, "2027-01-11T12:00Z") + reminders(1, _24h="2027-01-12T10:00Z", _15m="2027-01-13T09:45Z")
    )


def test_book_within_the_day_plans_only_the_reminder_that_is_still_ahead(sqlite_house: House) -> None:
    booked(sqlite_house, TOMORROW_TEN)

    assert [row for row in sqlite_house.messages() if row[0] == "session.reminder"] == reminders(
        1, _15m="2027-01-12T09:45Z"
    )


def test_move_tells_both_once_and_takes_the_reminders_along(house: House) -> None:
    session = booked(house)
    house.clock.advance(timedelta(hours=1))

    move_session(house.support, house.person("cleo"), a_move(session.staff_ref, "2027-01-14T10:00Z"))

    first_news = [row for row in news("booked", 1, "2027-01-11T12:00Z") if row[0] != "session.file"]
    assert house.messages() == sorted(
        first_news
        + news("moved", 2, "2027-01-11T13:00Z")
        + reminders(2, _24h="2027-01-13T10:00Z", _15m="2027-01-14T09:45Z")
    )
    assert house.messages(DeliveryState.CANCELED) == sorted(
        [row for row in news("booked", 1, "2027-01-11T12:00Z") if row[0] == "session.file"]
        + reminders(1, _24h="2027-01-12T10:00Z", _15m="2027-01-13T09:45Z")
    )


def test_move_away_and_back_plans_the_reminders_of_the_old_time_again(sqlite_house: House) -> None:
    session = booked(sqlite_house)
    ada = sqlite_house.person("ada")
    move_session(sqlite_house.support, ada, a_move(session.scholar_ref, "2027-01-14T10:00Z"))

    move_session(sqlite_house.support, ada, a_move(session.scholar_ref, "2027-01-13T10:00Z", version=2))

    assert [row for row in sqlite_house.messages() if row[0] == "session.reminder"] == reminders(
        3, _24h="2027-01-12T10:00Z", _15m="2027-01-13T09:45Z"
    )


def test_cancel_tells_both_once_and_no_reminder_stays(house: House) -> None:
    session = booked(house)
    house.clock.advance(timedelta(hours=1))

    cancel_session(house.support, house.person("ada"), a_cancellation(session.scholar_ref))

    first_news = [row for row in news("booked", 1, "2027-01-11T12:00Z") if row[0] != "session.file"]
    assert house.messages() == sorted(first_news + news("canceled", 2, "2027-01-11T13:00Z"))
