"""Statements about handovers; each of the three people finds one by a reference of their own."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Connection, func, insert, or_, select, update

from domain.booking import Booked
from domain.handover import HandoverStatus, Step
from storage.confidential.booking_rows import OPEN, booked_of, booking, columns, occupying
from storage.confidential.handovers import Handover, HandoverStep
from storage.engine import table_of

_handover, _step = table_of(Handover), table_of(HandoverStep)
_IS_OPEN = _handover.c.status == HandoverStatus.OPEN.value


class Handed(NamedTuple):
    """A handover as stored; `from_at` in epoch seconds, `from_day` an ISO date, `words` sealed."""

    id: str
    program_id: str
    role: str
    scholar_id: str
    from_id: str
    to_id: str
    scholar_ref: str
    from_ref: str
    to_ref: str
    from_day: str
    from_at: int
    status: str
    consent: str
    version: int
    words: bytes
    created_at: int
    current: str | None

    @property
    def is_open(self) -> bool:
        """Whether it was neither taken back nor lapsed."""
        return self.status == HandoverStatus.OPEN


_fields = select(*(_handover.c[name] for name in Handed._fields))


def add(connection: Connection, handed: Handed) -> None:
    """Store a new one."""
    connection.execute(insert(_handover), handed._asdict())


def change(connection: Connection, handed: Handed, values: Mapping[str, Any]) -> None:
    """Change one; the caller holds the scholar's lock. Its version rises."""
    changed = update(_handover).where(_handover.c.id == handed.id)
    connection.execute(changed.values(version=handed.version + 1, **values))


def add_steps(
    connection: Connection, handed: Handed, steps: Sequence[tuple[Step, str | None]], *, by_id: str, at: int
) -> None:
    """Append what happened, each with the session it is about or None. The caller holds the scholar's lock."""
    last = select(func.max(_step.c.number)).where(_step.c.handover_id == handed.id)
    first = (connection.execute(last).scalar() or 0) + 1
    rows = [
        {
            "handover_id": handed.id,
            "number": number,
            "program_id": handed.program_id,
            "what": what.value,
            "by_id": by_id,
            "at": at,
            "booking_id": booking_id,
        }
        for number, (what, booking_id) in enumerate(steps, first)
    ]
    if rows:
        connection.execute(insert(_step), rows)


def for_scholar(connection: Connection, ref: str, scholar_id: str) -> Handed | None:
    """The one that this scholar knows by this reference."""
    return _one(connection, _handover.c.scholar_ref == ref, _handover.c.scholar_id == scholar_id)


def of_giver(connection: Connection, ref: str, from_id: str) -> Handed | None:
    """The one that who hands over knows by this reference."""
    return _one(connection, _handover.c.from_ref == ref, _handover.c.from_id == from_id)


def of_taker(connection: Connection, ref: str, to_id: str) -> Handed | None:
    """The one that the successor knows by this reference."""
    return _one(connection, _handover.c.to_ref == ref, _handover.c.to_id == to_id)


def by_id(connection: Connection, handover_id: str) -> Handed | None:
    """Any, for the system's own work; never on behalf of a person."""
    return _one(connection, _handover.c.id == handover_id)


def current(connection: Connection, key: str) -> Handed | None:
    """The last word on a scholar in a role; see `current_key`."""
    return _one(connection, _handover.c.current == key)


def open_of_scholar(connection: Connection, scholar_id: str) -> list[Handed]:
    """All of a scholar that were not taken back and have not lapsed, past ones too, in the order of their days."""
    return _all(connection, _handover.c.scholar_id == scholar_id)


def current_given(connection: Connection, from_id: str, *, at_most: int) -> list[Handed]:
    """What somebody hands or has handed over, as far as it is the last word, the latest day first."""
    return _latest(connection, _handover.c.from_id == from_id, at_most)


def current_taken(connection: Connection, to_id: str, *, at_most: int) -> list[Handed]:
    """The same of what somebody takes over."""
    return _latest(connection, _handover.c.to_id == to_id, at_most)


