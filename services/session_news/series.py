"""What the messages and the one calendar file of a series tell, looked up and judged anew when they are sent."""

from dataclasses import replace

from domain.booking import Booked
from domain.delivery import Delivery, Suppressed
from domain.sides import side_of
from services.desk import SupportDesk
from services.session_news.calendar_file import calendar_of
from services.session_news.deliveries import SessionMessage
from services.session_news.news import SessionNews, kept_from, told_of
from storage.confidential import booking_queries

OF_BOOKED = (SessionMessage.SERIES, SessionMessage.SERIES_FILE)
OF_SERIES = (*OF_BOOKED, SessionMessage.SERIES_CANCELED, SessionMessage.SERIES_CANCELED_FILE)


def series_news(desk: SupportDesk, delivery: Delivery) -> SessionNews | Suppressed:
    """Of all that still stand, or of all that were canceled together; the button opens the first of them."""
    told = _series(desk, delivery)
    if not told:
        return Suppressed("session canceled")
    first = told_of(desk, side_of(told[0], delivery.person_id), told[0], delivery.person_id)
    if isinstance(first, Suppressed):
        return first
    return replace(first, series=tuple(booked.starts for booked in told))


def series_file(desk: SupportDesk, delivery: Delivery) -> bytes | Suppressed:
    """One file with all that still stand as they were booked, or with all that were canceled together.

    What was moved or canceled alone since has a file of its own.
    """
    told = _series(desk, delivery)
    if delivery.kind == SessionMessage.SERIES_FILE:
        told = [each for each in told if each.version == delivery.object_version]
    if not told:
        return Suppressed("session changed")
    kept = kept_from(desk, desk.people.person(delivery.person_id), told[0])
    if told[0].is_open and kept is not None:
        return kept
    return calendar_of([side_of(each, delivery.person_id) for each in told], organizer=desk.organizer)


def _series(desk: SupportDesk, delivery: Delivery) -> list[Booked]:
    with desk.store.read() as connection:
        if delivery.kind in OF_BOOKED:
            return [each for each in booking_queries.series_of(connection, delivery.object_id) if each.is_open]
        first = booking_queries.booking_by_id(connection, delivery.object_id)
        if first is None or first.series_id is None:
            return []
        return [
            each
            for each in booking_queries.series_of(connection, first.series_id)
            if not each.is_open and each.starts_at >= first.starts_at and each.changed_at >= first.changed_at
        ]
