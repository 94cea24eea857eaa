"""Tells staff and ops when messages do not go out, by a message of their own; once an hour for each trouble."""

from datetime import datetime, timedelta

from domain.delivery import NewDelivery, Tier
from domain.people import Role
from services.delivery import ALERT
from services.desk import Desk
from storage.delivery import enqueue
from storage.engine import table_of
from storage.program.delivery import ProgramDelivery

LIFE = timedelta(days=1)
_TOLD = (Role.STAFF, Role.OPS)


def alert_staff(desk: Desk, trouble: str) -> int:
    """Write an alert for everybody in staff and ops and return how many are new. It names the trouble and no person."""
    now = desk.clock.now()
    hour = now.replace(minute=0, second=0, microsecond=0)
    told = {person.id: person for role in _TOLD for person in desk.people.holders(role)}
    rows = [_row(person.id, person.program_id, trouble, hour, now) for person in told.values()]
    with desk.program.write() as connection:
        return enqueue(connection, table_of(ProgramDelivery), rows, ids=desk.ids, now=now)


def _row(person_id: str, program_id: str, trouble: str, hour: datetime, now: datetime) -> NewDelivery:
    return NewDelivery(
        kind=ALERT,
        program_id=program_id,
        object_id=trouble,
        object_version=1,
        person_id=person_id,
        rung="hour",
        tier=Tier.CRITICAL,
        due=hour,
        send_at=now,
        expires_at=now + LIFE,
    )
