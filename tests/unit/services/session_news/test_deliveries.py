"""The ledger rows that a change brings, whole."""

from datetime import datetime, timedelta

from domain.booking import BookingStatus, Change
from domain.delivery import NewDelivery, Tier, Way, delivery_key
from services.session_news.deliveries import deliveries_for, reminders_for
from tests.builders.bookings import a_booking, instant

NOW = instant("2027-01-11T12:00Z")
BOOKED = a_booking(starts="2027-01-13T10:00Z")


def a_row(
    kind: str,
    person_id: str,
    rung: str,
    *,
    version: int = 1,
    due: datetime = NOW,
    send_at: datetime = NOW,
    expires_at: datetime = BOOKED.ends,
    after: str | None = None,
) -> NewDelivery:
    return NewDelivery(
        kind=kind,
        program_id="program-1",
        object_id="booking-1",
        object_version=version,
        person_id=person_id,
        rung=rung,
        tier=Tier.SESSION,
        due=due,
        send_at=send_at,
        expires_at=expires_at,
        after=after,
        way=Way.POST if after is None else Way.FILE,
    )


def a_reminder(person_id: str, rung: str, send_at: str) -> NewDelivery:
    when = instant(send_at)
    return a_row("session.reminder", person_id, rung, due=BOOKED.starts, send_at=when, expires_at=BOOKED.starts)


def test_deliveries_of_a_booking_are_news_file_and_reminders_for_both() -> None:
    rows = deliveries_for(BOOKED, Change.BOOKED, now=NOW)

    assert rows == [
        row
        for person in ("ada", "cleo")
        for row in (
            a_row("session.booked", person, "v1"),
            a_row("session.file", person, "v1", after=delivery_key(a_row("session.booked", person, "v1"))),
            a_reminder(person, "24h v1", "2027-01-12T10:00Z"),
            a_reminder(person, "15m v1", "2027-01-13T09:45Z"),
        )
    ]


def test_deliveries_of_a_cancellation_are_news_that_outlive_the_session_and_a_file() -> None:
    canceled = a_booking(starts="2027-01-13T10:00Z", version=2, status=BookingStatus.CANCELED)

    rows = deliveries_for(canceled, Change.CANCELED, now=NOW)

    told = [
        a_row("session.canceled", person, "v2", version=2, expires_at=NOW + timedelta(days=2))
        for person in ("ada", "cleo")
    ]
    files = [a_row("session.file", news.person_id, "v2", version=2, after=delivery_key(news)) for news in told]
    assert rows == [told[0], files[0], told[1], files[1]]


def test_reminders_of_a_session_half_a_day_ahead_are_the_last_ones_only() -> None:
    rows = reminders_for(BOOKED, now=instant("2027-01-12T22:00Z"))

    assert rows == [a_reminder(person, "15m v1", "2027-01-13T09:45Z") for person in ("ada", "cleo")]


def test_reminders_due_at_this_very_moment_are_not_planned_any_more() -> None:
    assert reminders_for(BOOKED, now=instant("2027-01-13T09:45Z")) == []


def test_reminders_across_a_clock_change_go_by_elapsed_time() -> None:
    """Case 26: 10:00 in Los Angeles on the day clocks go back; a day of 24 hours before it is 11:00."""
    booked = a_booking(starts="2026-11-01T18:00Z")

    rows = reminders_for(booked, now=instant("2026-10-20T12:00Z"))

    assert {row.send_at for row in rows} == {instant("2026-10-31T18:00Z"), instant("2026-11-01T17:45Z")}
