"""After a roster change: sessions whose people have gone or may not meet any more are canceled, and both are told."""

from domain.booking import Booked
from domain.kinds import kind_of
from domain.people import Role
from domain.times import epoch_seconds
from services.desk import SupportDesk
from services.scheduling.change import cancel_booked
from storage.confidential import booking_queries


def sweep_program(desk: SupportDesk, program_id: str) -> int:
    """Recheck every session ahead against today's roster and return how many were canceled. Safe to repeat."""
    now = epoch_seconds(desk.clock.now())
    with desk.store.read() as connection:
        ahead = booking_queries.future_of_program(connection, program_id, after=now)
    return sum(_cancel(desk, booked) for booked in ahead if not _may_meet(desk, booked))


def _may_meet(desk: SupportDesk, booked: Booked) -> bool:
    scholar = desk.people.person(booked.scholar_id)
    if scholar is None or not scholar.has(Role.SCHOLAR):
        return False
    supporters = desk.people.supporters_for(booked.scholar_id, kind_of(booked.kind).taken_by)
    return booked.staff_id in {person.id for person in supporters}


def _cancel(desk: SupportDesk, booked: Booked) -> int:
    with desk.store.write() as connection:
        current = booking_queries.booking_by_id(connection, booked.id)
        if current is None or not current.is_open:
            return 0
        cancel_booked(desk, connection, current, by_id=SYSTEM, reason="")
    return 1


SYSTEM = "system"
"""Who changed a booking when nobody did."""
