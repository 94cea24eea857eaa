"""Statements about proposed times; only the scholar they are for finds them."""

import json
from collections.abc import Mapping
from typing import Any, NamedTuple

from sqlalchemy import Connection, insert, select, update

from domain.booking import ProposalStatus
from storage.confidential.bookings import Proposal
from storage.engine import table_of

_proposal = table_of(Proposal)


class Proposed(NamedTuple):
    """Stored times; `starts` in epoch seconds, ascending."""

    id: str
    staff_id: str
    scholar_id: str
    kind: str
    starts: tuple[int, ...]
    status: str


def add(connection: Connection, values: Mapping[str, Any]) -> None:
    """Store proposed times."""
    connection.execute(insert(_proposal), values)


def proposal_of(connection: Connection, proposal_id: str, scholar_id: str) -> Proposed | None:
    """The times, if they are for this scholar."""
    columns = (_proposal.c.id, _proposal.c.staff_id, _proposal.c.scholar_id, _proposal.c.kind, _proposal.c.starts)
    row = connection.execute(
        select(*columns, _proposal.c.status).where(_proposal.c.id == proposal_id, _proposal.c.scholar_id == scholar_id)
    ).first()
    if row is None:
        return None
    return Proposed(row.id, row.staff_id, row.scholar_id, row.kind, tuple(json.loads(row.starts)), row.status)


def answer(connection: Connection, proposed: Proposed, status: ProposalStatus, *, booking_id: str | None) -> bool:
    """Close an open proposal; False when it was answered meanwhile."""
    closed = (
        update(_proposal)
        .where(_proposal.c.id == proposed.id, _proposal.c.status == ProposalStatus.OPEN.value)
        .values(status=status.value, booking_id=booking_id)
    )
    return connection.execute(closed).rowcount == 1
