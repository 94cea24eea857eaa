"""Plans what people are told about deadlines, in portions, a little ahead; goes on with what changes have left.

Every person of a deadline carries the instant of their next message, and an index has those first: so planning costs
what is due, not what there is, and after an outage begins where it ended. All the rungs of ten thousand people at once
would be fifty thousand rows in one transaction, for which everybody else would wait.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from functools import partial

from sqlalchemy import Connection

from domain.deadlines import DeadlineState
from domain.delivery import NewDelivery, delivery_key
from domain.errors import NotFound
from domain.times import epoch_seconds, instant_of
from services.apart import apart
from services.audiences.resolve import Reader, Resolved, newcomers
from services.audiences.stored import LIST_BEGINS, audience_from
from services.audit import Entry, note, people_words
from services.deadlines.audience import Meant, put_in, with_zones
from services.deadlines.deciders import end_undecidable
from services.deadlines.facts import deadline_of, due_of
from services.deadlines.ladders import ahead, delivery
from services.deadlines.settling import go_on
from services.desk import Desk
from services.homes import Refresh, leave_homes
from services.portions import PORTION, PORTIONS_MAX
from storage.batches import in_batches
from storage.delivery import enqueue
from storage.program import audience_queries, deadline_ledger, deadline_people_queries, deadline_queries
from storage.program.deadline_people_queries import Own
from storage.program.deadline_queries import DeadlineRow

LOOK_AHEAD = timedelta(minutes=5)
LOOK_AGAIN = timedelta(hours=1)
"""So often late joiners are looked for when no roster has changed: memberships begin by themselves."""
LOOK_AT_LISTS_AGAIN = timedelta(minutes=5)
"""The same of private lists, on which people put themselves at any time."""

_Reached = dict[str, str | int | None]
"""How far somebody is planned, as `deadline_people_queries.advance` takes it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Plan:
    rows: list[NewDelivery]
    reached: _Reached


def plan_deadlines(desk: Desk, refresh_homes: Refresh = leave_homes) -> int:
    """Go on with what changes have left, let late joiners in and write the ledger's rows that go soon.

    Any number of replicas may do it at once.

    A deadline that fails is logged, left out and tried again by the next call. Returns how many rows are new.
    """
    end_undecidable(desk)
    go_on(desk)
    _let_in(desk, refresh_homes)
    added, failed = 0, set[str]()
    for _ in range(PORTIONS_MAX):
        number, rows = _plan_some(desk, failed)
        added += rows
        if number < PORTION:
            break
    return added


def _plan_some(desk: Desk, failed: set[str]) -> tuple[int, int]:
    """Plan one portion; returns how many people were looked at and how many rows are new. Notes what has failed."""
    now = desk.clock.now()
    until = epoch_seconds(now + LOOK_AHEAD)
    with desk.program.ask() as connection:
        if not deadline_people_queries.to_plan(connection, until=until, at_most=1, but_not=failed):
            return 0, 0
    with desk.program.write() as connection:
        # Behind one lock: two replicas would otherwise write the same rows and wait for each other over them.
        desk.program.lock(connection, "plan deadlines")
        some = deadline_people_queries.to_plan(connection, until=until, at_most=PORTION, but_not=failed)
        rows: list[NewDelivery] = []
        planned: dict[str, list[_Reached]] = {}
        for deadline_id, people in _by_deadline(some).items():
            plans = apart("plan deadline", deadline_id, partial(_plan_people, people, until))
            if plans is None:
                failed.add(deadline_id)
                continue
            rows += [row for each in plans for row in each.rows]
            planned[deadline_id] = [each.reached for each in plans]
        added = enqueue(connection, deadline_ledger.ledger, rows, ids=desk.ids, now=now)
        if added < len(rows):
            deadline_ledger.take_up_again(connection, map(delivery_key, rows))
        for deadline_id, reached in sorted(planned.items()):
            deadline_people_queries.advance(connection, deadline_id, reached)
    return len(some), added


