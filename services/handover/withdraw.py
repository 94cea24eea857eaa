"""Who hands a scholar over takes it back, until its day has come or the scholar has answered."""

from sqlalchemy import Connection

from domain.errors import NotFound
from domain.handover import Consent, HandoverStatus, HasBegun, ScholarHasAnswered, Step
from domain.people import Person
from services.desk import SupportDesk
from services.handover.deliveries import enqueue_off
from services.handover.standing import HandoverOff, now_of
from storage.confidential import handover_queries
from storage.confidential.handover_queries import Handed

_ANSWERS = frozenset({Step.MOVED, Step.KEPT})


def has_answered(connection: Connection, handed: Handed) -> bool:
    """Whether the scholar has said anything, of what was earlier or of a session."""
    said = {what for what, _ in handover_queries.answers(connection, handed.id)}
    return handed.consent != Consent.UNKNOWN or not said.isdisjoint(_ANSWERS)


def withdraw_handover(desk: SupportDesk, staff: Person, ref: str) -> None:
    """Take it back. Doing it twice is once.

    Raises `NotFound`, also when the two may not meet any more, `ScholarHasAnswered`, `HasBegun` or `HandoverOff`.
    """
    with desk.store.write() as connection:
        found = handover_queries.of_giver(connection, ref, staff.id)
        if found is None:
            raise NotFound
        # The lock of the scholar's answer: what they have committed is read after it.
        desk.store.lock(connection, found.scholar_id)
        handed = handover_queries.of_giver(connection, ref, staff.id)
        if handed is None or handed.scholar_id not in desk.people.scholars_for(staff, [handed.scholar_id]):
            raise NotFound
        if handed.status == HandoverStatus.WITHDRAWN:
            return
        _check(desk, connection, handed)
        handover_queries.change(connection, handed, {"status": HandoverStatus.WITHDRAWN.value, "current": None})
        handover_queries.add_steps(connection, handed, [(Step.WITHDRAWN, None)], by_id=staff.id, at=now_of(desk))
        enqueue_off(desk, connection, handed)


def _check(desk: SupportDesk, connection: Connection, handed: Handed) -> None:
    if not handed.is_open:
        raise HandoverOff
    if handed.from_at <= now_of(desk):
        raise HasBegun
    if has_answered(connection, handed):
        raise ScholarHasAnswered
