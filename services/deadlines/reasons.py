"""Why somebody asks for more time: sealed, and the only thing about deadlines that needs the confidential store.

The reason is written first, then the request, each in its own store: there is no common transaction. A reason without a
request is read by nobody; a request whose reason has gone says so.
"""

from dataclasses import dataclass
from enum import StrEnum

from domain.errors import NotFound
from domain.people import Person, Role
from domain.sealing import RecordClass, RecordIdentity
from domain.times import epoch_seconds
from services.deadlines.facts import of_staff
from services.desk import Desk
from services.unsealing import unsealed
from storage.confidential import extension_queries as reasons
from storage.confidential.once import once as confidential_once
from storage.once import recall, remember
from storage.program import deadline_queries, extension_queries


class ReasonState(StrEnum):
    """Whether there is a reason to read."""

    NONE = "none"
    READABLE = "readable"
    LOST = "lost"
    AWAY = "away"
    """The confidential store is not here just now."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reason:
    """The reason of a request; `words` are empty unless it is readable."""

    state: ReasonState
    words: str = ""


def can_give_reasons(desk: Desk) -> bool:
    """Whether reasons can be sealed here."""
    return desk.support_desk is not None


def seal_reason(desk: Desk, person: Person, deadline_id: str, words: str, *, request_key: str) -> str:
    """Seal a reason and return the id of the request that it is for; the same request finds the same id again.

    Raises `SupportUnavailable` without the confidential store.
    """
    support, now = desk.support, desk.clock.now()
    with support.store.write() as connection:
        known = recall(connection, confidential_once, request_key)
        if known is not None:
            return str(known["id"])
        id_ = desk.ids.new()
        sealed = support.sealer.seal(
            connection, words, identity=_identity(person.program_id, id_, person.id, deadline_id)
        )
        values = {
            "request_id": id_,
            "program_id": person.program_id,
            "deadline_id": deadline_id,
            "person_id": person.id,
            "reason": sealed,
            "at": epoch_seconds(now),
        }
        reasons.add(connection, values)
        outcome = {"id": id_}
        remember(connection, confidential_once, request_key, program_id=person.program_id, outcome=outcome, at=now)
        return id_


def reason_of(desk: Desk, reader: Person, request_id: str) -> Reason:
    """The reason of a request, for who has asked and for staff of the program, who decide.

    Raises `NotFound` for everybody else.
    """
    with desk.program.read() as connection:
        request = extension_queries.one(connection, request_id)
        if request is None or request.program_id != reader.program_id:
            raise NotFound
        if reader.id != request.person_id:
            if not reader.has(Role.STAFF):
                raise NotFound
            of_staff(deadline_queries.one(connection, request.deadline_id), reader)
    if not request.has_reason:
        return Reason(state=ReasonState.NONE)
    if desk.support_desk is None:
        return Reason(state=ReasonState.AWAY)
    with desk.support.store.read() as connection:
        row = reasons.one(connection, request_id)
        if row is None:
            return Reason(state=ReasonState.LOST)
        # Bound to who has asked and about what by the request's own row: a reason under another one does not open.
        identity = _identity(request.program_id, request.id, request.person_id, request.deadline_id)
        words = unsealed(desk.support, connection, row.reason, identity)
    return Reason(state=ReasonState.LOST) if words is None else Reason(state=ReasonState.READABLE, words=words)


def _identity(program_id: str, request_id: str, person_id: str, deadline_id: str) -> RecordIdentity:
    return RecordIdentity(
        program_id=program_id,
        domain="extension.reason",
        record_id=request_id,
        scholar_id=person_id,
        author_id=person_id,
        record_class=RecordClass.EXTENSION,
        version=1,
        facts=(deadline_id,),
    )
