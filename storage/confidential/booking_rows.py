"""How a booking is read from its row, for every module of statements about bookings."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import literal

from domain.booking import OCCUPYING, Booked, BookingStatus
from domain.kinds import LENGTH_MAX_MINUTES
from domain.times import MINUTE_SECONDS
from storage.confidential.bookings import Booking
from storage.engine import table_of

booking = table_of(Booking)
OPEN = BookingStatus.BOOKED.value
occupying = booking.c.status.in_([literal(status.value) for status in sorted(OCCUPYING)])
"""Whether nobody else can have the time: what is taken, whatever it is called.

As a list, and never with "or", an index on whose it is, the status and the start finds just the rows that count.
"""
_FIELDS = tuple(Booked.__dataclass_fields__)
columns = [booking.c[name] for name in _FIELDS]
REACH_SECONDS = 2 * LENGTH_MAX_MINUTES * MINUTE_SECONDS
"""No session and buffer, which is as long at most, reach further from the start than this."""


def booked_of(row: Sequence[Any]) -> Booked:
    """The booking of a row that has `columns`."""
    return Booked(**dict(zip(_FIELDS, row, strict=True)))
