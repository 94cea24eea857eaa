"""What the largest views are filled with."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

from domain.people import SUPPORT_ROLES, Person
from tests.builders.people import a_person

MARKUP = "<!channel> & <@U1> *_~`>"
COACHES = 200
DAY = timedelta(days=1)
CELL = timedelta(minutes=5)
CELLS_A_DAY = 288
MIDNIGHT = datetime(2027, 1, 12, tzinfo=UTC)
LONGEST_ZONE = "America/Argentina/ComodRivadavia"


def long(length: int) -> str:
    """Text full of what Slack reads as markup."""
    return (MARKUP * length)[:length]


def full_support() -> tuple[Person, ...]:
    """As many people as there can be, all of one long name."""
    return tuple(a_person(f"coach-{number}", name=long(100), roles=SUPPORT_ROLES) for number in range(COACHES))


CROWD = 150
REF = f"{'x' * 22}.{10**8}"
OWN_REF = "x" * 22


def texts_of(value: Any) -> list[str]:
    """Every text inside."""
    if isinstance(value, str):
        return [value]
    inside = value.values() if isinstance(value, Mapping) else value if isinstance(value, (list, tuple)) else ()
    return [text for each in inside for text in texts_of(each)]
