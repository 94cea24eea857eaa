"""Every row that time, seats, lines and steps are kept in, read at one moment."""

from collections import namedtuple
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, select
from sqlmodel import SQLModel

from domain.booking import OCCUPYING, BookingStatus
from storage.confidential.bookings import Booking, BookingChange, OccupiedCell, Proposal
from storage.confidential.group_sessions import GroupPart, GroupSession, Seat, SeatWait
from storage.confidential.handovers import Handover, HandoverStep
from storage.confidential.office_hours import OfficeEntry, OfficeHelper, OfficeHoursRow
from storage.confidential.waiting import Waiting
from storage.engine import table_of
from storage.prepared import Prepared

Rows = Sequence[Any]
OPEN = BookingStatus.BOOKED.value
_TABLES: dict[str, type[SQLModel]] = {
    "bookings": Booking,
    "changes": BookingChange,
    "cells": OccupiedCell,
    "proposals": Proposal,
    "groups": GroupSession,
    "parts": GroupPart,
    "seats": Seat,
    "seat_waits": SeatWait,
    "handovers": Handover,
    "handover_steps": HandoverStep,
    "offices": OfficeHoursRow,
    "helpers": OfficeHelper,
    "entries": OfficeEntry,
    "waiting": Waiting,
}
# Every test looks with stores of its own, and SQLAlchemy would compile all of these anew for each.
_SELECTS = {name: Prepared(select(table_of(row))) for name, row in _TABLES.items()}
_ROWS: dict[str, Callable[..., Any]] = {
    name: namedtuple(name, table_of(row).columns.keys())  # noqa: PYI024 the names are the tables' own
    for name, row in _TABLES.items()
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Everything:
    """The rows, by table."""

    bookings: Rows
    changes: Rows
    cells: Rows
    proposals: Rows
    groups: Rows
    parts: Rows
    seats: Rows
    seat_waits: Rows
    handovers: Rows
    handover_steps: Rows
    offices: Rows
    helpers: Rows
    entries: Rows
    waiting: Rows

    @property
    def occupying(self) -> Rows:
        """The bookings whose time nobody else can have."""
        return [row for row in self.bookings if row.status in OCCUPYING]

    @property
    def open_parts(self) -> Rows:
        """Everybody's parts in sessions of several, those that stand."""
        return [row for row in self.parts if row.status == OPEN]


def everything(connection: Connection) -> Everything:
    """All of it, as it is now."""
    return Everything(**{name: _rows(connection, name) for name in _TABLES})


def _rows(connection: Connection, name: str) -> Rows:
    return [_ROWS[name](*row) for row in _SELECTS[name].rows(connection, {})]
