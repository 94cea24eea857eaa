"""What a change of a deadline leaves to do for each of its people, in portions.

How it stands for them is changed for all at once, in the transaction of the deed: whoever looks, acts or is about to be
told goes by what holds now. What follows is messages: ladders that begin anew, old words, what is not to go any more.
"""

from collections.abc import Sequence
from enum import StrEnum

from sqlalchemy import Connection

from domain.attention import Subject
from domain.deadlines import DeadlineState
from domain.nudges import NUDGE_PAUSE
from domain.times import instant_of
from services import portions
from services.audiences.here import here
from services.deadlines.arming import arm
from services.deadlines.ladders import DeadlineMessage, nudges
from services.deadlines.rewriting import bring_up_to_date
from services.desk import Desk
from storage.delivery import enqueue
from storage.program import deadline_change_queries, deadline_ledger, deadline_people_queries, deadline_queries
from storage.program.deadline_people_queries import PersonState
from storage.program.deadline_queries import DeadlineRow
from storage.program.portion_queries import Work

Some = portions.Some[DeadlineRow]


class Step(StrEnum):
    """What is written in portions."""

    SETTLE = "settle"
    NUDGE = "nudge"
    STOP = "stop"
    LET_GO = "let_go"


def begin(desk: Desk, connection: Connection, row: DeadlineRow, step: Step, *, number: int = 0) -> None:
    """Write the first portion with the deed; see `services.portions.begin`."""
    portions.begin(desk, connection, Subject.DEADLINE, row, step, _STEPS[step], number=number)


def go_on(desk: Desk) -> int:
    """Write what is left of every deadline, and return how many portions that were. Safe in several replicas."""
    return portions.go_on(desk, Subject.DEADLINE, deadline_queries.one, _STEPS)


def settle(desk: Desk, connection: Connection, row: DeadlineRow, states: Sequence[PersonState]) -> None:
    """Do at once what a change has left to do for these people, some hundreds at most. Once more is nothing."""
    if not states:
        return
    now = desk.clock.now()
    arm(connection, row, [state for state in states if state.arms_from is not None], now)
    outdated = [state for state in states if state.is_outdated]
    bring_up_to_date(desk, connection, row, outdated, now)
    done = [{"whose": state.person_id, "is_outdated": False} for state in outdated]
    deadline_people_queries.change_each(connection, row.id, done)


def settled(desk: Desk, connection: Connection, row: DeadlineRow, state: PersonState) -> PersonState:
    """How a deadline stands for somebody who acts on it, with nothing left to do that would undo what they do now."""
    if state.arms_from is None and not state.is_outdated:
        return state
    settle(desk, connection, row, [state])
    return deadline_people_queries.one(connection, row.id, state.person_id) or state


def to_nudge(
    desk: Desk, connection: Connection, row: DeadlineRow, *, at: int, after: str = "", at_most: int | None = None
) -> list[PersonState]:
    """Whom a nudge at an instant (epoch seconds) is for, in the order of their ids.

    As of the press: not who joined since, and was told anyway, nor who was written to about it within the hour before.
    """
    since = at - int(NUDGE_PAUSE.total_seconds())
    return deadline_change_queries.not_met_after(
        connection,
        row.id,
        after,
        by=at,
        news_since=since,
        at_most=at_most,
        here=here(desk, connection, row.program_id),
        but_not=deadline_ledger.written_to(row.id, DeadlineMessage.REMINDER, since=since, by=at),
    )


def _settle_some(desk: Desk, connection: Connection, row: DeadlineRow, work: Work) -> str | None:
    if row.state != DeadlineState.OPEN:
        return None
    states = deadline_change_queries.unsettled(connection, row.id, work.after, at_most=portions.PORTION)
    settle(desk, connection, row, states)
    return _last(states)


def _nudge_some(desk: Desk, connection: Connection, row: DeadlineRow, work: Work) -> str | None:
    """To settle somebody later would take the nudge back."""
    if row.state != DeadlineState.OPEN:
        return None
    states = to_nudge(desk, connection, row, at=work.number, after=work.after, at_most=portions.PORTION)
    settle(desk, connection, row, [state for state in states if state.arms_from is not None or state.is_outdated])
    rows = nudges(row, states, instant_of(work.number))
    enqueue(connection, deadline_ledger.ledger, rows, ids=desk.ids, now=desk.clock.now())
    return _last(states)


def _stop_some(desk: Desk, connection: Connection, row: DeadlineRow, work: Work) -> str | None:
    if row.state == DeadlineState.OPEN:
        return None
    ids = deadline_change_queries.ids_after(connection, row.id, work.after, at_most=portions.PORTION)
    if not ids:
        return None
    deadline_ledger.supersede(connection, row.id, DeadlineMessage.REMINDER, ids)
    deadline_change_queries.silence(connection, row.id, work.after, ids[-1])
    bring_up_to_date(desk, connection, row, deadline_people_queries.these(connection, row.id, ids), desk.clock.now())
    return ids[-1] if len(ids) == portions.PORTION else None


def _let_some_go(_desk: Desk, connection: Connection, row: DeadlineRow, work: Work) -> str | None:
    ids = deadline_ledger.strangers(connection, row.id, DeadlineMessage.REMINDER, work.after, at_most=portions.PORTION)
    deadline_ledger.supersede(connection, row.id, DeadlineMessage.REMINDER, ids)
    return ids[-1] if len(ids) == portions.PORTION else None


def _last(states: Sequence[PersonState]) -> str | None:
    return states[-1].person_id if len(states) == portions.PORTION else None


_STEPS: dict[str, Some] = {
    Step.SETTLE: _settle_some,
    Step.NUDGE: _nudge_some,
    Step.STOP: _stop_some,
    Step.LET_GO: _let_some_go,
}