def pending_of_program(connection: Connection, program_id: str, *, after: int) -> list[Handed]:
    """Those whose day begins after an instant in epoch seconds, for the sweep."""
    return _all(connection, _handover.c.program_id == program_id, _handover.c.from_at > after)


def being_handed_over(connection: Connection, scholar_ids: Collection[str], role: str, *, after: int) -> set[str]:
    """Those of these scholars for whom one lies ahead in this role."""
    found = select(_handover.c.scholar_id).where(
        _handover.c.scholar_id.in_(scholar_ids), _handover.c.role == role, _IS_OPEN, _handover.c.from_at > after
    )
    return set(connection.execute(found).scalars())


def answers(connection: Connection, handover_id: str) -> list[tuple[str, str | None]]:
    """Everything that happened to it, in order: what, and to which session."""
    found = select(_step.c.what, _step.c.booking_id).where(_step.c.handover_id == handover_id)
    return [(row.what, row.booking_id) for row in connection.execute(found.order_by(_step.c.number))]


def met_by(connection: Connection, staff_id: str, kinds: Sequence[str]) -> dict[str, str]:
    """By scholar, the staff member's own reference to the last session of these kinds with them, held or ahead."""
    latest = (
        select(booking.c.scholar_id, func.max(booking.c.starts_at).label("starts_at"))
        .where(booking.c.staff_id == staff_id, booking.c.status == OPEN, booking.c.kind.in_(kinds))
        .group_by(booking.c.scholar_id)
        .subquery()
    )
    found = select(booking.c.scholar_id, booking.c.staff_ref).join(
        latest,
        (latest.c.scholar_id == booking.c.scholar_id)
        & (latest.c.starts_at == booking.c.starts_at)
        & (booking.c.staff_id == staff_id)
        & (booking.c.status == OPEN),
    )
    return {row.scholar_id: row.staff_ref for row in connection.execute(found)}


def times_of_two(
    connection: Connection, scholar_id: str, staff_id: str, kinds: Sequence[str], *, since: int, now: int
) -> list[Booked]:
    """What these kinds give the two from an instant on, soonest first: sessions, and what waits for a word still."""
    is_theirs = or_(booking.c.status == OPEN, booking.c.held_until > now)
    found = select(*columns).where(
        booking.c.scholar_id == scholar_id,
        booking.c.staff_id == staff_id,
        booking.c.kind.in_(kinds),
        booking.c.starts_at >= since,
        occupying,
        is_theirs,
    )
    return [booked_of(row) for row in connection.execute(found.order_by(booking.c.starts_at))]


def sessions_held(
    connection: Connection, scholar_id: str, staff_id: str, kinds: Sequence[str], *, until: int, at_most: int
) -> list[Booked]:
    """The last sessions of these kinds that the two had by an instant, the latest first."""
    found = _of_two(scholar_id, staff_id, kinds, booking.c.ends_at <= until).order_by(booking.c.starts_at.desc())
    return [booked_of(row) for row in connection.execute(found.limit(at_most))]


def _of_two(scholar_id: str, staff_id: str, kinds: Sequence[str], when: ColumnElement[bool]) -> Any:
    return select(*columns).where(
        booking.c.scholar_id == scholar_id,
        booking.c.staff_id == staff_id,
        booking.c.status == OPEN,
        booking.c.kind.in_(kinds),
        when,
    )


def _one(connection: Connection, *which: ColumnElement[bool]) -> Handed | None:
    row = connection.execute(_fields.where(*which)).first()
    return None if row is None else Handed._make(row)


def _all(connection: Connection, *which: ColumnElement[bool]) -> list[Handed]:
    found = _fields.where(_IS_OPEN, *which).order_by(_handover.c.from_at, _handover.c.created_at)
    return [Handed._make(row) for row in connection.execute(found)]


def _latest(connection: Connection, whose: ColumnElement[bool], at_most: int) -> list[Handed]:
    found = _fields.where(_IS_OPEN, _handover.c.current.is_not(None), whose)
    newest = found.order_by(_handover.c.from_at.desc(), _handover.c.id).limit(at_most)
    return [Handed._make(row) for row in connection.execute(newest)]
