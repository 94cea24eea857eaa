"""Tell somebody whose press came too late for a modal to open, when there is no other way to answer."""

from datetime import timedelta

from domain.delivery import NewDelivery, Tier
from services.desk import Desk
from storage.delivery import enqueue
from storage.engine import table_of
from storage.program.delivery import ProgramDelivery

TOO_SLOW = "too_slow"
"""Kind of the delivery."""
LIFE = timedelta(minutes=5)
"""After that the person has pressed again, or given up."""


def tell_late(desk: Desk, slack_user_id: str) -> None:
    """Write a short message to the person into the program's ledger. Raises `NotAllowed` for a stranger."""
    person = desk.people.who(slack_user_id, desk.team_id)
    now = desk.clock.now()
    row = NewDelivery(
        kind=TOO_SLOW,
        program_id=person.program_id,
        object_id=desk.ids.new(),
        object_version=1,
        person_id=person.id,
        rung="once",
        tier=Tier.CRITICAL,
        due=now,
        send_at=now,
        expires_at=now + LIFE,
    )
    with desk.program.write() as connection:
        enqueue(connection, table_of(ProgramDelivery), [row], ids=desk.ids, now=now)
