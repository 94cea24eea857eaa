"""What people in support read of handovers: what they give and take, and of whom they take over what they may."""

from datetime import date

from sqlalchemy import Connection

from domain.errors import NotFound
from domain.people import Person, Role
from services.desk import SupportDesk
from services.handover.consent import may_read_earlier
from services.handover.facts import Given, Handovers, NextStep, Takeover, TakeoverDetails
from services.handover.standing import kinds_of, now_of, standing
from services.handover.withdraw import has_answered
from services.session_log.record import read_log
from services.sessions.own import WHO_LEFT
from storage.confidential import handover_queries
from storage.confidential.handover_queries import Handed

LISTED = 20
STEPS_READ = 10
"""Sessions that are looked at for what was agreed on; few leave more than one thing open."""


def handovers_of(desk: SupportDesk, staff: Person) -> Handovers:
    """What this person hands over and takes over, as far as they may meet the scholar; for them alone."""
    with desk.store.read() as connection:
        given = handover_queries.current_given(connection, staff.id, at_most=LISTED)
        taken = handover_queries.current_taken(connection, staff.id, at_most=LISTED)
        answered = {one.id for one in given if one.from_at > now_of(desk) and has_answered(connection, one)}
    scholars = {one.scholar_id for one in (*given, *taken)}
    if not scholars:
        return Handovers(given=(), taken=())
    within_reach = desk.people.scholars_for(staff, scholars)
    names = {each.id: each.name for each in desk.people.people({*within_reach, *(one.to_id for one in given)})}
    return Handovers(
        given=tuple(
            Given(
                ref=one.from_ref,
                scholar_name=names[one.scholar_id],
                to_name=names.get(one.to_id, WHO_LEFT),
                first=date.fromisoformat(one.from_day),
                can_take_back=one.from_at > now_of(desk) and one.id not in answered,
            )
            for one in given
            if one.scholar_id in within_reach and one.scholar_id in names
        ),
        taken=tuple(
            Takeover(ref=one.to_ref, scholar_name=names[one.scholar_id], first=date.fromisoformat(one.from_day))
            for one in taken
            if one.scholar_id in within_reach and one.scholar_id in names and staff.has(Role(one.role))
        ),
    )


def takeover_details(desk: SupportDesk, staff: Person, ref: str) -> TakeoverDetails:
    """Whom they take over, for the successor alone.

    Raises `NotFound`, the same for missing, taken back and forbidden, and once somebody else has taken over.
    """
    with desk.store.read() as connection:
        handed = handover_queries.of_taker(connection, ref, staff.id)
        if handed is None or not staff.has(Role(handed.role)) or not _counts(desk, connection, handed):
            raise NotFound
        scholar = desk.people.person(handed.scholar_id)
        if scholar is None or scholar.id not in desk.people.scholars_for(staff, [scholar.id]):
            raise NotFound
        may_read = may_read_earlier(desk, connection, staff, scholar, handed.from_id, role=Role(handed.role))
        steps = _next_steps(desk, connection, scholar, handed) if may_read else ()
    giver = desk.people.person(handed.from_id)
    return TakeoverDetails(
        scholar_name=scholar.name,
        from_name=giver.name if giver else WHO_LEFT,
        first=date.fromisoformat(handed.from_day),
        zone=staff.zone,
        may_read=may_read,
        next_steps=steps,
    )


def _counts(desk: SupportDesk, connection: Connection, handed: Handed) -> bool:
    of_scholar = handover_queries.open_of_scholar(connection, handed.scholar_id)
    return handed.id in {each.id for each in standing(of_scholar, now_of(desk))}


def _next_steps(desk: SupportDesk, connection: Connection, scholar: Person, handed: Handed) -> tuple[NextStep, ...]:
    """Of sessions before its day that have a log with one. A log that does not open shows nothing.

    Whom the scholar goes on meeting from that day on is not what they were asked about.
    """
    keys = [kind.key for kind in kinds_of(desk, scholar, Role(handed.role))]
    held = handover_queries.sessions_held(
        connection, scholar.id, handed.from_id, keys, until=min(now_of(desk), handed.from_at), at_most=STEPS_READ
    )
    logs = [(booked, read_log(desk, connection, booked)) for booked in held]
    return tuple(NextStep(starts=booked.starts, text=log.next_step) for booked, log in logs if log and log.next_step)
