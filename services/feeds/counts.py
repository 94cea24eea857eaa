"""How many calendars are read, for operators: numbers, and nobody behind them."""

from services.desk import Desk
from storage.confidential.feed_queries import count_feeds


def feed_counts(desk: Desk) -> dict[str, float]:
    """How many were read when last tried, how many were not, and how many have not been tried yet."""
    if desk.support_desk is None:
        return {}
    with desk.support_desk.store.read() as connection:
        return {state: float(number) for state, number in count_feeds(connection).items()}
