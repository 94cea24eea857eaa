"""Somebody's ladder begins anew: what was planned is taken back, what they have not heard yet is kept."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection

from domain.times import epoch_seconds, instant_of
from services.deadlines.ladders import DeadlineMessage, News, after, news_of
from storage.program import deadline_ledger, deadline_people_queries
from storage.program.deadline_people_queries import PersonState
from storage.program.deadline_queries import DeadlineRow


def arm(connection: Connection, row: DeadlineRow, states: Sequence[PersonState], now: datetime) -> None:
    """Take back what was planned for these people and begin their ladders anew, with what they have not heard yet.

    They begin at the instant of the change, `arms_from`: nobody is told a rung again whose time had come by then.
    """
    if not states:
        return
    ids = [state.person_id for state in states]
    unsent = _unsent(connection, row, ids)
    deadline_ledger.supersede(connection, row.id, DeadlineMessage.REMINDER, ids)
    rows = [_armed(row, state, now, unsent) for state in states]
    deadline_people_queries.change_each(connection, row.id, rows)


def _armed(
    row: DeadlineRow, state: PersonState, now: datetime, unsent: Mapping[tuple[str, int], News]
) -> dict[str, Any]:
    """The columns of somebody whose ladder begins anew: what they are told now, and the rungs that are still ahead."""
    news, news_at, next_at = "", epoch_seconds(now), None
    if state.done_at is None and _is_unplanned(state):
        news, news_at, next_at = state.news, state.news_at, state.news_at
    elif state.done_at is None and (left := unsent.get((state.person_id, state.due_at))):
        news, next_at = left.value, news_at
    if not news:
        since = now if state.arms_from is None else instant_of(state.arms_from)
        next_at = after(row, state, now=since)
    return {
        "whose": state.person_id,
        "news": news,
        "news_at": news_at,
        "next_at": next_at,
        "snoozed_until": None,
        "arms_from": None,
    }


def _is_unplanned(state: PersonState) -> bool:
    """Whether somebody is to be told something apart from the rungs that is not planned yet."""
    return bool(state.news) and state.next_at is not None and state.next_at <= state.news_at


def _unsent(connection: Connection, row: DeadlineRow, ids: Sequence[str]) -> dict[tuple[str, int], News]:
    """What people were to be told apart from the rungs and is still on its way, by person and due instant."""
    found = deadline_ledger.unsent(connection, row.id, DeadlineMessage.REMINDER, ids)
    told = ((person_id, due_at, news_of(rung)) for person_id, rung, due_at in found)
    return {(person_id, due_at): news for person_id, due_at, news in told if news is not None}
