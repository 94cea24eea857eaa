"""Builders of ledger rows; every argument has a default, so a test names only what matters."""

from datetime import datetime

from domain.delivery import NewDelivery, Tier, Way
from tests.builders.people import PROGRAM
from tests.fakes.clock import NOON


def a_delivery(
    person: str = "ada",
    *,
    kind: str = "news",
    object_id: str = "thing",
    object_version: int = 1,
    rung: str = "once",
    tier: Tier = Tier.IMPORTANT,
    due: datetime = NOON,
    send_at: datetime | None = None,
    expires_at: datetime | None = None,
    after: str | None = None,
    way: Way | None = None,
) -> NewDelivery:
    """A message that is due at noon, when the fake clock starts."""
    return NewDelivery(
        kind=kind,
        program_id=PROGRAM,
        object_id=object_id,
        object_version=object_version,
        person_id=person,
        rung=rung,
        tier=tier,
        due=due,
        send_at=send_at or due,
        expires_at=expires_at,
        after=after,
        way=way or (Way.POST if after is None else Way.FILE),
    )
