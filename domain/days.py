"""Stretches of whole days, as memberships have them: first and last day, both ISO dates."""

from datetime import date, timedelta

Days = tuple[str, str]
DAY_BETWEEN = timedelta(days=1)
"""Between two programs of one person: a day that has ended in one zone has not in another."""


def at_once(one: Days, other: Days) -> bool:
    """Whether two stretches have a day in common, or less than a day between them."""
    (starts, ends), (other_starts, other_ends) = (map(date.fromisoformat, each) for each in (one, other))
    return starts - DAY_BETWEEN <= other_ends and other_starts - DAY_BETWEEN <= ends