def _by_deadline(some: Iterable[Own]) -> dict[str, list[Own]]:
    found: dict[str, list[Own]] = {}
    for each in some:
        found.setdefault(each.row.id, []).append(each)
    return found


def _plan_people(people: Iterable[Own], until: int) -> list[_Plan]:
    return [_plan_one(each, until) for each in people]


def _plan_one(each: Own, until: int) -> _Plan:
    """What goes to somebody by then, and when the message after that goes. Nothing to who has met it."""
    row, state = each
    reached: _Reached = {"whose": state.person_id, "was": state.next_at, "then": None}
    if state.done_at is not None or state.next_at is None:
        return _Plan(rows=[], reached=reached)
    coming = ahead(row, state, since=instant_of(state.next_at)).steps
    now_due = [step for step in coming if epoch_seconds(step.at) <= until]
    later = [epoch_seconds(step.at) for step in coming[len(now_due) :]]
    reached["then"] = min(later, default=None)
    return _Plan(rows=[delivery(row, state, step) for step in now_due], reached=reached)


def _let_in(desk: Desk, refresh_homes: Refresh) -> None:
    now = desk.clock.now()
    with desk.program.ask() as connection:
        rows = deadline_queries.to_look_through(
            connection,
            at=epoch_seconds(now),
            stale_at=epoch_seconds(now - LOOK_AGAIN),
            list_begins=LIST_BEGINS,
            lists_stale_at=epoch_seconds(now - LOOK_AT_LISTS_AGAIN),
        )
    for row in rows:
        apart("let into deadline", row.id, partial(_let_into, desk, row, refresh_homes))


def _let_into(desk: Desk, row: DeadlineRow, refresh_homes: Refresh) -> None:
    """Whom its query finds now, or who is on its list, and who was not there before.

    Looked for first, and then written some at a time. Who is behind is not searched anew.
    """
    with desk.program.read() as connection:
        version = audience_queries.roster_version(connection, row.program_id)
        who = _newcomers(desk, connection, row)
    for some in in_batches(who.found.readers, PORTION):
        with desk.program.write() as connection:
            desk.program.lock(connection, f"deadline {row.id}")
            _put_in(desk, connection, row, who, some)
    if who.found.readers:
        refresh_homes(*(each.person_id for each in who.found.readers))
    with desk.program.write() as connection:
        values = {"roster_version": version, "looked_at": epoch_seconds(desk.clock.now())}
        deadline_queries.mark(connection, row.id, values)


def _newcomers(desk: Desk, connection: Connection, row: DeadlineRow) -> Meant:
    audience, known = audience_from(row.audience), deadline_people_queries.ids_of(row.id)
    if audience.is_narrowed or not (audience.has_query or audience.list_id):
        return Meant(found=Resolved(readers=()), zones={})
    try:
        new = newcomers(desk, connection, audience, program_id=row.program_id, author_id=row.author_id, known=known)
    except NotFound:  # its list has ended
        new = Resolved(readers=())
    return with_zones(connection, row.program_id, new, due_of(row))


def _put_in(desk: Desk, connection: Connection, looked_for: DeadlineRow, who: Meant, some: Sequence[Reader]) -> None:
    row, now = deadline_queries.one(connection, looked_for.id), desk.clock.now()
    if row is None or row.state != DeadlineState.OPEN or row.audience != looked_for.audience:
        return  # closed, or meant for others, a moment ago
    deadline = deadline_of(row)
    late = [each for each in some if deadline.due.at(who.zone_of(each)) > now]
    added = put_in(connection, deadline, who, late, now=now)
    if added:
        deadline_queries.mark(connection, row.id, {"people": row.people + added})
        entry = Entry(object_id=row.id, by_id="", deed="joined", detail=people_words(added))
        note(connection, desk, row.program_id, entry)
