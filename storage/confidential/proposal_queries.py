"""Statements about proposed times; the scholar they are for and who offered them each find them by a reference."""

import json
from collections.abc import Mapping
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Connection, Row, insert, select, update

from domain.booking import ProposalStatus
from storage.confidential.bookings import Proposal
from storage.engine import table_of

_proposal = table_of(Proposal)


class Proposed(NamedTuple):
    """Stored times; `starts` in epoch seconds, ascending; `named` are those of them that the staff member wrote."""

    id: str
    program_id: str
    staff_id: str
    staff_ref: str
    scholar_id: str
    kind: str
    starts: tuple[int, ...]
    named: frozenset[int]
    status: str


_fields = select(*(_proposal.c[name] for name in Proposed._fields))


def add(connection: Connection, values: Mapping[str, Any]) -> None:
    """Store proposed times."""
    connection.execute(insert(_proposal), values)


def proposal_of(connection: Connection, proposal_id: str, scholar_id: str) -> Proposed | None:
    """The times, if they are for this scholar."""
    return _one(connection, _proposal.c.id == proposal_id, _proposal.c.scholar_id == scholar_id)


def proposal_by(connection: Connection, staff_ref: str, staff_id: str) -> Proposed | None:
    """The times, if this staff member has offered them; found by the reference that their own messages carry."""
    return _one(connection, _proposal.c.staff_ref == staff_ref, _proposal.c.staff_id == staff_id)


def proposal_by_id(connection: Connection, proposal_id: str) -> Proposed | None:
    """The times, for the system's own messages; never on behalf of a person."""
    return _one(connection, _proposal.c.id == proposal_id)


def open_by(connection: Connection, staff_id: str, *, after: int) -> list[Proposed]:
    """Those that a staff member has made and nobody has answered, newest first.

    Only those with a time after an instant in epoch seconds.
    """
    return _open(connection, _proposal.c.staff_id == staff_id, after=after)


def open_for(connection: Connection, scholar_id: str, *, after: int) -> list[Proposed]:
    """Those that a scholar has been offered and has not answered, newest first; with a time as in `open_by`."""
    return _open(connection, _proposal.c.scholar_id == scholar_id, after=after)


def open_of_program(connection: Connection, program_id: str, *, after: int) -> list[Proposed]:
    """All that nobody has answered in a program, for the sweep; with a time as in `open_by`."""
    return _open(connection, _proposal.c.program_id == program_id, after=after)


def answer(connection: Connection, proposed: Proposed, status: ProposalStatus, *, booking_id: str | None) -> bool:
    """Close an open proposal; False when it was answered or withdrawn meanwhile."""
    closed = (
        update(_proposal)
        .where(_proposal.c.id == proposed.id, _proposal.c.status == ProposalStatus.OPEN.value)
        .values(status=status.value, booking_id=booking_id)
    )
    return connection.execute(closed).rowcount == 1


def _open(connection: Connection, whose: ColumnElement[bool], *, after: int) -> list[Proposed]:
    still_open = _fields.where(whose, _proposal.c.status == ProposalStatus.OPEN.value, _proposal.c.last_start > after)
    newest_first = still_open.order_by(_proposal.c.created_at.desc(), _proposal.c.id)
    return [_proposed(row) for row in connection.execute(newest_first)]


def _one(connection: Connection, *which: ColumnElement[bool]) -> Proposed | None:
    row = connection.execute(_fields.where(*which)).first()
    return None if row is None else _proposed(row)


def _proposed(row: Row[Any]) -> Proposed:
    stored = Proposed._make(row)
    return stored._replace(starts=tuple(json.loads(row.starts)), named=frozenset(json.loads(row.named)))
