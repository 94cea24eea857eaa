"""A session that cannot stay is offered elsewhere: the same time with somebody else, kept for the scholar."""

from sqlalchemy import Connection

from domain.booking import Booked, BookingStatus, TooManyOpen
from domain.holds import hold_until
from domain.slots import NotOffered, Refusal
from domain.times import zone
from services.booking.reserve import Keep, reserve
from services.desk import SupportDesk
from services.sessions.own import SYSTEM
from services.sessions.topic import Topic
from storage.confidential.cell_queries import CellTaken

HAD_ALREADY = frozenset({Refusal.PAST_HORIZON, Refusal.FIRST_FOR_OTHERS})
"""What does not count against a time that was theirs: a series may reach further ahead than one can book."""


def offer_elsewhere(desk: SupportDesk, connection: Connection, canceled: Booked) -> Booked | None:
    """Keep the canceled session's time with another who takes its kind, in the transaction that cancels it.

    The caller holds the scholar's lock. None when nobody is free then, or there is too little time to answer. What was
    written was for somebody else, so it does not come along. The news of the cancellation tell of it, no others.
    """
    scholar = desk.people.person(canceled.scholar_id)
    if scholar is None:
        return None
    kind = desk.kind(canceled.kind, scholar)
    if not scholar.has(kind.booked_by):
        return None
    others = [each for each in desk.takers(scholar, kind) if each.id != canceled.staff_id]
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
