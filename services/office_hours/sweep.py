"""After a roster change: whoever will not be in support then helps in no office hours to come."""

from collections.abc import Callable

from domain.office_hours import OfficeHours
from domain.people import SUPPORT_ROLES, Person
from domain.times import epoch_seconds
from services.desk import Desk, SupportDesk
from services.groups.rules import supports_until
from services.office_hours.running import stop_helping
from storage.confidential import office_hours_queries as queries

Told = Callable[..., object]


def sweep_office_hours(desk: Desk, program_id: str, told: Told = lambda *_people: None) -> int:
    """Recheck what is planned in a program, and return out of how much somebody fell. Safe to repeat.

    The others go on; what is left without anybody is off, and nobody is told, since nobody had joined. What is open is
    tended to anyway.
    """
    support = desk.support
    now = epoch_seconds(support.clock.now())
    with support.store.read() as connection:
        ahead = [
            each for each in queries.offices_of_program(connection, program_id, ends_after=now) if not each.is_open(now)
        ]
        if not ahead:
            return 0
        helping = queries.helpers_of(connection, [office.id for office in ahead])
    people = {person.id: person for person in support.people.people({each.helper_id for each in helping})}
    gone = {
        office.id: {
            each.helper_id
            for each in helping
            if each.office_id == office.id and not _helps_then(people.get(each.helper_id), office)
        }
        for office in ahead
    }
    fallen = [office for office in ahead if gone[office.id]]
    for office in fallen:
        _let_go(support, office, gone[office.id])
        told(*sorted(gone[office.id]))
    return len(fallen)


def _helps_then(person: Person | None, office: OfficeHours) -> bool:
    if person is None or person.program_id != office.program_id or not person.has(*SUPPORT_ROLES):
        return False
    return office.ends_at <= supports_until(person)


def _let_go(desk: SupportDesk, office: OfficeHours, helper_ids: set[str]) -> None:
    with desk.store.write() as connection:
        desk.store.lock(connection, office.id)
        stop_helping(desk, connection, office.id, helper_ids)
