"""What the stores hold after a window: the answers are believed only when the rows agree."""

from sqlalchemy import select

from benchmarks.databases import Urls, opened, support_desk
from storage.confidential.bookings import Booking
from storage.engine import table_of

booking = table_of(Booking)
Session = tuple[str, int]
"""A scholar's id and the start in epoch seconds."""


class RowsDiffer(Exception):
    """Answers and rows do not tell the same."""


def stored_sessions(urls: Urls) -> list[Session]:
    """All bookings in a confidential store, whoever made them."""
    with opened(urls) as stores, support_desk(stores).store.read() as connection:
        return [
            (scholar_id, start)
            for scholar_id, start in connection.execute(select(booking.c.scholar_id, booking.c.starts_at))
        ]


def check_stored(urls: Urls, acked: list[Session]) -> None:
    """Raise `RowsDiffer` unless exactly the sessions that were acknowledged are stored, each once."""
    found = sorted(stored_sessions(urls))
    if found != sorted(acked):
        raise RowsDiffer(f"{len(acked)} bookings were acknowledged and {len(found)} are stored")
