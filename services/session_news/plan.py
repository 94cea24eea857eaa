"""Plan reminders from the bookings themselves, so that none is missing whatever became of the ledger."""

from datetime import timedelta

from domain.sides import side_of_part
from domain.times import epoch_seconds
from services.desk import Desk, SupportDesk
from services.session_news.deliveries import REMINDERS, ledger, reminders_for, reminders_for_sides
from storage.confidential import ahead_queries, group_queries
from storage.confidential.delivery import ConfidentialWatermark
from storage.delivery import advance_watermark, enqueue, watermark
from storage.engine import table_of

SOURCE = "session reminders"
LOOK_AHEAD = max(REMINDERS.values()) + timedelta(hours=1)
"""How far ahead of a session its reminders are planned at the latest."""

_planned = table_of(ConfidentialWatermark)


def plan_reminders(desk: Desk) -> int:
    """Plan the reminders of sessions that came into view since the last time, and return how many rows are new.

    Booking and moving write these rows too, in their own transaction; the ledger's key makes both the same row. This
    finds what they could not have written: sessions restored from a backup made before the reminders were due.
    """
    return _plan(desk.support_desk) if desk.support_desk is not None else 0


def _plan(desk: SupportDesk) -> int:
    now = desk.clock.now()
    until = epoch_seconds(now + LOOK_AHEAD)
    with desk.store.write() as connection:
        since = max(watermark(connection, _planned, SOURCE), epoch_seconds(now))
        ahead = ahead_queries.starting_between(connection, since, until)
        parts = group_queries.parts_starting_between(connection, since, until)
        rows = [row for booked in ahead for row in reminders_for(booked, now=now)]
        rows += reminders_for_sides(map(side_of_part, parts), now=now)
        added = enqueue(connection, ledger, rows, ids=desk.ids, now=now)
        advance_watermark(connection, _planned, SOURCE, until)
    return added
