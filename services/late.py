"""Tell somebody whose press came too late for a modal to open, when there is no other way to answer."""

from datetime import timedelta

from domain.delivery import Tier, news
from services.delivery import Ledger
from services.desk import Desk
from storage.delivery import enqueue

TOO_SLOW = "too_slow"
"""Kind of the delivery."""
LIFE = timedelta(minutes=5)
"""After that the person has pressed again, or given up."""


def tell_late(desk: Desk, ledger: Ledger, slack_user_id: str) -> None:
    """Write a short message to the person into this ledger. Raises `NotAllowed` for a stranger.

    The confidential one wherever there is one: rows stay for good, and only buttons of support lead here.
    """
    person = desk.people.who(slack_user_id, desk.team_id)
    now = desk.clock.now()
    row = news(
        TOO_SLOW,
        program_id=person.program_id,
        object_id=desk.ids.new(),
        person_id=person.id,
        rung="once",
        tier=Tier.CRITICAL,
        at=now,
        expires_at=now + LIFE,
    )
    with ledger.store.write() as connection:
        enqueue(connection, ledger.table, [row], ids=desk.ids, now=now)
