"""A session that cannot stay is offered elsewhere: the same time with somebody else, kept for the scholar."""

from collections.abc import Iterator, Sequence

from sqlalchemy import Connection

from domain.booking import Booked, BookingStatus, TooManyOpen
from domain.handover import Consent
from domain.holds import hold_until
from domain.kinds import SessionKind
from domain.people import Person
from domain.slots import NotOffered, Refusal
from domain.times import zone
from services.booking.reserve import Keep, lock_capacity, reserve
from services.desk import SupportDesk
from services.hours.aside import hold_all_hours
from services.sessions.own import SYSTEM
from services.sessions.topic import Topic, open_topic
from storage.confidential import handover_queries
from storage.confidential.cell_queries import CellTaken
from storage.confidential.handover_queries import Handed

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

    Whoever takes the scholar over comes first, and only to them goes what was written, with the scholar's yes; else it
    was for somebody else and does not come along. The caller holds the scholar's lock, and those of `hold_elsewhere`.
    None when nobody is free then, or there is too little time to answer. The news of the cancellation tell of it, no
    others.
    """
    scholar = desk.people.person(canceled.scholar_id)
    if scholar is None:
        return None
    kind = desk.kind(canceled.kind, scholar)
    others = _others(desk, scholar, kind, canceled)
    until = hold_until(canceled.starts_at, kind, now=desk.clock.now(), tz=zone(scholar.zone))
    if not others or until is None:
        return None
    keep = Keep(status=BookingStatus.HELD, until=until, by_id=SYSTEM, is_silent=True)
    for staff, topic in _in_turn(desk, connection, canceled, kind, others):
        kept = _keep(desk, connection, scholar, kind, canceled.starts_at, staff, topic, keep)
        if kept is not None:
            return kept
    return None


def _others(desk: SupportDesk, scholar: Person, kind: SessionKind, booked: Booked) -> list[Person]:
    if not scholar.has(kind.booked_by):
        return []
    return [each for each in desk.takers(scholar, kind) if each.id != booked.staff_id]


def _in_turn(
    desk: SupportDesk, connection: Connection, canceled: Booked, kind: SessionKind, others: Sequence[Person]
) -> Iterator[tuple[Sequence[Person], Topic]]:
    """Who is asked first, and who then, each with what they may read."""
    handed = _handed(connection, canceled, kind, {each.id for each in others})
    if handed is not None:
        is_read = handed.consent == Consent.GIVEN and handed.from_id == canceled.staff_id
        topic = open_topic(desk, connection, canceled) if is_read else Topic()
        yield [each for each in others if each.id == handed.to_id], topic
    yield others, Topic()


def _handed(connection: Connection, canceled: Booked, kind: SessionKind, others_ids: set[str]) -> Handed | None:
    """The handover to whoever has the scholar at that time; before its day, to whom the one of before hands over."""
    in_role = [
        each
        for each in handover_queries.open_of_scholar(connection, canceled.scholar_id)
        if each.role == kind.taken_by and each.to_id in others_ids
    ]
    by_then = [each for each in in_role if each.from_at <= canceled.starts_at]
    to_come = [each for each in in_role if each.from_id == canceled.staff_id]
    counting = by_then or to_come
    return counting[-1] if counting else None


def _keep(
    desk: SupportDesk,
    connection: Connection,
    scholar: Person,
    kind: SessionKind,
    start: int,
    staff: Sequence[Person],
    topic: Topic,
    keep: Keep,
) -> Booked | None:
    try:
        with connection.begin_nested():
            return reserve(
                connection,
                desk,
                scholar=scholar,
                staff=staff,
                kind=kind,
                start=start,
                topic=topic,
                now=desk.clock.now(),
                waived=HAD_ALREADY,
                keep=keep,
            )
    except (NotOffered, TooManyOpen, CellTaken):
        return None
