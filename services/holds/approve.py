"""Whoever would take a session says whether it can be; who asked for it can take that back until then."""

from collections.abc import Callable

from sqlalchemy import Connection

from domain.booking import Booked, BookingStatus
from domain.errors import DomainError, NotFound
from domain.holds import (
    RequestApproved,
    RequestDeclined,
    RequestLapsed,
    RequestOver,
    RequestWithdrawn,
    TakenAlready,
)
from domain.people import Person
from services.desk import SupportDesk
from services.holds.meeting import locked, roster_if_they_may
from services.holds.settle import settle
from services.sessions.facts import SessionDetails
from services.sessions.own import details_in
from services.sessions.sight import may_see
from storage.confidential.once import once
from storage.once import recall, remember

_OVER: dict[str, type[DomainError]] = {
    BookingStatus.BOOKED: RequestApproved,
    BookingStatus.DECLINED: RequestDeclined,
    BookingStatus.LAPSED: RequestLapsed,
    BookingStatus.WITHDRAWN: RequestWithdrawn,
}


class ApprovedMeanwhile(TakenAlready):
    """Your session has just been approved. Type /support to see it; you can cancel it there."""


def approve_request(desk: SupportDesk, staff: Person, staff_ref: str, *, request_key: str) -> SessionDetails:
    """Make a session of what was asked for, whatever the staff member's hours have become since.

    A repeated delivery changes nothing. Raises a `RequestOver` that says what happened, or `NotFound`, also when the
    two may not meet any more.
    """

    def approve(connection: Connection, asked: Booked) -> Booked:
        version = roster_if_they_may(desk, asked)
        if version is None:
            raise NotFound
        return settle(desk, connection, asked, BookingStatus.BOOKED, by_id=staff.id, roster_version=version)

    return _answer(desk, staff, staff_ref, approve, request_key=request_key)


def decline_request(
    desk: SupportDesk, staff: Person, staff_ref: str, *, reason: str, request_key: str
) -> SessionDetails:
    """Say no, with or without a reason, which is sealed. Raises as `approve_request`."""

    def decline(connection: Connection, asked: Booked) -> Booked:
        return settle(desk, connection, asked, BookingStatus.DECLINED, by_id=staff.id, reason=reason)

    return _answer(desk, staff, staff_ref, decline, request_key=request_key)


def withdraw_request(desk: SupportDesk, scholar: Person, ref: str) -> SessionDetails:
    """Take back what one has asked for. Doing it twice is once.

    Raises `ApprovedMeanwhile`, `RequestDeclined`, `RequestLapsed` or `NotFound`.
    """
    with desk.store.write() as connection:
        asked = locked(desk, connection, scholar, ref)
        if asked.scholar_id != scholar.id:
            raise NotFound
        if asked.status == BookingStatus.BOOKED:
            raise ApprovedMeanwhile
        if asked.status != BookingStatus.WITHDRAWN:
            _check_open(asked)
            asked = settle(desk, connection, asked, BookingStatus.WITHDRAWN, by_id=scholar.id)
        return details_in(desk, connection, scholar, asked)


def _answer(
    desk: SupportDesk,
    staff: Person,
    staff_ref: str,
    answer: Callable[[Connection, Booked], Booked],
    *,
    request_key: str,
) -> SessionDetails:
    with desk.store.write() as connection:
        asked = locked(desk, connection, staff, staff_ref)
        if asked.staff_id != staff.id or asked.status == BookingStatus.HELD or not may_see(desk, staff, asked):
            raise NotFound
        if recall(connection, once, request_key) is None:
            _check_open(asked)
            now = desk.clock.now()
            if asked.kept_until <= now:
                raise RequestLapsed
            asked = answer(connection, asked)
            outcome = {"booking_id": asked.id}
            remember(connection, once, request_key, program_id=asked.program_id, outcome=outcome, at=now)
        return details_in(desk, connection, staff, asked)


def _check_open(asked: Booked) -> None:
    if asked.status != BookingStatus.REQUESTED:
        raise _OVER.get(asked.status, RequestOver)
