"""Reminders are planned from the bookings themselves, once, whatever became of the ledger."""

from dataclasses import replace
from datetime import timedelta

from sqlalchemy import delete, select

from services.booking.book import book_session
from services.booking.change import cancel_session, move_session
from services.session_news.plan import LOOK_AHEAD, SOURCE, plan_reminders
from storage.confidential.delivery import ConfidentialDelivery, ConfidentialWatermark
from storage.delivery import watermark
from storage.engine import table_of
from tests.builders.bookings import a_cancellation, a_move, a_wish
from tests.builders.scheduling import at
from tests.fixtures.desks import House

_ledger, _planned = table_of(ConfidentialDelivery), table_of(ConfidentialWatermark)
REMINDERS = [
    ("session.reminder", "ada", "15m v1", "2027-01-13T09:45Z"),
    ("session.reminder", "ada", "24h v1", "2027-01-12T10:00Z"),
    ("session.reminder", "cleo", "15m v1", "2027-01-13T09:45Z"),
    ("session.reminder", "cleo", "24h v1", "2027-01-12T10:00Z"),
]
IN_TWO_DAYS = "2027-01-13T10:00Z"


def reminders(house: House) -> list[tuple[str, str, str, str]]:
    return [row for row in house.messages() if row[0] == "session.reminder"]


def forget_the_ledger(house: House) -> None:
    """As after a backup that was made before anything was planned."""
    with house.stores.confidential.write() as connection:
        connection.execute(delete(_ledger))
        connection.execute(delete(_planned))


def planned_until(house: House) -> int:
    with house.stores.confidential.read() as connection:
        return watermark(connection, _planned, SOURCE)


def test_plan_after_booking_adds_nothing_to_what_booking_wrote(sqlite_house: House) -> None:
    book_session(sqlite_house.support, sqlite_house.person("ada"), a_wish(IN_TWO_DAYS))
    sqlite_house.clock.advance(timedelta(hours=21))
    written = reminders(sqlite_house)

    added = [plan_reminders(sqlite_house.desk) for _ in range(2)]

    assert (written, added, reminders(sqlite_house)) == (REMINDERS, [0, 0], REMINDERS)


def test_plan_of_a_restored_session_writes_its_reminders_once(house: House) -> None:
    book_session(house.support, house.person("ada"), a_wish(IN_TWO_DAYS))
    forget_the_ledger(house)
    too_early = plan_reminders(house.desk)
    house.clock.advance(timedelta(hours=21, minutes=1))

    added = [plan_reminders(house.desk) for _ in range(2)]

    assert (too_early, added, reminders(house)) == (0, [4, 0], REMINDERS)


def test_plan_after_a_long_pause_writes_only_what_is_still_ahead(sqlite_house: House) -> None:
    book_session(sqlite_house.support, sqlite_house.person("ada"), a_wish(IN_TWO_DAYS))
    forget_the_ledger(sqlite_house)
    sqlite_house.clock.advance(timedelta(hours=40))

    added = plan_reminders(sqlite_house.desk)

    assert (added, reminders(sqlite_house)) == (2, [row for row in REMINDERS if row[2] == "15m v1"])


def test_plan_leaves_canceled_sessions_and_those_of_the_past_alone(sqlite_house: House) -> None:
    ada = sqlite_house.person("ada")
    canceled = book_session(sqlite_house.support, ada, a_wish("2027-01-13T12:00Z")).booked
    book_session(sqlite_house.support, ada, a_wish("2027-01-11T16:00Z"))
    cancel_session(sqlite_house.support, ada, a_cancellation(canceled.scholar_ref))
    forget_the_ledger(sqlite_house)
    sqlite_house.clock.advance(timedelta(days=1, hours=6))

    assert plan_reminders(sqlite_house.desk) == 0


def test_plan_of_a_moved_session_plans_the_time_it_moved_to(sqlite_house: House) -> None:
    ada = sqlite_house.person("ada")
    booked = book_session(sqlite_house.support, ada, a_wish(IN_TWO_DAYS)).booked
    move_session(sqlite_house.support, ada, a_move(booked.scholar_ref, "2027-01-14T10:00Z"))
    forget_the_ledger(sqlite_house)
    sqlite_house.clock.advance(timedelta(days=2))

    plan_reminders(sqlite_house.desk)

    assert reminders(sqlite_house) == [
        ("session.reminder", "ada", "15m v2", "2027-01-14T09:45Z"),
        ("session.reminder", "cleo", "15m v2", "2027-01-14T09:45Z"),
    ]


def test_plan_remembers_how_far_it_got(sqlite_house: House) -> None:
    plan_reminders(sqlite_house.desk)
    after_first = planned_until(sqlite_house)
    sqlite_house.clock.advance(timedelta(minutes=1))

    plan_reminders(sqlite_house.desk)

    assert (after_first, planned_until(sqlite_house)) == (at("2027-01-12T13:00Z"), at("2027-01-12T13:01Z"))
    assert timedelta(hours=25) == LOOK_AHEAD


def test_plan_without_the_confidential_store_does_nothing(sqlite_house: House) -> None:
    book_session(sqlite_house.support, sqlite_house.person("ada"), a_wish(IN_TWO_DAYS))
    forget_the_ledger(sqlite_house)
    sqlite_house.clock.advance(timedelta(hours=22))

    added = plan_reminders(replace(sqlite_house.desk, support_desk=None))

    with sqlite_house.stores.confidential.read() as connection:
        assert (added, connection.execute(select(_ledger)).all()) == (0, [])
