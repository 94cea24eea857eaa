"""Time and the sessions that take it: cells, overlaps, step histories, what is kept, what was proposed."""

from collections import Counter
from collections.abc import Iterator
from itertools import pairwise

from domain.booking import KEPT, Change, ProposalStatus
from domain.cells import cells
from tests.looking.invariants.rows import Everything

Stretch = tuple[str, int, int, str]


def stretches(rows: Everything) -> Iterator[Stretch]:
    """Whose time is taken, from when, until when, and by what: sessions, kept times, parts, help in office hours."""
    for one in rows.occupying:
        yield one.staff_id, one.busy_from, one.busy_to, one.id
        yield one.scholar_id, one.starts_at, one.ends_at, one.id
    for one in rows.open_parts:
        yield one.person_id, one.busy_from, one.busy_to, one.id
    for one in rows.helpers:
        yield one.helper_id, one.busy_from, one.busy_to, one.office_id


def _wrong_cells(rows: Everything) -> Iterator[str]:
    """Cells are taken of exactly the people whose time it is, once each, and by what takes it."""
    expected = Counter((who, cell, what) for who, since, until, what in stretches(rows) for cell in cells(since, until))
    found = Counter((row.resource_id, row.cell, row.booking_id) for row in rows.cells)
    yield from (f"a cell is missing: {each}" for each in expected - found)
    yield from (f"a cell too many: {each}" for each in found - expected)


def _overlaps(rows: Everything) -> Iterator[str]:
    taken = sorted(each for each in stretches(rows) if each[1] < each[2])
    for (who, _, until, one), (whose, since, _, other) in pairwise(taken):
        if who == whose and since < until:
            yield f"{who} is in {one} and {other} at once"


def _wrong_steps(rows: Everything) -> Iterator[str]:
    """Each version of a booking, of a session of several and of a part in one has its step, and the last one shows."""
    number = Counter(step.booking_id for step in rows.changes)
    last = {step.booking_id: step for step in sorted(rows.changes, key=lambda step: step.version)}
    lives = [*rows.bookings, *rows.groups, *rows.parts]
    yield from (f"a step of nothing: {id_}" for id_ in number.keys() - {one.id for one in lives})
    for one in lives:
        step = last.get(one.id)
        if step is None or (step.version, number[one.id]) != (one.version, one.version):
            yield f"{one.id} has a life with gaps"
        elif step.what not in (one.status, Change.MOVED, Change.CHANGED):
            yield f"{one.id} is not what it last became"
        elif step.starts_at != one.starts_at:
            yield f"{one.id} is not when it last was"


def _wrong_kept(rows: Everything) -> Iterator[str]:
    for one in rows.bookings:
        if (one.held_until is not None) != (one.status in KEPT):
            yield f"{one.id} waits for nobody, or for ever"
        if one.held_until is not None and one.held_until > one.starts_at:
            yield f"{one.id} is kept past its start"


def _wrong_proposals(rows: Everything) -> Iterator[str]:
    """What was accepted became one session of these two, and nothing else did."""
    sessions = {one.id: one for one in rows.bookings}
    accepted = Counter(one.booking_id for one in rows.proposals if one.booking_id)
    yield from (f"{id_} came of {count} proposals" for id_, count in accepted.items() if count > 1)
    for one in rows.proposals:
        if (one.status == ProposalStatus.ACCEPTED) != (one.booking_id is not None):
            yield f"proposal {one.id} is {one.status} and came to {one.booking_id}"
        session = sessions.get(one.booking_id)
        if session and (session.staff_id, session.scholar_id) != (one.staff_id, one.scholar_id):
            yield f"proposal {one.id} came to somebody else's session"


CHECKS = (_wrong_cells, _overlaps, _wrong_steps, _wrong_kept, _wrong_proposals)
