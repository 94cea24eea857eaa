"""A session that cannot stay is offered elsewhere: the same time with somebody else, kept for the scholar."""

from sqlalchemy import Connection

from domain.booking import Booked, BookingStatus, TooManyOpen
from domain.holds import hold_until
from domain.kinds import SessionKind
from domain.people import Person
from domain.slots import NotOffered, Refusal
from domain.times import zone
from services.booking.reserve import Keep, lock_capacity, reserve
from services.desk import SupportDesk
from services.hours.aside import hold_all_hours
from services.sessions.own import SYSTEM
from services.sessions.topic import Topic
from storage.confidential.cell_queries import CellTaken

HAD_ALREADY = frozenset({Refusal.PAST_HORIZON, Refusal.FIRST_FOR_OTHERS})
"""What does not count against a time that was theirs: a series may reach further ahead than one can book."""


def hold_elsewhere(desk: SupportDesk, connection: Connection, booked: Booked) -> None:
    """Hold the hours of all with whom the session, or its time for who waits, may come to be, before it is canceled.

    Otherwise those of the one whose time comes free would be held while those of another are wanted.
    """
    scholar = desk.people.person(booked.scholar_id)
    kind = desk.rules.now(booked.program_id).kind(booked.kind)
    others = [] if scholar is None else _others(desk, scholar, kind, booked)
    lock_capacity(desk, connection, booked.program_id, kind)
    hold_all_hours(desk, connection, [booked.staff_id, *(each.id for each in others)])


def offer_elsewhere(desk: SupportDesk, connection: Connection, canceled: Booked) -> Booked | None:
    """Keep the canceled session's time with another who takes its kind, in the transaction that cancels it.

    The caller holds the scholar's lock, and those of `hold_elsewhere`. None when nobody is free then, or there is too
    little time to answer. What was written was for somebody else, so it does not come along. The news of the
    cancellation tell of it, no others.
    """
    scholar = desk.people.person(canceled.scholar_id)
    if scholar is None:
        return None
    kind = desk.kind(canceled.kind, scholar)
    others = _others(desk, scholar, kind, canceled)
    now = desk.clock.now()
    until = hold_until(canceled.starts_at, kind, now=now, tz=zone(scholar.zone))
    if not others or until is None:
        return None
    keep = Keep(status=BookingStatus.HELD, until=until, by_id=SYSTEM, is_silent=True)
    try:
        with connection.begin_nested():
            return reserve(
                connection,
                desk,
                scholar=scholar,
                staff=others,
                kind=kind,
                start=canceled.starts_at,
                topic=Topic(),
                now=now,
                waived=HAD_ALREADY,
                keep=keep,
            )
    except (NotOffered, TooManyOpen, CellTaken):
        return None


def _others(desk: SupportDesk, scholar: Person, kind: SessionKind, booked: Booked) -> list[Person]:
    if not scholar.has(kind.booked_by):
        return []
    return [each for each in desk.takers(scholar, kind) if each.id != booked.staff_id]
