"""The one statement behind what a scholar's Home says is waiting for them; each kind of thing adds a branch to it."""

from typing import NamedTuple

from sqlalchemy import Connection, bindparam, literal, select, union_all

from domain.booking import ProposalStatus
from storage.confidential.bookings import Proposal
from storage.confidential.office_hours import OfficeEntry
from storage.engine import table_of
from storage.prepared import Prepared

OFFERED, IN_LINE = "offered", "in line"
_proposal, _entry = table_of(Proposal), table_of(OfficeEntry)
_waiting = Prepared(
    union_all(
        select(literal(OFFERED), _proposal.c.staff_id, _proposal.c.kind)
        .where(
            _proposal.c.scholar_id == bindparam("scholar_id"),
            _proposal.c.status == ProposalStatus.OPEN.value,
            _proposal.c.last_start > bindparam("now"),
        )
        .distinct(),
        select(literal(IN_LINE), literal(""), literal("")).where(_entry.c.in_line == bindparam("scholar_id")),
    )
)


class Waiting(NamedTuple):
    """What it is, and whose and of which kind of session, where it is of one."""

    what: str
    staff_id: str
    kind: str


def waiting_for(connection: Connection, scholar_id: str, *, now: int) -> list[Waiting]:
    """Everything that waits for a scholar at an instant in epoch seconds. One query."""
    return [Waiting._make(row) for row in _waiting.rows(connection, {"scholar_id": scholar_id, "now": now})]
