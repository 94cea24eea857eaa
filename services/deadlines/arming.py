"""Somebody's ladder begins anew: what was planned is taken back, what they have not heard yet is kept."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection

from domain.times import epoch_seconds
from services.deadlines.ladders import DeadlineMessage, News, after, news_of
from storage.program import deadline_ledger, deadline_people_queries
from storage.program.deadline_people_queries import PersonState
from storage.program.deadline_queries import DeadlineRow


def arm(
    connection: Connection, row: DeadlineRow, states: Sequence[PersonState], now: datetime, *, news: News | None
) -> None:
    """Take back what was planned for these people and begin their ladders anew, with `news` or what was still unheard.

    Nobody is told a rung again whose time has come.
    """
    everybody = len(states) == row.people
    ids = None if everybody else [state.person_id for state in states]
    unsent = _unsent(connection, row) if news is None else {}
    deadline_ledger.supersede(connection, row.id, DeadlineMessage.REMINDER, ids)
    rows = [_armed(row, state, now, news=news or _unheard(state, unsent)) for state in states]
    deadline_people_queries.change_each(connection, row.id, rows)


def _armed(row: DeadlineRow, state: PersonState, now: datetime, *, news: News | None) -> dict[str, Any]:
    """The columns of somebody whose ladder begins anew: what they are told now, and the rungs that are still ahead."""
    is_told = news is not None and state.done_at is None
    return {
        "whose": state.person_id,
        "due_at": state.due_at,
        "is_extended": state.is_extended,
        "news": news.value if news is not None and is_told else "",
        "news_at": epoch_seconds(now),
        "snoozed_until": None,
        "next_at": epoch_seconds(now) if is_told else after(row, state, now=now),
    }


def _unsent(connection: Connection, row: DeadlineRow) -> dict[tuple[str, int], News]:
    """What people were to be told apart from the rungs and is still on its way, by person and due instant."""
    found = deadline_ledger.unsent(connection, row.id, DeadlineMessage.REMINDER)
    told = ((person_id, due_at, news_of(rung)) for person_id, rung, due_at in found)
    return {(person_id, due_at): news for person_id, due_at, news in told if news is not None}


def _unheard(state: PersonState, unsent: Mapping[tuple[str, int], News]) -> News | None:
    """What somebody was to be told and is not yet, though it is still true: not planned, or planned and not sent."""
    if state.news and state.next_at is not None and state.next_at <= state.news_at:
        return News(state.news)
    return unsent.get((state.person_id, state.due_at))
