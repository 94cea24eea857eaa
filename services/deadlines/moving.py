"""Another time for a deadline that stands, before it is saved: how short the notice would be, and how many hear now."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Select

from domain.deadlines import Due
from domain.people import Person
from domain.times import epoch_seconds
from services.desk import Desk
from storage.program import deadline_change_queries


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """How long ahead something is due first.

    `lead_days` are the whole days until then, where they are fewer than the program's rule of `rule_days`; None where
    there are enough.
    """

    first: datetime
    lead_days: int | None
    rule_days: int


def notice_of(desk: Desk, staff: Person, first: datetime) -> Notice:
    """How long ahead this is, by the rule of the program."""
    days, rule = (first - desk.clock.now()).days, desk.rules.of(staff).deadlines.lead_days
    return Notice(first=first, lead_days=days if days < rule else None, rule_days=rule)


def told_of(
    connection: Connection, deadline_id: str, due: Due, *, here: Select[Any], but_not: Collection[str] = ()
) -> int:
    """How many hear of this time at once: not who has met it or is not `here`, nor who was given a later one.

    A query for each zone.
    """
    dues = {zone: epoch_seconds(due.at(zone)) for zone in deadline_change_queries.zones_of(connection, deadline_id)}
    told = (
        deadline_change_queries.told_of_move(connection, deadline_id, zone, due_at=due_at, here=here)
        for zone, due_at in dues.items()
    )
    return sum(len(ids.difference(but_not)) for ids in told)
