"""After a roster change: handovers to come whose scholar or successor will not be there, or may not meet, lapse."""

from sqlalchemy import Connection

from domain.handover import HandoverStatus, Step
from domain.people import Person, Role
from services.desk import Desk, SupportDesk
from services.handover.deliveries import enqueue_off
from services.handover.standing import now_of
from services.sessions.own import SYSTEM
from storage.confidential import handover_queries
from storage.confidential.handover_queries import Handed
from storage.program import people_queries


def lapse_handovers(desk: Desk, program_id: str) -> int:
    """Recheck every handover to come; return how many lapsed. Safe to repeat; as many queries for many as for few.

    That who hands over has left is no reason: that is what a handover is for.
    """
    support = desk.support
    with support.store.read() as connection:
        ahead = handover_queries.pending_of_program(connection, program_id, after=now_of(support))
    if not ahead:
        return 0
    people = {
        each.id: each for each in desk.people.people({id_ for one in ahead for id_ in (one.scholar_id, one.to_id)})
    }
    with desk.program.read() as connection:
        apart = people_queries.kept_apart(connection, program_id)
    lost = [one for one in ahead if not _can_meet(one, people, apart)]
    return sum(_lapse(support, one) for one in lost)


def lapse(desk: SupportDesk, connection: Connection, handed: Handed) -> None:
    """End it in the caller's transaction, which holds the scholar's lock; those who know of it are told."""
    handover_queries.change(connection, handed, {"status": HandoverStatus.LAPSED.value, "current": None})
    handover_queries.add_steps(connection, handed, [(Step.LAPSED, None)], by_id=SYSTEM, at=now_of(desk))
    enqueue_off(desk, connection, handed, has_lapsed=True)


def _can_meet(handed: Handed, people: dict[str, Person], apart: set[tuple[str, str]]) -> bool:
    scholar, successor = people.get(handed.scholar_id), people.get(handed.to_id)
    if scholar is None or successor is None or (scholar.id, successor.id) in apart:
        return False
    return handed.from_at < min(scholar.holds_until(Role.SCHOLAR), successor.holds_until(Role(handed.role)))


def _lapse(desk: SupportDesk, found: Handed) -> int:
    with desk.store.write() as connection:
        desk.store.lock(connection, found.scholar_id)
        handed = handover_queries.by_id(connection, found.id)
        if handed is None or not handed.is_open:
            return 0
        lapse(desk, connection, handed)
    return 1
